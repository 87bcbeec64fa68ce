"""Turns words from several sources into what every voice gets: plain punctuation, single spaces, a stop at the end."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from languages.en.patterns import later

INVISIBLE: Final = later("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
PLAIN: Final = later(r"[A-Za-z]+(?:['-][A-Za-z]+)*(?:[,;:.?!]? [A-Za-z]+(?:['-][A-Za-z]+)*)*[.?!:]?")
"""Most sentences are words, commas and a stop. They need no tidying, which saves a third of the time of a script."""
LETTER: Final = later("(?<![\\w-])(?:A(?!\\w)|[A-Z]-)")
"""A capital letter that needs a rule below: a lone A, or a capital before a hyphen."""

# Applied in order to the words that were put together.
TIDYING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+", " "),
        ("[\u2010\u2011]", "-"),
        (r"(?<=\w)[’']s\b", "'s"),
        (r"(?<=\w)[’'](?=\w)", "'"),
        (r"(?<=\w)(?:[“”\"„«»]|['’‘“”\"„«»]{2,})(?=\w)", " "),
        (r"[“”\"„«»‘’]|(?<!\w)'|'(?!\w)", ""),  # quotation marks, which voices handle badly
        (r"[\[({]", ", "),
        (r"[\])}]", ","),
        (r"…|\.{2,}", ","),
        (r"\s*[—―]+\s*|\s+[–-]+\s+", " – "),
        (r"(?<=[^\W\d])–(?=\w)", "-"),
        (r"(?<![\w-])-+(?=\w)|(?<=\w)-+(?![\w-])", ""),  # the hyphen of "-x", and of "pre-" in "pre- and post-"
        (r"(?<![\w-])([A-Z])[–-](?=[A-Z](?![\w-]))", r"\1 to "),
        (r"\s+", " "),
        (r"[, ]+,", ","),
        (r" ([.;:!?])", r"\1"),
        (r",+ ?(?=[.;:!?–])|(?<=[.;:!?–]) ?,+(?=\s|\Z)", ""),
        (r"(?: -)?\s*–[\s–-]*", " – "),
        (r"(?: –)? (?=[,.;:!?])", ""),
        (r",+(?=[.;:!?])", ""),
        (r"\.{2,}", "."),
        (r"(?<=[^\W\d]),(?=\w)|(?<=\d),(?=[^\W\d])", ", "),
        (r"\A[\s,.;:!?–]+", ""),
        # "Class A": within a sentence the article is never a capital, and no article stands before a stop or another
        # letter.
        (r"(?<=\w )A(?=[\s,.;:!?–]|\Z)|(?<![\w-])A(?=[,.;:!?]|[\s–]*\Z| –| (?:or|and|to) [A-Z]\b)", "ay"),
    )
)


def finish(said: str) -> str:
    """The words as every voice gets them: plain punctuation, single spaces, and a stop at the end."""
    if said.isascii() and PLAIN.fullmatch(said) and not LETTER.search(said):
        return said if said[-1] in ".?!:" else f"{said}."
    said = unicodedata.normalize("NFC", INVISIBLE.sub("", said))
    for pattern, replacement in TIDYING:
        said = pattern.sub(replacement, said)
    said = said.rstrip(" ,–")
    return said if not said or said[-1] in ".?!:" else f"{said.rstrip(';')}."
