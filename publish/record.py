"""Turns the ledgers of a run that succeeded into one record, by which `fresh` answers when the same command is typed
again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish import fresh, ledger
from publish.cache_key import ROOT
from publish.config import BuildConfig
from publish.edition import Edition

SETTLED_NS = 50_000_000
KEPT_RECORDS = 64
RECORD = re.compile(r"run-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command as it was typed: its arguments, whether it named no sources, when it began (ns), and the folder that
    it works in."""

    arguments: tuple[str, ...]
    all_sources: bool
    began_ns: int
    home: Path = ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of a command that finds nothing to do: warnings that still hold, for stderr, and the rest."""

    warned: str
    closing: str


def record(
    typed: Typed, config: BuildConfig, editions: Sequence[Edition], said: Said, also: Iterable[str] = ()
) -> bool:
    """Records that `typed` has nothing to do except to say `said`, until something changes, also in one of the files
    `also` in the output. Returns False and records nothing if an input changed after this run began, since what was
    read may be older; the next run then looks closely. Raises OutputError."""
    program = ledger.program_roots()
    roots = [os.path.abspath(path) for path in _roots(editions, typed)]  # noqa: PTH100
    home = os.path.abspath(config.output)  # noqa: PTH100
    witnesses = fresh.witnesses(tuple(sorted({name for edition in editions for name in edition.programs})))
    read = fresh.paths_under([*program, *roots])
    try:
        outputs = [f"{home}/{path}" for path in (*_to_look_at(home, editions), *also)]
        # The program's files did not change since the run began (see below), so neither did their digest.
        began = config.began.program if config.began is not None else ""
        content = f"{began or fresh.digest_of(program, [], [])} {fresh.digest_of(roots, [], [])}"
        stands = fresh.digest_of([], witnesses, outputs)
    except OSError:
        return False  # what cannot be read now may be readable next time
    if any("\n" in part or "\0" in part for part in (*read, *witnesses, *outputs)):
        return False
    if not all(ledger.as_published(config.output, edition.outputs) for edition in editions):
        return False
    looks, latest = fresh.looks_of(read)  # last, so that no change comes between this and the digest
    if latest > typed.began_ns - SETTLED_NS:
        return False
    lists = ("\n".join(paths) for paths in (read, program, roots, witnesses, outputs))
    text = "\0".join((fresh.FORMAT, stands, looks, content, *lists, said.warned, said.closing))
    path = Path(fresh.record_file(list(typed.arguments), str(typed.home)))
    ledger.write_whole(path, text.encode("utf-8", "surrogateescape"))
    _forget_old(path.parent)
    return True


def _to_look_at(home: str, editions: Iterable[Edition]) -> Iterator[str]:
    """The paths of what was published, each file that has several names (what editions share is linked) once: the
    times of the folders tell that the other names still lead to it."""
    seen = set()
    for edition in editions:
        for output in edition.outputs:
            look = os.stat(f"{home}/{output.path}")  # noqa: PTH116 (a thousand publications have twenty thousand files)
            if output.path[-1] == "/" or look.st_nlink == 1 or (look.st_dev, look.st_ino) not in seen:
                seen.add((look.st_dev, look.st_ino))
                yield output.path


def _roots(editions: Iterable[Edition], typed: Typed) -> list[str]:
    """The folders and files whose content decides what is made, besides the program: the sources, and what channels
    read elsewhere."""
    home = typed.home / "source"
    far = {path for edition in editions for path in edition.far}
    folders = {os.path.abspath(edition.source.parent) for edition in editions}  # noqa: PTH100
    if typed.all_sources:
        folders = {str(home), *(folder for folder in folders if not folder.startswith(f"{home}/"))}
    return [*sorted(folders), *sorted(far)]


def _forget_old(folder: Path) -> None:
    """Keeps the newest records only, so that a command typed once leaves nothing for ever."""
    with suppress(FileNotFoundError):  # another run is doing the same
        ours = (path for path in folder.iterdir() if RECORD.fullmatch(path.name))
        records = sorted(ours, key=lambda path: path.stat().st_mtime, reverse=True)
        for path in records[KEPT_RECORDS:]:
            path.unlink(missing_ok=True)
