"""Where sentences end: what sentencex finds, without the ends that short words only seem to be, and those it misses.

sentencex takes "Sch. 2" and "excl. VAT" for two sentences each, and "tea, coffee, etc. Prices vary." for one.
"""

from __future__ import annotations

import re
from typing import Final

import sentencex

SHORTENED: Final = re.compile(r"\b(?:approx|dept|eds?|rev|(?-i:exc|excl|inc|incl))\.\Z", re.IGNORECASE)
BEFORE_MORE: Final = re.compile(
    r"\b(?:arts?|ch|cl|ext|extn|figs?|max|min|nos?|paras?|pp?|pts?|refs?|regs?|sch|ss|tel|vols?"
    r"|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\Z",
    re.IGNORECASE,
)
"""What ends no sentence where a figure or a small letter follows: "Mon. 5 Jan", but "closed on Mon. The rest"."""
MORE: Final = re.compile(r"[\d£€a-z(]")
LONGEST: Final = len("approx.")

NOUN: Final = (
    r"(?:Annex|Appendix|Bands?|Block|Category|Class|Division|Flat|Form|Grades?|Group|Hepatitis|Level|Option|Parts?|Plan"
    r"|Platform|Room|Schedule|Section|Stage|Table|Tier|Type|Unit|Vitamin|Ward|Zone)"
)
MISSED: Final = re.compile(
    r"\betc\.[)”’]?(?= [A-Z“‘(])(?! (?:\(\w+\) )?(?:Act|Bill|Order|Regulations|Rules)\b)"
    rf"|(?:\b{NOUN}|\b[A-Z],? (?:to|and|or)) [A-Z]\.(?= [A-Z“‘(])"
    r"|(?:\A|(?<=[.!?] )|(?<=[.!?][”’] ))\([^()]*[a-z]{2}[.!?]\)(?= [A-Z“‘(])"
)
"""A list that ends in "etc.", a letter that names something, a whole sentence in brackets; then a capital."""
PERHAPS: Final = re.compile(r"etc\.|[A-Z]\. |[.!?]\) ")


def sentence_ends(text: str) -> list[int]:
    """The places in `text` just after each sentence but the last, in order."""
    segments = sentencex.segment("en", text)
    if len(segments) < 2 and not PERHAPS.search(text):
        return []
    found, at, end = set(), 0, len(text.rstrip(" "))
    for segment in segments:
        at += len(segment)
        cut = at - (len(segment) - len(segment.rstrip(" ")))
        if cut < min(at, end) and not _is_short(text, cut, at):
            found.add(cut)
    assert at == len(text), "the splitter lost characters"
    return sorted(found | {match.end() for match in MISSED.finditer(text)})


def _is_short(text: str, cut: int, following: int) -> bool:
    """Whether what is before `cut` is a short word and no end; `following` is where the text goes on."""
    begin = max(0, cut - LONGEST)
    if SHORTENED.search(text, begin, cut):
        return True
    return BEFORE_MORE.search(text, begin, cut) is not None and MORE.match(text, following) is not None
