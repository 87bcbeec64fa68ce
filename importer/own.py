"""Turns a page that this program published back into the data of its source. A page does not show how a word is
spoken, which editions were asked for, the name of a place without an address, or a term whose words the text says
itself, so these are lost. What an edition adds itself (what abbreviations stand for, the picture of a statistic,
labels) is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Value
from importer.main_part import about
from importer.own_blocks import Blocks, is_section
from importer.reading import Reading
from importer.tree import classes, first, tag, walk, words
from languages.base import language_of, languages
from languages.fixed_words import read_words
from model.document import Words
from model.inlines import Date

GENERATOR: Final = "one-source"
EXPLAINED: Final = ("-stands-for", "-terms")
"""The endings of the ids of sentences and paragraphs that explain an abbreviation."""
TEXT: Final = (
    "introduction",
    "sections",
    "related",
    "glossary",
    "footnotes",
    "other_formats",
    "feedback",
    "exit_page",
    "rights",
    "changes",
)
"""Keys that stand after `terms` in a source."""
BESIDE: Final = ("glossary", "notes")
"""Ids of sections on the page that are not sections of the source."""


def is_own(tree: Element) -> bool:
    """True if a page says that this program made it."""
    named = (element for element in walk(tree) if tag(element) == "meta" and element.get("name") == "generator")
    return any(element.get("content") == GENERATOR for element in named)


def read_own(tree: Element, reading: Reading) -> dict[str, Value]:
    """The data of the source, in the order of its keys."""
    page = _Page(tree, reading)
    page.learn_terms()
    page.learn_markers()
    _prune(tree)
    data = dict(page.fields())
    if not reading.terms:
        return data
    head = {key: value for key, value in data.items() if key not in TEXT}
    return {**head, "terms": dict(sorted(reading.terms.items())), **data}


def _prune(element: Element) -> None:
    """Removes the sentences that explain abbreviations, which `learn_terms` has read. A link on a number
    becomes plain words."""
    before: Element | None = None
    for child in list(element):
        if "note-mark" in classes(child):
            _strip_end(element, before)
        if (child.get("id") or "").endswith(EXPLAINED):
            element.remove(child)
            continue
        if tag(child) == "a" and "phone" in classes(child):
            child.tag, child.text = "span", (child.text or "").replace("\N{NO-BREAK SPACE}", " ")
        _prune(child)
        before = child


def _strip_end(parent: Element, before: Element | None) -> None:
    """Removes the no-break space that the page puts before the marker of a footnote."""
    if before is not None:
        before.tail = (before.tail or "").rstrip("\N{NO-BREAK SPACE}")
    else:
        parent.text = (parent.text or "").rstrip("\N{NO-BREAK SPACE}")


class _Page:
    def __init__(self, tree: Element, reading: Reading) -> None:
        self.tree = tree
        self.reading = reading
        known = reading.language in languages()
        self.words = read_words(reading.language)[0] if known else Words(entries=())
        self.blocks = Blocks(tree, reading, self.words)

    def learn_terms(self) -> None:
        """Learns what abbreviations stand for from the sentences that the page added for them."""
        form = re.escape(self.words["stands_for"])
        explained = re.compile(form.replace(r"\{short\}", "(.+?)").replace(r"\{long\}", "(.+)"))
        for element in walk(self.tree):
            if (element.get("id") or "").endswith(EXPLAINED[0]) and (found := explained.fullmatch(words(element))):
                self.reading.term(found[1], expansion=found[2])

    def learn_markers(self) -> None:
        """Learns which links are markers of footnotes."""
        for element in walk(self.tree):
            if "note-mark" in classes(element):
                self.reading.markers[element] = (element.get("href") or "").removeprefix("#note-")

    def _footnotes(self) -> dict[str, Value]:
        notes = self.blocks.named("notes")
        items = [item for item in walk(notes) if tag(item) == "li"] if notes is not None else []
        return {(item.get("id") or "").removeprefix("note-"): self.blocks.text(item) for item in items}

    def fields(self) -> Iterator[tuple[str, Value]]:
        main, beside = self._first("main"), self._first("aside", "beside")
        facts = self._facts()
        yield "title", self.blocks.text(self.blocks.named("title"))
        yield "summary", self.blocks.text(self.blocks.named("summary"))
        yield "language", self.reading.language
        yield "publisher", self._publisher()
        places = [self.blocks.text(e) for e in walk(self.tree) if (e.get("id") or "").startswith("breadcrumb-")]
        if places:
            yield "breadcrumb", tuple(places)
        yield "status", "archived" if "status" in facts else "current"
        yield from self._dates(facts)
        if (notice := self.blocks.named("notice")) is not None:
            yield "notice", {k: v for k, v in self.blocks.notice(notice).items() if k not in ("type", "id")}
        if url := next(
            (e.get("href") for e in walk(self.tree) if tag(e) == "link" and e.get("rel") == "canonical"), None
        ):
            yield "url", url
        introduction = self.blocks.blocks(self._first("div", "introduction"), "introduction")
        sections = tuple(self.blocks.section(e) for e in main if is_section(e) and e.get("id") not in BESIDE)
        related = [self.blocks.section(e) for e in beside if is_section(e)]
        if introduction:
            yield "introduction", introduction
        yield "sections", sections
        yield from (("related", section) for section in related)
        if (glossary := self.blocks.named("glossary-1")) is not None:
            yield "glossary", self.blocks.entries(glossary)
        if footnotes := self._footnotes():
            yield "footnotes", footnotes
        yield from self._texts(beside)

    def _dates(self, facts: dict[str, Element]) -> Iterator[tuple[str, Value]]:
        if (as_of := self.blocks.named("as-of")) is not None:
            yield "as_of", self.blocks.text(as_of)
        told = about(self.tree, self._first("main"))
        review_by = self._day(words(facts["review_by"])) if "review_by" in facts else ""
        known = {"published": told.published, "reviewed": told.reviewed, "review_by": review_by}
        yield from ((key, day) for key, day in known.items() if day)
        if "version" in facts:
            yield "version", words(facts["version"])

    def _day(self, said: str) -> str:
        """A day in the words of the language as ISO has it; "" for any other text."""
        parts = {"day": r"(?P<day>\d+)", "month": r"(?P<month>\D+)", "year": r"(?P<year>\d{4})"}
        found = re.fullmatch(
            re.escape(self.words["date"]).replace(r"\{", "{").replace(r"\}", "}").format(**parts), said
        )
        months = self.words["months"].split(", ")
        if found is None or found["month"] not in months:
            return ""
        return date(int(found["year"]), months.index(found["month"]) + 1, int(found["day"])).isoformat()

    def _texts(self, beside: Element) -> Iterator[tuple[str, Value]]:
        """The texts beside the sections and below them that have keys of their own."""
        for key, place in (("other_formats", "formats"), ("feedback", "feedback")):
            part = first(beside, "section", place)
            found = first(part, "p") if part is not None else None
            if found is not None and "postal" not in classes(found):
                yield key, self.blocks.text(found)
        if (leave := first(self.tree, "a", "exit")) is not None:
            yield "exit_page", {"text": words(leave), "url": leave.get("href") or ""}
        paragraphs = (e for e in walk(self._first("footer")) if tag(e) == "p" and len(e))
        rights = next((e for e in paragraphs if (e[0].get("id") or "").startswith("rights-")), None)
        if rights is not None:
            yield "rights", self.blocks.text(rights)
        if changes := tuple(self._changes()):
            yield "changes", changes

    def _changes(self) -> Iterator[Value]:
        """The changes, in the order of the source. Each begins with its day in words."""
        listed = [item for part in walk(self.tree) if tag(part) == "ul" and "changes" in classes(part) for item in part]
        for item in sorted(listed, key=lambda item: int(re.sub(r"\D*(\d+).*", r"\1", item[0].get("id") or "0"))):
            day, _, text = self.blocks.text(item).partition(": ")
            match language_of(self.reading.language).recognise(day):
                case (Date() as found,):
                    yield {"day": found.value.isoformat(), "text": text}

    # ------------------------------------------------------------------------------------------- finding

    def _first(self, name: str, kind: str = "") -> Element:
        """The first element of that name and class, or an empty element."""
        found = first(self.tree, name, kind)
        return found if found is not None else Element(name)

    def _facts(self) -> dict[str, Element]:
        """The facts at the foot of the page, by the key of their label in the fixed words."""
        keys = {label: key for key, label in self.words.entries if key in ("status", "version", "review_by")}
        rows = (e for e in walk(self._first("footer")) if tag(e) == "div" and len(e) == 2 and tag(e[0]) == "dt")
        return {keys[label]: row[1] for row in rows if (label := words(row[0])) in keys}

    def _publisher(self) -> Value:
        element = self._first("span", "publisher")
        link = first(element, "a")
        inner = self.blocks.named("publisher")
        fields: dict[str, Value] = {"name": self.blocks.text(inner if inner is not None else element)}
        if link is not None and inner is not None and link in set(element):
            fields["url"] = link.get("href") or ""
        postal = self.blocks.named("publisher-address")
        lines = () if postal is None else (e for e in postal if (e.get("id") or "").startswith("publisher-address-"))
        if address := tuple(map(self.blocks.text, lines)):
            fields["address"] = address
        return fields
