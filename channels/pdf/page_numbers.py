"""Turns laid-out pages into the page numbers for the list of contents and for references to sections.

The numbers are written into the HTML. On the laid-out pages they replace the numbers that kept their place, because all
figures are equally wide. If the widths differ, the pages are laid out again. CSS has `target-counter` for this, but
WeasyPrint lays a document out up to eight times for it, and writes 0 within a flexible box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from channels.pdf.weasyprint_parts import boxes, reword

ON_PAGE = "on-page"  # the class of a page number after a link; it is for paper alone, and listeners follow the link

FIGURES = re.compile(r"\d+")
# The contents show page numbers already, and a footnote stands on its marker's page.
KNOWN = ("entry", "note-mark", "note-label")


def pages_of_names(pages: Sequence[Any]) -> Mapping[str, int]:
    """The page, from 1, on which each element begins that something links to."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for box in boxes(page):
            if box.element is not None and (name := box.element.get("id")):
                found.setdefault(name, number)
    return found


def write_numbers(root: Any, pages: Mapping[str, int], on_page: str) -> list[Any]:
    """Writes page numbers into the contents of the HTML `root`, and `on_page` ("(page {number})") after other links
    within it. Returns the elements that hold them."""
    places = [(place, place.get("data-of"), "{number}") for place in root.iter("span") if place.get("data-of")]
    places += [(_behind(parent, link), link.get("href")[1:], on_page) for parent, link in list(_references(root))]
    for place, name, said in places:
        place.text = f"\u00a0{said.format(number=pages[name])}".replace(" ", "\u00a0")
    return [place for place, _, _ in places]


def show_numbers(pages: Sequence[Any], places: Sequence[Any]) -> bool:
    """Shows on laid-out pages the words that the elements `places` now hold. Returns false if the pages must be laid
    out again: a number is not as wide as the number in its place, or has no place yet."""
    waiting = {place: place.text for place in places}
    shown = set()
    for page in pages if places else ():
        for box in boxes(page):
            words = waiting.get(box.element) if hasattr(box, "text") else None
            if words is None:
                continue
            shown.add(box.element)
            alike = FIGURES.sub("", box.text) == FIGURES.sub("", words)
            if box.text != words and not (alike and reword(box, words)):
                return False
    return len(shown) == len(waiting)


def _references(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each link to a place within the document, after its parent. Without the links whose place is already shown or
    near."""
    for parent in root.iter():
        for child in parent:
            if child.tag == "a" and child.get("href", "").startswith("#") and child.get("class") not in KNOWN:
                yield parent, child


def _behind(parent: Any, link: Any) -> Any:
    """The element after `link` that says which page it leads to. It is made if there is none yet."""
    at = list(parent).index(link) + 1
    if at < len(parent) and parent[at].get("class") == ON_PAGE:
        return parent[at]
    made = Element("span", {"class": ON_PAGE, "aria-hidden": "true"})
    made.tail, link.tail = link.tail, None
    parent.insert(at, made)
    return made
