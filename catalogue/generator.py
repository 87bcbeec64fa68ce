"""Turns the beginning of a file into whether it belongs to a list of publications that a build has made.

A file of a list names its generator where its kind of file does so, and is read as that kind: what a stranger wrote in
a comment, in a script or further down is no mark.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from xml.parsers import expat

GENERATOR: Final = "One source, every reader"
BEGINNING: Final = 2048
"""The bytes of a file in which its mark stands."""
COMMENT: Final = f"/* {GENERATOR}: the list of publications */".encode()
"""The first line of the style and the script."""
BEFORE_MARKS: Final = b"<title>Publications</title>\n<style>\n"
TOKENS_BEGIN: Final = b"/* The look that every channel shares."
"""Marks of a list that was made before files named their generator: a style of this program in the page's head."""
ONLY_TEXT: Final = frozenset({"title", "textarea", "noscript", "template", "iframe", "noembed", "noframes", "xmp"})


def names_us(begin: bytes) -> bool:
    """True if `begin`, the first BEGINNING bytes of a file, say that a build has made it."""
    if begin.startswith(b"/*"):
        return begin.startswith(COMMENT)
    if begin.startswith(b"<?xml"):
        return _Feed().names_us(begin)
    return _Page().names_us(begin) or (BEFORE_MARKS in begin and TOKENS_BEGIN in begin)


class _Page(HTMLParser):
    """Looks for the `meta` element of a generator."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False
        self.within = ""  # the element whose content is text, for browsers

    def names_us(self, begin: bytes) -> bool:
        self.feed(begin.decode("utf-8", "replace"))
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = tag == "meta" and given.get("name") == "generator" and given.get("content") == GENERATOR
        self.found |= own and not self.within
        if tag in ONLY_TEXT:
            self.within = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.within:
            self.within = ""


class _Feed:
    """Looks for the `generator` of a feed, which is an element of its first element (Atom) or of the next (RSS)."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.text = ""
        self.found = False

    def names_us(self, begin: bytes) -> bool:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._add
        try:
            parser.Parse(begin, False)  # the rest of the file does not matter
        except expat.ExpatError:
            return False
        return self.found

    def _start(self, name: str, _: dict[str, str]) -> None:
        self.open.append(name)
        self.text = ""

    def _add(self, text: str) -> None:
        self.text += text

    def _end(self, name: str) -> None:
        self.found |= name == "generator" and len(self.open) <= 3 and self.text == GENERATOR
        self.open.pop()
