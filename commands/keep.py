"""`verify`, `cache` and `clean`: show what is wrong with what was published, how much is kept, and delete it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from catalogue.index import NAMES, PAGE, is_ours, write_index
from channels.base import Entry
from commands.at_address import SENT, looked_through, output_of, site_of
from commands.build import reading, tell_left_out
from commands.check import checked
from commands.published import editions_in, faults_in_output, faults_of, withdrawn
from commands.report import (
    LISTED,
    OUTCOMES,
    counted,
    named,
    size_in_words,
)
from model.counted import number_of
from model.errors import NotOurs, UsageError
from publish import folder, store
from publish.faults import fault, using, writing
from publish.ledger import FOLDER as LEDGER
from publish.manifest import foreign_in
from reader.sources import find_sources

GRAINS = ("renderings", "utterances")
RECORD = re.compile(r"(run-|code-|list-)?[0-9a-f]{32}(\.\d+)?")
"""Names of what the cache knows of earlier runs. Files with other names belong to somebody else and are not touched."""


def run_verify(options: argparse.Namespace) -> int:
    """`verify`: shows every way in which published folders depart from their manifests."""
    output: Path | str = options.output
    if not options.folders and not isinstance(output, str) and not _has_editions(output):
        raise UsageError(f"nothing is published in {output}", "Run `pipeline.py build` first.")
    count, found = 0, []
    for place in options.folders or [output]:
        if isinstance(place, str):
            there, faults = looked_through(place)
        elif place.is_dir():
            there, faults = len(editions_in(place)), list((faults_of if options.folders else faults_in_output)(place))
        else:
            raise UsageError(f"there is no folder {place}", "Name a published folder, like dist/<publication>/en.")
        count += there
        found += faults
    return _said_of_faults(count, found)


def _has_editions(output: Path) -> bool:
    return output.is_dir() and (any(output.glob("*/*/")) or (output / PAGE).exists())


def _said_of_faults(count: int, found: list[str]) -> int:
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    print(f"{number_of(count, 'folder')} verified: {number_of(len(found), 'fault') if found else 'all as published'}.")
    return OUTCOMES["content" if found else "made"]


def run_cache(options: argparse.Namespace) -> int:
    """`cache`: shows what the store holds. With --prune, deletes some of it first."""
    with using(options.cache, "--cache"):
        return _show_cache(options.cache / "store", options.prune)


def _show_cache(kept: Path, most: int | None) -> int:
    if most is not None:
        gone = store.prune(kept, most)
        print(f"{number_of(gone.entries, 'entry', 'entries')} thrown away, {size_in_words(gone.size)}.")
    for grain in GRAINS:
        usage = store.usage_of(kept / grain)
        count, _, entries = number_of(usage.entries, "entry", "entries").partition(" ")
        print(f"{grain:<10}  {count:>7} {entries:<7}  {size_in_words(usage.size):>8}")
    print(f"in {kept}")
    return OUTCOMES["made"]


def run_clean(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path) -> int:
    """`clean`: deletes what was published, each folder in one step. Touches nothing that this program did not make."""
    for place in (options.output, options.cache):
        if isinstance(place, Path) and any(path.exists() and not path.is_dir() for path in (place, *place.parents)):
            raise UsageError(f"{place} is a file, or lies in one, where a folder is meant", "Name a folder.")
    output = output_of(options, options.cache)
    site = site_of(options, output)
    places = [edition.relative_to(output).as_posix() for edition in editions_in(output)]
    if options.withdrawn:
        left_out = tell_left_out(home)
        places = withdrawn(output, checked(find_sources([], home), reading(registry), lambda _: ()), left_out)
    stayed: list[NotOurs] = []
    if output.is_dir():
        folder.sweep(output)
        places, stayed = _removed(output, places)
        if options.withdrawn or stayed:
            write_index(output)
        else:
            for listed in (output / name for name in NAMES):
                if listed.is_file() and is_ours(listed):
                    with writing(output):
                        listed.unlink(missing_ok=True)
            folder.drop_if_empty(output)
    if site is not None:
        site.send(SENT)
    kept = [] if options.withdrawn else _forget(options.cache, everything=options.all)
    shown = named(options.output)
    sys.stdout.writelines(f"{shown}/{place}\n" for place in places[:LISTED])
    if len(places) > LISTED:
        print(f"… and {len(places) - LISTED} more")
    also = f", and what was kept of earlier runs in {named(options.cache)}" if "store" in kept else ""
    print(f"{counted(len(places))} deleted from {shown}{also}.")
    sys.stderr.writelines(f"{fault(error)}\n" for error in stayed)
    return OUTCOMES["run" if stayed else "made"]


def _removed(output: Path, places: Iterable[str]) -> tuple[list[str], list[NotOurs]]:
    """Deletes the editions at `places` in `output`, each with the folder that it leaves empty. Returns those that are
    gone, and why others stay: somebody else's file is in them."""
    gone, stayed = [], []
    for place in places:
        try:
            folder.remove(output, place, foreign_in)
        except NotOurs as error:
            stayed.append(error)
        else:
            gone.append(place)
            folder.drop_if_empty((output / place).parent)
    return gone, stayed


def _forget(cache: Path, *, everything: bool) -> list[str]:
    """Deletes what is known of earlier runs from `cache`; with `everything`, also what they made. Returns what was
    there."""
    parts = (LEDGER, "store") if everything else (LEDGER,)
    with writing(cache, "--cache"):
        found = [name for name in parts if (cache / name).is_dir() and not (cache / name).is_symlink()]
        for name in found:
            if name == "store":
                store.clear(cache / name)
                continue
            for path in (cache / name).iterdir():
                if RECORD.fullmatch(path.name) and not path.is_dir():
                    path.unlink(missing_ok=True)
            folder.drop_if_empty(cache / name)
    folder.drop_if_empty(cache)
    return found
