"""Commas within brackets that cut a text in two, as in `[2, £1,000]` and `{ say: one, two }`: to diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from model.diagnostics import Diagnostic
from model.document import Mark
from yaml_source.load import Keys, Loaded
from yaml_source.quoting import how_to_quote

THOUSANDS_BEFORE: Final = re.compile(r"\d,\Z")
THOUSANDS: Final = re.compile(r"\d{3}(?!\d)")
COMMA_BEFORE: Final = re.compile(r",\s*\Z")


@dataclass(slots=True)
class _Cut:
    """A text that was cut: where its first piece begins, the path of its last piece, and where that ends."""

    begin: Mark
    last: Keys
    end: Mark
    listed: bool


def check_commas(loaded: Loaded) -> Iterator[Diagnostic]:
    """Each text that a comma cut in two: a wrong fee in every edition, or a key that nobody knows."""
    lines = loaded.text.splitlines()
    for cut in _cuts(loaded, lines):
        same_line = cut.begin.line == cut.end.line
        whole = lines[cut.begin.line - 1][cut.begin.column - 1 : cut.end.column - 1 if same_line else None]
        message = f"within brackets, the comma cuts “{whole}” apart"
        hint = how_to_quote(whole, goes_on=not same_line)
        if cut.listed:
            hint += ". If it is two entries, put a space after the comma."
        yield Diagnostic(severity="error", code="comma", message=message, mark=cut.begin, hint=hint)


def _cuts(loaded: Loaded, lines: list[str]) -> list[_Cut]:
    cuts: list[_Cut] = []
    for path, piece, mark in _pieces(loaded):
        line = lines[mark.line - 1]
        before, after = line[: mark.column - 1], line[mark.column - 1 :]
        figure = bool(THOUSANDS_BEFORE.search(before) and THOUSANDS.match(after))
        if not figure and (isinstance(path[-1], int) or not COMMA_BEFORE.search(before)):
            continue
        first = _before(path, loaded)
        end = Mark(file=mark.file, line=mark.line, column=mark.column + len(piece))
        if cuts and cuts[-1].last == first:
            cuts[-1].last, cuts[-1].end = path, end
        elif first in loaded.values:
            cuts.append(_Cut(loaded.values[first], path, end, isinstance(path[-1], int)))
    return cuts


def _pieces(loaded: Loaded) -> Iterator[tuple[Keys, str, Mark]]:
    """What may be the rest of a text: an entry of a list, and a key without a value, which no block has."""
    if "[" not in loaded.text and "{" not in loaded.text:
        return
    for path, mark in loaded.values.items():
        if path and path[-1] != 0 and isinstance(path[-1], int) and isinstance(piece := loaded.at(path), str):
            yield path, piece, mark
    for path, mark in loaded.keys.items():
        if loaded.at(path) is None:
            yield path, str(path[-1]), mark


def _before(path: Keys, loaded: Loaded) -> Keys:
    """The path of the entry before that at `path`."""
    last = path[-1]
    if isinstance(last, int):
        return (*path[:-1], last - 1)
    names = list(loaded.at(path[:-1]))
    at = names.index(last)
    return (*path[:-1], names[at - 1]) if at else ()
