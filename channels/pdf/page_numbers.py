"""Turns laid-out pages into the page numbers for the list of contents and for references to sections.

The numbers are written into the HTML, which is then laid out again. CSS has `target-counter` for this, but
WeasyPrint lays a document out up to eight times for it, and writes 0 within a flexible box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from channels.pdf.weasyprint_parts import boxes

ON_PAGE = "on-page"  # the class of a page number after a link; it is for paper alone, and listeners follow the link

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


def write_numbers(root: Any, pages: Mapping[str, int], on_page: str) -> bool:
    """Writes page numbers into the contents of the HTML `root`, and `on_page` ("(page {number})") after other links
    within it. Returns true if that changed anything."""
    places = [(place, place.get("data-of"), "{number}") for place in root.iter("span") if place.get("data-of")]
    places += [(_behind(parent, link), link.get("href")[1:], on_page) for parent, link in list(_references(root))]
    changed = False
    for place, name, said in places:
        words = f"\u00a0{said.format(number=pages[name])}".replace(" ", "\u00a0")
        changed = changed or (place.text or "") != words
        place.text = words
    return changed


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
