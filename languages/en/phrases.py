"""Turns a list of words and phrases into the places in a text where they stand whole, the longest first.

A phrase is sought where its first word stands. A pattern of hundreds of words takes milliseconds to compile, and goes
through all of them at each word of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

FIRST: Final = re.compile(r"\w+|\W")
"""The first word of a phrase, or the sign that it begins with."""
WORD: Final = re.compile(r"\w+")


def words_in(text: str) -> frozenset[str]:
    """The words of a text. What needs none of them need not be tried, so they are looked up once for many rules."""
    return frozenset(WORD.findall(text))


class Phrases:
    """Some phrases; `not_after` are signs that none of them follows directly, as none follows a letter or a figure."""

    def __init__(self, listed: Iterable[str], not_after: str) -> None:
        found: dict[str, list[str]] = {}
        for phrase in sorted(listed, key=len, reverse=True):
            first = FIRST.match(phrase)
            assert first is not None, "a phrase has a letter or a sign"
            found.setdefault(first[0], []).append(phrase)
        self.by_first = {first: tuple(phrases) for first, phrases in found.items()}
        self.first_words = frozenset(first for first in found if WORD.match(first))
        self.first_signs = frozenset(found) - self.first_words
        self.word = re.compile(rf"(?<![\w{re.escape(not_after)}])(?:\w+|[^\w\s])")

    def replace(self, text: str, said: Callable[[str, int, str], str], words: frozenset[str]) -> str:
        """`text` with `said(text, at, phrase)` in the place of each phrase. `words` are all words of the text."""
        if self.first_words.isdisjoint(words) and self.first_signs.isdisjoint(text):
            return text
        whole, at = "", 0
        for word in self.word.finditer(text):
            phrases, begin = self.by_first.get(word[0]), word.start()
            if phrases and begin >= at and (phrase := _whole(text, begin, phrases)):
                whole += text[at:begin] + said(text, begin, phrase)
                at = begin + len(phrase)
        return whole + text[at:]


def _whole(text: str, begin: int, phrases: tuple[str, ...]) -> str:
    """The longest of some phrases that stands at a place and ends where a word does; "" where none does."""
    for phrase in phrases:
        after = text[begin + len(phrase) : begin + len(phrase) + 1]
        if text.startswith(phrase, begin) and not (after.isalnum() or after == "_"):
            return phrase
    return ""
