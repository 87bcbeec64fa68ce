"""Turns chapters into the text of a DAISY book: the page's own elements, reduced to those of XHTML 1.0.

The elements are read as a tree, and each is kept, renamed or left out. So a block that is added to the page also
appears in the book. An element that is not known here stays, and breaks a rule of the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from channels.elements.blocks import blocks, section
from channels.elements.chapter_lines import chapter_lines
from channels.elements.chapters import Chapter
from channels.elements.dialect import Context
from channels.elements.escape import fill, join, permitted

RENAMED: Final = {
    **{"section": "div", "figure": "div", "figcaption": "p"},
    **{"time": "span", "bdi": "span", "address": "p", "tfoot": "tbody"},
}
"""A foot stands last, where its rows are read. XHTML 1.0 would have it before the rows that it sums up."""
LEFT_OUT: Final = frozenset({"svg", "wbr"})
ATTRIBUTES: Final = frozenset(
    (
        *("id", "class", "title", "lang", "xml:lang", "dir", "href", "src", "alt", "width", "height"),
        *("scope", "rowspan", "colspan", "start", "type"),
    )
)
PICTURE: Final = "picture"
"""The class of the picture of a figure whose sentence stands beside it. A book that is heard does not need it."""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def named(own: str) -> str:
    """An id of the document as it stands in the book, where ids begin with a letter (2.1.9 and XML). No id of a
    document has a capital letter."""
    return own if own[:1].isalpha() else f"N{own}"


def own_of(name: str) -> str:
    """The id of the document that `named` has made into `name`."""
    return name.removeprefix("N")


def body_of(chapters: Iterable[Chapter], titles: Collection[str], context: Context) -> str:
    """The text of all chapters. Only headings with an id in `titles` stay headings, since the book's navigation has
    just these."""
    markup = join("\n", (_chapter(chapter, context) for chapter in chapters))
    root = ElementTree.fromstring(permitted(fill("<div>{}</div>", markup)))  # noqa: S314 (of our own making)
    _bring_down(root, titles)
    return "\n".join(ElementTree.tostring(child, encoding="unicode").strip() for child in root)


def _chapter(chapter: Chapter, context: Context) -> Markup:
    if chapter.section is not None:
        return section(chapter.section, 0, context)
    return fill(
        '<div class="chapter">\n{}\n</div>',
        join("\n", [*chapter_lines(chapter, context), blocks(chapter.blocks, 1, context)]),
    )


def _bring_down(parent: Element, titles: Collection[str]) -> None:
    """Turns what is within `parent` into elements that XHTML 1.0 allows there."""
    at = 0
    while at < len(parent):
        child = parent[at]
        tag = child.tag.rpartition("}")[2]
        if tag in LEFT_OUT or PICTURE in child.get("class", "").split():
            _remove(parent, at)
        elif tag == "div" and parent.tag == "dl":  # a group of a list of definitions
            parent[at : at + 1] = list(child)
        else:
            child.tag = _tag(tag, child, titles)
            lang = child.attrib.pop(XML_LANG, None)
            child.attrib = {name: value for name, value in child.attrib.items() if name in ATTRIBUTES}
            if lang is not None:
                child.attrib["xml:lang"] = lang
            if own := child.attrib.get("id"):
                child.attrib["id"] = named(own)
            if child.attrib.get("href", "").startswith("#"):
                child.attrib["href"] = f"#{named(child.attrib['href'][1:])}"
            _bring_down(child, titles)
            at += 1


def _tag(tag: str, element: Element, titles: Collection[str]) -> str:
    if tag in HEADINGS and element.get("id") not in titles:
        return "p"
    return RENAMED.get(tag, tag)


def _remove(parent: Element, at: int) -> None:
    """Removes the child `at`, and keeps the text after it."""
    child = parent[at]
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    del parent[at]
