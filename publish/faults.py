"""Faults of writing, as one clear line: an OSError becomes an OutputError that says what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from model.errors import OutputError

ROOM = "Free some space, or run `pipeline.py cache --prune 0`; then run again."
ADVICE = {
    errno.ENOSPC: ("the disk is full", ROOM),
    errno.EDQUOT: ("the disk quota is used up", ROOM),
    errno.EROFS: ("the file system is read-only", "Choose another folder with --output or --cache."),
    errno.EACCES: ("permission denied", "Make the folder writable, or choose another with --output or --cache."),
    errno.EPERM: ("not permitted", "Make the folder writable, or choose another with --output or --cache."),
    errno.ENOTDIR: ("a file stands where a folder must be", "Move it away, or choose another folder with --output."),
    errno.EEXIST: ("a file stands where a folder must be", "Move it away, or choose another folder with --output."),
    errno.EMFILE: ("too many open files", "Raise the limit (ulimit -n) or use fewer --jobs."),
}


def output_error(error: OSError, doing: str) -> OutputError:
    """`error` in words. `doing` begins the line: "cannot write dist/guide/en"."""
    reason, hint = ADVICE.get(error.errno or 0, (error.strerror or str(error), ""))
    return OutputError(f"{doing}: {reason}", hint)


@contextmanager
def writing(what: object) -> Iterator[None]:
    """Turn an OSError within into an OutputError that names `what` was being written."""
    try:
        yield
    except OSError as error:
        raise output_error(error, f"cannot write {what}") from error
