"""The record of a build that succeeded, for `fresh` to compare with: what it read, what it made, what it would say."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish import fresh
from publish.cache_key import ROOT
from publish.edition import Edition
from publish.faults import writing
from publish.worker import BuildConfig

CODE = (
    *(
        "pipeline.py",
        "schema.yaml",
        "publisher-schema.yaml",
        "model",
        "yaml_source",
        "languages",
        "reader",
        "narration",
        "channels",
    ),
    *("publish", "catalogue", "commands"),
)
SETTLED_NS = 50_000_000
KEPT_STATES = 64
STATE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command as it was typed: its arguments, whether it left the sources to us, when (ns) it began, and the folder
    that it works in."""

    arguments: tuple[str, ...]
    all_sources: bool
    began_ns: int
    home: Path = ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command says where it finds nothing to do: warnings that stand, for stderr, and the rest."""

    warned: str
    closing: str


def record(
    typed: Typed, config: BuildConfig, editions: Sequence[Edition], said: Said, also: Iterable[str] = ()
) -> bool:
    """Record that `typed` leaves nothing to do, but to say `said`, until something changes, be it one of the files
    that are `also` in the output. Not recorded, and the next run looks closely, when an input changed after this one
    began: what was read may be older than what is there."""
    roots = _roots(editions, typed)
    outputs = [str(config.output / item.path) for edition in editions for item in edition.outputs]
    outputs += [str(config.output / path) for path in also]
    witnesses = fresh.witnesses(programs_of(editions))
    parts = [*roots, *witnesses, *outputs]
    if any("\n" in part or "\0" in part for part in parts) or not _as_published(config.output, editions):
        return False
    roots, outputs = [os.path.abspath(path) for path in roots], [os.path.abspath(path) for path in outputs]  # noqa: PTH100
    try:
        digest = fresh.digest_of(roots, witnesses, outputs)
    except OSError:
        return False  # what cannot be read now may be readable next time
    if newest(roots) > typed.began_ns - SETTLED_NS:  # asked last, so that no change comes between this and the digest
        return False
    lists = ("\n".join(paths) for paths in (roots, witnesses, outputs))
    state = "\0".join((fresh.FORMAT, digest, *lists, said.warned, said.closing))
    path = Path(fresh.state_file(list(typed.arguments), str(typed.home)))
    with writing(path, "--cache"):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.write_text(state, encoding="utf-8", errors="surrogateescape")
        temporary.replace(path)
        _forget_old(path.parent)
    return True


def _roots(editions: Iterable[Edition], typed: Typed) -> list[str]:
    """Folders and files whose content decides what is made: the program, the sources, what channels read elsewhere."""
    home = typed.home / "source"
    roots = [*common_roots(), *([str(home)] if typed.all_sources else [])]
    far = {path for edition in editions for path in edition.far}
    folders = {os.path.abspath(edition.source.parent) for edition in editions}  # noqa: PTH100
    if typed.all_sources:
        folders = {folder for folder in folders if not folder.startswith(f"{home}/")}
    return roots + sorted(folders) + sorted(far)


def programs_of(editions: Iterable[Edition]) -> tuple[str, ...]:
    """What `editions` were made with outside Python."""
    return tuple(sorted({program for edition in editions for program in edition.programs}))


def common_roots() -> list[str]:
    """What every source depends on: the program, with the fixed words of the languages and the lexicons."""
    return [str(ROOT / name) for name in CODE]


def newest(roots: Iterable[str]) -> int:
    """When anything under `roots` last changed, in nanoseconds; folders count, a file may have gone from them."""
    newest = 0
    for root in roots:
        for path in (Path(root), *_below(Path(root))):
            try:
                state = path.stat()
            except (FileNotFoundError, PermissionError):
                continue
            newest = max(newest, state.st_mtime_ns, state.st_ctime_ns)
    return newest


def _below(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return ()
    inner = ((path, path.relative_to(folder).parts) for path in folder.rglob("*"))
    return [path for path, parts in inner if not any(part in fresh.SKIPPED or part[0] == "." for part in parts)]


def _as_published(output: Path, editions: Iterable[Edition]) -> bool:
    """Whether what stands in `output` is still what this run has put there."""
    for edition in editions:
        for item in edition.outputs:
            try:
                state = (output / item.path).stat()
            except OSError:
                return False
            if (state.st_size, state.st_mtime_ns) != (item.size, item.changed):
                return False
    return True


def _forget_old(folder: Path) -> None:
    """Keep the newest states; a command typed once leaves nothing for ever."""
    with suppress(FileNotFoundError):  # another run is doing the same
        ours = (path for path in folder.iterdir() if STATE.fullmatch(path.name))
        states = sorted(ours, key=lambda path: path.stat().st_mtime, reverse=True)
        for path in states[KEPT_STATES:]:
            path.unlink(missing_ok=True)
