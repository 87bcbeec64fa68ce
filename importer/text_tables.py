"""Turns lines of plain text with words in columns into the rows of a table. The columns are parted by tabs or bars,
or stand under each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BORDER: Final = re.compile(r"(?=.*[-=_]{2})\s*+[-+=|:_ \t]*+", re.DOTALL)
"""A line drawn between rows. No sign is tried twice: else a line of two thousand signs would take seconds."""
TABS: Final = re.compile(r"(?<!\s)\s*\t\s*")
APART: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
BULLET: Final = r"(?:\s*[-*•‣◦–·▪]|\s+o)"
"""A pattern of the sign of an entry of a list. Word has an o for the signs of lists within lists."""
ENTRY: Final = re.compile(rf"(?:{BULLET}|\s*\(?(?:\d{{1,3}}|[a-z])[.)])\s")
"""The sign of an entry of a list. A tab may stand after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The cells of a table, and True if a line under the first row shows that it holds headers."""

    cells: tuple[tuple[str, ...], ...]
    headed: bool


def as_rows(lines: list[str]) -> Rows | None:
    """The table that some lines make, or None. A table has at least two rows and two columns."""
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
    """Cells that begin or end under each other, with two spaces between them."""
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
    """The places where the cells of a line begin and end."""
    begins, ends = [len(line) - len(line.lstrip())], []
    for gap in APART.finditer(line):
        ends.append(gap.start())
        begins.append(gap.end())
    return list(zip(begins, [*ends, len(line.rstrip())], strict=True))


def _even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows, filled up to one length."""
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)
