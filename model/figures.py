"""Turns a value into its size, and inlines into the values among them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, assert_never

from model.inlines import (
    Date,
    Day,
    Fraction,
    Inline,
    Joined,
    Money,
    Number,
    Percentage,
    Quantity,
    Range,
    Time,
    Value,
    Year,
)
from model.traverse import walk

SCALES: Final = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def amount(value: Value) -> Decimal | None:
    """A value's size in its own unit, with its scale (million) multiplied in. None for a moment in time, which has
    no size."""
    match value:
        case Money():
            return value.amount * SCALES[value.scale]
        case Number():
            return value.value * SCALES[value.scale]
        case Percentage():
            return value.value
        case Fraction():
            return (value.whole or 0) + Decimal(value.top) / value.bottom
        case Quantity():
            return amount(value.amount)
        case Date() | Day() | Time() | Year():
            return None
        case _:
            assert_never(value)


def values_in(nodes: tuple[Inline, ...]) -> Iterator[Value]:
    """Every value among `nodes`, also within strong words and links, and both ends of a range."""
    for node in walk(nodes):
        match node:
            case Range():
                yield node.start
                yield node.end
            case Joined():
                yield from node.values
            case Money() | Percentage() | Number() | Fraction() | Quantity() | Date() | Day() | Time() | Year():
                yield node
            case _:
                pass
