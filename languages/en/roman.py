"""Turns Roman numerals into words where the word before shows that they are numerals: "Chapter V", "Elizabeth II".

Elsewhere they are capitals, for capitals.py, or a letter: "Class C", "Malcolm X".
"""

from __future__ import annotations

import re
from typing import Final

from languages.en.letters import spell
from languages.en.numbers import cardinal, ordinal
from languages.en.patterns import later

NUMERAL: Final = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})(?!\w|\.\w|\. [A-Z])"
NO_PRONOUN: Final = (
    r"(?!(?<=[ \u00a0]I) (?:am|can|could|did|do|found|get|got|had|have|joined|know|like|made|mentioned|need|played|read"
    r"|said|saw|see|should|think|took|use|used|want|went|will|work|would|write|wrote)\b)"
)
"""Letters after which there is no numeral, as in "The Book I read"."""
LETTERED: Final = r"X{0,3}(?:(?:IX|IV|V?I{1,3}|V)[a-d]|(?:IX|IV|VI{1,3}|I{2,3})[A-D])(?!\w)"
COUNTED: Final = later(
    r"(?<!\w)(World Wars?|Chapters?|Parts?|Schedules?|Annex(?:es)?|Appendix|Appendices|Articles?|Titles?|Books?"
    r"|Volumes?|Phases?|Stages?|Types?|Class(?:es)?|Grades?|Mk|Tables?|Tiers?|Category|Categories)"
    rf"((?:(?:[ \u00a0]|, | and | or | to |[–-])(?:{NUMERAL}|{LETTERED}))+){NO_PRONOUN}"
)
NAMED: Final = later(
    r"(?<!\w)((?:King|Queen|Pope|Emperor) [A-Z][a-z]+(?: [A-Z][a-z]+)?"
    r"|(?:Alexander|Anne|Catherine|David|Frederick|Harald|John Paul|Malcolm"
    r"|Napoleon|Nicholas|Paul|Philip|Ramesses|Ramses|Robert)"
    r"(?=[ \u00a0][IVX]{2})"
    r"|Charles|Edward|Elizabeth|George|Henry|James|John|Louis|Mary|Richard"
    rf"|William)[ \u00a0]({NUMERAL}){NO_PRONOUN}"
)
SHORT: Final = later(r"(?<!\w)(Ch|Pt|Vol|Sch|Art|Bk)(s?)\.?(?=[ \u00a0][IVX]{1,5}(?!\w))")
FULL: Final = {"Ch": "Chapter", "Pt": "Part", "Vol": "Volume", "Sch": "Schedule", "Art": "Article", "Bk": "Book"}
ANY: Final = later("([IVX]+)([A-Da-d]?)(?!\\w)")
DASH: Final = later(r"[–-]")
VALUES: Final = {"I": 1, "V": 5, "X": 10}


def numerals(text: str) -> str:
    """`text` with its numerals in words: "Henry the fifth", "Parts one and two"."""
    if not ANY.search(text):
        return text
    text = SHORT.sub(lambda match: FULL[match[1]] + match[2], text)
    text = NAMED.sub(lambda match: f"{match[1]} the {ordinal(_value(match[2]))}", text)
    return COUNTED.sub(lambda match: match[1] + ANY.sub(_counted, DASH.sub(" to ", match[2])), text)


def _counted(match: re.Match[str]) -> str:
    """ "seven ay" for VIIa."""
    return f"{cardinal(_value(match[1]))} {spell(match[2].upper())}" if match[2] else cardinal(_value(match[1]))


def _value(numeral: str) -> int:
    """The value of a numeral. A sign before a larger one is subtracted: IV is 4."""
    signs = [VALUES[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))
