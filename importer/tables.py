"""Turns a table into rows under headers. Headers above several columns become groups, other cells that span become
"same as" signs, and columns and rows without words are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Remarked, Value
from importer.reading import Reading
from importer.runs import joined, line, nodes_of, without_strong
from importer.tree import HEADINGS, tag, walk, words

EMPTY: Final = "–"
ABOVE: Final = "^"
BEFORE: Final = "<"
NOTHING: Final = re.compile(r"[\s._…–—−\\-]*")
"""Matches a cell that says there is nothing in it. Listeners are told so, too."""
MOST_COLUMNS: Final = 60
UNNAMED: Final = "the page gives this table no caption; this is the heading above it. Say what the table shows."
BLANK: Final = "where a cell is empty on the page stands –. Write what it means: none, not known, does not apply."
CORNER: Final = "the page does not name the first column; – stands for its name. Write what its rows are."
NO_HEADERS: Final = "the page marks no headers in this table; its first row is taken for them."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """A cell, repeated in each place that it spans: its text, and True for a header."""

    text: str
    header: bool


LINES: Final = frozenset(
    {
        *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "section", "article", "center", "address"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
"""What stands on lines of its own within a cell."""
FEW: Final = 4
"""If one cell in so many holds a table, or more do, a table is used for layout."""
NO_CELL: Final = Cell(text="", header=False)
Grid = list[tuple[Cell, ...]]


def is_layout(element: Element) -> bool:
    """True if a table is used for layout: it says so, has only one column or row, or holds headings, or tables in more
    than a few of its cells."""
    if element.get("role") in ("presentation", "none"):
        return True
    rows = list(_own_rows(element))
    cells = [[cell for cell in row if tag(cell) in ("td", "th")] for row in rows]
    held = [{tag(part) for part in walk(cell)} for row in cells for cell in row]
    parted = any(names & set(HEADINGS) for names in held)
    tables = sum("table" in names for names in held)
    return parted or tables * FEW > len(held) or len(rows) < 2 or all(len(row) < 2 for row in cells)


def table(element: Element, reading: Reading) -> list[Value]:
    """The table; or its words as paragraphs if it has fewer than two rows or columns with words."""
    rows, tops, feet = _rows(element)
    grid = _grid(rows, reading)
    keep = [n for n in range(max(map(len, grid), default=0)) if any(row[n].text for row in grid)]
    grid = [tuple(row[n] for n in keep) for row in grid]
    foot = [row for row in grid[len(grid) - feet :] if any(cell.text for cell in row)]
    tops = sum(any(cell.text for cell in row) for row in grid[:tops])
    grid = [row for row in grid[: len(grid) - feet] if any(cell.text for cell in row)]
    heads = next((n for n, row in enumerate(grid) if n >= tops and not _is_head(row)), len(grid))
    if len(grid) < 2 or len(keep) < 2:
        return [cell.text for row in (*grid, *foot) for cell in dict.fromkeys(row) if cell.text]
    caption, given = _caption(element, reading)
    if not heads and not foot and (entries := _entries(grid)):
        return [*([f"**{caption}**"] * given), {"type": "definitions", "entries": entries}]
    look = [] if heads else [NO_HEADERS]
    heads = min(max(heads, 1), len(grid) - 1)
    fields: dict[str, Value] = {"type": "table", "caption": caption, **_headers(grid[:heads])}
    fields |= _body(grid[heads:])
    if foot:
        fields["footer"] = tuple(_texts(row, above) for row, above in zip(foot, [(), *foot], strict=False))
    match fields["headers"]:
        case ("–", *named) if "row_headers" in fields and not _has_blanks({**fields, "headers": tuple(named)}):
            look.append(CORNER)
        case _ if _has_blanks(fields):
            look.append(BLANK)
        case _:
            pass
    if not given:
        look.insert(0, UNNAMED)
    return [Remarked(value=fields, look=tuple(look)) if look else fields]


def _rows(element: Element) -> tuple[list[Element], int, int]:
    """The rows of a table, those of its head first and those of its foot last, then the number of rows in the head
    and in the foot."""
    tops, feet = (
        [row for part in element if tag(part) == name for row in part if tag(row) == "tr"]
        for name in ("thead", "tfoot")
    )
    rows = [row for row in _own_rows(element) if row not in tops and row not in feet]
    return [*tops, *rows, *feet], len(tops), len(feet)


def _own_rows(element: Element) -> Iterator[Element]:
    """The rows of a table, and not those of a table within it."""
    for part in element:
        if tag(part) == "tr":
            yield part
        elif tag(part) in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if tag(row) == "tr")


def _is_head(row: tuple[Cell, ...]) -> bool:
    """True if a row outside the head of a table has several cells and all of them are headers."""
    return all(cell.header or not cell.text for cell in row) and len(set(row)) > 1


def _grid(rows: Sequence[Element], reading: Reading) -> Grid:
    """All cells as rows of equal length. A cell that spans several places is in each of them."""
    taken: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            if tag(cell) not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            made = Cell(text=_cell_text(cell, reading), header=tag(cell) == "th")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan") or len(rows)
            for dy in range(min(down, len(rows) - y)):
                for dx in range(across):
                    taken.setdefault((y + dy, x + dx), made)
            x += across
    width = max((x for _, x in taken), default=-1) + 1
    return [tuple(taken.get((y, x), NO_CELL) for x in range(width)) for y in range(len(rows))]


def _cell_text(cell: Element, reading: Reading) -> str:
    """The text of a cell, with its blocks one after the other."""
    parts: list[str] = []
    loose: list[str | Element] = []
    for node in nodes_of(cell):
        if isinstance(node, str) or tag(node) not in LINES:
            loose.append(node)
            continue
        parts += [line(loose, reading), _cell_text(node, reading)]
        loose = []
    text = joined([text for text in (*parts, line(loose, reading)) if text])
    if text in (ABOVE, BEFORE):
        return f"\\{text}"
    return text if NOTHING.fullmatch(text) else reading.heard(text)


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), MOST_COLUMNS) if text.isdecimal() and len(text) < 5 else 1


def _entries(rows: Grid) -> tuple[Value, ...]:
    """The terms and texts of a table without headers of columns, in which each row is a header and a cell. Empty for
    any other table."""
    cells = [cell for row in rows for cell in row]
    paired = all(len(row) == 2 and row[0].header and not row[1].header and row[0].text and row[1].text for row in rows)
    if not paired or len(set(cells)) < len(cells):
        return ()
    return tuple({"term": without_strong(term.text), "text": text.text} for term, text in rows)


def _headers(rows: Grid) -> dict[str, Value]:
    """The last row of headers, and the headers above it as groups of columns."""
    headers = tuple(without_strong(cell.text) or EMPTY for cell in rows[-1])
    columns = list(zip(*rows, strict=True))
    tops = [tuple(cell for cell in column[:-1] if cell.text and cell is not column[-1]) for column in columns]
    if not any(tops):
        return {"headers": headers}
    groups: list[Value] = []
    for top, run in groupby(tops):
        title = joined(list(dict.fromkeys(without_strong(cell.text) for cell in top)))
        groups.append({**({"title": title} if title else {}), "columns": str(len(list(run)))})
    return {"column_groups": tuple(groups), "headers": headers}


def _body(rows: Grid) -> dict[str, Value]:
    """The rows. A row of a single cell becomes the heading of the rows that follow it, or a note if none do."""
    made: list[Value] = []
    above: tuple[Cell, ...] = ()
    heading: list[str] = []
    named = True
    for row in rows:
        if len(set(row)) == 1 or (row[0].text.endswith(":") and not any(cell.text for cell in row[1:])):
            heading.append(without_strong(row[0].text))
            continue
        if heading:
            made.append({"group": joined(heading)})
            heading, above = [], ()
        made.append(_texts(row, above))
        named = named and row[0].header
        above = row
    if not above:
        return {"rows": tuple(_texts(row, ()) for row in rows)}
    fields: dict[str, Value] = {"rows": tuple(made)}
    if named:
        fields = {"row_headers": True, **fields}
    return {**fields, "notes": joined(heading)} if heading else fields


def _texts(row: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[str, ...]:
    """The cells of a row as texts. A cell that continues the cell above or before it becomes a sign that says so."""
    texts: list[str] = []
    for n, cell in enumerate(row):
        if cell is not NO_CELL and n < len(above) and cell is above[n] and cell.text:
            texts.append(ABOVE)
        elif cell is not NO_CELL and n and cell is row[n - 1] and cell.text:
            texts.append(BEFORE)
        else:
            texts.append(cell.text or EMPTY)
    return tuple(texts)


def _has_blanks(value: Value) -> bool:
    match value:
        case str():
            return value == EMPTY
        case tuple():
            return any(map(_has_blanks, value))
        case Mapping():
            return any(map(_has_blanks, value.values()))
        case _:
            return False


def _caption(element: Element, reading: Reading) -> tuple[str, bool]:
    found = next((inner for inner in element if tag(inner) == "caption"), None)
    said = line(nodes_of(found), reading) if found is not None else ""
    return said or reading.heading or words(element)[:60], bool(said)
