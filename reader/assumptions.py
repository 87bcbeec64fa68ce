"""Turns what could be read in two ways into warnings: dates in figures, pasted letters. Gathers warnings of one
kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Date, Inline, Joined, Mark, Range
from model.traverse import sentences_of, walk
from yaml_source.load import Loaded
from yaml_source.source_map import Places

MOST_LISTED: Final = 12
FAR: Final = 2_000
"""Characters of a sentence within which its date is sought."""


ONE_FOR_ALL: Final = {"insecure-link": "{count} links do not lead to safe addresses"}
"""Codes of warnings that are shown once for the whole file, however often they occur."""


def gathered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics in order. Those with a code in ONE_FOR_ALL become one each, at the first place, which lists
    the lines."""
    kept: list[Diagnostic] = []
    several: dict[str, list[Diagnostic]] = {}
    for fault in found:
        if fault.code in ONE_FOR_ALL:
            several.setdefault(fault.code, []).append(fault)
            if len(several[fault.code]) > 1:
                continue
        kept.append(fault)
    return [_of_several(several.get(fault.code, [fault])) for fault in kept]


def _of_several(faults: list[Diagnostic]) -> Diagnostic:
    first = faults[0]
    if len(faults) == 1:
        return first
    listed = [f"line {fault.mark.line}: {fault.message}" for fault in faults[:MOST_LISTED]]
    listed += [f"and {len(faults) - MOST_LISTED} more"] if len(faults) > MOST_LISTED else []
    return replace(first, message="\n".join([ONE_FOR_ALL[first.code].format(count=len(faults)), *listed]))


def check_letters(loaded: Loaded) -> Iterator[Diagnostic]:
    """A warning that lists ligatures, wide letters and similar ones, which are read as the plain letters they stand
    for."""
    if not loaded.folded:
        return
    pairs = ", ".join(f"{_visible(one.written)} as {one.read}" for one in loaded.folded[:MOST_LISTED])
    first = loaded.folded[0]
    mark = Mark(file=loaded.root.mark.file, line=first.line, column=first.column)
    hint = "Type the plain letters, to see here what readers get."
    yield Diagnostic(
        severity="warning", code="folded-letters", message=f"read as plain letters: {pairs}", mark=mark, hint=hint
    )


def _visible(sign: str) -> str:
    """A sign, or its name where nobody would see it or tell it from a Latin letter. Two signs, as of 1ˢᵗ, are seen."""
    if len(sign) > 1:
        return sign
    name = unicodedata.name(sign, sign).lower()
    return sign if sign.isprintable() and not name.startswith(("cyrillic", "greek")) else name


def check_dates(document: Document, places: Places) -> Iterator[Diagnostic]:
    """A warning that lists the dates in figures whose day and month could change places: 3/5/2024 is read as the
    third of May. It stands at the first of them."""
    found: dict[str, tuple[str, Mark]] = {}
    for sentence in sentences_of(document):
        for one in _dates(walk(sentence.inlines)):
            if one.assumed:
                found.setdefault(one.text, (_in_full(one, document), sentence.mark))
    if not found:
        return
    listed = list(found.items())
    first, (_, mark) = listed[0]
    named = ", ".join(f"{written} as {full}" for written, (full, _) in listed[:MOST_LISTED])
    more = f", and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    message = f"read with the day before the month: {named}{more}"
    hint = "Write the month in words, so that nobody has to guess."
    yield Diagnostic(
        severity="warning", code="day-first", message=message, mark=places.exactly(first, mark, FAR), hint=hint
    )


def _dates(inlines: Iterable[Inline]) -> Iterator[Date]:
    for inline in inlines:
        match inline:
            case Date():
                yield inline
            case Range(start=start, end=end):
                yield from (one for one in (start, end) if isinstance(one, Date))
            case Joined(values=values):
                yield from (one for one in values if isinstance(one, Date))
            case _:
                pass


def _in_full(one: Date, document: Document) -> str:
    """A date with its month in words."""
    month = document.words["months"].split(", ")[one.value.month - 1]
    return document.words["date"].format(day=one.value.day, month=month, year=one.value.year)
