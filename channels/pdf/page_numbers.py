"""Laid-out pages → the numbers of the pages that their contents and their references to sections lead to.

They are written into the HTML, which is laid out again. CSS has `target-counter` for this; WeasyPrint lays a document
out up to eight times for it, and gives 0 within a flexible box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from channels.pdf.weasyprint_parts import boxes

ON_PAGE = "on-page"  # the class of what is said of a link: it helps on paper alone, who cannot see it follows the link

KNOWN = ("entry", "note-mark", "note-label")  # the contents tell their pages, and a footnote stands on its marker's


def pages_of_names(pages: Sequence[Any]) -> Mapping[str, int]:
    """Where each element that something links to begins, from page 1."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for box in boxes(page):
            if box.element is not None and (name := box.element.get("id")):
                found.setdefault(name, number)
    return found


def write_numbers(root: Any, pages: Mapping[str, int], on_page: str) -> bool:
    """Put the numbers of pages into the contents of the HTML `root`, and `on_page` ("(page {number})") behind other
    links within it. Whether that changed anything."""
    places = [(place, place.get("data-of"), "{number}") for place in root.iter("span") if place.get("data-of")]
    places += [(_behind(parent, link), link.get("href")[1:], on_page) for parent, link in list(_references(root))]
    changed = False
    for place, name, said in places:
        words = f"\u00a0{said.format(number=pages[name])}".replace(" ", "\u00a0")
        changed = changed or (place.text or "") != words
        place.text = words
    return changed


def _references(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each link to a place within the document but for those whose place is told or near, after its parent."""
    for parent in root.iter():
        for child in parent:
            if child.tag == "a" and child.get("href", "").startswith("#") and child.get("class") not in KNOWN:
                yield parent, child


def _behind(parent: Any, link: Any) -> Any:
    """The element behind `link` that says which page it leads to, made where there is none yet."""
    at = list(parent).index(link) + 1
    if at < len(parent) and parent[at].get("class") == ON_PAGE:
        return parent[at]
    made = Element("span", {"class": ON_PAGE, "aria-hidden": "true"})
    made.tail, link.tail = link.tail, None
    parent.insert(at, made)
    return made
