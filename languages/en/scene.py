"""Turns a text into what the rules of recognition ask for: the words before a place, after it, and of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

FAR: Final = 120
"""How many characters around a figure may decide what it is."""
NEAR: Final = 48
"""How many characters before a figure are searched for the words that lead to it."""
LONG: Final = 1000
"""How many characters a quotation may be long."""
WIDEST: Final = 400
"""How many characters of a sentence are looked at on either side."""
SPACES: Final = frozenset(" \u00a0")
DIGITS: Final = re.compile(r"\d*")
WORD: Final = re.compile(r"\w+")
SENTENCE_END: Final = re.compile(r"[.!?…][”’\")]{0,2} (?=[A-Z“‘(])")


class Scene:
    """A text in which values are looked for between `begin` and `end`. `about` is the header of the table cell."""

    def __init__(self, text: str, before: str = "", after: str = "", about: str = "") -> None:
        self.text = before + text + after
        self.begin = len(before)
        self.end = self.begin + len(text)
        self.about = about
        self._known: dict[tuple[re.Pattern[str], int], bool] = {}
        self._digits = -1, -1
        self._words: tuple[int, frozenset[str]] = -1, frozenset()

    def digits_end(self, at: int) -> int:
        """The place where the digits that begin at `at` end; `at` itself where no digit stands there."""
        if self._digits[0] != at:
            found = DIGITS.match(self.text, at)
            self._digits = at, found.end() if found else at
        return self._digits[1]

    def behind(self, at: int) -> str:
        """The sign right after the digits that begin at a place, "" at the end of the text. Most rules see from it that
        they do not apply, which costs far less than a pattern."""
        end = self.digits_end(at)
        return self.text[end : end + 1]

    def beyond(self, at: int) -> str:
        """The sign after those digits and a space; "" where no space follows them."""
        end = self.digits_end(at)
        return self.text[end + 1 : end + 2] if self.text[end : end + 1] in SPACES else ""

    def follows(self, at: int, signs: str) -> bool:
        """True if a digit or one of `signs` stands right before a place."""
        before = self.text[at - 1] if at else " "
        return before in signs or before.isdecimal()

    def words_before(self, at: int) -> frozenset[str]:
        """The words near before a place, in small letters."""
        if self._words[0] != at:
            self._words = at, frozenset(WORD.findall(self.near(at).lower()))
        return self._words[1]

    def before(self, at: int) -> str:
        """The text before a place, at most FAR characters."""
        return self.text[max(0, at - FAR) : at]

    def led(self, at: int) -> str:
        """The text before a place; before the first figures of a cell, the header above it."""
        return f"{self.about} " if at == 0 and self.about else self.before(at)

    def near(self, at: int) -> str:
        """The few words before a place, at most NEAR characters."""
        return self.text[max(0, at - NEAR) : at]

    def quoted(self, at: int) -> str:
        """The text before a place, as far back as a quotation that ends there may begin."""
        return self.text[max(0, at - LONG) : at]

    def after(self, at: int) -> str:
        """The text after a place, at most FAR characters."""
        return self.text[at : at + FAR]

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in SENTENCE_END.finditer(self.text)]

    def sentence(self, at: int) -> str:
        """The sentence around a place, or as much of it as may decide what a sign in it means."""
        place = bisect_right(self._ends, at)
        low = self._ends[place - 1] if place else 0
        high = self._ends[place] if place < len(self._ends) else len(self.text)
        return self.text[max(low, at - WIDEST) : min(high, at + WIDEST)]

    def speaks_of(self, pattern: re.Pattern[str], at: int) -> bool:
        """True if `pattern` is found in the sentence around a place or in the header above it. Places near each
        other share the answer, so that the work grows only with the length of the text."""
        key = (pattern, bisect_right(self._ends, at) * 1_000_003 + at // FAR)
        if key not in self._known:
            self._known[key] = pattern.search(f"{self.about} {self.sentence(at)}") is not None
        return self._known[key]
