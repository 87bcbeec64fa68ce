"""Turns pasted letters into the letters that they stand for: composes decomposed ones, folds ligatures and wide
letters.

A search, a voice and a screen reader know "Siân" in one form only, and spell "oﬃce" letter by letter. The author is
told what is folded. Composing changes nothing that anybody sees.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

FOLDED: Final = re.compile(
    "(?<=\\d)(?:\u02e2\u1d57|\u207f\u1d48|\u02b3\u1d48|\u1d57\u02b0)"
    "|[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2116\u2160-\u217f\u3371-\u33df\U0001d400-\U0001d7ff]"
    "|(?<=[0-9])\u066a|(?<=[0-9] )\u066a|[\ufe6a\uff05\uff0b\uff0e\uff0f\uffe0\uffe1\uffe5]"
    "|[\ufe63\uff0d](?=\\d)|(?<=\\d)\u00ad(?=\\d)"
)
"""Ligatures, wide letters, figures and signs, №, Roman numerals and units of one sign (㎏), and the mathematical
letters that people use for bold; the small raised letters of 1st, 2nd, 3rd and 4th; a soft hyphen between figures,
which a pasted PDF has for the hyphen of a range. Of the wide signs only those that mean nothing to YAML."""
MEANT: Final = {"\u00ad": "-", "\u066a": "%"}
"""What Unicode does not say of the soft hyphen between figures and of the Arabic sign for per cent behind them."""
ASCII_LETTER: Final = re.compile("[A-Za-z]")
LATIN: Final = dict(
    zip(
        "АВЕКМНОРСТХУІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTXYIJSaeopcyxijsABEZHIKMNOPTYXo",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look like Latin ones, each with that one."""
TO_LATIN: Final = str.maketrans(LATIN)
MIXED: Final = re.compile(rf"(?<!\w)[A-Za-z{''.join(LATIN)}]{{2,}}(?!\w)")
"""A word of Latin letters and of such that look like them."""
WITHIN_FIGURES: Final = re.compile("(?<=\\d)[\u200b\u2060\ufeff]+(?=\\d)")
"""Signs without width that part the figures of one number for a program, and for no reader."""
PERHAPS: Final = re.compile(
    "[\u00ad\u02b3\u02e2\u066a\u1d57\u200b\u2060\u207f\u2116\u2160-\u217f\u3371-\u33df"
    f"\ufb00-\ufb06\ufe63\ufe6a\ufeff\uff05-\uffe5\U0001d400-\U0001d7ff{''.join(LATIN)}]"
)
"""One of these stands in every text in which one of the three patterns finds something. Most texts have none, and
looking for the patterns takes twenty times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A letter that was folded: as written, as read, and the place where it first stands (line and column from 1)."""

    written: str
    read: str
    line: int
    column: int


def folded(text: str) -> tuple[str, tuple[Folded, ...]]:
    """A text with its letters folded and composed, and each different letter that was folded."""
    if text.isascii():
        return text, ()
    text = unicodedata.normalize("NFC", text)
    if not PERHAPS.search(text):
        return text, ()
    text = WITHIN_FIGURES.sub("", text)
    found: dict[str, Folded] = {}

    def folded_in(match: re.Match[str]) -> str:
        return _noted(found, match, match.start(), match[0], _meant(match))

    def latin_in(match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii() or not ASCII_LETTER.search(word):
            return word
        for at, letter in enumerate(word, match.start()):
            if letter in LATIN:
                _noted(found, match, at, letter, LATIN[letter])
        return word.translate(TO_LATIN)

    text = FOLDED.sub(folded_in, text)
    return MIXED.sub(latin_in, text), tuple(found.values())


def _noted(found: dict[str, Folded], match: re.Match[str], at: int, written: str, read: str) -> str:
    """`read`, once it is noted among the `found` where the letter `written` first stands."""
    if written not in found:
        line = match.string.count("\n", 0, at) + 1
        column = at - (match.string.rfind("\n", 0, at) + 1) + 1
        found[written] = Folded(written=written, read=read, line=line, column=column)
    return read


def _meant(match: re.Match[str]) -> str:
    return MEANT.get(match[0]) or unicodedata.normalize("NFKC", match[0])
