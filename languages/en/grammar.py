"""Turns figures into numbers. Holds the patterns of figures and their signs that all rules of recognition share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Number

SPACE: Final = "[ \u00a0]"
DASH: Final = "[-–]"
FIGURES: Final = r"\d{1,3}(?:,\d{3}){1,6}(?!,?\d)(?:\.\d{1,15})?|\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}"
OTHER_SCALES: Final = {"mil": "million", "mill": "million", "mln": "million", "trn": "trillion"}
SCALES: Final = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion", **OTHER_SCALES}
SCALE_WORDS: Final = "thousand|million|billion|trillion"
MINUSES: Final = "-−–"
MONEY_SIGNS: Final = "£€$¥₹₦฿₺₩₽"
"""The signs of all currencies that are read. `money` says which each is."""
MINUS: Final = later(rf"[-−–](?=\.?\d|[{MONEY_SIGNS}])")
NO_MINUS: Final = later(r"[\w.,%)£€$–\-−/’'\"”]\Z")
"""Matches the text before a hyphen that is not a minus."""
PAIRED: Final = later(r"(?<!\w)[-−–]\d{1,3}(?:\.\d)?[°%]?C?/\Z")
"""The first of two figures that each have a minus: "-1/-2°C"."""
BEFORE_DASH: Final = later(r"(?:\A|[\s(/:;,<>=])\Z")
"""Matches the text before a dash that is a minus. A dash that is a pause also has a space after it."""
NUMBER: Final = later(FIGURES)
THIN: Final = later(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)")


def minus(scene: Scene, at: int) -> int:
    """The place where the figures after a minus at `at` begin; `at` itself where there is no minus."""
    match = MINUS.match(scene.text, at, scene.end) if scene.text[at] in MINUSES else None
    if match is None:
        return at
    before = scene.text[max(0, at - 1) : at]
    no = NO_MINUS.search(before) if match[0] in "-−" else not BEFORE_DASH.search(before)
    if before == "/" and PAIRED.search(scene.text, max(0, at - 9), at):
        no = None
    return at if no else match.end()


def decimal(figures: str) -> Decimal:
    """The number that figures mean, with any sign and separators."""
    if figures.isdecimal():
        return Decimal(figures)
    plain = re.sub(r"[,\s]", "", figures)
    return Decimal(re.sub("[−–]", "-", plain))


def number(scene: Scene, at: int) -> Number | None:
    """Figures at `at` with a sign, a decimal point and commas, and nothing else."""
    begin = minus(scene, at)
    match = NUMBER.match(scene.text, begin, scene.end)
    if match is None or (match[0][0] == "." and re.match(r"[\w.]", scene.text[max(0, begin - 1) : begin])):
        return None
    text = scene.text[at : match.end()]
    return Number(text=text, value=decimal(text))


def scale(written: str | None) -> str:
    """The word for a scale: "million" for "m"."""
    word = (written or "").strip().lower()
    return SCALES.get(word, word)
