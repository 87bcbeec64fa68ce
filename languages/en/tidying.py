"""Turns words from several sources into what every voice gets: plain punctuation, single spaces, a stop at the end."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from languages.en.lists import words
from languages.en.patterns import later

INVISIBLE: Final = later("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
MARKED: Final = later("[\u0300-\u036f\u1e00-\u1eff]")
"""A letter of Vietnamese or Yoruba, or a loose accent. A voice would say the number that it has in Unicode."""
LOOSE: Final = later("[\u0300-\u036f]")
PLAIN: Final = later(r"[A-Za-z ,;:.?!'-]*")
UNTIDY: Final = later(r"[ ,;:.?!'-](?:(?<=[ '-])(?![A-Za-z])|(?<=[,;])(?! )|(?<=[:.?!])(?! |\Z))")
"""A sign that is not where words have it. Most sentences are words, commas and a stop. They need no tidying, which
saves a third of the time of a script."""
LETTER: Final = later("(?<![\\w-])(?:A(?!\\w)|[A-Z]-)")
"""A capital letter that needs a rule below: a lone A, or a capital before a hyphen."""
SPACES: Final = later(r"\s+")
QUOTES: Final = tuple("“”\"„«»‘’'")
BEFORE_STOP: Final = (" ,", " .", " ;", " :", " !", " ?")

# Applied in order to the words that were put together. Each has the signs of which one is needed.
TIDYING: Final = tuple(
    (needed, later(pattern), replacement)
    for needed, pattern, replacement in (
        (("’",), r"(?<=\w)[’']s\b", "'s"),
        (("’",), r"(?<=\w)[’'](?=\w)", "'"),
        (QUOTES, r"(?<=\w)(?:[“”\"„«»]|['’‘“”\"„«»]{2,})(?=\w)", " "),
        (QUOTES, r"[“”\"„«»‘’]|(?<!\w)'|'(?!\w)", ""),  # quotation marks, which voices handle badly
        (tuple("[({"), r"[\[({]", ", "),
        (tuple("])}"), r"[\])}]", ","),
        (("…", ".."), r"…|\.{2,}", ","),
        (("—", " –", " -"), r"\s*—+\s*|\s+[–-]+\s+", " – "),
        (("–",), r"(?<=[^\W\d])–(?=\w)", "-"),
        (("-",), r"(?<![\w-])-+(?=\w)|(?<=\w)-+(?![\w-])", ""),  # the hyphen of "-x", and of "pre-" in "pre- and post-"
        (("-", "–"), r"(?<![\w-])([A-Z])[–-](?=[A-Z](?![\w-]))", r"\1 to "),
        (("  ",), r"\s+", " "),
        ((" ,", ",,"), r"[, ]+,", ","),
        (BEFORE_STOP, r" ([.;:!?])", r"\1"),
        ((",",), r",+ ?(?=[.;:!?–])|(?<=[.;:!?–]) ?,+(?=\s|\Z)", ""),
        (("–",), r"(?: -)?\s*–[\s–-]*", " – "),
        (BEFORE_STOP, r"(?: –)? (?=[,.;:!?])", ""),
        ((",",), r",+(?=[.;:!?])", ""),
        (("..",), r"\.{2,}", "."),
        ((",",), r"(?<=[^\W\d]),(?=\w)|(?<=\d),(?=[^\W\d])", ", "),
    )
)
CAPITAL_BEFORE: Final = later(r"(?<!\w)([A-Z]{2,}) \Z")
CAPITAL_AFTER: Final = later(r" [A-Z]{2}")
CLASS_A: Final = later(r"(?<=\w )A(?=[\s,.;:!?–]|\Z)|(?<![\w-])A(?=[,.;:!?]|[\s–]*\Z| –| (?:or|and|to) [A-Z]\b)")
"""The A of "Class A": within a sentence the article is never a capital, and no article stands before a stop or another
letter."""


def finish(said: str) -> str:
    """Words as every voice gets them: plain punctuation, single spaces, and a stop at the end."""
    if is_plain(said):
        return said if said[-1] in ".?!:" else f"{said}."
    said = said if said.isascii() else _known_letters(said)
    if "  " in said or not said.isprintable():
        said = SPACES.sub(" ", said)
    for needed, pattern, replacement in TIDYING:
        if any(sign in said for sign in needed):
            said = pattern.sub(replacement, said)
    said = said.lstrip(" ,.;:!?–")
    if "A" in said:
        said = CLASS_A.sub(_letter, said)
    said = said.rstrip(" ,–")
    return said if not said or said[-1] in ".?!:" else f"{said.rstrip(';')}."


def _letter(match: re.Match[str]) -> str:
    """The letter A, or the article in a line of capitals: "LEAVE A BAG"."""
    before = CAPITAL_BEFORE.search(match.string, max(0, match.start() - 20), match.start())
    if before is None or not CAPITAL_AFTER.match(match.string, match.end()):
        return "ay"
    return "ay" if before[1].capitalize() in words("lettered") else "a"


def _known_letters(said: str) -> str:
    """Words in letters that voices know: Nguyễn is said as Nguyen."""
    whole = unicodedata.normalize("NFC", INVISIBLE.sub("", said))
    if not MARKED.search(whole):
        return whole
    apart = MARKED.sub(lambda letter: unicodedata.normalize("NFKD", letter[0].replace("ẞ", "ss")), whole)
    return LOOSE.sub("", apart)


def is_plain(said: str) -> bool:
    """True if words need no tidying."""
    return (
        said[:1].isalpha()
        and said[-1] not in ",;"
        and PLAIN.fullmatch(said) is not None
        and not UNTIDY.search(said)
        and not (("A" in said or "-" in said) and LETTER.search(said))
    )
