"""`build`: turns options into published editions, a report, and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import shlex
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.index import NAMES as LISTED
from catalogue.index import refuse_foreign_list, write_index
from channels.base import Entry, Settings, names_of_editions
from cluster.object_store import SharedStore
from commands.arguments import chosen_in, chosen_of
from commands.at_address import SENT, output_of, site_of
from commands.published import said_of, size_of, withdrawn
from commands.report import (
    OUTCOMES,
    closing,
    named,
)
from commands.reporting import report_of
from model.document import EditionNames
from model.errors import OutputError, ToolMissing, UsageError
from publish import store
from publish.build import build
from publish.cache_key import ROOT
from publish.config import Began, BuildConfig
from publish.edition import Edition
from publish.events import Ended, Event, Note
from publish.faults import faults, writing
from publish.fresh import cache_folder
from publish.ledger import Ledgers, digest_now, program_roots
from publish.manifest import NAME
from publish.pool import Pool, processors
from publish.record import Said, Typed, record
from publish.signals import asked_to_stop
from reader.sources import find_sources, unreadable

if TYPE_CHECKING:
    from reader.read import Result

ROOM = 3
"""How much larger than what is published the store may be. The renderings and takes of a page are twice as large."""


def reading(registry: Mapping[str, Entry]) -> Callable[[Path], Result]:
    """A function that reads a source. The source may name the editions of the channels in `registry`."""
    words = tuple(entry.words for entry in registry.values() if entry.words.is_file())
    return functools.partial(read_source, names=names_of_editions(registry), words=words)


def read_source(path: Path, names: EditionNames, words: Sequence[Path]) -> Result:
    """The document at `path`, or its faults. The import is late since it takes 0.1 s, in which another worker loads
    an engine."""
    from reader.read import read  # noqa: PLC0415 (0.1 s, in which the worker beside this one loads an engine)

    return read(path, names, words)


def write_list(output: Path, flush: bool, cache: Path | None = None) -> None:
    """Writes the list of publications of `output`. What is read for it is kept in `cache`."""
    write_index(output, flush=flush, cache=cache)


def config_of(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path = ROOT) -> BuildConfig:
    """The configuration that the options choose, of the channels in `registry`. Says to whom text will be sent,
    before it is."""
    values = chosen_in(options, registry)
    shared = options.cache if isinstance(options.cache, str) else ""
    cache = Path(cache_folder([], str(home))) if shared else options.cache
    output = output_of(options, cache)
    for option, place in (("--output", output), ("--cache", cache)):
        with writing(place, option):
            place.exists()  # raises an error if it lies in a closed folder
        if place.resolve().is_relative_to((home / "source").resolve()):
            raise UsageError(f"{option} {place} lies among the sources", "Choose a folder outside source/.")
    channels = chosen_of(registry, options.channel or ())
    sent = {
        name: (f"--{option.name} {values[option.name]}", option.sends_to[values[option.name]])
        for name, entry in channels.items()
        for option in entry.options
        if values.get(option.name) in option.sends_to
    }
    for choice, whom in dict.fromkeys(sent.values()):
        sys.stderr.write(f"{choice}: text that has not been sent before goes to {whom}.\n")
    return BuildConfig(
        channels=channels,
        settings=Settings(chosen=values, named=frozenset(options.channel or ())),
        output=output,
        cache=cache,
        shared=functools.partial(SharedStore, shared) if shared else None,
        strict=getattr(options, "strict", False),  # the preview has no such option
        read=reading(registry),
        at_end=functools.partial(write_list, cache=cache),
        apart=frozenset(sent),
    )


def run_build(options: argparse.Namespace, config: BuildConfig, home: Path, typed: Typed) -> int:
    """`build`: 0 when all is made, 1 when content has errors, 3 when a document met a fault of the run."""
    with asked_to_stop() as stop:
        return _build(options, config, home, typed, stop)


def _build(options: argparse.Namespace, config: BuildConfig, home: Path, typed: Typed, stop: Callable[[], bool]) -> int:
    begin = time.perf_counter()
    sources = find_sources(options.sources, home)
    left_out = () if options.sources else tell_left_out(home)
    report = report_of(options)
    site = site_of(options, config.output)
    refuse_foreign_list(config.output)
    config = replace(config, began=Began(at_ns=typed.began_ns, program=digest_now(program_roots())))
    stands = Ledgers(config).standing(sources)
    try:
        with contextlib.closing(_events(options, config, sources, stands, stop)) as events:
            for event in events:
                report.tell(event)
                if isinstance(event, Ended):
                    editions = list(event.editions)
        if site is not None and site.send(SENT, stop):
            report.tell(Note(text=f"sent to {options.output}"))
    finally:
        report.close()
    output = named(options.output)
    gone = withdrawn(config.output, editions, left_out) if typed.all_sources else []
    before, after = _said_of_withdrawn(options, gone, home)
    sys.stdout.write(before)
    report.done(editions, output, time.perf_counter() - begin)
    sys.stdout.write(after)
    closing_lines = before + _said_next_time(options, editions, output) + after
    said = Said(warned="" if options.json else faults(editions), closing=closing_lines)
    try:
        clean_up(config, options.cache_limit)
        if not any(edition.failed for edition in editions):
            listed = [name for name in LISTED if (config.output / name).is_file()]
            record(typed, config, editions, said, [*listed, *(f"{place}/{NAME}" for place in gone)])
    except OutputError as error:  # a cache that can only be read is enough if there was nothing to do
        if any(edition.changed for edition in editions):
            raise
        sys.stderr.write(f"note: the next run has to look again: {error}\n")
    failed = [OUTCOMES["run" if edition.error else "content"] for edition in editions if edition.failed]
    return max(failed, default=OUTCOMES["made"])


def _events(
    options: argparse.Namespace,
    config: BuildConfig,
    sources: Sequence[Path],
    stands: Mapping[Path, Edition],
    stop: Callable[[], bool],
) -> Generator[Event, None, None]:
    """The events of a run, here or on a cluster. The import is late since Dask takes 0.7 s."""
    if options.cluster:
        try:
            from cluster.build import build_on  # noqa: PLC0415
        except ImportError as error:
            raise ToolMissing(f"--cluster: a package is missing: {error}", "Run `make cluster`.") from error
        yield from build_on(options.cluster, config, sources, stands, stop)
        return
    size = min(options.jobs or processors(), max(2, len(sources) - len(stands)))
    with Pool(config, size, stop) as pool:
        yield from build(config, sources, pool, stands)


def clean_up(config: BuildConfig, limit: int | None) -> None:
    """Keeps the store below `limit` (bytes). Without a limit it may grow with what is published: a store that cannot
    hold that would lose in each clean-up what the next run needs."""
    kept = config.cache / "store"
    if store.looks_larger(kept, store.LIMIT if limit is None else limit):
        store.prune(kept, max(store.LIMIT, ROOM * size_of(config.output)) if limit is None else limit)


def tell_left_out(home: Path) -> tuple[Path, ...]:
    """Names the folders among all sources that cannot be read, and returns them. One that was asked for is an error."""
    left_out = unreadable(home)
    sys.stderr.writelines(f"note: {named(folder)} cannot be read, and is left out\n" for folder in left_out)
    return left_out


def _said_of_withdrawn(options: argparse.Namespace, gone: list[str], home: Path) -> tuple[str, str]:
    """The words on withdrawn places: before the summary as an event, or after it for people."""
    if not gone or options.quiet:
        return "", ""
    elsewhere = isinstance(options.output, str) or options.output.absolute() != home / "dist"
    said = said_of(gone, f" --output {shlex.quote(str(options.output))}" if elsewhere else "")
    return (json.dumps({"event": "note", "text": said}) + "\n", "") if options.json else ("", f"{said}\n")


def _said_next_time(options: argparse.Namespace, editions: list[Edition], output: str) -> str:
    """The words of the same command when it finds nothing to do, besides the warnings that still hold."""
    untouched = [Edition(source=edition.source, place=edition.place, title=edition.title) for edition in editions]
    if options.json:
        count = len(editions)
        return f'{{"event": "done", "documents": {count}, "changed": 0, "failed": 0, "seconds": 0.0}}\n'
    if options.quiet:
        return ""
    unchanged = [
        f"{edition.place}/{reason.split(': ')[0]}: unchanged\n" for edition in editions for reason in edition.reasons
    ]
    return "".join(unchanged if options.explain else []) + closing(untouched, output, 0.0)
