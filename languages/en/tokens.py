"""What a sentence is made of on its way to words: inlines without their markup, and figures that have words already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from model.document import Inline
from model.traverse import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Figures as written with the words for all of them; `one` where a unit after them is singular."""

    text: str
    words: str
    one: bool = False


Leaf: TypeAlias = Inline | Said


def joint(before: str) -> str:
    """What joins two ends: "between 5 and 10", "5 to 10"."""
    return "and" if before[-8:].lower() == "between " else "to"


def written(leaves: Iterable[Leaf]) -> str:
    """The characters of some leaves."""
    return "".join(leaf.text if isinstance(leaf, Said) else text_of((leaf,)) for leaf in leaves)
