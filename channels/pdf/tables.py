"""Turns laid-out pages into the tables whose header stands on none of them, and gives these looser rules.

If rows that must stay together leave no room for the header, WeasyPrint drops the header without a warning
(Kozea/WeasyPrint#2679). The table is then loosened in steps: first it may break between any rows, then within them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from channels.pdf.weasyprint_parts import boxes

LOOSER = ("loose", "split")  # classes of styles/print.css, one after the other


def headless(root: Any, pages: Sequence[Any]) -> Iterator[Any]:
    """The tables below the HTML element `root` whose first row is drawn on a page of `pages` without their header."""
    tables = {table: table.find("thead") for table in root.iter("table") if table.find("thead") is not None}
    for page in pages if tables else ():
        drawn = {box.element for box in boxes(page)}
        begun = [table for table in tables if not drawn.isdisjoint(table.iterfind("tbody/tr"))]
        yield from (table for table in begun if tables.pop(table) not in drawn)
    yield from tables


def loosen(table: Any) -> bool:
    """Gives `table` the next looser rules. Returns False where there are none."""
    known = table.get("class", "").split()
    for step in LOOSER:
        if step not in known:
            table.set("class", " ".join([*known, step]))
            return True
    return False


def tighten(root: Any) -> None:
    """Gives all tables below `root` their usual rules again, since another type size may not need looser ones."""
    for table in root.iter("table"):
        known = table.get("class", "").split()
        if set(LOOSER) & set(known):
            table.set("class", " ".join(name for name in known if name not in LOOSER))
