"""Turns some words of a value into the line and column where they stand in the source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from model.inlines import Mark

WORD: Final = re.compile(r"\S+")
FARTHEST: Final = 5_000
"""How many characters far words are looked for. A limit is needed since a file may be all one line."""

MARKUP: Final = r"[*_\\]*+"
"""What may stand between two letters that a reader sees side by side."""
ADDRESS: Final = r"\]\([^()\s]+\)"
"""The address of a link, which readers do not see."""
PIECE: Final = re.compile(r"'+|\s+|[^'\s]")
LONGEST: Final = 60


class Places:
    """Finds words in the text of one file, `file`. A place in another file, such as publisher.yaml, stays as it is.

    YAML folds lines, so a line end and indentation may stand between two words. The words are therefore looked for
    in the text made into one line. Searching the original text would need a pattern compiled for each sentence: 2 ms
    for a page, a third of the time of reading it.
    """

    def __init__(self, lines: list[str], file: str) -> None:
        self._file = file
        self._lines = lines
        folded = [" ".join(line.split()) for line in self._lines]
        self._text = " ".join(filter(None, folded))
        # The indentation of each line, -1 for one that is not its words with one space between them.
        self._indents = [
            len(line) - len(line.lstrip()) if words and words == line.strip() else -1
            for line, words in zip(self._lines, folded, strict=True)
        ]
        # The place in the one-line text where each line begins. An empty line begins where the next one does. The last
        # entry is the end.
        self._starts = list(accumulate((len(line) + 1 if line else 0 for line in folded), initial=0))
        self._words: dict[int, tuple[list[int], list[int]]] = {}

    def find(self, words: str, after: Mark, *, beyond: bool = False, within: int = 60) -> Mark:
        """The place of the first words at `after`, or later with `beyond`, at most `within` lines on. Returns
        `after` where they are not found, for example because a quoted text spells them with escapes."""
        if after.file != self._file:
            return after
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

    def exactly(self, words: str, after: Mark, most: int) -> Mark:
        """The place of the first `words` that stand whole at `after` or within the `most` characters behind it. They
        may have markup in them, or be spelt as quoted texts spell them. Returns `after` where they are not found."""
        if not words.strip() or after.line < 1 or after.file != self._file:
            return after
        begin = self._offset(after.line - 1, after.column - 1)
        pattern = re.compile(f"{ADDRESS}|({_pattern(words.strip())})")
        for found in pattern.finditer(self._text, begin, begin + min(most, FARTHEST)):
            if found[1]:
                return self._mark(found.start(), after.file)
        return after

    def _in_line(self, line: int) -> tuple[list[int], list[int]]:
        """The places where the words of a line begin: in the line, and in the folded line."""
        if line not in self._words:
            spans = [match.span() for match in WORD.finditer(self._lines[line])]
            folded = list(accumulate((end - start + 1 for start, end in spans), initial=0))
            self._words[line] = [start for start, _ in spans], folded
        return self._words[line]

    def _offset(self, line: int, column: int) -> int:
        """Turns a place in the file (line and column from 0) into a position in the one-line text."""
        if line >= len(self._lines):
            return self._starts[-1]
        if (indent := self._indents[line]) >= 0:
            size = self._starts[line + 1] - self._starts[line]
            return self._starts[line] + min(max(column - indent, 0), size)
        begins, folded = self._in_line(line)
        word = bisect_right(begins, column) - 1
        if word < 0:
            return self._starts[line]
        inside = min(column - begins[word], folded[word + 1] - folded[word])
        return self._starts[line] + folded[word] + inside

    def _mark(self, place: int, file: str) -> Mark:
        """Turns a position in the one-line text into a line and column (from 1)."""
        line = bisect_right(self._starts, place, hi=len(self._lines)) - 1
        inside = place - self._starts[line]
        if (indent := self._indents[line]) >= 0:
            return Mark(file=file, line=line + 1, column=indent + inside + 1)
        begins, folded = self._in_line(line)
        word = max(bisect_left(folded, inside + 1) - 1, 0)
        return Mark(file=file, line=line + 1, column=begins[word] + inside - folded[word] + 1)


def _pattern(words: str) -> str:
    """A pattern for some words in the one-line text, which has one space for each white space. A quoted text may have
    two quotes for one. Nothing in the pattern can match a text in two ways: that would take for ever."""
    pieces: list[str] = []
    for piece in PIECE.findall(words[:LONGEST]):
        if piece[0] == "'":
            pieces.append(f"'{{{len(piece)},{2 * len(piece)}}}")
        elif piece.isspace():
            pieces.append(" ")
        elif not pieces or piece not in "*_\\":  # those are in MARKUP
            pieces.append(re.escape(piece))
    before = r"(?<![^\W_])" if words[0].isalnum() else ""
    after = r"(?![^\W_])" if words[-1].isalnum() and len(words) <= LONGEST else ""
    return before + MARKUP.join(pieces) + after
