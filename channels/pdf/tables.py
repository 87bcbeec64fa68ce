"""Laid-out pages → the tables whose header stands on none of them, and looser rules for these.

Where the rows that stay together leave no room for the header, WeasyPrint drops the header in silence
(Kozea/WeasyPrint#2679). A table is then let go of by steps: its rows part anywhere between them, then within.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from channels.pdf.weasyprint_parts import boxes

LOOSER = ("loose", "split")  # classes of styles/print.css, one after the other


def headless(root: Any, pages: Sequence[Any]) -> Iterator[Any]:
    """The tables below `root`, an HTML element, whose first row is drawn on a page of `pages` without their header."""
    tables = {table: table.find("thead") for table in root.iter("table") if table.find("thead") is not None}
    for page in pages if tables else ():
        drawn = {box.element for box in boxes(page)}
        begun = [table for table in tables if not drawn.isdisjoint(table.iterfind("tbody/tr"))]
        yield from (table for table in begun if tables.pop(table) not in drawn)
    yield from tables


def loosen(table: Any) -> bool:
    """Give `table` the next looser rules; False where there are none."""
    known = table.get("class", "").split()
    for step in LOOSER:
        if step not in known:
            table.set("class", " ".join([*known, step]))
            return True
    return False


def tighten(root: Any) -> None:
    """Give all tables below `root` their own rules again: what a size of type asks for, another may not."""
    for table in root.iter("table"):
        known = table.get("class", "").split()
        if set(LOOSER) & set(known):
            table.set("class", " ".join(name for name in known if name not in LOOSER))
