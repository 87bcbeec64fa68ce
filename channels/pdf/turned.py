"""Sets a table that is too wide for an upright page on a page on its side, with its heading and its caption.

Readers follow a table of many short cells down its columns. Stacked rows (stacked.py) would take the columns apart,
over many pages. Any other table is stacked first, and is set on its side only if one of its words is wider than the
upright page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from channels.pdf.weasyprint_parts import hanging, page_box, real

TURNED = "turned"  # the class of the elements on such a page, and the name of the page in the styles
FEWEST_COLUMNS = 5  # of a table that is read down its columns
FEWEST_ROWS = 8  # of it; with fewer a page would be half empty
SHORT = 16  # most characters of a cell, except the first cell of a row
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def suits(table: Any) -> bool:
    """True if `table`, an HTML element, has so many columns and rows, and such short cells, that readers follow it
    down its columns."""
    rows = [list(row) for body in ("tbody", "tfoot") for row in table.iterfind(f"{body}/tr")]
    if len(rows) < FEWEST_ROWS or max(map(len, rows)) < FEWEST_COLUMNS:
        return False
    return all(_length(cell) <= SHORT for row in rows for cell in row[1:])


def _length(cell: Any) -> int:
    return len(" ".join("".join(cell.itertext()).replace("\u200b", "").split()))


def turn(root: Any, table: Any) -> None:
    """Sets `table` on pages on their side, with the headings right above it."""
    for element in _with_it(root, table):
        element.set("class", " ".join([*element.get("class", "").split(), TURNED]))


def turn_back(root: Any, table: Any) -> None:
    """Sets `table` upright again."""
    for element in _with_it(root, table):
        element.set("class", " ".join(name for name in element.get("class", "").split() if name != TURNED))


def _with_it(root: Any, table: Any) -> Iterator[Any]:
    """The element that holds `table` and its notes, then the headings right above it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    held = parents[table]
    yield held
    while held in parents:
        around = list(parents[held])
        before = around[: around.index(held)]
        if before and before[-1].tag in HEADINGS:
            yield before[-1]
        if len(before) > 1 or parents[held].tag != "section":
            return
        held = parents[held]


def too_wide_lists(pages: Sequence[Any]) -> Iterator[Any]:
    """The stacked tables with a word that is wider than its page."""
    found: dict[Any, None] = {}
    for page in pages:
        box = page_box(page)
        for stacked in _wide(box, None, box.content_box_x() + box.width):
            found[stacked] = None
    yield from found


def _wide(box: Any, stacked: Any, edge: float) -> Iterator[Any]:
    box = real(box)
    if box.element is not None and box.element.get("class") == "stacked":
        stacked = box.element
    said = stacked is not None and getattr(box, "text", None)
    if said and box.position_x + box.width - hanging(box) > edge + 1:
        yield stacked
    for child in getattr(box, "children", ()):
        yield from _wide(child, stacked, edge)
