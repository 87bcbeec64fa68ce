"""The rules for the text: XHTML 1.0, every link resolved, every sentence played.

The content models are those of the DTD for the elements that a book has. The tests validate books by the DTD itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from channels.daisy.rules.parsed import TEXT, XHTML, Book, Rule, local
from channels.daisy.text import ATTRIBUTES, HEADINGS, XML_LANG

SENTENCE: Final = "s"
"""The class of an element that is one sentence."""

INLINE: Final = "(?:(?:span|a|abbr|em|strong|img|br) )*"
FLOW: Final = "(?:\\w+ )*"
"""Any element that a book has, but those that only stand within another."""

INNER: Final = frozenset({"li", "dt", "dd", "caption", "thead", "tbody", "tr", "th", "td"})
CONTENT: Final = {
    **dict.fromkeys((*HEADINGS, "p", "span", "a", "abbr", "em", "strong", "dt", "caption"), INLINE),
    **dict.fromkeys(("body", "div", "blockquote", "li", "dd", "th", "td"), FLOW),
    **dict.fromkeys(("ul", "ol"), "(?:li )+"),
    "dl": "(?:dt |dd )+",
    "table": "(?:caption )?(?:thead )?(?:tbody )+",
    **dict.fromkeys(("thead", "tbody"), "(?:tr )+"),
    "tr": "(?:th |td )+",
    **dict.fromkeys(("img", "br"), ""),
}
"""The children that an element may have, each followed by a space."""

BARE: Final = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tr", "img", "br"})
"""What has no text of its own."""

OWN: Final = {
    "href": {"a"},
    **{name: {"img"} for name in ("src", "alt", "width", "height")},
    **{name: {"th", "td"} for name in ("scope", "rowspan", "colspan")},
    "start": {"ol"},
    "type": {"ol", "ul", "li"},
}
"""The elements that may have an attribute which not all have."""


def _xhtml(book: Book) -> Iterator[str]:
    body = book.text.find(f"{XHTML}body")
    for node in body.iter() if body is not None else ():
        tag = local(node)
        if tag not in CONTENT:
            yield f"text.html has the element {tag}"
            continue
        children = [local(child) for child in node]
        inner = INNER & set(children) if CONTENT[tag] == FLOW else ()
        if inner or not re.fullmatch(CONTENT[tag], "".join(f"{child} " for child in children)):
            yield f"text.html has a {tag} with {children}"
        if tag in BARE and "".join([node.text or "", *(child.tail or "" for child in node)]).strip():
            yield f"text.html has a {tag} with text of its own"
        yield from _attributes(node, tag)
    links = body.iter(f"{XHTML}a") if body is not None else ()
    yield from ("text.html has a link within a link" for link in links if sum(1 for _ in link.iter(f"{XHTML}a")) > 1)


def _attributes(node: Element, tag: str) -> Iterator[str]:
    for name in node.attrib:
        plain = "xml:lang" if name == XML_LANG else name
        if plain not in ATTRIBUTES or tag not in OWN.get(plain, {tag}):
            yield f"text.html has the attribute {plain} at a {tag}"
    if tag == "img" and not {"src", "alt"} <= node.attrib.keys():
        yield "text.html has an img without src or alt"


def _links(book: Book) -> Iterator[str]:
    for link in book.text.iter(f"{XHTML}a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in book.elements:
            yield f"{TEXT} links to {target}, which is not there"


def _played(book: Book) -> Iterator[str]:
    """Every sentence and every image with words is played, or the row that it stands in."""
    heard = {par.element for smil in book.smils for par in smil.pars}
    inside: dict[Element, bool] = {}
    for node in book.text.iter():
        row = local(node) == "tr" and node.get("id") in heard
        for child in node:
            inside[child] = row or inside.get(node, False)
        own = node.get("id")
        said = SENTENCE in (node.get("class") or "").split() or local(node) == "img"
        if own is not None and said and own not in heard and not inside.get(node):
            yield f"{own} of the text is never heard"


RULES: Final = (
    Rule(name="xhtml", clause="2.2, XHTML 1.0", broken=_xhtml),
    Rule(name="links", clause="2.2, XHTML 1.0", broken=_links),
    Rule(name="played", clause="1.3", broken=_played),
)
