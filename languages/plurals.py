"""Turns fixed words and a number into the form that goes with it, "1 page" or "6 pages", by CLDR's plural categories.

`words.yaml` writes such words as a mapping of categories: zero, one, two, few, many, other. A language must have
`other`; it stands for every category that is left out, as in ICU's messages.
"""

from __future__ import annotations

from typing import Final

from languages.base import language_of
from model.document import Words

CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")


def counted(words: Words, key: str, number: int) -> str:
    """The form of the words for `key` that goes with `number`. The number is not filled in yet."""
    category = language_of(words.language).plural_category(number)
    own = f"{key}.{category}"
    return words[own if own in words else f"{key}.other"]
