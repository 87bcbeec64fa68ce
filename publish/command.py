"""What each command does: options in, an exit code out. Faults of the run are raised, and caught in `pipeline.py`."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from catalogue.index import NAME as INDEX
from catalogue.index import STYLE, is_ours, refuse_foreign_list, write_index
from channels.base import Entry, Settings
from model.diagnostics import Diagnostic, has_errors, show, strictly
from model.document import Document
from model.errors import OutputError, UsageError
from model.traverse import text_of
from publish import folder, state, store
from publish.arguments import chosen_in, chosen_of, processors
from publish.build import Edition, build, taken
from publish.cache_key import ROOT
from publish.faults import writing
from publish.manifest import NAME
from publish.pool import Pool
from publish.published import editions_in, faults_in_output, faults_of, said_of, size_of, withdrawn
from publish.report import LISTED, Json, Plain, Quiet, Report, closing, counted, faults, number_of, size_in_words
from publish.signals import asked_to_stop
from publish.sources import find_sources, unreadable
from publish.standing import remember, standing
from publish.worker import Wiring

OUTCOMES = {"made": 0, "content": 1, "run": 3}
GRAINS = ("renderings", "utterances")
RECORD = re.compile(r"(sources-)?[0-9a-f]{32}(\.json|\.\d+)?")
"""Names of what the cache knows of earlier runs. What is called otherwise is somebody else's, and is left alone."""
UNCHECKED = "The printed editions were laid out; how loud and fast a recording is, a build finds."
"""What `check` cannot know without making something."""


def wiring_of(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path = ROOT) -> Wiring:
    """What the options choose, of the channels in `registry`. Tells whom text is sent to, before it is."""
    values = chosen_in(options, registry)
    for option, place in (("--output", options.output), ("--cache", options.cache)):
        with writing(place, option):
            place.exists()  # an error where a name is too long, a link leads to itself
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
    return Wiring(
        channels=channels,
        settings=Settings(chosen=values),
        output=options.output,
        cache=options.cache,
        strict=getattr(options, "strict", False),  # the preview has none
        apart=frozenset(sent),
    )


def run_build(options: argparse.Namespace, wiring: Wiring, home: Path, typed: state.Typed) -> int:
    """`build`: 0 when all is made, 1 when content is at fault, 3 when a document met a fault of the run."""
    with asked_to_stop() as stop:
        return _build(options, wiring, home, typed, stop)


def _build(
    options: argparse.Namespace, wiring: Wiring, home: Path, typed: state.Typed, stop: Callable[[], bool]
) -> int:
    begin = time.perf_counter()
    sources = find_sources(options.sources, home)
    for left_out in unreadable(home) if not options.sources else ():
        sys.stderr.write(f"note: {_named(left_out)} cannot be read, and is left out\n")
    report = _report(options)
    refuse_foreign_list(wiring.output)
    stands = standing(wiring, sources)
    size = options.jobs or processors()
    try:
        with Pool(wiring, min(size, max(2, len(sources) - len(stands))), stop) as pool:
            editions = build(wiring, sources, pool, report, stands)
    finally:
        report.close()
    output = _named(wiring.output)
    gone = withdrawn(wiring.output, editions) if typed.all_sources else []
    before, after = _said_of_withdrawn(options, gone, home)
    sys.stdout.write(before)
    report.done(editions, output, time.perf_counter() - begin)
    sys.stdout.write(after)
    closing_lines = before + _said_next_time(options, editions, output) + after
    said = state.Said(warned="" if options.json else faults(editions), closing=closing_lines)
    try:
        clean_up(wiring, options.cache_limit)
        remember(wiring, editions, typed.began_ns)
        if not any(edition.failed for edition in editions):
            state.record(typed, wiring, editions, said, [f"{place}/{NAME}" for place in gone])
    except OutputError as error:  # a cache that may only be read is enough where there was nothing to do
        if any(edition.changed for edition in editions):
            raise
        sys.stderr.write(f"note: the next run has to look again: {error}\n")
    failed = [OUTCOMES["run" if edition.error else "content"] for edition in editions if edition.failed]
    return max(failed, default=OUTCOMES["made"])


def clean_up(wiring: Wiring, limit: int | None) -> None:
    """Keep the store below `limit` (bytes). Where none is given it grows with what is published: a store that cannot
    hold that would lose with each clean-up what the next run needs."""
    kept = wiring.cache / "store"
    if store.looks_larger(kept, store.LIMIT if limit is None else limit):
        store.prune(kept, max(store.LIMIT, 2 * size_of(wiring.output)) if limit is None else limit)


def _said_of_withdrawn(options: argparse.Namespace, gone: list[str], home: Path) -> tuple[str, str]:
    """What is said of withdrawn places before the summary, as an event, or after it, to people."""
    if not gone or options.quiet:
        return "", ""
    elsewhere = options.output.absolute() != home / "dist"
    said = said_of(gone, f" --output {shlex.quote(str(options.output))}" if elsewhere else "")
    return (json.dumps({"event": "note", "text": said}) + "\n", "") if options.json else ("", f"{said}\n")


def _report(options: argparse.Namespace) -> Report:
    explain = options.command == "build" and options.explain
    if options.json:
        return Json()
    if options.quiet:
        return Quiet()
    if sys.stderr.isatty():
        from publish.terminal import Terminal  # noqa: PLC0415 (rich: 60 ms of a second, for nobody in a log)

        return Terminal(explain=explain)
    return Plain(explain=explain)


def _said_next_time(options: argparse.Namespace, editions: list[Edition], output: str) -> str:
    """What the same command says when it finds nothing to do, besides the warnings that stand."""
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


def run_check(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path) -> int:
    """`check`: every fault of every source that shows before anything is made: the reader's, and what each channel of
    the `registry` says of a document."""
    editions = checked(find_sources(options.sources, home), inspection(registry))
    if options.strict:
        for edition in editions:
            edition.diagnostics = list(strictly(edition.diagnostics))
    found = [diagnostic for edition in editions for diagnostic in edition.diagnostics]
    report = _report(options)
    if isinstance(report, Json):
        for edition in editions:
            report.finished(edition)
    else:
        sys.stderr.write(faults(editions))
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    if not options.quiet and not options.json:
        said = f"{number_of(errors, 'error')}, {number_of(len(found) - errors, 'warning')}" if found else "no faults"
        print(f"{counted(len(editions))} checked: {said}. {UNCHECKED}")
    return OUTCOMES["content" if has_errors(found) else "made"]


def inspection(registry: Mapping[str, Entry]) -> Callable[[Document], Iterable[Diagnostic]]:
    """What gives everything that the channels of the `registry` say of a document before anything is made."""
    channels = [entry.load(Settings(), store.Nothing()) for entry in registry.values()]
    return lambda document: (found for channel in channels for found in channel.preflight(document))


def checked(sources: Iterable[Path], inspect: Callable[[Document], Iterable[Diagnostic]]) -> list[Edition]:
    """Each source with its faults, as a build would find them before its first rendering."""
    from reader.read import read  # noqa: PLC0415 (0.1 s that a build leaves to its workers)

    places: dict[str, Path] = {}
    editions = []
    for source in sources:
        result = read(source)
        edition = Edition(source=source, diagnostics=list(result.diagnostics))
        if result.document is not None:
            edition.place = f"{result.document.id}/{result.document.language}"
            edition.title = text_of(result.document.title.inlines)
            other = places.setdefault(edition.place, source)
            edition.diagnostics += [*inspect(result.document), *([taken(edition, other)] if other != source else [])]
            edition.diagnostics = list(dict.fromkeys(edition.diagnostics))
        editions.append(edition)
    return editions


def read_all(options: argparse.Namespace, home: Path) -> list[Document]:
    """The documents of the sources; none where one of them is at fault, which is then told."""
    from reader.read import read  # noqa: PLC0415 (0.1 s, see checked)

    results = [read(source) for source in find_sources(options.sources, home)]
    sys.stderr.writelines(show(diagnostic) + "\n" for result in results for diagnostic in result.diagnostics)
    documents = [result.document for result in results if result.document is not None]
    return documents if len(documents) == len(results) else []


def run_verify(options: argparse.Namespace) -> int:
    """`verify`: every way in which published folders depart from their manifests."""
    output: Path = options.output
    if not options.folders and not (output.is_dir() and (any(output.glob("*/*/")) or (output / INDEX).exists())):
        raise UsageError(f"nothing is published in {output}", "Run `pipeline.py build` first.")
    for place in options.folders:
        if not place.is_dir():
            raise UsageError(f"there is no folder {place}", "Name a published folder, like dist/<publication>/en.")
    places = options.folders or [output]
    found = [fault for place in places for fault in (faults_of if options.folders else faults_in_output)(place)]
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    count = sum(len(editions_in(place)) for place in places)
    print(f"{number_of(count, 'folder')} verified: {number_of(len(found), 'fault') if found else 'all as published'}.")
    return OUTCOMES["content" if found else "made"]


def run_cache(options: argparse.Namespace) -> int:
    """`cache`: what the store holds; with --prune, what went."""
    kept = options.cache / "store"
    if options.prune is not None:
        gone = store.prune(kept, options.prune)
        print(f"{number_of(gone.entries, 'entry', 'entries')} thrown away, {size_in_words(gone.size)}.")
    for grain in GRAINS:
        usage = store.usage_of(kept / grain)
        entries = "entry" if usage.entries == 1 else "entries"
        print(f"{grain:<10}  {usage.entries:>7} {entries:<7}  {size_in_words(usage.size):>8}")
    print(f"in {kept}")
    return OUTCOMES["made"]


def run_clean(options: argparse.Namespace, home: Path) -> int:
    """`clean`: what was published goes, each folder in one step; nothing that we did not make is touched."""
    output: Path = options.output
    places = [edition.relative_to(output).as_posix() for edition in editions_in(output)]
    if options.withdrawn:
        places = withdrawn(output, checked(find_sources([], home), lambda _: ()))
    if output.is_dir():
        folder.sweep(output)
        for place in places:
            folder.remove(output, place)
            folder.drop_if_empty((output / place).parent)
        if options.withdrawn:
            write_index(output)
        else:
            for listed in (output / INDEX, output / STYLE):
                if listed.is_file() and is_ours(listed):
                    with writing(output):
                        listed.unlink(missing_ok=True)
            folder.drop_if_empty(output)
    kept = [] if options.withdrawn else _forget(options.cache, everything=options.all)
    sys.stdout.writelines(f"{_named(output / place)}\n" for place in places[:LISTED])
    if len(places) > LISTED:
        print(f"… and {len(places) - LISTED} more")
    also = f", and what was kept of earlier runs in {_named(options.cache)}" if "store" in kept else ""
    print(f"{counted(len(places))} deleted from {_named(output)}{also}.")
    return OUTCOMES["made"]


def _forget(cache: Path, *, everything: bool) -> list[str]:
    """Delete what is known of earlier runs from `cache`, and with `everything` what they made. What was there."""
    parts = ("state", "records", "store") if everything else ("state", "records")
    found = [name for name in parts if (cache / name).is_dir() and not (cache / name).is_symlink()]
    with writing(cache, "--cache"):
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


def _named(path: Path) -> str:
    """A folder as people would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
