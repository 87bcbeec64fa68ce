"""Content that was written once → links to its file, where other folders of the same output have it as well.

Every edition holds the fonts that it shows; the hundredth is written as quickly as its page alone. A file that somebody
has changed or deleted since is linked no more, and where a file system has no links all are written.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import BinaryIO, Final

LARGEST: Final = 256 * 1024
"""Bytes of content that is remembered: what editions share is small."""
MOST: Final = 32


class Links:
    """What this process has written last, each with an open file of it."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def made(self, path: str, data: bytes) -> bool:
        """Make `path` a link to a file that holds `data`; False where there is none."""
        if data not in self._known:
            return False
        descriptor, changed = self._known[data]
        try:
            state = os.fstat(descriptor)
            if (state.st_size, state.st_mtime_ns) == (len(data), changed):
                # With a descriptor the system follows the link that /proc has for the file, wherever that is by now.
                os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
                self._known.move_to_end(data)
                return True
        except OSError:  # it is deleted, or has all the links that it may have
            pass
        self._forget(data)
        return False

    def note(self, file: BinaryIO, data: bytes) -> None:
        """Remember `file`, to which `data` was written."""
        if len(data) <= LARGEST:
            self._known[data] = os.dup(file.fileno()), os.fstat(file.fileno()).st_mtime_ns
            if len(self._known) > MOST:
                self._forget(next(iter(self._known)))

    def _forget(self, data: bytes) -> None:
        descriptor, _ = self._known.pop(data)
        os.close(descriptor)
