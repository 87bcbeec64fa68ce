"""Fractions to words: "three quarters", "half a mile", "two and a half"."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from languages.en import numbers
from languages.en.tokens import Leaf, Said
from model.document import Text

FAR: Final = 30
"""Characters beside a fraction that say what it is of."""
FRACTION: Final = re.compile(r"(?:(\d+) )?(\d{1,3})/(\d{1,4})")
NUMBERED: Final = re.compile(
    "\\b(?:age[ds]?|bands?|box(?:es)?|categor(?:y|ies)|class(?:es)?|days?|flats?|gates?|grades?|groups?|houses?|levels?"
    "|lines?|nos?\\.?|numbers?|options?|pages?|parts?|phases?|platforms?|questions?|rooms?|routes?|schedules?|sections?"
    "|sets?|stages?|steps?|tables?|terms?|tiers?|types?|units?|weeks?|years?|zones?)[ \u00a0]\\Z",
    re.IGNORECASE,
)
"""What has a number: after it 1/2 is no half."""
VULGAR: Final = re.compile("[¼½¾⅐-⅞]")
AFTER_NUMBER: Final = re.compile("[ \u00a0]?([¼½¾⅐-⅞])")
MEASURE: Final = re.compile(
    "[ \u00a0](mile|hour|hr|pint|litre|teaspoon(?:ful)?|tablespoon(?:ful)?|tsp|tbsp|tablet|inch|metre|kilometre|km|kg"
    "|acre|hectare|pound|ounce|oz|cup|point|percentage point|yard|minute|century|dozen)\\b"
)
DETERMINER: Final = re.compile(
    "\\b(?:an?|the|this|that|each|every|another|one|first|last|next)[ \u00a0]\\Z", re.IGNORECASE
)


def fraction(text: str, last: str, rest: str) -> Said | None:
    """A fraction that cannot be meant as anything else: 3/4 and 1/10, but not 7/10, 4/8 or 12/5."""
    match = FRACTION.fullmatch(text)
    if match is None or rest.startswith("/") or NUMBERED.search(last):
        return None
    whole, top, bottom = match[1], int(match[2]), int(match[3])
    common = bottom in (2, 3, 4, 5, 6, 8) or (top == 1 and bottom in (7, 9, 10, 12, 16, 20, 100, 1000))
    if not (0 < top < bottom and common and math.gcd(top, bottom) == 1):
        return None
    part = Fraction(top, bottom)
    if whole is None:
        return Said(text=text, words=_part_of(part, last, rest), one=True)
    return Said(text=text, words=f"{numbers.cardinal(int(whole))} and {words(part, whole=True)}")


def after_number(text: str) -> tuple[str, int]:
    """The words for the sign that `text` begins with after a whole number ("and a half" of 2½), and where it ends."""
    match = AFTER_NUMBER.match(text)
    return (f" and {words(_value(match[1]), whole=True)}", match.end()) if match else ("", 0)


def fractions(text: str, last: str) -> Iterator[Leaf]:
    """A text with its signs such as ½ as figures; a text comes last."""
    at = 0
    for match in VULGAR.finditer(text):
        begin, end = match.span()
        before = text[max(0, begin - FAR) : begin] or last
        spoken = _part_of(_value(match[0]), before, text[end : end + FAR])
        yield Text(text=text[at:begin])
        yield Said(text=match[0], words=spoken, one=True)
        at = end
    yield Text(text=text[at:])


def _part_of(part: Fraction, before: str, after: str) -> str:
    """A fraction of what follows: "half a mile", "three quarters of an hour"; but "a half mile walk"."""
    match = MEASURE.match(after)
    if match is None or DETERMINER.search(before):
        return words(part)
    article = "an" if match[1].startswith(("a", "hour", "hr", "inch", "ounce", "oz")) else "a"
    return f"{words(part)} {article if part == Fraction(1, 2) else f'of {article}'}"


def words(part: Fraction, whole: bool = False) -> str:
    """ "half", "a quarter", "three quarters"; after a whole number "a half"."""
    top, bottom = part.numerator, part.denominator
    name = {2: "half", 4: "quarter"}.get(bottom) or numbers.ordinal(bottom)
    if top == 1 and name.startswith("one "):
        return name
    if top == 1:
        return name if bottom == 2 and not whole else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{numbers.cardinal(top)} {name}s"


def _value(sign: str) -> Fraction:
    """The value of ½ and its like."""
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10)
