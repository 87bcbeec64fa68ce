"""A table → how far each of its amounts is set in, so that the decimal points of a column stand under each other.

Amounts begin on the left, where their column's header does: the one with most figures before its point is not set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from model.blocks import Table
from model.inlines import Fraction, Inline, Money, Number, Percentage, Quantity

WHOLE = re.compile(r"\D{0,3}\d[\d,]*")  # an amount up to its decimal point
FIGURE = 0.632  # em; every figure of the typeface's tabular ones
SIGNS = {",": 0.21, "£": 0.61, "€": 0.664, "$": 0.592, " ": 0.28, "−": 0.606, "-": 0.362, "+": 0.606}
OTHER = 0.6


def indents(table: Table) -> Mapping[str, float]:
    """The indent of each cell with an amount, in em, by its id: in columns that hold amounts alone, two at least."""
    return dict(indent for column in range(len(table.headers)) for indent in _column(table, column))


def _column(table: Table, column: int) -> Iterator[tuple[str, float]]:
    cells = [row.cells[column] for row in (*table.rows, *table.footer)]
    wide = {cell.id: _width(cell.inlines) for cell in cells}
    if len(wide) < 2 or any(width is None for width in wide.values()):
        return
    known = {name: width for name, width in wide.items() if width is not None}
    widest = max(known.values())
    yield from ((name, round(widest - width, 3)) for name, width in known.items())


def _width(nodes: tuple[Inline, ...]) -> float | None:
    """How wide an amount is before its decimal point, in em; None for what is no amount."""
    match nodes:
        case (Money() | Percentage() | Number() | Quantity() | Fraction() as amount,):
            whole = WHOLE.match(amount.text)
            return sum(map(_sign, whole[0])) if whole else None
        case _:
            return None


def _sign(character: str) -> float:
    return FIGURE if character.isdecimal() else SIGNS.get(character, OTHER)
