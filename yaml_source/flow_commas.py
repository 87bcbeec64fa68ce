"""Turns commas within brackets that cut a text in two, as in `[2, £1,000]` and `{ say: one, two }`, into diagnostics.

The pieces are joined again in the tree, so that the rest of the file is read as it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from model.diagnostics import Diagnostic
from model.inlines import Mark
from yaml_source.load import Loaded
from yaml_source.node import Node, walk
from yaml_source.quoting import how_to_quote

THOUSANDS: Final = re.compile(r"(?<=\d,)\d{3}(?!\d)")
LONGEST_GAP: Final = 80


@dataclass(slots=True)
class _Cut:
    """A text that a comma cut in two: its first piece, where its last piece ends, and whether the pieces stand in a
    list."""

    first: Node
    end: Mark
    listed: bool


def join_cuts(loaded: Loaded) -> list[Diagnostic]:
    """A diagnostic for each text that a comma cut in two. Unmended, a fee would be wrong in every edition, or a
    piece would be an unknown key."""
    if "[" not in loaded.text and "{" not in loaded.text:
        return []
    found: list[Diagnostic] = []
    for parent in list(walk(loaded.root)):
        match parent.value:
            case dict():
                found += _joined(_cut_entries(parent, parent.value, loaded.lines), loaded.lines)
            case list():
                found += _joined(_cut_items(parent, parent.value, loaded.lines), loaded.lines)
            case _:
                pass
    return found


def _cut_items(parent: Node, items: list[Node], lines: list[str]) -> list[_Cut]:
    """The cut texts of a list. The list keeps only their first pieces."""
    kept: list[Node] = []
    cuts: list[_Cut] = []
    joined = False
    for item in items:
        if kept and isinstance(item.value, str) and _is_figure(item.mark, lines):
            if not joined:
                cuts.append(_Cut(kept[-1], item.mark, listed=True))
            cuts[-1].end = _after(item.mark, item.value)
            joined = True
        else:
            kept.append(item)
            joined = False
    parent.value = kept
    return cuts


def _cut_entries(parent: Node, entries: dict[str, Node], lines: list[str]) -> list[_Cut]:
    """The cut texts of a mapping. The mapping loses their later pieces, which YAML read as keys without a value."""
    kept: dict[str, Node] = {}
    cuts: list[_Cut] = []
    joined = False
    for key, inner in entries.items():
        at = inner.key_mark
        if kept and inner.value is None and (_is_figure(at, lines) or _after_comma(at, lines)):
            if not joined:
                cuts.append(_Cut(kept[next(reversed(kept))], at, listed=False))
            cuts[-1].end = _after(at, key)
            joined = True
        else:
            kept[key] = inner
            joined = False
    parent.value = kept
    return cuts


def _joined(cuts: list[_Cut], lines: list[str]) -> Iterator[Diagnostic]:
    for cut in cuts:
        begin, end = cut.first.mark, cut.end
        same_line = begin.line == end.line
        whole = lines[begin.line - 1][begin.column - 1 : end.column - 1 if same_line else None]
        if isinstance(cut.first.value, str):
            cut.first.value = whole.strip("\"'")
        message = f"within brackets, the comma cuts “{whole}” apart"
        hint = how_to_quote(whole, goes_on=not same_line)
        if cut.listed:
            hint += ". If it is two entries, put a space after the comma."
        yield Diagnostic(severity="error", code="comma", message=message, mark=begin, hint=hint)


def _is_figure(at: Mark, lines: list[str]) -> bool:
    """True if the thousands of a figure begin here: three digits right after a digit and a comma."""
    return THOUSANDS.match(lines[at.line - 1], at.column - 1) is not None


def _after_comma(at: Mark, lines: list[str]) -> bool:
    before = lines[at.line - 1][max(0, at.column - 1 - LONGEST_GAP) : at.column - 1]
    return before.rstrip().endswith(",")


def _after(at: Mark, piece: str) -> Mark:
    return Mark(file=at.file, line=at.line, column=at.column + len(piece))
