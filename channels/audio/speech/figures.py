"""Figures that belong together to what is said in one: fractions, ratios, codes, thousands with spaces, decades.

The Document has each run of digits as a value of its own; here those are found again that only together mean something.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from channels.audio.speech import numbers
from document.model import Inline, Money, Number, Range, Text, Time, Year, text_of
from document.values import value

JOINTS: Final = frozenset({" ", "\u00a0", "/", ":", "-", "–", "x", "."})
UNCLEAR: Final = frozenset({"/", ":", "'", "’"})
"""Signs between figures that mean something different each time; what is not known here has no words."""
LONGEST: Final = 15
"""Leaves that are looked at together: eight groups of figures."""

DATE: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{1,2}/\d{1,2}/\d{2}")
FRACTION: Final = re.compile(r"(?:(\d+) )?(\d{1,3})/(\d{1,4})")
THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
MONEY: Final = re.compile(r"[£€$]\d{1,3}(?: \d{3})+")
CODE: Final = re.compile(r"\d+(?:[-–]\d+)+|\d{3} \d{3} \d{4}|\d{4}(?: \d{4}){2,}|\d{16,}")
YEARS: Final = re.compile(r"((?:1[5-9]|20)\d\d)/((?:1[5-9]|20)\d\d)")
POINTS: Final = re.compile(r"\d+(?:\.\d+){2,}")
VULGAR: Final = re.compile("[¼½¾⅐-⅞]")
AFTER_NUMBER: Final = re.compile("[ \u00a0]?([¼½¾⅐-⅞])")
HALF_OF_DAY: Final = re.compile("[ \u00a0]?([ap])\\.m\\b\\.?")
DECADE: Final = re.compile(r"['’]?s(?!\w)")
TENS: Final = re.compile(r"[2-9]0|100|1000|(?:1[5-9]|20)\d0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Figures as written with the words for all of them; `one` where a unit after them is singular."""

    text: str
    words: str
    one: bool = False


Leaf: TypeAlias = Inline | Said


def together(leaves: Iterable[Inline], known: Mapping[str, str]) -> list[Leaf]:
    """The leaves, those that belong together as one; `known` are words for what is written so and not otherwise."""
    waiting = list(leaves)
    found: list[Leaf] = []
    at = 0
    while at < len(waiting):
        leaf: Leaf = waiting[at]
        at += 1
        if isinstance(leaf, Number | Year | Money | Time | Range):
            leaf, at = _longest(waiting, at - 1, known)
            if at < len(waiting) and isinstance(rest := waiting[at], Text):
                leaf, text = _with_rest(leaf, rest.text)
                waiting[at] = Text(text=text)
        elif isinstance(leaf, Text) and _is_power(waiting, at):
            leaf = Text(text=leaf.text + ("²" if waiting[at].text == "2" else "³"))  # type: ignore[union-attr]
            at += 1
        found.append(leaf)
    return found


def fraction(part: Fraction, whole: bool = False) -> str:
    """ "half", "a quarter", "three quarters"; after a whole number "a half"."""
    top, bottom = part.numerator, part.denominator
    name = {2: "half", 4: "quarter"}.get(bottom) or numbers.ordinal(bottom)
    if top == 1:
        return name if bottom == 2 and not whole else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{numbers.cardinal(top)} {name}s"


def vulgar(sign: str) -> Fraction:
    """The value of ½ and its like."""
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10)


def _longest(leaves: list[Inline], start: int, known: Mapping[str, str]) -> tuple[Leaf, int]:
    """What is said of the leaves from `start` in one, as many as possible, and where the rest begins."""
    first = leaves[start]
    texts, ends = [], []
    for at in range(start, min(start + LONGEST, len(leaves))):
        leaf = leaves[at]
        if isinstance(leaf, Number | Year) or at == start:
            ends.append(at + 1)
        elif not (isinstance(leaf, Text) and leaf.text in JOINTS):
            break
        texts.append(leaf.text.replace("\u00a0", " "))  # type: ignore[union-attr]
    for end in reversed(ends[1:]):
        said = _said("".join(texts[: end - start]), known)
        if said is not None:
            return said, end
    end = start + 1
    while end + 1 < len(leaves) and isinstance(joint := leaves[end], Text) and joint.text in UNCLEAR:
        if not isinstance(leaves[end + 1], Number | Year | Time | Range):
            break
        end += 2
    return (
        (Said(text=(text := text_of(tuple(leaves[start:end]))), words=text), end) if end > start + 1 else (first, end)
    )


def _said(text: str, known: Mapping[str, str]) -> Said | None:
    if text in known:
        return Said(text=text, words=known[text])
    if DATE.fullmatch(text):
        return Said(text=text, words=text)  # for guard.py to refuse: nobody knows whose order it is in
    if match := FRACTION.fullmatch(text):
        return _fraction(text, match)
    if THOUSANDS.fullmatch(text):
        return Said(text=text, words=numbers.cardinal(int(text.replace(" ", ""))))
    if MONEY.fullmatch(text) and isinstance(money := value(text.replace(" ", "")), Money):
        return Said(text=text, words=numbers.money(money))
    if (match := YEARS.fullmatch(text)) and int(match[2]) == int(match[1]) + 1:
        return Said(
            text=text, words=" to ".join(numbers.year(Year(text="", value=int(year))) for year in match.groups())
        )
    if CODE.fullmatch(text):
        return Said(text=text, words=numbers.code(text))
    for pattern, sign, word in (
        (POINTS, ".", " point "),
        (r"\d+(?:x\d+)+", "x", " by "),
        (r"\d{1,3}:\d{1,3}", ":", " to "),
    ):
        if re.fullmatch(pattern, text):
            return Said(text=text, words=word.join(numbers.cardinal(int(part)) for part in text.split(sign)))
    return None


def _fraction(text: str, match: re.Match[str]) -> Said | None:
    """A fraction that cannot be meant as anything else: 3/4 and 1/10, but not 7/10, 4/8 or 12/5."""
    whole, top, bottom = match[1], int(match[2]), int(match[3])
    common = bottom in (2, 3, 4, 5, 6, 8) or (top == 1 and bottom in (7, 9, 10, 12, 16, 20, 100, 1000))
    if not (0 < top < bottom and common and math.gcd(top, bottom) == 1):
        return None
    part = Fraction(top, bottom)
    if whole is None:
        return Said(text=text, words=fraction(part), one=True)
    return Said(text=text, words=f"{numbers.cardinal(int(whole))} and {fraction(part, whole=True)}")


def _with_rest(leaf: Leaf, text: str) -> tuple[Leaf, str]:
    """A number with what follows it: 2½, the 90s, 1990's, 7.30 p.m.; and the rest of the text."""
    if isinstance(leaf, Number | Time | Range) and (match := HALF_OF_DAY.match(text)):
        moment = value(f"{leaf.text}{match[1]}m")
        if isinstance(moment, Time | Range):
            return moment, text[match.end() :]
    if not isinstance(leaf, Number | Year) or (isinstance(leaf, Number) and (leaf.ordinal or leaf.scale)):
        return leaf, text
    if match := AFTER_NUMBER.match(text):
        part = fraction(vulgar(match[1]), whole=True)
        return Said(text=leaf.text + match[0], words=f"{numbers.value(leaf)} and {part}"), text[match.end() :]
    if (match := DECADE.match(text)) and TENS.fullmatch(leaf.text):
        return Said(text=leaf.text + match[0], words=numbers.several(numbers.value(leaf))), text[match.end() :]
    return leaf, text


def _is_power(leaves: list[Inline], at: int) -> bool:
    """Whether the figure at `at` is the 2 of "5 m2", after which nothing else is written directly."""
    unit, power = leaves[at - 1], leaves[at] if at < len(leaves) else None
    after = leaves[at + 1] if at + 1 < len(leaves) else None
    return (
        isinstance(unit, Text)
        and isinstance(power, Number)
        and power.text in ("2", "3")
        and at > 1
        and isinstance(leaves[at - 2], Number)
        and re.fullmatch("[ \u00a0]?(?:m|cm|km|ft)", unit.text) is not None
        and not (isinstance(after, Text) and after.text[:1].isalnum())
    )
