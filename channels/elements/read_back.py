"""Turns a finished page, or the text of a book, into its sentences as a reader meets them. A parser that does not know
how it was written has read it as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from channels.base import Passage

SENTENCE: Final = "s"
"""The class of every element that is one sentence."""

STATISTIC: Final = "statistic"
CELLS: Final = ("td", "th")


def passages(file: str, root: Any) -> Iterator[Passage]:
    """The sentences of a document, in its order. `root` is its tree, by lxml for HTML and by Python's own parser for
    XHTML, which has the same methods and takes 12 ms less to import. An image with an id gives its alternative, a row
    with an id the text of its cells, the picture of a statistic its description and the words in it."""
    in_row = 0  # how many of the next elements stand in a row that was read
    for element in root.iter():
        in_row -= 1
        own = element.get("id")
        if own is None:
            continue
        tag, classes = _tag(element), (element.get("class") or "").split()
        if tag == "img":
            yield Passage(file=file, id=own, text=element.get("alt") or "")
        elif tag == "tr":
            cells = (cell for cell in element if _tag(cell) in CELLS)
            yield Passage(file=file, id=own, text="".join(f" {_text(cell)}" for cell in cells))
            in_row = max(in_row, sum(1 for _ in element.iter()))
        elif STATISTIC in classes:
            for picture in element.iterfind(".//*[@role='img']"):
                drawn = " ".join(picture.itertext())
                yield Passage(file=file, id=own, text=picture.get("aria-label") or "", drawn=drawn)
        elif SENTENCE in classes and in_row <= 0:
            yield Passage(file=file, id=own, text=_text(element))


def _tag(element: Any) -> str:
    """The name of an element, without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2]


def _text(element: Any) -> str:
    return "".join(element.itertext())
