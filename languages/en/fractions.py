"""Turns fractions in a text into values: ½, 2½, 2 1/2, and 3/4 where it cannot mean anything else."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from languages.en.dates import DATES
from languages.en.grammar import SPACE
from languages.en.lists import words as listed
from languages.en.patterns import either, later
from languages.en.scene import Scene
from model.inlines import Fraction

FRACTIONS: Final = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
SIGNS: Final = FRACTIONS | {"/", "⁄"}
WHOLE: Final = later(r"(?P<whole>\d{1,4})[ \u00a0]?(?P<sign>[¼½¾⅐-⅞])")
SIGN: Final = later("[¼½¾⅐-⅞]")
SLASHED: Final = later(
    r"(?:(?P<whole>\d{1,3})[ \u00a0])?(?P<top>[1-9]\d{0,2})[/⁄](?P<bottom>[1-9]\d{0,3})(?![\d/]|[.,]\d)"
)
NUMBERED: Final = later(rf"\b(?:{either(listed('numbered_nouns'))}):?[ \u00a0]\Z", re.IGNORECASE)
"""Things that have a number. After one of them, 1/2 is not a half."""
NTH: Final = later(r"(?P<top>\d{1,2})/(?P<bottom>\d{1,4})(?:st|nd|rd|th|ST|ND|RD|TH)s?(?!\w)")
COMMON: Final = frozenset({2, 3, 4, 5, 6, 8})
RARE: Final = frozenset({7, 9, 10, 12, 16, 20, 100, 1000})
OF: Final = later(rf"{SPACE}(?:of\b|share|way|price|term|full\b)")

RATED: Final = later(r"\b(?:rat(?:ed|ing)|scor(?:e|ed|es))\b[^.!?\d]{0,20}\Z", re.IGNORECASE)
INCH: Final = later(rf"{SPACE}?(?:inch(?:es)?|in)\b|[\"″]|-inch\b")
PERSONS: Final = later(
    rf"{SPACE}(?:people|adults?|children|women|men|households|families|patients|pupils|students|workers|respondents"
    r"|businesses|employees|residents|voters|homes)\b"
)
"""Of these 1/10 is one in ten."""
TIMES: Final = later(rf"{SPACE}(?:days|weeks|months|years|hours|nights|minutes|times|visits|sessions|bedrooms|terms)\b")
"""Of these 2/3 is two or three."""


def fraction(scene: Scene, at: int) -> Fraction | None:
    """A fraction that cannot mean anything else: ½, 3/4 and 1/10, but not 7/10, 4/8 or 12/5."""
    text = scene.text
    behind, beyond = scene.behind(at), scene.beyond(at)
    if not (behind in SIGNS or beyond.isdecimal() or beyond in FRACTIONS) or scene.follows(at, ".,/£€$"):
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
    if (
        match is None
        or _is_mark(scene, at, match)
        or NUMBERED.search(scene.led(at))
        or PERSONS.match(text, match.end())
    ):
        return None
    if TIMES.match(text, match.end()) and int(match["bottom"]) == int(match["top"]) + 1 and not match["whole"]:
        return None
    whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
    inches = bottom in (16, 32, 64) and INCH.match(text, match.end())
    rare = top == 1 and not scene.speaks_of(DATES, at)
    common = inches or bottom in COMMON or (bottom in RARE and (rare or OF.match(text, match.end())))
    if not (0 < top < bottom and common and (whole or math.gcd(top, bottom) == 1)):
        return None
    return Fraction(text=match[0], top=top, bottom=bottom, whole=int(whole) if whole else None)


def _is_mark(scene: Scene, at: int, match: re.Match[str]) -> bool:
    """True for a mark out of so many: "rated good, 4/5"."""
    marked = match["bottom"] in ("5", "10") and RATED.search(scene.led(at)) is not None
    return marked and OF.match(scene.text, match.end()) is None


def _value(sign: str) -> tuple[int, int]:
    """The top and bottom of a sign such as ½."""
    top, _, bottom = unicodedata.normalize("NFKC", sign).partition("⁄")
    return int(top), int(bottom)
