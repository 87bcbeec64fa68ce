"""Turns pasted letters into the letters that they stand for: composes decomposed ones, folds ligatures and wide
letters.

A search, a voice and a screen reader know "Siân" in one form only, and spell "oﬃce" letter by letter. The author is
told what is folded. Composing changes nothing that anybody sees.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from model.frozen import dataclass

FOLDED: Final = re.compile(
    "(?<=\\d)(?:\u02e2\u1d57|\u207f\u1d48|\u02b3\u1d48|\u1d57\u02b0)"
    "|[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2116\u2160-\u217f\u3371-\u33df\U0001d400-\U0001d7ff]"
    "|[\uff05\uff0b\uff0e\uff0f\uffe0\uffe1\uffe5]|[\ufe63\uff0d](?=\\d)|(?<=\\d)\u00ad(?=\\d)"
)
"""Ligatures, wide letters, figures and signs, №, Roman numerals and units of one sign (㎏), and the mathematical
letters that people use for bold; the small raised letters of 1st, 2nd, 3rd and 4th; a soft hyphen between figures,
which a pasted PDF has for the hyphen of a range. Of the wide signs only those that mean nothing to YAML."""
WITHIN_FIGURES: Final = re.compile("(?<=\\d)[\u200b\u2060\ufeff]+(?=\\d)")
"""Signs without width that part the figures of one number for a program, and for no reader."""
PERHAPS: Final = re.compile(
    "[\u00ad\u02b3\u02e2\u1d57\u200b\u2060\u207f\u2116\u2160-\u217f\u3371-\u33df"
    "\ufb00-\ufb06\ufe63\ufeff\uff05-\uffe5\U0001d400-\U0001d7ff]"
)
"""One of these stands in every text in which one of the two patterns finds something. Most texts have none, and
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
    for match in FOLDED.finditer(text):
        if match[0] not in found:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            found[match[0]] = Folded(written=match[0], read=_meant(match), line=line, column=column)
    return (FOLDED.sub(_meant, text) if found else text), tuple(found.values())


def _meant(match: re.Match[str]) -> str:
    return "-" if match[0] == "\u00ad" else unicodedata.normalize("NFKC", match[0])
