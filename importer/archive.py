"""Turns the banner of a page that is kept as a record (withdrawn, archived, superseded) into the notice of an
archived page."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from importer import blocks
from importer.draft import Heading, Value
from importer.phrases import PHRASES, one_of
from importer.reading import Reading
from importer.runs import joined, nodes_of
from importer.tree import classes, tag, walk, words

NAMED: Final = re.compile(r"withdraw|archive|superseded|notification-banner|notice", re.IGNORECASE)
"""Occurs in a class or in the id of an element that may be such a banner."""
_ARCHIVED: Final = PHRASES["archived"]
SAID: Final = re.compile(
    rf"\b{one_of(_ARCHIVED['verbs'])} (?:\w+ )?{one_of(_ARCHIVED['states'])}\b"
    rf"|\A{one_of(_ARCHIVED['states'])}\b|\bno longer {one_of(_ARCHIVED['no_longer'])}\b"
    rf"|\b(?:an?|the) archived? {one_of(_ARCHIVED['things'])}\b",
    re.IGNORECASE,
)
LONGEST: Final = 700
BLOCKS: Final = ("div", "section", "aside", "p", "header")


def take_banner(tree: Element, reading: Reading) -> tuple[str, str] | None:
    """The title and the text of the notice that the page's banner makes, or None if the page has no banner. The
    title is "" if the banner has none. The banner is taken out of the page."""
    banner = next((element for element in walk(tree) if _is_banner(element)), None)
    if banner is None:
        return None
    parts = blocks.read(nodes_of(banner), reading)
    title = next((part.title for part in parts[:1] if isinstance(part, Heading)), "")
    texts, _ = blocks.texts_of(_flat(parts[bool(title) :]))
    _take_out(tree, banner)
    return (title, joined(texts)) if texts else ("", title)


def _is_banner(element: Element) -> bool:
    """True if an element says that its page is a record, and says little else."""
    if tag(element) not in BLOCKS or not NAMED.search(" ".join((*classes(element), element.get("id") or ""))):
        return False
    said = words(element)
    return len(said) <= LONGEST and SAID.search(said) is not None


def _flat(parts: list[blocks.Part]) -> tuple[Value, ...]:
    return tuple(blocks.flat(blocks.settled(parts)))


def _take_out(tree: Element, banner: Element) -> None:
    """Removes the banner, and keeps the text that follows it."""
    parent = next(each for each in walk(tree) if banner in list(each))
    place = list(parent).index(banner)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (banner.tail or "")
    else:
        parent.text = (parent.text or "") + (banner.tail or "")
    parent.remove(banner)
