"""Turns content that was written before into links to its file, if another folder of the same output has it too.

Every edition holds the fonts that it shows; with links, the hundredth is written as quickly as its page alone. A
file that somebody has changed or deleted is no longer linked. On a file system without links all files are written.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import BinaryIO, Final

LARGEST: Final = 256 * 1024
"""The most bytes of content that is remembered. What editions share is small."""
MOST: Final = 32


class Links:
    """The latest content that this process has written, each with an open file of it."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def made(self, path: str, data: bytes) -> bool:
        """Makes `path` a link to a file that holds `data`. Returns False if there is none."""
        if len(data) > LARGEST or data not in self._known:
            return False
        descriptor, changed = self._known[data]
        try:
            state = os.fstat(descriptor)
            if (state.st_size, state.st_mtime_ns) == (len(data), changed):
                # With a descriptor, the system follows the link in /proc to the file, wherever that is by now.
                os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
                self._known.move_to_end(data)
                return True
        except OSError:  # the file is deleted, or has as many links as it may have
            pass
        self._forget(data)
        return False

    def note(self, file: BinaryIO, data: bytes) -> None:
        """Remembers `file`, to which `data` was written."""
        if len(data) <= LARGEST:
            self._known[data] = os.dup(file.fileno()), os.fstat(file.fileno()).st_mtime_ns
            if len(self._known) > MOST:
                self._forget(next(iter(self._known)))

    def _forget(self, data: bytes) -> None:
        descriptor, _ = self._known.pop(data)
        os.close(descriptor)
