"""Turns a finished page into its sentences as a reader meets them, with a parser that does not know how it was
written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from channels.base import Passage

SENTENCE: Final = "s"
"""The class of every element that is one sentence."""

ALL_TEXT: Final = etree.XPath("string()")
STATISTIC: Final = "statistic"
PICTURES: Final = etree.XPath(".//*[@role='img']")
WORDS: Final = etree.XPath(".//text()")
CELLS: Final = etree.XPath("td | th")
IN_ROW: Final = etree.XPath("boolean(ancestor::tr[@id])")


def passages(file: str, markup: str) -> Iterator[Passage]:
    """The sentences of an HTML or XHTML document, in its order. An image with an id gives its alternative, a row
    with an id the text of its cells, the picture of a statistic its description and the words in it."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(markup.encode("utf-8", "surrogatepass"), parser)
    if root is None:
        return
    for element in root.xpath("//*[@id]"):
        own = element.get("id")
        if element.tag == "img":
            yield Passage(file=file, id=own, text=element.get("alt") or "")
        elif element.tag == "tr":
            yield Passage(file=file, id=own, text="".join(f" {ALL_TEXT(cell)}" for cell in CELLS(element)))
        elif STATISTIC in (element.get("class") or "").split():
            for picture in PICTURES(element):
                yield Passage(file=file, id=own, text=picture.get("aria-label") or "", drawn=" ".join(WORDS(picture)))
        elif SENTENCE in (element.get("class") or "").split() and not IN_ROW(element):
            yield Passage(file=file, id=own, text=str(ALL_TEXT(element)))
