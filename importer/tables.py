"""A table to rows under headers: spans are filled in, columns without a word are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Remarked, Value
from importer.reading import Reading
from importer.runs import joined, line, nodes_of
from importer.tree import tag, walk, words

EMPTY: Final = "–"
MOST_COLUMNS: Final = 60
UNNAMED: Final = "the page gives this table no caption; this is the heading above it. Say what the table shows."
BLANK: Final = "where a cell is empty on the page stands –. Write what it means: none, not known, does not apply."
NO_HEADERS: Final = "the page marks no headers in this table; its first row is taken for them."


def is_layout(element: Element) -> bool:
    """Whether a table only places what stands in it: it says so, has one column, or holds other tables or headings."""
    cells = [cell for cell in walk(element) if tag(cell) in ("td", "th")]
    rows = [row for row in walk(element) if tag(row) == "tr"]
    if element.get("role") in ("presentation", "none"):
        return True
    inner = [
        part for cell in cells for part in walk(cell) if tag(part) in ("table", "h1", "h2", "h3", "h4", "h5", "h6")
    ]
    return bool(inner) or len(rows) < 2 or all(sum(tag(c) in ("td", "th") for c in row) < 2 for row in rows)


def table(element: Element, reading: Reading) -> list[Value]:
    """The table, or what it says as paragraphs where it has no words in two rows."""
    rows = [row for row in walk(element) if tag(row) == "tr"]
    grid = _grid(rows, reading)
    heads = _heads(rows)
    keep = [n for n in range(max(map(len, grid), default=0)) if any(n < len(row) and row[n] for row in grid)]
    texts = [tuple(row[n] if n < len(row) else "" for n in keep) for row in grid]
    texts, heads = [row for row in texts if any(row)], sum(any(row) for row in texts[:heads])
    if len(texts) < 2:
        return [text for row in texts for text in row if text]
    look = [] if heads else [NO_HEADERS]
    heads = min(max(heads, 1), len(texts) - 1)
    headers = [joined(list(dict.fromkeys(filter(None, column)))) for column in zip(*texts[:heads], strict=True)]
    caption, given = _caption(element, reading)
    body = texts[heads:]
    if not all(headers) or not all(cell for row in body for cell in row):
        look.append(BLANK)
    fields: dict[str, Value] = {
        "type": "table",
        "caption": caption,
        "headers": tuple(header or EMPTY for header in headers),
        "rows": tuple(tuple(cell or EMPTY for cell in row) for row in body),
    }
    if _named_rows(rows[-len(body) :]):
        fields = {**fields, "row_headers": True}
    if not given:
        look.insert(0, UNNAMED)
    return [Remarked(value=fields, look=tuple(look)) if look else fields]


def _grid(rows: Sequence[Element], reading: Reading) -> list[list[str]]:
    """The texts of all cells, each in every place that it spans."""
    grid: list[list[str]] = [[] for _ in rows]
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            if tag(cell) not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            text = cell_text(cell, reading)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan") or len(rows)
            for dy in range(min(down, len(rows) - y)):
                for dx in range(across):
                    taken[y + dy, x + dx] = text
            x += across
        width = max((column for line_, column in taken if line_ == y), default=-1) + 1
        grid[y] = [taken.get((y, column), "") for column in range(width)]
    return grid


def cell_text(cell: Element, reading: Reading) -> str:
    """The text of a cell, its blocks one after the other."""
    parts: list[str] = []
    loose: list[str | Element] = []
    for node in nodes_of(cell):
        if isinstance(node, str) or tag(node) not in ("p", "div", "ul", "ol", "li", "dl", "dt", "dd"):
            loose.append(node)
            continue
        parts += [line(loose, reading), cell_text(node, reading)]
        loose = []
    return joined([text for text in (*parts, line(loose, reading)) if text])


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), MOST_COLUMNS) if text.isdecimal() and len(text) < 5 else 1


def _heads(rows: Sequence[Element]) -> int:
    """How many rows at the top are headers: those of th alone."""
    count = 0
    for row in rows:
        cells = [cell for cell in row if tag(cell) in ("td", "th")]
        if any(tag(cell) == "td" and words(cell) for cell in cells) or not cells:
            break
        count += 1
    return count


def _named_rows(rows: Sequence[Element]) -> bool:
    """Whether the first cell of each row is its header."""
    first = [next((cell for cell in row if tag(cell) in ("td", "th")), None) for row in rows]
    return all(cell is not None and tag(cell) == "th" for cell in first)


def _caption(element: Element, reading: Reading) -> tuple[str, bool]:
    found = next((inner for inner in element if tag(inner) == "caption"), None)
    said = line(nodes_of(found), reading) if found is not None else ""
    return said or reading.heading, bool(said)
