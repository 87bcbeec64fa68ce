"""The rules for the entries of ncc.html: what they are, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from channels.daisy.rules.parsed import NCC, TEXT, XHTML, Book, Rule, local, target_of
from channels.daisy.text import HEADINGS, XML_LANG

ENTRIES: Final = HEADINGS | {"span", "div"}
ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_:.-]*")
CLASSES: Final = {
    "span": frozenset({"page-front", "page-normal", "page-special", "sidebar", "optional-prodnote", "noteref"}),
    "div": frozenset({"group"}),
}
LINK: Final = frozenset({"href", "id", "rel"})


def _attributes(book: Book) -> Iterator[str]:
    """Only the attributes that DAISY's own schema of ncc.html has."""
    for name in book.ncc.attrib.keys() - {"lang", XML_LANG}:
        yield f"ncc.html has the attribute {name} at its root"
    for entry in book.entries:
        extra = entry.attrib.keys() - {"id", "class"}
        links = entry.findall(f"{XHTML}a")
        for name in sorted(extra.union(*(link.attrib.keys() - LINK for link in links))):
            yield f"ncc.html has the attribute {name} at the entry {entry.get('id')}"


def _entries(book: Book) -> Iterator[str]:
    others = [local(entry) for entry in book.entries if local(entry) not in ENTRIES]
    yield from (f"ncc.html has an entry that is a {name}" for name in others)


def _begins(book: Book) -> Iterator[str]:
    first = book.entries[0] if book.entries else None
    if first is None or (local(first), first.get("class")) != ("h1", "title"):
        yield "ncc.html does not begin with the title as h1"
    if sum(entry.get("class") == "title" for entry in book.entries) > 1:
        yield "ncc.html has more than one title"


def _levels(book: Book) -> Iterator[str]:
    for name in (NCC, TEXT):
        levels = [0, *(int(local(node)[1]) for node in book.trees[name].iter() if local(node) in HEADINGS)]
        yield from (f"{name} goes from level {a} to level {b}" for a, b in pairwise(levels) if b > a + 1)


def _ids(book: Book) -> Iterator[str]:
    yield from ("an entry of ncc.html has no id" for entry in book.entries if entry.get("id") is None)
    for name, tree in book.trees.items():
        seen: set[str] = set()
        for node in tree.iter():
            if (own := node.get("id")) is None:
                continue
            if own in seen:
                yield f"{name} has the id {own} twice"
            if not ID.fullmatch(own):
                yield f"{name} has the id {own}, which is none"
            seen.add(own)


def _anchors(book: Book) -> Iterator[str]:
    for entry in book.entries:
        links = [node for node in entry.iter(f"{XHTML}a") if "".join(node.itertext()).strip() and node.get("href")]
        if len(links) != 1 or (entry.text or "").strip() or (links[0].tail or "").strip():
            yield f"the entry {entry.get('id')} of ncc.html is not one link"


def _classes(book: Book) -> Iterator[str]:
    for entry in book.entries:
        if (allowed := CLASSES.get(local(entry))) is not None and entry.get("class") not in allowed:
            yield f"ncc.html has the entry {entry.get('id')} of the class {entry.get('class')}"


def _leads(book: Book) -> Iterator[str]:
    known = {(smil.name, node.get("id")) for smil in book.smils for node in smil.tree.iter() if _is_target(node)}
    for entry in book.entries:
        if (target := target_of(entry)) != ("", "") and target not in known:
            yield f"ncc.html leads to {target[0]}#{target[1]}, which is no par and no text"


def _is_target(node: Element) -> bool:
    return node.tag in ("par", "text")


def _order(book: Book) -> Iterator[str]:
    """The entries are in the order in which the book is played, and no SMIL file is begun twice."""
    for smil in book.smils:
        places = {node.get("id"): place for place, node in enumerate(smil.tree.iter()) if _is_target(node)}
        own = [
            places[target[1]]
            for entry in book.entries
            if (target := target_of(entry))[0] == smil.name and target[1] in places
        ]
        if own != sorted(own):
            yield f"ncc.html leads to {smil.name} out of order"
    led = [name for entry in book.entries if (name := target_of(entry)[0])]
    runs = [b for a, b in pairwise(["", *led]) if a != b]
    yield from (f"ncc.html comes back to {name}" for name in sorted({name for name in runs if runs.count(name) > 1}))


def _every(book: Book) -> Iterator[str]:
    led = {target_of(entry)[0] for entry in book.entries}
    yield from (f"ncc.html does not lead to {smil.name}" for smil in book.smils if smil.name not in led)


def _same(book: Book) -> Iterator[str]:
    """A heading leads to a heading of the text that has its level."""
    spoken = {(smil.name, par.id): par.element for smil in book.smils for par in smil.pars}
    for entry in book.entries:
        element = book.elements.get(spoken.get(target_of(entry), ""))
        kinds = {local(entry), local(element) if element is not None else ""}
        if kinds <= HEADINGS and len(kinds) > 1:
            yield f"ncc.html has another level than the text for {entry.get('id')}: {sorted(kinds)}"


def _note_entries(book: Book) -> Iterator[str]:
    """The entry of a footnote leads to the sentence that marks it, directly before the footnote."""
    marking = {
        (smil.name, before.id)
        for smil in book.smils
        for before, after in pairwise(smil.pars)
        if after.optional == "footnote-on" and not before.optional
    }
    for entry in book.entries:
        if entry.get("class") == "noteref" and (target := target_of(entry))[0] and target not in marking:
            yield f"ncc.html leads from {entry.get('id')} to a sentence without a footnote"


RULES: Final = (
    Rule(name="attributes", clause="2.1.6, 2.1.10, DAISY's schema of ncc.html", broken=_attributes),
    Rule(name="entries", clause="2.1.5", broken=_entries),
    Rule(name="begins", clause="2.1.6.1", broken=_begins),
    Rule(name="levels", clause="2.1.6.2", broken=_levels),
    Rule(name="ids", clause="2.1.9, 2.3.3", broken=_ids),
    Rule(name="anchors", clause="2.1.10", broken=_anchors),
    Rule(name="classes", clause="2.1.7.1, 2.1.8.1, 2.1.12.1", broken=_classes),
    Rule(name="leads", clause="2.1.10.1", broken=_leads),
    Rule(name="order", clause="2.1", broken=_order),
    Rule(name="every-smil", clause="2.3.5", broken=_every),
    Rule(name="same-heading", clause="2.1.6", broken=_same),
    Rule(name="note-entries", clause="2.1.12.4", broken=_note_entries),
)
