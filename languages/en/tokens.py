"""Turns a sentence's inlines into leaves: inlines without their markup, as they are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from model.inlines import (
    Code,
    Date,
    Day,
    Emphasis,
    Fraction,
    Inline,
    Joined,
    Link,
    Money,
    Number,
    Percentage,
    Phone,
    Quantity,
    Range,
    Reference,
    Strong,
    Time,
    Year,
)
from model.traverse import text_of

FIGURES: Final = (
    *(Money, Percentage, Number, Fraction, Quantity, Date, Day, Time, Year, Range, Joined, Code, Reference, Phone),
)
"""The types of values that have figures."""


def joint(before: str) -> str:
    """The word between the two ends of a range: "between 5 and 10", "5 to 10"."""
    return "and" if before[-8:].lower() == "between " else "to"


def written(leaves: Iterable[Inline]) -> str:
    """The characters of some leaves."""
    return "".join(text_of((leaf,)) for leaf in leaves)


def leaves_of(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """The inlines without their markup, which is not heard."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Link():
                yield from leaves_of(inline.children)
            case _:
                yield inline
