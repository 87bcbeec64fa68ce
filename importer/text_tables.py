"""Lines of plain text whose words stand in columns to the rows of a table: by tabs, by bars, or one under the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BORDER: Final = re.compile(r"\s*[-+=|:_ \t]*[-=_]{2}[-+=|:_ \t]*")
"""A line that is drawn between rows."""
TABS: Final = re.compile(r"\s*\t\s*")
APART: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
ENTRY: Final = re.compile(r"\s*(?:[-*•‣◦–]|\(?(?:\d{1,3}|[a-z])[.)])\s")
"""The sign of an entry of a list, behind which a tab may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The cells of a table, and whether a line under the first row says that it is one of headers."""

    cells: tuple[tuple[str, ...], ...]
    headed: bool


def as_rows(lines: list[str]) -> Rows | None:
    """The table that some lines are, if they are one: two rows and more, of two cells and more."""
    drawn = [line for line in lines if not BORDER.fullmatch(line)]
    if len(drawn) < 2 or any(map(ENTRY.match, drawn)):
        return None
    cells = _by_bars(drawn) or _by_tabs(drawn) or _by_place(drawn)
    if cells is None or all(row[0].endswith(":") for row in cells):
        return None
    above = lines.index(drawn[0])
    return Rows(cells=cells, headed=bool(BORDER.fullmatch(lines[above + 1])))


def _by_bars(lines: list[str]) -> tuple[tuple[str, ...], ...] | None:
    if not all(line.strip().startswith("|") and line.count("|") > 2 for line in lines):
        return None
    return _even([tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines])


def _by_tabs(lines: list[str]) -> tuple[tuple[str, ...], ...] | None:
    if not all("\t" in line.strip() for line in lines):
        return None
    return _even([tuple(TABS.split(line.strip())) for line in lines])


def _by_place(lines: list[str]) -> tuple[tuple[str, ...], ...] | None:
    """Cells with two spaces between that begin or end one under the other."""
    lines = [line.expandtabs() for line in lines]
    spans = [_spans(line) for line in lines]
    if len({len(row) for row in spans}) != 1 or len(spans[0]) < 2:
        return None
    if any(
        len({begin for begin, _ in column}) > 1 < len({end for _, end in column}) for column in zip(*spans, strict=True)
    ):
        return None
    return tuple(tuple(line[begin:end] for begin, end in row) for line, row in zip(lines, spans, strict=True))


def _spans(line: str) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end."""
    begins, ends = [len(line) - len(line.lstrip())], []
    for gap in APART.finditer(line):
        ends.append(gap.start())
        begins.append(gap.end())
    return list(zip(begins, [*ends, len(line.rstrip())], strict=True))


def _even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows of one length."""
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)
