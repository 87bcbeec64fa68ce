"""Turns a table into the indent of each of its amounts, so that the decimal points of a column stand under each other.

Amounts begin on the left, where the header of their column begins. The amount with most figures before its point has
no indent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from model.blocks import Table
from model.inlines import Fraction, Inline, Money, Number, Percentage, Quantity
from model.traverse import text_of

WHOLE = re.compile(r"\D{0,3}\d[\d,]*")  # matches an amount up to its decimal point
FIGURE = 0.632  # em; the width of each tabular figure of the typeface
SIGNS = {",": 0.21, "£": 0.61, "€": 0.664, "$": 0.592, " ": 0.28, "−": 0.606, "-": 0.362, "+": 0.606}
OTHER = 0.6
MARKER = re.compile(r"[-–—−.:~*]{1,3}|\[\w{1,4}\]|[xz]|n/a", re.IGNORECASE)
"""What statistics write where there is no amount: .., [c], z."""


def indents(table: Table) -> Mapping[str, float]:
    """The indent of each cell with an amount, in em, by the cell's id. Only columns that hold nothing but amounts,
    at least two, and signs for a missing amount have indents."""
    return dict(indent for column in range(len(table.headers)) for indent in _column(table, column))


def _column(table: Table, column: int) -> Iterator[tuple[str, float]]:
    cells = [row.cells[column] for row in (*table.rows, *table.footer)]
    wide = {cell.id: _width(cell.inlines) for cell in cells if not MARKER.fullmatch(text_of(cell.inlines))}
    known = {name: width for name, width in wide.items() if width is not None}
    if len(known) < 2 or len(known) < len(wide):
        return
    widest = max(known.values())
    yield from ((name, round(widest - width, 3)) for name, width in known.items())


def _width(nodes: tuple[Inline, ...]) -> float | None:
    """The width of an amount before its decimal point, in em. None for anything that is not an amount."""
    match nodes:
        case (Money() | Percentage() | Number() | Quantity() | Fraction() as amount,):
            whole = WHOLE.match(amount.text)
            return sum(map(_sign, whole[0])) if whole else None
        case _:
            return None


def _sign(character: str) -> float:
    return FIGURE if character.isdecimal() else SIGNS.get(character, OTHER)
