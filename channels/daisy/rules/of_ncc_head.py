"""The rules for what a book says of itself: the head of ncc.html, and what its other files repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from channels.daisy.about import FORMAT, clock
from channels.daisy.rules.parsed import MASTER, NCC, TEXT, XHTML, Book, Rule, local, target_of
from channels.daisy.text import HEADINGS, XML_LANG

DEFINED: Final = frozenset(
    (
        *("dc:contributor", "dc:coverage", "dc:creator", "dc:date", "dc:description", "dc:format"),
        *("dc:identifier", "dc:language", "dc:publisher", "dc:relation", "dc:rights", "dc:source"),
        *("dc:subject", "dc:title", "dc:type"),
        *("ncc:charset", "ncc:depth", "ncc:files", "ncc:footnotes", "ncc:generator", "ncc:kByteSize"),
        *("ncc:maxPageNormal", "ncc:multimediaType", "ncc:narrator", "ncc:pageFront", "ncc:pageNormal"),
        *("ncc:pageSpecial", "ncc:prodNotes", "ncc:producedDate", "ncc:producer", "ncc:revision"),
        *("ncc:revisionDate", "ncc:setInfo", "ncc:sidebars", "ncc:sourceDate", "ncc:sourceEdition"),
        *("ncc:sourcePublisher", "ncc:sourceRights", "ncc:sourceTitle", "ncc:tocItems", "ncc:totalTime"),
    )
)
MANY: Final = frozenset(
    (
        *("dc:contributor", "dc:coverage", "dc:creator", "dc:description", "dc:language", "dc:relation"),
        *("dc:rights", "dc:subject", "dc:type", "ncc:narrator"),
    )
)
"""What may stand more than once (appendix 2)."""

REQUIRED: Final = (
    *("dc:creator", "dc:format", "dc:identifier", "dc:language", "dc:publisher", "dc:title"),
    *("ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:tocItems"),
    *("ncc:totalTime",),
)
"""What is mandatory, except dc:date: where the source names no day, every day would be untrue."""

TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SET: Final = re.compile(r"([1-9]\d*) of ([1-9]\d*)")
CLOCK: Final = re.compile(r"\d+:[0-5]\d:[0-5]\d")
FULL_TEXT: Final = "audioFullText"
PAGES: Final = {
    "ncc:pageFront": "page-front",
    "ncc:pageNormal": "page-normal",
    "ncc:pageSpecial": "page-special",
}
NOTES: Final = {"ncc:footnotes": "noteref", "ncc:sidebars": "sidebar", "ncc:prodNotes": "optional-prodnote"}


def _titles(book: Book) -> Iterator[str]:
    for name in (NCC, TEXT):
        titles = ["".join(node.itertext()).strip() for node in book.trees[name].iter(f"{XHTML}title")]
        if len(titles) != 1 or not titles[0]:
            yield f"{name} has the titles {titles} in its head, not one"


def _required(book: Book) -> Iterator[str]:
    facts = book.facts[NCC]
    yield from (f"ncc.html does not tell {name}" for name in REQUIRED if not any(facts.get(name, ())))


def _once(book: Book) -> Iterator[str]:
    for name, values in book.facts[NCC].items():
        if len(values) > 1 and name not in MANY:
            yield f"ncc.html tells {name} {len(values)} times"


def _known(book: Book) -> Iterator[str]:
    for name in book.facts[NCC]:
        if name not in DEFINED and not name.startswith("prod:"):
            yield f"ncc.html tells {name}, which is not defined"


def _date(book: Book) -> Iterator[str]:
    for told in book.facts[NCC].get("dc:date", ()):
        try:
            date.fromisoformat(told)
        except ValueError:
            yield f"dc:date is {told}, which is no day"


def _format(book: Book) -> Iterator[str]:
    for name, facts in book.facts.items():
        if name != TEXT and (told := facts.get("dc:format", [FORMAT if name == NCC else ""])) != [FORMAT]:
            yield f"dc:format is {told} in {name}"


def _identifier(book: Book) -> Iterator[str]:
    told = {name: facts.get("dc:identifier") for name, facts in book.facts.items()}
    yield from (f"dc:identifier is {own} in {name}, not {told[NCC]}" for name, own in told.items() if own != told[NCC])


def _language(book: Book) -> Iterator[str]:
    told = book.facts[NCC].get("dc:language", [])
    yield from (f"dc:language is {tag}, which is no language" for tag in told if not TAG.fullmatch(tag))
    for name in (NCC, TEXT):
        tree = book.trees[name]
        own = {tree.get("lang"), tree.get(XML_LANG)}
        if told and own != {told[0]}:
            yield f"{name} is in {own}, and dc:language is {told[0]}"


def _set(book: Book) -> Iterator[str]:
    for told in book.facts[NCC].get("ncc:setInfo", ()):
        found = SET.fullmatch(told)
        if found is None or int(found[1]) > int(found[2]):
            yield f"ncc:setInfo is {told}"


def _kind(book: Book) -> Iterator[str]:
    for told in book.facts[NCC].get("ncc:multimediaType", ()):
        if told != FULL_TEXT:
            yield f"ncc:multimediaType is {told}, and the book has full text and full audio"


def _depth(book: Book) -> Iterator[str]:
    deepest = max((int(local(entry)[1]) for entry in book.entries if local(entry) in HEADINGS), default=0)
    yield from _differing(book, {"ncc:depth": deepest})


def _items(book: Book) -> Iterator[str]:
    yield from _differing(book, {"ncc:tocItems": len(book.entries)})


def _pages(book: Book) -> Iterator[str]:
    counted = {name: _count(book, kind) for name, kind in PAGES.items()}
    last = [entry for entry in book.entries if entry.get("class") == "page-normal"]
    highest = max((int(words) for entry in last if (words := "".join(entry.itertext()).strip()).isdigit()), default=0)
    yield from _differing(book, {**counted, "ncc:maxPageNormal": highest})


def _notes(book: Book) -> Iterator[str]:
    counted = {name: _count(book, kind) for name, kind in NOTES.items()}
    yield from _differing(book, counted)
    facts = book.facts[NCC]
    yield from (f"ncc.html does not tell {name}" for name, count in counted.items() if count and name not in facts)


def _count(book: Book, kind: str) -> int:
    return sum(local(entry) == "span" and entry.get("class") == kind for entry in book.entries)


def _differing(book: Book, true: dict[str, int]) -> Iterator[str]:
    facts = book.facts[NCC]
    for name, count in true.items():
        yield from (f"{name} is {told}, not {count}" for told in facts.get(name, ()) if told != str(count))


def _total(book: Book) -> Iterator[str]:
    for told in book.facts[NCC].get("ncc:totalTime", ()):
        if not CLOCK.fullmatch(told) or told != clock(book.seconds):
            yield f"ncc:totalTime is {told}, not {clock(book.seconds)}"


def _named(book: Book) -> Iterator[str]:
    """The title of the book and of each SMIL file."""
    title = book.facts[NCC].get("dc:title")
    led: dict[str, str] = {}
    for entry in book.entries:
        if local(entry) in HEADINGS:
            led.setdefault(target_of(entry)[0], "".join(entry.itertext()))
    for name, facts in book.facts.items():
        if name.endswith(".smil") and facts.get("dc:title", [] if name == MASTER else title) != title:
            yield f"dc:title is {facts.get('dc:title')} in {name}, not {title}"
        if name in led and facts.get("title", [led[name]]) != [led[name]]:
            yield f"the title of {name} is {facts.get('title')}, not {led[name]}"


RULES: Final = (
    Rule(name="titles", clause="2.1.1, 2.2.1", broken=_titles),
    Rule(name="required", clause="2.1.3", broken=_required),
    Rule(name="once", clause="2.1.3, appendix 2", broken=_once),
    Rule(name="known", clause="2.1.3", broken=_known),
    Rule(name="date", clause="2.1.3 dc:date", broken=_date),
    Rule(name="format", clause="2.1.3, 2.3.2.1, 2.4.2 dc:format", broken=_format),
    Rule(name="identifier", clause="2.1.3, 2.2.1.1, 2.3.2.1, 2.4.2 dc:identifier", broken=_identifier),
    Rule(name="language", clause="2.1.3 dc:language", broken=_language),
    Rule(name="set", clause="2.1.3 ncc:setInfo", broken=_set),
    Rule(name="kind", clause="1.3, 2.1.3 ncc:multimediaType", broken=_kind),
    Rule(name="depth", clause="2.1.3 ncc:depth", broken=_depth),
    Rule(name="items", clause="2.1.3 ncc:tocItems", broken=_items),
    Rule(name="pages", clause="2.1.3 ncc:pageNormal", broken=_pages),
    Rule(name="notes", clause="2.1.3 ncc:footnotes", broken=_notes),
    Rule(name="total-time", clause="2.1.3 ncc:totalTime", broken=_total),
    Rule(name="named", clause="2.3.2.1, 2.4.2 dc:title", broken=_named),
)
