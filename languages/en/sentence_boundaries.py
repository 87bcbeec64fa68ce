"""Turns a text into the places where its sentences end: those that sentencex finds, with its errors mended.

sentencex takes "Sch. 2" and "excl. VAT" for two sentences each, and "tea, coffee, etc. Prices vary." for one. The
short words stand in lists.yaml.
"""

from __future__ import annotations

import functools
import re
from typing import Final

import sentencex

from languages.en.lists import words
from languages.en.patterns import either, later

SHORT: Final = later(r"(?<![\w.])([\w.]{1,9})\.\Z")
"""A short word with the stop behind it."""
MORE: Final = later(r"[\d£€a-z(]|VAT\b|(?:[IVX]{2,4}|[VX])(?=[ ,.;:)*]|\Z)")
"""What may follow a short word in its sentence: a figure, a Roman numeral."""
NUMBERED: Final = later(r"\s*[(]?(?:\d{1,3}|[a-zQA]|[ivx]{1,5})[.)]\Z")
"""The text before the first item of a list or a question: "1.", "a.", "Q."."""
SMALL: Final = later(r"(?:[-–—]+ )?(?:[“‘\"'(])?[a-zß-ÿ][a-zß-ÿ’'-]*(?![\w.@]*[A-Z@]|\.\w)")
"""A word with a small letter, which begins no sentence. "iPhone", "gov.uk" and "jo@gov.uk" may begin one."""
LONGEST: Final = len("Mamma Mia!")

MONTH: Final = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
OF_TIME: Final = later(rf"(?:GMT|BST|UTC)\b|\d{{1,2}}(?:st|nd|rd|th)? {MONTH[:-1]}|May)")
"""What may follow "p.m." in its sentence: a zone, a day."""
STREET: Final = f"(?:{either(words('street_endings'))})"
MISSED: Final = later(
    r"\betc\.[)”’]?(?= [A-Z“‘(])(?! (?:\(\w+\) )?(?:Act|Bill|Order|Regulations|Rules)\b)"
    r"|(?:\b(?P<lettered>\w+)|\b[A-Z],? (?:to|and|or)) [A-Z]\.(?= [A-Z“‘(])"
    r"|(?:\A|(?<=[.!?] )|(?<=[.!?][”’\"] ))\([^()]*(?:[a-z]{2}|\d)[.!?]\)(?= [A-Z“‘(\"])"
    r"|(?<=[a-z\d][.!?])(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})(?= [A-Z“‘(])"
    r"|…[”’]?(?= (?:[A-Z][a-z]|I ))"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\.(?= [A-Z][a-z]+ (?!\d))"
    rf"|\b[A-Z][\w'’-]* {STREET}\.(?= (?P<opener>[\w'’]+) )"
)
"""Ends that sentencex misses: a list that ends in "etc.", a letter that names something, a whole sentence in
brackets, the mark of a note, a day, a street, each before a capital."""
SIGNS: Final = (". ", ") ", "…", "etc.", "] ", "¹ ", "² ", "³ ")
"""One of these stands in every text in which PERHAPS finds something."""
PERHAPS: Final = later(rf"[.!?](?:\[|[¹²³⁰⁴-⁹])|…|etc\.|[A-Z]\. |[.!?]\) |[\dtdh] {MONTH}\. |{STREET}\. ")


@functools.cache
def _listed(*names: str) -> frozenset[str]:
    """The words of some lists in small letters."""
    return frozenset(word.lower() for name in names for word in words(name))


def sentence_ends(text: str) -> list[int]:
    """The places in `text` right after each sentence except the last, in order."""
    segments = sentencex.segment("en", text)
    perhaps_missed = any(sign in text for sign in SIGNS) and PERHAPS.search(text) is not None
    if len(segments) < 2 and not perhaps_missed:
        return []
    found: set[int] = set()
    at, end = 0, len(text.rstrip(" "))
    for segment in segments:
        at += len(segment)
        cut = at - (len(segment) - len(segment.rstrip(" ")))
        if cut < min(at, end) and not _goes_on(text, cut, at):
            found.add(cut)
    assert at == len(text), "the splitter lost characters"
    missed = MISSED.finditer(text) if perhaps_missed else ()
    return sorted(found.union(match.end() for match in missed if _is_listed(match)))


def _is_listed(match: re.Match[str]) -> bool:
    """True if the word before a letter names something, and the word after a street begins a sentence."""
    lettered, opener = match["lettered"], match["opener"]
    return (lettered is None or lettered in words("lettered")) and (opener is None or opener in words("openers"))


def _goes_on(text: str, cut: int, following: int) -> bool:
    """True if the sentence before `cut` goes on. `following` is the place where the text goes on."""
    begin = max(0, cut - LONGEST)
    if SMALL.match(text, following) or NUMBERED.fullmatch(text, 0, cut):
        return True
    if text[cut - 1] != ".":
        return text.endswith(words("marked_names"), begin, cut) and text[following : following + 3] in (
            "in ",
            "is ",
            "and",
        )
    short = SHORT.search(text, begin, cut)
    if short is None:
        return False
    word = short[1].lower()
    if word in ("a.m", "p.m") and OF_TIME.match(text, following):
        return True
    if word in _listed("stops_within"):
        return True
    # "Mon. 5 Jan", but "closed on Mon. The rest"
    return word in _listed("stops_before_more", "counties") and MORE.match(text, following) is not None
