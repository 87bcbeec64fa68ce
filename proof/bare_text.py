"""Turns a text as one edition has it into its letters alone, which are the same in all of them, and compares these."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Final

UNSEEN: Final = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
"""White space, and what Unicode says is never seen (Default_Ignorable_Code_Point): a PDF has no signs for it."""

PARTED: Final = re.compile(r"(?<=\d)[.,]?\d|(?<=\d[.,])\d")
"""What goes on at a place within a figure."""

TURNED: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter that is written from right to left."""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Text without white space and invisible signs, since each edition breaks its own lines."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


def in_order(parts: Iterable[str], text: str) -> bool:
    """True if all `parts`, which are bare, stand in `text`, one after the other. Those that are written from right to
    left may stand as they are drawn."""
    drawn, at = Drawn(text), 0
    for part in parts:
        place, at = drawn.find(part, at, turned=TURNED.search(part) is not None)
        if place < 0:
            return False
    return True


class Drawn:
    """The `text` that an edition has, without what is never seen. Lines that are written from right to left may stand
    in it as they are drawn. It may be in other `signs` than print, such as the cells of braille, whose figures stand
    for letters, too."""

    def __init__(self, written: str, *, signs: bool = False) -> None:
        self.written, self.text, self.signs = written, bare(written), signs

    def find(self, words: str, at: int, *, turned: bool) -> tuple[int, int]:
        """Where `words` begin and end, from `at` on; (-1, -1) if they stand nowhere. They are not a part of a longer
        figure: 5 stands not in 15, £5 not in £5.50. If they may be `turned`, their letters from left to right have to
        stand there in order, and among them the same figures in any order."""
        place = self.text.find(words, at)
        while place >= 0 and self._parts_a_figure(place, place + len(words)):
            place = self.text.find(words, place + 1)
        if place >= 0 or not turned:
            return place, place + len(words) if place >= 0 else -1
        letters, places = self._left_to_right
        sought, figures = _left_to_right(words)[0], _figures(words)
        if not sought:
            return (at, at) if figures <= self._all_figures else (-1, -1)
        begin = letters.find(sought, bisect_left(places, at))
        while begin >= 0:  # a single letter, as in £5m, may stand in another word before
            end = begin + len(sought)
            first = max(places[begin - 1] + 1 if begin else 0, at)
            last = places[end] if end < len(places) else len(self.text)
            if figures <= _figures(self.text[first:last]):
                return first, places[end - 1] + 1
            begin = letters.find(sought, begin + 1)
        return -1, -1

    def _parts_a_figure(self, begin: int, end: int) -> bool:
        """True if a figure goes on beyond `begin` or `end`. White space ends it."""
        if self.signs or not (PARTED.match(self.text, begin) or PARTED.match(self.text, end)):
            return False
        spaced, places = self._spaced
        return bool(PARTED.match(spaced, places[begin]) or PARTED.match(spaced, places[end - 1] + 1))

    @cached_property
    def _spaced(self) -> tuple[str, list[int]]:
        """The text with its white space, and the place in it of each letter of the bare text."""
        spaced = UNSEEN.sub(" ", unicodedata.normalize("NFC", self.written))
        return spaced, [place for place, letter in enumerate(spaced) if letter != " "]

    @cached_property
    def _left_to_right(self) -> tuple[str, list[int]]:
        return _left_to_right(self.text)

    @cached_property
    def _all_figures(self) -> Counter[str]:
        return _figures(self.text)


def _figures(text: str) -> Counter[str]:
    return Counter(filter(str.isdigit, text))


def _left_to_right(text: str) -> tuple[str, list[int]]:
    """The letters that are written from left to right, and the place of each."""
    places = [n for n, letter in enumerate(text) if letter.isalpha() and unicodedata.bidirectional(letter) == "L"]
    return "".join([text[n] for n in places]), places
