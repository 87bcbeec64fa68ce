"""Turns an OSError of writing into an OutputError, one clear line that says what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from model.diagnostics import show
from model.errors import OutputError, PipelineError

if TYPE_CHECKING:
    from publish.edition import Edition

ROOM = "Free some space, or run `pipeline.py cache --prune 0`; then run again."
WRITABLE = "Make the folder writable, or choose another with {option}."
MOVE = "Move it away, or choose another folder with {option}."
ADVICE = {
    errno.ENOSPC: ("the disk is full", ROOM),
    errno.EDQUOT: ("the disk quota is used up", ROOM),
    errno.EROFS: ("the file system is read-only", "Choose another folder with {option}."),
    errno.EACCES: ("permission denied", WRITABLE),
    errno.EPERM: ("not permitted", WRITABLE),
    errno.ENOTDIR: ("a file stands where a folder must be", MOVE),
    errno.EEXIST: ("a file stands where a folder must be", MOVE),
    errno.EISDIR: ("a folder stands where a file must be", MOVE),
    errno.ELOOP: ("a link leads to itself", MOVE),
    errno.ENAMETOOLONG: ("a name in it is too long for the file system", "Choose a shorter one."),
    errno.EMFILE: ("too many open files", "Raise the limit (ulimit -n) or use fewer --jobs."),
}


def output_error(error: OSError, doing: str, option: str = "--output") -> OutputError:
    """`error` in words. `doing` begins the line: "cannot write dist/guide/en". `option` is the option that moves
    what is written."""
    reason, hint = ADVICE.get(error.errno or 0, (error.strerror or str(error), ""))
    return OutputError(f"{doing}: {reason}", hint.format(option=option))


@contextmanager
def writing(what: object, option: str = "--output") -> Iterator[None]:
    """Turns an OSError within into an OutputError, which names `what` was being written and the `option` that moves
    it."""
    try:
        yield
    except OSError as error:
        raise output_error(error, f"cannot write {what}", option) from error


@contextmanager
def using(what: object, option: str) -> Iterator[None]:
    """Turns an OSError within into an OutputError, which names the folder `what` that is looked through, and the
    `option` that names another."""
    try:
        yield
    except OSError as error:
        raise output_error(error, f"cannot use {what}", option) from error


def unforeseen(error: OSError) -> OutputError:
    """An OSError that nobody has expected, in words. It names the file that it is about."""
    reason, _ = ADVICE.get(error.errno or 0, (error.strerror or str(error), ""))
    about = f"cannot use {error.filename}: " if error.filename else ""
    return OutputError(f"{about}{reason}", "Look at that file or folder: its name, and who may read and write it.")


def faults(editions: Iterable[Edition]) -> str:
    """Every fault of content and of single documents, ready to print."""
    parts = []
    for edition in editions:
        parts += [show(diagnostic) for diagnostic in dict.fromkeys(edition.diagnostics)]
        if edition.error is not None:
            parts.append(fault(edition.error))
    return "".join(f"{part}\n" for part in parts)


def fault(error: PipelineError) -> str:
    """A fault of the run in one clear line, and what to do about it."""
    return f"error: {error}" + (f"\n    {error.hint}" if error.hint else "")
