"""`check`: turns sources into every fault that can be found before anything is made."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from channels.base import Entry, Settings
from commands.build import reading, tell_left_out
from commands.report import (
    OUTCOMES,
    Json,
    counted,
)
from commands.reporting import report_of
from model.counted import number_of
from model.diagnostics import Diagnostic, has_errors, show, strictly
from model.document import Document
from model.traverse import text_of
from publish import store
from publish.choices import faults_of_choices
from publish.config import Read, ReadResult
from publish.edition import Edition
from publish.events import Finished
from publish.faults import faults
from publish.inspection import Inspect, inspected
from publish.results import Parsed
from reader.sources import find_sources

UNCHECKED = "The printed editions were laid out; how loud and fast a recording is, a build finds."
"""`check` cannot know this without making something."""


def run_check(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path) -> int:
    """`check`: shows every fault of every source that can be found before anything is made: the reader's, and those
    of each channel of the `registry`."""
    sources = find_sources(options.sources, home)
    if not options.sources:
        tell_left_out(home)
    editions = checked(sources, reading(registry), inspection(registry))
    if options.strict:
        for edition in editions:
            edition.diagnostics = list(strictly(edition.diagnostics))
    found = [diagnostic for edition in editions for diagnostic in edition.diagnostics]
    report = report_of(options)
    if isinstance(report, Json):
        for edition in editions:
            report.tell(Finished(edition=edition))
    else:
        sys.stderr.write(faults(editions))
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    if not options.quiet and not options.json:
        said = f"{number_of(errors, 'error')}, {number_of(len(found) - errors, 'warning')}" if found else "no faults"
        print(f"{counted(len(editions))} checked: {said}.{'' if errors else f' {UNCHECKED}'}")
    return OUTCOMES["content" if has_errors(found) else "made"]


def inspection(registry: Mapping[str, Entry]) -> Inspect:
    """A function that returns everything that the channels of the `registry` say of what was read before anything is
    made."""
    channels = [entry.load(Settings(), store.Nothing()) for entry in registry.values()]

    def faults_in(result: ReadResult) -> Iterator[Diagnostic]:
        if document := result.document or result.draft:
            yield from faults_of_choices(document, registry, Settings())
        yield from inspected(result, channels)

    return faults_in


def checked(sources: Iterable[Path], read: Read, inspect: Inspect) -> list[Edition]:
    """Each source with the faults that a build would find before its first rendering."""
    places: dict[str, Path] = {}
    editions = []
    for source in sources:
        result, edition = read(source), Edition(source=source)
        found, place, title = (*result.diagnostics, *inspect(result)), "", ""
        if result.document is not None:
            place = f"{result.document.id}/{result.document.language}"
            title = text_of(result.document.title.inlines)
        edition.note_parsed(Parsed(document=None, place=place, title=title, diagnostics=found), places)
        edition.diagnostics = list(dict.fromkeys(edition.diagnostics))
        editions.append(edition)
    return editions


def read_all(sources: Iterable[Path], read: Read, *, warn: bool = True) -> tuple[list[Document], bool]:
    """The documents of the sources, and whether one of them has errors. Prints the faults; warnings only with
    `warn`."""
    results = list(map(read, sources))
    found = [diagnostic for result in results for diagnostic in result.diagnostics]
    sys.stderr.writelines(show(diagnostic) + "\n" for diagnostic in found if warn or has_errors([diagnostic]))
    documents = [result.document for result in results if result.document is not None]
    return documents, len(documents) < len(results)
