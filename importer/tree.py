"""Answers questions about an HTML element: its words, its classes, whether it is a block, and what lies within."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final
from xml.etree.ElementTree import Element

BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog"),
        *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "img", "picture"),
        *("iframe", "video", "audio", "object", "embed", "svg"),
    }
)
APART: Final = ("br", "button", "input", "option", "select", "textarea")
"""Elements within a line whose words are not joined to the words beside them."""
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
SPACES: Final = re.compile(r"[ \t\r\n\f\u0085\u2028\u2029]+")


def tag(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def is_block(element: Element) -> bool:
    """True if an element stands on lines of its own, or holds something that does."""
    return tag(element) in BLOCKS or any(is_block(child) for child in element)


def folded(text: str) -> str:
    """The text with each run of white space as one space. No-break spaces stay, except at the ends."""
    return SPACES.sub(" ", text).strip()


def words(element: Element, without: Container[Element] = ()) -> str:
    """All the words of an element, except those of the elements `without`. An inner block and a line break count as
    a space."""
    return folded("".join(_texts(element, without)))


def _texts(element: Element, without: Container[Element]) -> Iterator[str]:
    if not tag(element) or element in without:
        return
    apart = " " if tag(element) in BLOCKS or tag(element) in APART else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child, without)
        yield child.tail or ""
    yield apart


def walk(element: Element) -> Iterator[Element]:
    """An element and all elements within it, in the order of the page, without comments."""
    return (inner for inner in element.iter() if tag(inner))


def parents_in(element: Element) -> dict[Element, Element]:
    """The parent of each element within an element."""
    return {child: parent for parent in walk(element) for child in parent}


def first(element: Element, name: str, kind: str = "") -> Element | None:
    """The first element called `name` ("*" for any) in `element`, with the class `kind` if one is given. None if
    there is none."""
    found = (inner for inner in walk(element) if name in ("*", tag(inner)))
    return next((inner for inner in found if not kind or kind in classes(inner)), None)
