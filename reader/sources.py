"""Turns what was typed (a file, a folder of files, or nothing) into source files. Nothing means every publication."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from model.errors import UsageError

SUFFIXES: Final = (".yaml", ".yml")
PUBLISHER: Final = "publisher.yaml"
LOST: Final = "lost+found"
"""A folder that a file system makes for itself at its top. It holds no sources."""


def find_sources(typed: Sequence[Path], home: Path) -> tuple[Path, ...]:
    """The source files of `typed`, or of every folder in `home`/source if nothing is typed, each once, in order.
    Raises UsageError for a path that does not exist or cannot be read, and if no source is found."""
    if not typed:
        found = [file for folder in _folders(home / "source") if is_readable(folder) for file in _files(folder)]
        if not found:
            raise UsageError(f"there is no source in {home / 'source'}", "Write one: source/<publication>/en.yaml.")
        return tuple(map(short, found))
    found = []
    for path in typed:
        try:
            path.stat()
            found += _in_folder(path) if path.is_dir() else [path]
        except (FileNotFoundError, NotADirectoryError):
            raise UsageError(f"there is no {path}", "Name a source file, or a folder that holds some.") from None
        except OSError as error:
            hint = "Name a source file, or a folder that holds some."
            raise UsageError(f"{path} cannot be read: {error.strerror}", hint) from error
    return tuple(dict.fromkeys(map(short, found)))


def unreadable(home: Path) -> tuple[Path, ...]:
    """The folders among the sources that this process may not list (such as lost+found). They are left out."""
    return tuple(folder for folder in _folders(home / "source") if not is_readable(folder))


def is_readable(folder: Path) -> bool:
    """True if this process may list `folder`."""
    return os.access(folder, os.R_OK | os.X_OK)


def real_folder(path: Path) -> Path:
    """The folder in which the file at `path` really lies. A link that leads to itself lies where it is."""
    return Path(os.path.realpath(path)).parent


def _in_folder(folder: Path) -> list[Path]:
    """The sources of a publication's folder, or of each publication in a folder of publications."""
    found = _files(folder)
    for inner in () if found else _folders(folder):
        if is_readable(inner):
            found += _files(inner)
        elif inner.name != LOST:
            hint = "Make it readable, or name the sources beside it one by one."
            raise UsageError(f"{inner} cannot be read: Permission denied", hint)
    if not found:
        raise UsageError(f"there is no source in {folder}", "A source is a file like en.yaml.")
    return found


def _files(folder: Path) -> list[Path]:
    """The sources in a folder, without hidden files and publisher.yaml."""
    found = (path for path in folder.iterdir() if path.suffix in SUFFIXES and path.name != PUBLISHER)
    return sorted(path for path in found if not path.name.startswith("."))


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def short(path: Path) -> Path:
    """`path` relative to the current folder if it lies below it, as people name it. Otherwise as it is."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
