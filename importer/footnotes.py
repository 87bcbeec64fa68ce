"""Turns the footnotes of a page into named notes: finds the markers that lead to a note, and takes the notes out of
the text. A marker is a short link to a note from which a link leads back, or a link that a class or role calls a
marker. This holds for the markup of GOV.UK, of Word through mammoth, and of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from importer.reading import Reading
from importer.tree import HEADINGS, classes, parents_in, tag, walk, words
from reader.ids import slug

MARKER: Final = re.compile(r"\W*(?:(?:foot|end)?note)?\W*(?:\w{1,4}(?::\d+)?|[*†‡§¶]{1,3})\W*", re.IGNORECASE)
AGAIN: Final = re.compile(r":\d+(?=\W*\Z)")
"""Markdown programs add this to the number of a note that is marked for the second time."""
NAMED: Final = frozenset({"footnote", "footnote-ref", "doc-noteref"})
TITLE: Final = re.compile(r"(?:foot|end)?notes?", re.IGNORECASE)
OWN_TITLE: Final = "each edition has its own heading for notes"


def take_footnotes(main: Element, reading: Reading) -> dict[str, Element]:
    """Finds the markers and writes them into `reading`. Takes the notes out of `main` and returns them by name."""
    parents = parents_in(main)
    ids: dict[str, Element] = {}
    for element in walk(main):
        if own := element.get("id"):
            ids.setdefault(own, element)
    notes: dict[str, Element] = {}
    names: dict[Element, str] = {}
    links = [(element, ids.get(_place(element))) for element in walk(main) if tag(element) == "a"]
    for link, note in links:
        if note is None or not _is_marker(link, note, ids, parents):
            continue
        if note not in names:
            names[note] = _name(words(link), notes)
            notes[names[note]] = note
        reading.markers[link] = names[note]
    for link, note in links:  # a note that is marked twice leads back to its first marker only
        if note in names and tag(parents[link]) == "sup" and MARKER.fullmatch(words(link)):
            reading.markers[link] = names[note]
    for note in notes.values():
        _take_out(note, parents, reading)
    return notes


def _place(link: Element) -> str:
    """The id that a link within the page leads to; "" for any other link."""
    href = link.get("href") or ""
    return href[1:] if href.startswith("#") else ""


def _is_marker(link: Element, note: Element, ids: Mapping[str, Element], parents: Mapping[Element, Element]) -> bool:
    if not MARKER.fullmatch(words(link)) or tag(note) in HEADINGS or link in walk(note) or not words(note):
        return False
    if note in set(_above(link, parents)) or any(tag(inner) in HEADINGS for inner in walk(note)):
        return False
    around = [link, *(above for above in _above(link, parents) if words(above) == words(link))]
    if any(NAMED & {*classes(each), each.get("role", ""), each.get("rel", "")} for each in around):
        return True
    back = (inner.get("href", "")[1:] for inner in walk(note) if tag(inner) == "a" and inner.get("href", "")[:1] == "#")
    return any(ids.get(name) in around for name in back)


def _above(element: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    while element in parents:
        element = parents[element]
        yield element


def _name(said: str, taken: Mapping[str, Element]) -> str:
    """The name of a note, made from the words of its marker: "1", "footnote-2"."""
    name = own = slug(AGAIN.sub("", said), str(len(taken) + 1))
    count = 1
    while name in taken:
        count += 1
        name = f"{own}-{count}"
    return name


def _take_out(note: Element, parents: Mapping[Element, Element], reading: Reading) -> None:
    """Takes a note out of the page. With the last note, the list that it stood in and the heading of that list go,
    too."""
    parent = parents[note]
    place = list(parent).index(note)
    if (note.tail or "").strip():
        before = parent[place - 1] if place else None
        if before is not None:
            before.tail = (before.tail or "") + (note.tail or "")
        else:
            parent.text = (parent.text or "") + (note.tail or "")
    parent.remove(note)
    note.tail = None
    while parent in parents and not words(parent):
        above = parents[parent]
        heading = next((each for each in reversed(list(above)[: list(above).index(parent)]) if tag(each) != "hr"), None)
        above.remove(parent)
        if heading is not None and tag(heading) in HEADINGS and TITLE.fullmatch(words(heading)):
            reading.leave_out(words(heading), OWN_TITLE)
            above.remove(heading)
        parent = above
    if tag(parent[0] if len(parent) else parent) in HEADINGS and TITLE.fullmatch(words(parent)):
        reading.leave_out(words(parent), OWN_TITLE)
        parent.clear()
