"""Where words stand in the source: from a value's mark to the line and column of some words within it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from model.inlines import Mark

WORD: Final = re.compile(r"\S+")
FARTHEST: Final = 5_000
"""Characters: how far words are looked for, since a file may be all one line."""


class Places:
    """Finds words in the text of one file. YAML folds lines, so words may be broken by a line end and indentation: they
    are looked for in the text made one line. A pattern of the words, for the text as it is, would have to be compiled
    for each sentence: 2 ms for a page, a third of the time of reading it."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        folded = [" ".join(line.split()) for line in self._lines]
        self._text = " ".join(filter(None, folded))
        # Where each line begins in the text; an empty one where the next begins; then the end.
        self._starts = list(accumulate((len(line) + 1 if line else 0 for line in folded), initial=0))
        self._words: dict[int, tuple[list[int], list[int]]] = {}

    def find(self, words: str, after: Mark, *, beyond: bool = False, within: int = 60) -> Mark:
        """The place of `words` at `after` or, with `beyond`, later, at most `within` lines on; `after` itself where
        they are not found: a quoted text may spell them with escapes."""
        begin = self._offset(after.line - 1, after.column - 1 + beyond)
        end = min(self._starts[min(after.line - 1 + within, len(self._lines))], begin + FARTHEST)
        wanted = words.split(" ", 6)
        if not wanted[0]:
            return after
        for size in (6, 3, 2, 1):
            place = self._text.find(" ".join(" ".join(wanted[:size]).split()), begin, end)
            if place >= 0:
                return self._mark(place, after.file)
        return after

    def _in_line(self, line: int) -> tuple[list[int], list[int]]:
        """Where the words of a line begin, in the line and in the line folded."""
        if line not in self._words:
            spans = [match.span() for match in WORD.finditer(self._lines[line])]
            folded = list(accumulate((end - start + 1 for start, end in spans), initial=0))
            self._words[line] = [start for start, _ in spans], folded
        return self._words[line]

    def _offset(self, line: int, column: int) -> int:
        """Where a place in the file (from 0) is in the text."""
        if line >= len(self._lines):
            return self._starts[-1]
        begins, folded = self._in_line(line)
        word = bisect_right(begins, column) - 1
        if word < 0:
            return self._starts[line]
        inside = min(column - begins[word], folded[word + 1] - folded[word])
        return self._starts[line] + folded[word] + inside

    def _mark(self, place: int, file: str) -> Mark:
        """The line and column of a place in the text."""
        line = bisect_right(self._starts, place, hi=len(self._lines)) - 1
        begins, folded = self._in_line(line)
        inside = place - self._starts[line]
        word = max(bisect_left(folded, inside + 1) - 1, 0)
        return Mark(file=file, line=line + 1, column=begins[word] + inside - folded[word] + 1)
