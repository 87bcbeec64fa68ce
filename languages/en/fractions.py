"""Fractions: ½, 3/4 where they cannot be meant as anything else, 2½, 2 1/2; and the words for them."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from languages.en import numbers
from languages.en.grammar import SPACE
from languages.en.lists import either
from languages.en.scene import Scene
from model.document import Fraction

WHOLE: Final = re.compile(r"(?P<whole>\d{1,4})[ \u00a0]?(?P<sign>[¼½¾⅐-⅞])")
SIGN: Final = re.compile("[¼½¾⅐-⅞]")
SLASHED: Final = re.compile(r"(?:(?P<whole>\d{1,3})[ \u00a0])?(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,4})(?![\d/]|[.,]\d)")
NUMBERED: Final = re.compile(rf"\b(?:{either('numbered_nouns')})[ \u00a0]\Z", re.IGNORECASE)
"""What has a number: after it 1/2 is no half."""
NTH: Final = re.compile(r"(?P<top>\d{1,2})/(?P<bottom>\d{1,4})(?:st|nd|rd|th|ST|ND|RD|TH)s?(?!\w)")
COMMON: Final = frozenset({2, 3, 4, 5, 6, 8})
RARE: Final = frozenset({7, 9, 10, 12, 16, 20, 100, 1000})
OF: Final = re.compile(rf"{SPACE}(?:of\b|share|way|price|term|full\b)")
MEASURE: Final = re.compile(
    "[ \u00a0-](mile|hour|hr|pint|litre|teaspoon(?:ful)?|tablespoon(?:ful)?|tsp|tbsp|tablet|inch|metre|kilometre|km|kg"
    "|acre|hectare|pound|ounce|oz|cup|point|percentage point|yard|minute|century|dozen)\\b"
)
DETERMINER: Final = re.compile(
    "\\b(?:an?|the|this|that|each|every|another|one|first|last|next)[ \u00a0]\\Z", re.IGNORECASE
)


def fraction(scene: Scene, at: int) -> Fraction | None:
    """A fraction that cannot be meant as anything else: ½, 3/4 and 1/10, but not 7/10, 4/8 or 12/5."""
    text = scene.text
    if re.search(r"[\d.,/£€$]\Z", text[max(0, at - 1) : at]):
        return None
    if match := WHOLE.match(text, at, scene.end):
        top, bottom = _value(match["sign"])
        return Fraction(text=match[0], top=top, bottom=bottom, whole=int(match["whole"]))
    if match := SIGN.match(text, at, scene.end):
        top, bottom = _value(match[0])
        return Fraction(text=match[0], top=top, bottom=bottom)
    if (match := NTH.match(text, at, scene.end)) and int(match["bottom"]) > 1:
        return Fraction(text=match[0], top=int(match["top"]), bottom=int(match["bottom"]))
    match = SLASHED.match(text, at, scene.end)
    if match is None or NUMBERED.search(scene.before(at)):
        return None
    whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
    common = bottom in COMMON or (bottom in RARE and (top == 1 or OF.match(text, match.end())))
    if not (0 < top < bottom and common and (whole or math.gcd(top, bottom) == 1)):
        return None
    return Fraction(text=match[0], top=top, bottom=bottom, whole=int(whole) if whole else None)


def part_of(part: Fraction, before: str, after: str) -> str:
    """A fraction of what follows: "half a mile", "three quarters of an hour"; but "a half mile walk"."""
    match = MEASURE.match(after)
    if part.whole is not None or match is None or DETERMINER.search(before):
        return words(part)
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


def _value(sign: str) -> tuple[int, int]:
    """Top and bottom of ½ and its like."""
    top, _, bottom = unicodedata.normalize("NFKC", sign).partition("⁄")
    return int(top), int(bottom)
