"""Turns the signs right behind a value that belong to it into spoken words: times, per hour, to the power, to D."""

from __future__ import annotations

import re
from typing import Final

from languages.en import numbers
from languages.en.around_figures import ends_in_ten
from languages.en.patterns import later
from languages.en.tokens import FIGURE_TYPES
from languages.en.units import per_words
from languages.en.wording import Place, part
from model.inlines import Code, Inline, Joined, Money, Number, Percentage, Quantity, Range, Reference

TIMED: Final = (Number, Joined, Money, Quantity, Code, Range)
"""The types of values that an x or a star may follow."""
GOES_ON: Final = frozenset("-–/.;:!?")
"""Signs behind figures that may belong to them."""
YEARLY_TOO: Final = (Percentage, Range, Money, Quantity, Number)
TIMES: Final = later("([ \u00a0]?)[x×](?=/|[ \u00a0][a-z]|[ \u00a0]?\\Z)")
FOOTNOTE_SIGNS: Final = frozenset("*†‡")
FOOTNOTE: Final = later(r"\A[*†‡]{1,3}(?=[\s.,;:)\]]|\Z)")
"""A sign of a note behind a figure, which is not spoken."""
MOST_STARS: Final = 5
YEARLY: Final = later(r"\A[ \u00a0]?(?:(p\.[amw]\.)|(p[amw]|pcm)(?!\w))")
POWERED: Final = later("\\A(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?:/(L|l|ml|kg|g)(?!\\w)|(?!\\w))")
PIECES: Final = later("\\A(?:no\\.?|[ \u00a0]no\\.)(?=[ \u00a0][a-z]|[ \u00a0]\\Z)")
"""What a builder writes behind a number of things: "3no. parking spaces"."""
FOR_EACH: Final = later(r"\A([ \u00a0]?[A-Za-z]{1,12})/(ha|kg|km|km²|m²|m³|m2|m3|L|l|ml|mL|hr|yr|wk)(?!\w)")
"""A thing that is counted for each of a unit: "2 LU/ha"."""
SQUARED: Final = later(r"\A[²³](?=[ \u00a0]?[=+×÷<>])")
RUN_ON: Final = later(r"\A([.;:!?])(?=[A-Z][a-z])")
CLAUSES: Final = later(r"\A[ \u00a0]?[-–][ \u00a0]?\((\w{1,4})\)")
"""The dash of "section 2(2)(b)–(d)"."""
HEADED: Final = later("\\A[ \u00a0]A(?=[ \u00a0][a-z])")
"""An article after the number of a paragraph. It is not a letter of that number."""
COUNTED_FOR: Final = later(
    r"\A/(min|minute|hr|hour|h|s|sec|second|day|week|wk|month|mth|yr|year|km²|km2|m²|m2|ha)(?![ \u00a0]?\d|\w)"
)
"""What a plain number is counted for: "pulse 72/min"."""
AGED: Final = later(r"\A-y-o(?!\w)")
UNTIL: Final = later(
    "\\A[ \u00a0]?[-–][ \u00a0]?(?=(?:present|late|early|mid|date|now|today|close|dusk|midday|onwards?)\\b)"
)
STARS: Final = later(r"\*(?=[ \u00a0-][a-z])")


def behind(before: Inline, text: str, place: Place) -> str:
    """The text behind a value, with words for the signs at its beginning that belong to that value."""
    if isinstance(before, TIMED) and _first_sign(text) in ("x", "×", "*"):
        text = STARS.sub(" star", TIMES.sub(r"\1 times", text, count=1), count=1)
    if isinstance(before, Number):
        if _first_sign(text) == "n":
            text = PIECES.sub(r" number", text, count=1)
        if "/" in text[:16]:
            text = FOR_EACH.sub(lambda match: f"{match[1]} {per_words(match[2])}", text, count=1)
        text = SQUARED.sub(lambda match: " squared" if match[0] == "²" else " cubed", text, count=1)
    if isinstance(before, FIGURE_TYPES):
        if place.before == getattr(before, "text", ""):
            text = HEADED.sub(". A", text, count=1)
        if _first_sign(text) in GOES_ON:
            text = AGED.sub("-year-old", text)
            if COUNTED_FOR.match(text + place.after[:1]):
                text = COUNTED_FOR.sub(lambda match: f" {per_words(match[1])}", text)
            text = UNTIL.sub(" to ", RUN_ON.sub(r"\1 ", text, count=1), count=1)
    if isinstance(before, YEARLY_TOO):
        if text[:1] in FOOTNOTE_SIGNS and not _is_star(before, text):
            text = FOOTNOTE.sub("", text, count=1)
        if _first_sign(text) == "p":
            text = YEARLY.sub(lambda match: f" {per_words(match[1] or match[2])}", text, count=1)
    if ends_in_ten(before):
        text = POWERED.sub(_power, text, count=1)
    if isinstance(before, Reference):
        text = CLAUSES.sub(lambda match: f" to {part(match[1])}", text, count=1)
    return text


def _first_sign(text: str) -> str:
    """The first character of a text, or the one behind its first space."""
    return text[:2].strip(" \u00a0")[:1]


def _is_star(before: Inline, text: str) -> bool:
    """True for a number of stars, as hotels have them: "5*"."""
    return text[0] == "*" and isinstance(before, Number) and before.text.isdecimal() and before.value <= MOST_STARS


def _power(match: re.Match[str]) -> str:
    power = numbers.raised(match[1])
    return f" to the power {power}{f' {per_words(match[2])}' if match[2] else ''}"
