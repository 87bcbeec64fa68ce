"""A finished page to its sentences as a reader meets them, by a parser that knows nothing of how it was written."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from channels.base import Passage

SENTENCE = "s"
"""The class of every element that is one sentence."""

CELLS = frozenset({"td", "th"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def passages(file: str, markup: str) -> Iterator[Passage]:
    """The sentences of an HTML or XHTML document in its order; an image that has an id stands for its alternative, a
    row that has one for its cells."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    for own, words in reader.read:
        yield Passage(file=file, id=own, text="".join(words))


class _Reader(HTMLParser):
    """Collects the text of each sentence; `open` has one entry for each open element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[tuple[str, list[str]]] = []
        self.open: list[list[str] | None] = []
        self.within: list[list[str]] = []
        self.row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = given.get("id") or ""
        if tag == "img" and own:
            self.read.append((own, [given.get("alt") or ""]))
        if tag in VOID:
            return
        words: list[str] | None = None
        if self.row is not None and tag in CELLS:
            self.row.append(" ")
        elif tag == "tr" and own:
            words = self.row = []
            self.read.append((own, words))
            self.within.append(words)
        elif own and self.row is None and SENTENCE in (given.get("class") or "").split():
            words = []
            self.read.append((own, words))
            self.within.append(words)
        self.open.append(words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.row = None
        if tag not in VOID and self.open and self.open.pop() is not None:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        for words in self.within:
            words.append(data)
