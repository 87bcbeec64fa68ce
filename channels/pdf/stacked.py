"""Turns a table that is wider than its page into a list of its rows, with each cell after the name of its column.

The names of the columns stand once by themselves, in the order of the source, and again before each cell, without an
id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

from channels.pdf.weasyprint_parts import page_box, real

KEPT = " \u200b"  # as in markup: a space that the end of a line does not drop
SLACK = 1.0  # px


def too_wide(pages: Sequence[Any]) -> Iterator[Any]:
    """The elements of tables that are wider than the text around them."""
    found: dict[Any, None] = {}
    for page in pages:
        for table, around in _tables(page_box(page), page_box(page).width):
            if table.border_width() > around + SLACK:
                found[table.element] = None
    yield from found


def _tables(box: Any, width: float) -> Iterator[tuple[Any, float]]:
    """Each table of a page, and the width of the text around it."""
    box = real(box)
    wrapper = getattr(box, "is_table_wrapper", False)
    if getattr(box.element, "tag", "") == "table" and not wrapper and hasattr(box, "column_widths"):
        yield box, width
        return
    for child in getattr(box, "children", ()):
        yield from _tables(child, width if wrapper or not isinstance(box.width, int | float) else box.width)


def stack(table: Any) -> None:
    """Makes `table` a list of its rows."""
    head = _grid(table.findall("thead/tr"))
    labels = [_label(head, column) for column in range(max(map(len, head), default=0))]
    caption, bodies = table.find("caption"), [*table.findall("tbody"), *table.findall("tfoot")]
    parts = [] if caption is None else [_paragraph([caption], "caption")]
    cells = [cell for row in table.findall("thead/tr") for cell in row]
    parts.append(_paragraph(cells, "columns"))
    items = [_item(row, labels) for body in bodies for row in _grid(body.findall("tr"))]
    rows = Element("ul", {"class": "rows"})
    rows.extend(items)
    name = {key: value for key, value in table.attrib.items() if key in ("id", "data-id")}
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    table.attrib.update({**name, "class": "stacked"})
    table.extend([*parts, rows])


def _grid(rows: Sequence[Any]) -> list[list[Any]]:
    """The cell that covers each place of some rows. A cell that covers several places is repeated there as a copy."""
    made: list[list[Any]] = []
    down: dict[int, tuple[int, Any]] = {}
    for row in rows:
        line: list[Any] = []
        waiting = list(row)
        while waiting or len(line) in down:
            left, cell = down.pop(len(line), (0, None))
            if left:
                line.append(_copy(cell))
            else:
                cell = waiting.pop(0)
                left = int(cell.get("rowspan", "1"))
                line += [cell, *(_copy(cell) for _ in range(int(cell.get("colspan", "1")) - 1))]
            if left > 1:
                down[len(line) - 1] = left - 1, cell
        made.append(line)
    return made


def _copy(cell: Any) -> Any:
    """A copy of a cell without its ids and without its footnotes, which stand only once."""
    made = deepcopy(cell)
    for parent in list(made.iter()):
        for note in [child for child in parent if child.get("class") == "footnote"]:
            parent.remove(note)
    for element in made.iter():
        for key in ("id", "data-id"):
            element.attrib.pop(key, None)
    made.set("copied", "")
    return made


def _label(head: Sequence[Sequence[Any]], column: int) -> list[Any]:
    """The names of a column, each once, the widest first."""
    names = {_words(cells[column]): cells[column] for cells in head if column < len(cells)}
    return [_copy(cell) for words, cell in names.items() if words]


def _words(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split())


def _item(cells: Sequence[Any], labels: Sequence[Sequence[Any]]) -> Any:
    """A row: its first cell as a heading, then each cell after the name of its column."""
    item = Element("li")
    seen: set[str] = set()
    for column, cell in enumerate(cells):
        words = _words(cell)
        if cell.get("copied") is not None and words in seen:
            continue
        seen.add(words)
        if column == 0 or cell.tag == "th":
            item.append(_paragraph([cell], "row"))
            continue
        label = _paragraph(deepcopy(list(labels[column] if column < len(labels) else ())), "label")
        label.tag = "span"
        if len(label):
            label.append(_text(f":{KEPT}"))
        cell.tag, cell.attrib = "span", {key: value for key, value in cell.attrib.items() if key in ("id", "data-id")}
        paragraph = Element("p")
        paragraph.extend([label, cell])
        item.append(paragraph)
    if len(item) == 1:
        item.set("class", "group")  # the heading of the rows after it
    return item


def _paragraph(cells: Sequence[Any], kind: str) -> Any:
    """The contents of some cells in a paragraph, with commas between them."""
    made = Element("p", {"class": kind})
    for number, cell in enumerate(cells):
        if number:
            made.append(_text(f",{KEPT}"))
        cell.tag = "span"
        cell.attrib = {key: value for key, value in cell.attrib.items() if key in ("id", "data-id", "class", "lang")}
        cell.tail = None
        made.append(cell)
    return made


def _text(words: str) -> Any:
    made = Element("span")
    made.text = words
    return made
