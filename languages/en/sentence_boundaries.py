"""Where sentences end: what sentencex finds, without the ends that short words only seem to be, and those it misses.

sentencex takes "Sch. 2" and "excl. VAT" for two sentences each, and "tea, coffee, etc. Prices vary." for one. The short
words stand in lists.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import sentencex

from languages.en.lists import words


def _either(listed: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))


WITHIN: Final = re.compile(rf"(?<![\w.])(?:{_either(words('stops_within'))})\.\Z", re.IGNORECASE)
BEFORE_MORE: Final = re.compile(
    rf"(?<![\w.])(?:{_either(words('stops_before_more') + words('counties'))})\.\Z", re.IGNORECASE
)
"""What ends no sentence where a figure or a small letter follows: "Mon. 5 Jan", but "closed on Mon. The rest"."""
MORE: Final = re.compile(r"[\d£€a-z(]|VAT\b")
MARKED: Final = re.compile(rf"(?:{_either(words('marked_names'))})\Z")
NUMBERED: Final = re.compile(r"\s*[(]?(?:\d{1,3}|[a-zQA]|[ivx]{1,5})[.)]\Z")
"""What stands before the first item of a list, or a question: "1.", "a.", "Q."."""
SMALL: Final = re.compile(r"(?:[-–—]+ )?(?:[“‘\"'(])?[a-zß-ÿ][a-zß-ÿ’'-]*(?![\w.@]*[A-Z@]|\.\w)")
"""A word with a small letter, which begins no sentence; but "iPhone", "gov.uk" and "jo@gov.uk" may."""
LONGEST: Final = len("Mamma Mia!")

MONTH: Final = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
STREET: Final = r"(?:St|Rd|Ave|Sq|Cl|Cres|Ct|Dr|Gdns|Ln|Pl|Tce)"
MISSED: Final = re.compile(
    r"\betc\.[)”’]?(?= [A-Z“‘(])(?! (?:\(\w+\) )?(?:Act|Bill|Order|Regulations|Rules)\b)"
    rf"|(?:\b(?:{_either(words('lettered'))})|\b[A-Z],? (?:to|and|or)) [A-Z]\.(?= [A-Z“‘(])"
    r"|(?:\A|(?<=[.!?] )|(?<=[.!?][”’\"] ))\([^()]*[a-z]{2}[.!?]\)(?= [A-Z“‘(\"])"
    r"|…[”’]?(?= (?:[A-Z][a-z]|I ))"
    rf"|\b\d{{1,2}} {MONTH}\.(?= [A-Z][a-z]+ (?!\d))"
    rf"|\b[A-Z][\w'’-]* {STREET}\.(?= (?:{_either(words('openers'))}) )"
)
"""A list that ends in "etc.", a letter that names something, a whole sentence in brackets, a day, a street; then a
capital."""
PERHAPS: Final = re.compile(rf"…|etc\.|[A-Z]\. |[.!?]\) |\d {MONTH}\. |{STREET}\. ")


def sentence_ends(text: str) -> list[int]:
    """The places in `text` just after each sentence but the last, in order."""
    segments = sentencex.segment("en", text)
    if len(segments) < 2 and not PERHAPS.search(text):
        return []
    found, at, end = set(), 0, len(text.rstrip(" "))
    for segment in segments:
        at += len(segment)
        cut = at - (len(segment) - len(segment.rstrip(" ")))
        if cut < min(at, end) and not _goes_on(text, cut, at):
            found.add(cut)
    assert at == len(text), "the splitter lost characters"
    return sorted(found | {match.end() for match in MISSED.finditer(text)})


def _goes_on(text: str, cut: int, following: int) -> bool:
    """Whether the sentence before `cut` goes on; `following` is where the text does."""
    begin = max(0, cut - LONGEST)
    if SMALL.match(text, following) or NUMBERED.fullmatch(text, 0, cut):
        return True
    if text[cut - 1] != ".":
        return MARKED.search(text, begin, cut) is not None and text[following : following + 3] in ("in ", "is ", "and")
    if WITHIN.search(text, begin, cut):
        return True
    return BEFORE_MORE.search(text, begin, cut) is not None and MORE.match(text, following) is not None
