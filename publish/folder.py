"""Swaps a folder of finished files into the published one whole: a reader, or a crash, sees the old one or the new one.

The new folder is written under `.staging/` of the same output (so that renaming never crosses file systems),
flushed, and exchanged with the published one in one step of the kernel: renameat2(RENAME_EXCHANGE) on Linux,
renamex_np on macOS. If the process is killed before that step, the old folder stands; after it, the new one. The
next run sweeps what is left in `.staging/`. Some network file systems have no exchange, so two renames replace it.
Between the two a reader finds no folder, but never half of one, and the next run repairs what a run that died there
left behind.

The process that fills a staging folder locks it (flock). The kernel releases the lock whenever the process ends. So
a sweeper can tell what is left over from what is being written, with any number of runs at once.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

from model.errors import NotOurs
from publish.faults import writing
from publish.links import Links

STAGING = ".staging"
NEW, OLD, TARGET = "new", "old", "target"
STAGE = re.compile(r"[0-9a-f]{16}")
IN_THE_WAY = "Move it away, or choose another folder with --output."
AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2
SYNC_FILE_RANGE_WRITE = 2
AT_ONCE = 64
LIBC = ctypes.CDLL(None, use_errno=True)
UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)

Foreign: TypeAlias = Callable[[Path], Sequence[Path]]
"""Names what somebody else put into a folder, or the folder itself if it is somebody else's."""


def nothing_in(_folder: Path) -> Sequence[Path]:
    """Takes everything in a folder for the program's own."""
    return ()


def publish(  # noqa: PLR0913 (what a swap depends on)
    output: Path,
    target: str,
    files: Iterable[tuple[str, bytes]],
    *,
    foreign: Foreign = nothing_in,
    flush: bool = True,
    links: Links | None = None,
) -> None:
    """Makes `output`/`target` (a folder, relative, forward slashes) hold exactly `files` (relative path, bytes).

    Raises OutputError and keeps the old folder as it was. Raises NotOurs if a link or a file stands there, or if
    anything in the folder there is `foreign`. `flush` waits for the disk before the swap. Content that `links` knows
    is linked and not written again.
    """
    with writing(output / target):
        refuse_foreign(output, target, foreign)
        with _staging(output) as stage:
            _fill(stage / NEW, files, flush=flush, links=links)
            refuse_foreign(output, target, foreign)
            _swap_in(stage, output, target, flush=flush)


def refuse_foreign(output: Path, target: str, foreign: Foreign) -> None:
    """Raises NotOurs for anything at `output`/`target`, or on the way there, that a build may not replace."""
    place = output
    for part in target.split("/"):
        place = place / part
        if place.is_symlink():
            raise NotOurs(f"{place} is a link: what it leads to is not replaced", IN_THE_WAY)
    if place.is_dir():
        if any(place.iterdir()) and (found := foreign(place)):
            kind = "folder" if found[0].is_dir() and not found[0].is_symlink() else "file"
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise NotOurs(f"{found[0]} is a {kind} that no build has made{more}", IN_THE_WAY)
    elif place.exists():
        raise NotOurs(f"{place} is a file, where a publication's folder must be", IN_THE_WAY)


def replace_file(output: Path, name: str, data: bytes, *, flush: bool = True) -> None:
    """Makes `output`/`name` hold `data`. The file is whole at every moment. Raises OutputError."""
    with writing(output / name), _staging(output) as stage:
        _fill(stage / NEW, [("file", data)], flush=flush)
        (stage / NEW / "file").replace(output / name)
        if flush:
            _flush_folder(output)


def remove(output: Path, target: str, foreign: Foreign = nothing_in) -> None:
    """Takes `output`/`target` away in one step, then deletes it. Raises OutputError; NotOurs if anything in it is
    `foreign`."""
    with writing(output / target), _staging(output) as stage:
        refuse_foreign(output, target, foreign)
        if (output / target).exists():
            (output / target).rename(stage / OLD)


def sweep(output: Path) -> None:
    """Repairs what killed runs left behind in `output`. Does not touch anything of a living run."""
    with writing(output):
        for stage in filter(_is_stage, _stages(output)):
            lock = _lock(stage, wait=False)
            if lock is not None:
                _recover(stage, output)
                shutil.rmtree(stage)
                os.close(lock)
        drop_if_empty(output / STAGING)


def _stages(output: Path) -> list[Path]:
    try:
        return sorted((output / STAGING).iterdir()) if not (output / STAGING).is_symlink() else []
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_stage(stage: Path) -> bool:
    """True if `stage` is a staging folder of this program, by its name and by what is in it."""
    try:
        own = STAGE.fullmatch(stage.name) is not None and not stage.is_symlink()
        return own and {path.name for path in stage.iterdir()} <= {NEW, OLD, TARGET}
    except (FileNotFoundError, NotADirectoryError):
        return False


# ---------------------------------------------------------------------------------------------------- staging


@contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A new folder under `.staging/`. It is locked while it is in use, and deleted afterwards with everything in it."""
    if (output / STAGING).is_symlink():
        raise NotOurs(f"{output / STAGING} is a link: nothing is written to where it leads", IN_THE_WAY)
    _make(output / STAGING)
    stage, lock = _new_stage(output / STAGING)
    try:
        yield stage
    finally:
        _delete(stage)
        os.close(lock)
        drop_if_empty(output / STAGING)


def _delete(stage: Path) -> None:
    """Deletes a staging folder. It is empty if nothing was replaced, and is then deleted without a look into it."""
    try:
        stage.rmdir()
    except OSError:
        shutil.rmtree(stage)


def _new_stage(parent: Path) -> tuple[Path, int]:
    """A locked folder in `parent`. A sweeper may take it, or `parent`, between making and locking; then another is
    made."""
    while True:
        stage = parent / os.urandom(8).hex()
        try:
            stage.mkdir()
        except FileNotFoundError:
            _make(parent)
            continue
        lock = _lock(stage, wait=True)
        if lock is not None:
            return stage, lock


def _make(folder: Path) -> None:
    """Makes `folder` if it is missing. `mkdir(exist_ok=True)` would fail if another run removes it meanwhile."""
    while not folder.is_dir():
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if folder.exists() and not folder.is_dir():
                raise


def _lock(stage: Path, *, wait: bool) -> int | None:
    """A descriptor that holds the lock of `stage`. None if another process holds it, or if the folder is gone."""
    try:
        descriptor = os.open(stage, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        if stage.exists() and os.fstat(descriptor).st_ino == stage.stat().st_ino:
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None


def _recover(stage: Path, output: Path) -> None:
    """Finishes a swap by two renames that was cut between them. The new folder was whole before the first."""
    if not (stage / OLD).exists() or not (stage / TARGET).exists():
        return
    target = output / (stage / TARGET).read_text(encoding="utf-8")
    if not target.exists():
        (stage / (NEW if (stage / NEW).exists() else OLD)).rename(target)


def drop_if_empty(folder: Path) -> None:
    """Removes `folder` if it is empty. A failure is ignored, since another run may just be putting something there."""
    try:
        folder.rmdir()
    except OSError:
        return


# ---------------------------------------------------------------------------------------------------- filling


def _fill(folder: Path, files: Iterable[tuple[str, bytes]], *, flush: bool, links: Links | None = None) -> None:
    """Writes `files` into the new `folder`. With `flush`, they are on the disk when this returns."""
    folder.mkdir()
    folders = {""}
    written: list[BinaryIO] = []
    with ExitStack() as opened:
        for name, data in files:
            parent = name.rpartition("/")[0]
            if parent not in folders:
                (folder / parent).mkdir(parents=True, exist_ok=True)
                folders |= folders_of([name])
            path = f"{folder}/{name}"
            if links is not None and links.made(path, data):
                continue
            file = opened.enter_context(open(path, "xb"))  # noqa: PTH123 (the inner loop)
            file.write(data)
            file.flush()
            if links is not None:
                links.note(file, data)
            written.append(file)
            if len(written) == AT_ONCE:
                _flush(written, flush=flush)
        _flush(written, flush=flush)
    if flush:
        for inner in sorted(folders, reverse=True):
            _flush_folder(folder / inner)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that holds one of `paths`, at any depth. "" is the folder that they are relative to."""
    found = {""}
    for path in paths:
        inner = path.rpartition("/")[0]
        while inner not in found:
            found.add(inner)
            inner = inner.rpartition("/")[0]
    return found


def _flush(written: list[BinaryIO], *, flush: bool) -> None:
    """Flushes and closes files. All flushes begin before the first is waited for, so the file system commits once
    for all; one commit for each would take twice as long. (syncfs would take 0.2 ms less for ten files, but it also
    waits for what all other programs write: 0.4 s beside one that copies a large file.)"""
    if flush:
        begin = getattr(LIBC, "sync_file_range", None)
        for file in written:
            if begin is not None:
                begin(file.fileno(), ctypes.c_int64(0), ctypes.c_int64(0), SYNC_FILE_RANGE_WRITE)
        for file in written:
            os.fsync(file.fileno())
    for file in written:
        file.close()
    written.clear()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---------------------------------------------------------------------------------------------------- swapping


def _swap_in(stage: Path, output: Path, target: str, *, flush: bool) -> None:
    """Puts `stage`/new in the place of `output`/`target`. What stood there ends up in `stage`."""
    new, place = stage / NEW, output / target
    place.parent.mkdir(parents=True, exist_ok=True)
    if not _rename_if_absent(new, place) and not exchange(new, place):
        _swap_in_two_steps(stage, output, target, flush=flush)
    if flush:
        _flush_folder(place.parent)
        _flush_folder(place.parent.parent)


def _swap_in_two_steps(stage: Path, output: Path, target: str, *, flush: bool) -> None:
    """Does the same with two renames. A note of what is to be done is on the disk before the first, for a run that
    finds it half done. If the second fails, the first is undone."""
    (stage / TARGET).write_text(target, encoding="utf-8")
    if flush:
        with (stage / TARGET).open("rb") as note:
            os.fsync(note.fileno())
        _flush_folder(stage)
    (output / target).rename(stage / OLD)
    try:
        (stage / NEW).rename(output / target)
    except OSError:
        (stage / OLD).rename(output / target)
        raise


def _rename_if_absent(new: Path, target: Path) -> bool:
    """Renames `new` to `target` unless something stands there. An empty folder counts as nothing. Returns whether it
    did."""
    try:
        new.rename(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            return False
        raise
    return True


def exchange(first: Path, second: Path) -> bool:
    """Exchanges two paths in one step. Returns False if the system or the file system cannot."""
    one, two = os.fsencode(first), os.fsencode(second)
    if sys.platform == "darwin" and hasattr(LIBC, "renamex_np"):
        done = LIBC.renamex_np(one, two, RENAME_SWAP)
    elif hasattr(LIBC, "renameat2"):
        done = LIBC.renameat2(AT_FDCWD, one, AT_FDCWD, two, RENAME_EXCHANGE)
    else:
        return False
    if done == 0:
        return True
    fault = ctypes.get_errno()
    if fault in UNSUPPORTED:
        return False
    raise OSError(fault, os.strerror(fault), str(second))
