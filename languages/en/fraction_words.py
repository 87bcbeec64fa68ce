"""Turns fractions into words: "three quarters", "half a mile", "two and a half"."""

from __future__ import annotations

import re
from typing import Final

from languages.en import numbers
from languages.en.patterns import later
from model.inlines import Fraction

MEASURE: Final = later(
    "[ \u00a0-](mile|hour|hr|pint|litre|teaspoon(?:ful)?|tablespoon(?:ful)?|tsp|tbsp|tablet|inch|metre|kilometre|km|kg"
    "|acre|hectare|pound|ounce|oz|cup|point|percentage point|yard|minute|century|dozen)\\b"
)
DETERMINER: Final = later("\\b(?:an?|the|this|that|each|every|another|one|first|last|next)[ \u00a0]\\Z", re.IGNORECASE)

ARTICLE: Final = later("\\b[Aa]n?[ \u00a0]\\Z")


def part_of(part: Fraction, before: str, after: str) -> str:
    """A fraction of what follows: "half a mile", "three quarters of an hour", but "a half mile walk"."""
    match = MEASURE.match(after)
    if part.whole is not None or match is None or after[:1] == "-" or DETERMINER.search(before):
        return words(part).removeprefix("a " if part.top == 1 and ARTICLE.search(before) else "")
    return f"{words(part)} {_article(part, match[1])}"


def of_unit(part: Fraction, unit: str, before: str) -> str:
    """A fraction of a unit in words: "half a teaspoon", "two and a half"."""
    if part.whole is not None or DETERMINER.search(before):
        return f"{words(part)} {unit}"
    return f"{words(part)} {_article(part, unit)} {unit}"


def _article(part: Fraction, noun: str) -> str:
    article = "an" if noun.startswith(("a", "hour", "hr", "inch", "ounce", "oz")) else "a"
    return article if (part.top, part.bottom) == (1, 2) else f"of {article}"


def words(part: Fraction) -> str:
    """ "half", "a quarter", "three quarters"; "two and a half"."""
    top, bottom = part.top, part.bottom
    name = {2: "half", 4: "quarter"}.get(bottom) or numbers.ordinal(bottom)
    if top == 1 and name.startswith("one "):
        said = name
    elif top == 1:
        said = name if bottom == 2 and part.whole is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    else:
        said = f"{numbers.cardinal(top)} {name}s"
    return said if part.whole is None else f"{numbers.cardinal(part.whole)} and {said}"
