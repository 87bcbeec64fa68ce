"""Turns a sentence's inlines into leaves: inlines without their markup, as they are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, get_args

from model.inlines import Ambiguous, Emphasis, Inline, Link, Strong, Typed, Unit, WebAddress
from model.traverse import text_of

FIGURE_TYPES: Final = tuple(kind for kind in get_args(Typed) if kind not in (Unit, Ambiguous, WebAddress))
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
