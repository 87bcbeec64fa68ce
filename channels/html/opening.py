"""Turns the words above the text into how they are set: the size of title and summary, and whether the contents are
folded.

The text is to begin on the first screen, and nobody but the browser knows how tall the opening is. So it is estimated
from the numbers of characters, for a window of 1280 × 800 px. A telephone counts the lines of the contents alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from model.document import Document
from model.inlines import Sentence
from model.traverse import sentences_of_block, text_of


class Size(NamedTuple):
    """How words are set that have at most `most` characters: a class of the style sheet, how many characters a line
    has, and how tall a line is, in px."""

    most: float
    name: str
    characters: int
    line: float


ENDLESS: Final = float("inf")
TITLES: Final = (Size(45, "", 26, 53), Size(85, "long", 31, 43), Size(ENDLESS, "longer", 36, 37))
SUMMARIES: Final = (Size(180, "", 54, 34.2), Size(ENDLESS, "long", 64, 28.5))
TEXT: Final = Size(ENDLESS, "", 62, 28.5)
ENTRY: Final = Size(ENDLESS, "", 29, 28.5)
"""An entry of the contents, in one of two columns, or on a telephone 320 px wide."""

SCREEN: Final = 800 - 40
"""What the opening may take, so that a line of the text can be seen below it."""
MOST_LINES: Final = 10
"""The lines of the contents that a telephone shows unfolded."""
FRAME: Final = 61 + 26 + 25 + 24
"""The head of the page, and the space above the title, below the summary, and above the text."""
BAR: Final = 57
HEADING: Final = 75
"""A section's heading, where the text begins with one."""
LINE: Final = 34
"""A line of its own with the space below it: of dates, of Listen, of the folded contents, of the number to call."""
BETWEEN: Final = 7
COLUMNS_FROM: Final = 4


def size_of(sentence: Sentence, sizes: Sequence[Size]) -> Size:
    """How a sentence is set, by its length."""
    length = len(text_of(sentence.inlines))
    return next(size for size in sizes if length <= size.most)


def is_folded(document: Document, entries: Sequence[str], *, heard: bool) -> bool:
    """True if the contents are folded, since they would push the text off the first screen."""
    lines = [_lines(entry, ENTRY) for entry in entries]
    if sum(lines) > MOST_LINES:
        return True
    columns = 2 if len(entries) >= COLUMNS_FROM else 1
    contents = 34 + (sum(lines) * ENTRY.line + len(lines) * BETWEEN) / columns
    return _height(document, heard=heard) + contents > SCREEN


def _height(document: Document, *, heard: bool) -> float:
    """How tall the opening is without its contents, in px."""
    title, summary = size_of(document.title, TITLES), size_of(document.summary, SUMMARIES)
    height = FRAME + _tall([document.title], title) + _tall([document.summary], summary)
    if document.exit_page is not None:
        height += BAR
    if document.breadcrumb:
        height += 26 + 24 * (sum(len(text_of(place.inlines)) + 3 for place in document.breadcrumb) // 110)
    if document.notice is not None:
        height += 65 + _tall(sentences_of_block(document.notice), TEXT)
    if not document.introduction:
        height += HEADING
    dates = document.dates
    lines = (dates.as_of is not None, bool(dates.reviewed or dates.published), heard, document.status == "current")
    return height + LINE * sum(lines)


def _tall(sentences: Iterable[Sentence], size: Size) -> float:
    return _lines(" ".join(text_of(sentence.inlines) for sentence in sentences), size) * size.line


def _lines(words: str, size: Size) -> int:
    return -(-len(words) // size.characters)
