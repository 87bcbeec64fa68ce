"""Standard output and error that may be closed, full, or without a reader. The work is done all the same.

A write that fails is noted and not raised. The exit code tells it at the end. Only builtins are used, since a run
with nothing to do has no time to import anything.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would take as long as a whole run with nothing to do
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO

NO_READER = 141
UNWRITABLE = 3
EPIPE, EBADF = 32, 9  # as in errno, which is not imported either
LAST = 2  # standard error


class Outlet:
    """A stream that loses what it cannot write. `fault` is then the first error. Everything else is passed on to the
    stream, which is None if it was closed before the program began."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.fault: OSError | None = None

    def write(self, text: str) -> int:
        if self._stream is None and text:
            self.fault = OSError(EBADF, "it is closed")
        elif self.fault is None and self._stream is not None:
            try:
                self._stream.write(text)
            except OSError as error:
                self.fault = error
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        if self.fault is None and self._stream is not None:
            try:
                self._stream.flush()
            except OSError as error:
                self.fault = error

    def isatty(self) -> bool:
        return self._stream is not None and self._stream.isatty()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_outlets() -> tuple[Outlet, Outlet]:
    """Replaces Python's standard output and error. A descriptor that was closed is opened to nowhere, so that no
    file opened later gets its number and what others write to it."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= LAST:
        pass
    os.close(descriptor)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    out, err = Outlet(sys.stdout), Outlet(sys.stderr)
    sys.stdout, sys.stderr = out, err
    return out, err


def code_after(code: int, out: Outlet, err: Outlet) -> int:
    """The exit code of a run that ended with `code`, after everything is written. If nobody reads any more
    (`pipeline.py check | head`), it is that of a broken pipe. If output cannot be written, 0 becomes 3."""
    out.flush()
    err.flush()
    for number, outlet in ((1, out), (2, err)):
        if outlet.fault is None:
            continue
        where = os.open(os.devnull, os.O_WRONLY)
        os.dup2(where, number)  # Python flushes once more when it ends
        os.close(where)
        if outlet.fault.errno == EPIPE:
            return NO_READER
        name = "standard output" if number == 1 else "standard error"
        err.write(f"error: {name} cannot be written: {outlet.fault.strerror}; what was asked for is done\n")
        err.flush()
        code = code or UNWRITABLE
    return code
