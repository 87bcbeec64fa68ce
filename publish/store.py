"""Keeps finished work on disk, by the digest of what it was made from. A damaged entry is dropped and made again.

An entry is one file: the SHA-256 of key and data, then the data. It is written beside its place and renamed into it.
So several processes share a store without locks, and a process that is killed at any moment leaves an entry whole or
absent. Entries are not flushed to the disk: after a power cut the digest tells a torn entry from a good one, at no
cost now. The modification time of an entry is when it was last used, since every file system keeps that time (access
times are often off).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from publish.faults import output_error, writing
from publish.folder import drop_if_empty

RENDERINGS = "renderings"
LIMIT = 2 * 1024**3
KEPT_AFTER_PRUNING = 0.8
USE_IS_NOTED_EVERY = 3600.0
TEMPORARY = ".tmp"
NO_ENTRY = (errno.ENOENT, errno.EISDIR, errno.ELOOP)
"""Errors that mean that there is no entry: nothing, a folder, or a link to itself."""
OURS = re.compile(r"[0-9a-f]{62}|\d+-\d+\.tmp")
"""Names of entries, and of entries being written. Files with other names belong to somebody else and are not
touched."""
_serial = count()


class DiskStore:
    """A `channels.base.Store` in a folder, safe for any number of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The data kept under `key`, or None. Raises OutputError if the store cannot be read."""
        path = self._path(key)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 (half the time of Path.open, and this is the inner loop)
                kept, data = file.read(32), file.read()
                used = os.fstat(file.fileno()).st_mtime
        except OSError as error:
            if error.errno in NO_ENTRY:
                return None
            raise output_error(error, f"cannot read the store {self.folder}", "--cache") from error
        if kept != digest_of_entry(key, data):
            Path(path).unlink(missing_ok=True)
            return None
        if time.time() - used > USE_IS_NOTED_EVERY:
            _note_use(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keeps `data` under `key`. Raises OutputError if the store cannot be written."""
        path = self._path(key)
        parent = os.path.dirname(path)  # noqa: PTH120
        temporary = f"{parent}/{os.getpid()}-{next(_serial)}{TEMPORARY}"
        with writing(f"the store {self.folder}", "--cache"):
            try:
                _write(temporary, digest_of_entry(key, data), data)
                _put_in_place(temporary, path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise

    def _path(self, key: str) -> str:
        return f"{self.folder}/{place_of_entry(key)}"


class Nothing:
    """A store that keeps nothing, for callers who only ask."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002
        return None

    def put(self, key: str, data: bytes) -> None:  # noqa: ARG002
        return


def place_of_entry(key: str) -> str:
    """The place in a store of what is kept under `key`: a folder for each first byte of a digest."""
    name = hashlib.sha256(key.encode()).hexdigest()
    return f"{name[:2]}/{name[2:]}"


def digest_of_entry(key: str, data: bytes) -> bytes:
    """The first 32 bytes of an entry, which prove that this data was kept under this key."""
    state = hashlib.sha256(key.encode() + b"\0")
    state.update(data)
    return state.digest()


def _write(path: str, *parts: bytes) -> None:
    """Writes a new file at `path`. A write that the disk cuts short is an error, never a short file."""
    with _new(path) as file:
        for part in parts:
            file.write(part)


def _new(path: str) -> BinaryIO:
    """The file at `path`, open for writing. Its folder is missing only at the first time, and after a clean-up by
    others."""
    try:
        return open(path, "xb")  # noqa: PTH123
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return open(path, "xb")  # noqa: PTH123


def _put_in_place(temporary: str, path: str) -> None:
    """Renames an entry into its place. An empty folder there, which nobody can have made on purpose, is removed."""
    try:
        Path(temporary).replace(path)
    except IsADirectoryError:
        Path(path).rmdir()
        Path(temporary).replace(path)


def _note_use(path: str) -> None:
    """Sets the time of last use. A failure is ignored: in a store that this process may only read, others do the
    clean-up."""
    try:
        os.utime(path)
    except OSError:
        return


# ---------------------------------------------------------------------------------------------------- clean-up


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The number of bytes and of entries in a folder of the store."""

    entries: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    used: float
    size: int
    path: str


def usage_of(grain: Path) -> Usage:
    """The usage of one folder of a store."""
    entries = [entry for shard in _folders(grain) for entry in _entries_in(shard)]
    return Usage(entries=len(entries), size=sum(entry.size for entry in entries))


def clear(folder: Path) -> None:
    """Deletes every entry, and the folders that are then empty."""
    for entry in _entries(folder):
        Path(entry.path).unlink(missing_ok=True)
    for grain in _folders(folder):
        for shard in _folders(Path(grain)):
            drop_if_empty(Path(shard))
        drop_if_empty(Path(grain))
    drop_if_empty(folder)


def prune(folder: Path, limit: int) -> Usage:
    """Deletes what was not used for longest until `folder` is well below `limit` bytes. Returns what was deleted.
    Other processes may read and write meanwhile: they find an entry whole, or make it again."""
    entries = sorted(_entries(folder), key=lambda entry: entry.used)
    size = sum(entry.size for entry in entries)
    gone = freed = 0
    if size > limit:
        for entry in entries:
            if size - freed <= limit * KEPT_AFTER_PRUNING:
                break
            Path(entry.path).unlink(missing_ok=True)
            gone, freed = gone + 1, freed + entry.size
    return Usage(entries=gone, size=freed)


def looks_larger(folder: Path, limit: int, *, shard: str = "00") -> bool:
    """True if the store seems larger than `limit`, estimated from one of its 256 equal parts, so without a walk."""
    parts = [entry.size for grain in _folders(folder) for entry in _entries_in(f"{grain}/{shard}")]
    return sum(parts) * 256 > limit


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.path for entry in found if entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []


def _entries(folder: Path) -> Iterator[_Entry]:
    """Every entry of every folder in the store. Deletes leftovers of killed writers on the way."""
    for grain in _folders(folder):
        for shard in _folders(Path(grain)):
            yield from _entries_in(shard)


def _entries_in(shard: str) -> Iterator[_Entry]:
    try:
        found = list(os.scandir(shard))
    except FileNotFoundError:
        return
    for item in found:
        try:
            state = item.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        if not OURS.fullmatch(item.name) or stat.S_ISDIR(state.st_mode):
            continue
        if item.name.endswith(TEMPORARY):
            if time.time() - state.st_mtime > USE_IS_NOTED_EVERY:
                Path(item.path).unlink(missing_ok=True)
            continue
        yield _Entry(used=state.st_mtime, size=state.st_size, path=item.path)
