"""A page that this program published to the data of the source that it was made from, but for what a page cannot know.

It cannot know how a word is said, which editions were asked for, and that a place is named which has no address. What
each edition adds (what abbreviations stand for, the picture of a statistic, labels) is not read back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element

from importer import tables
from importer.downloads import SIZE
from importer.draft import Remarked, Value
from importer.outline import ID
from importer.reading import Reading
from importer.runs import escaped, line, nodes_of
from importer.tree import classes, first, folded, tag, walk, words
from languages.base import language_of, languages
from languages.fixed_words import read_words
from languages.humanize import pages_in_words
from model.document import Words
from model.inlines import Date
from reader.ids import NAMELESS, shortened, slug

GENERATOR: Final = "one-source"
EXPLAINED: Final = ("-stands-for", "-terms")
"""How the ids of sentences and paragraphs end that explain an abbreviation."""
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
"""Keys that come behind the terms of a source."""
BESIDE: Final = ("glossary", "notes")
"""Ids of sections that are no sections of the source."""
NUMBERS: Final = {"textphone": "textphone", "text_number": "text"}
"""Kinds of numbers by the class of their row."""
ROWS: Final = {"telephone": "phone"}
"""Rows of a contact whose class is not the key of the source."""


def is_own(tree: Element) -> bool:
    """Whether a page says that this program made it."""
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
    """Take away what explains abbreviations, which their elements say, too. A number to call is plain words."""
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
    """Take away the space before a marker, which its page puts there."""
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
        self.titles: Counter[str] = Counter()
        """How often a title has given a section its id so far."""
        contacts = (e for e in walk(tree) if "contact" in classes(e))
        self.reached = sum(first(contact, "div", "telephone") is not None for contact in contacts)
        """How many contacts have a number."""

    def learn_terms(self) -> None:
        """What the page says in sentences of its own that abbreviations stand for."""
        before, _, rest = self.words["stands_for"].partition("{short}")
        middle, _, after = rest.partition("{long}")
        for element in walk(self.tree):
            short = first(element, "abbr") if (element.get("id") or "").endswith(EXPLAINED[0]) else None
            if short is not None:
                said = words(element).removeprefix(f"{before}{words(short)}{middle}").removesuffix(after)
                self.reading.term(words(short), expansion=said)

    def learn_markers(self) -> None:
        """Which links are the markers of footnotes."""
        for element in walk(self.tree):
            if "note-mark" in classes(element):
                self.reading.markers[element] = (element.get("href") or "").removeprefix("#note-")

    def _footnotes(self) -> dict[str, Value]:
        notes = self._named("notes")
        items = [item for item in walk(notes) if tag(item) == "li"] if notes is not None else []
        return {(item.get("id") or "").removeprefix("note-"): self._text(item) for item in items}

    def fields(self) -> Iterator[tuple[str, Value]]:
        main, beside = self._first("main"), self._first("aside", "beside")
        facts = self._facts()
        yield "title", self._text(self._named("title"))
        yield "summary", self._text(self._named("summary"))
        yield "language", self.reading.language
        yield "publisher", self._publisher()
        places = [self._text(e) for e in walk(self.tree) if (e.get("id") or "").startswith("breadcrumb-")]
        if places:
            yield "breadcrumb", tuple(places)
        yield "status", "archived" if "status" in facts else "current"
        yield from self._dates(facts)
        if (notice := self._named("notice")) is not None:
            yield "notice", {k: v for k, v in self._notice(notice).items() if k not in ("type", "id")}
        if url := next(
            (e.get("href") for e in walk(self.tree) if tag(e) == "link" and e.get("rel") == "canonical"), None
        ):
            yield "url", url
        introduction = self._blocks(self._first("div", "introduction"), "introduction")
        sections = tuple(self._section(e) for e in main if tag(e) == "section" and e.get("id") not in BESIDE)
        related = (
            [self._section(e) for e in beside if tag(e) == "section" and e.get("id")] if beside is not None else []
        )
        if introduction:
            yield "introduction", introduction
        yield "sections", sections
        yield from (("related", section) for section in related)
        if (glossary := self._named("glossary-1")) is not None:
            yield "glossary", self._entries(glossary)
        if footnotes := self._footnotes():
            yield "footnotes", footnotes
        yield from self._texts(beside)

    def _dates(self, facts: dict[str, Element]) -> Iterator[tuple[str, Value]]:
        if (as_of := self._named("as-of")) is not None:
            yield "as_of", self._text(as_of)
        for key in ("published", "reviewed", "review_by"):
            if key in facts and (time := first(facts[key], "time")) is not None:
                yield key, time.get("datetime") or words(time)
        if "version" in facts:
            yield "version", words(facts["version"])

    def _texts(self, beside: Element | None) -> Iterator[tuple[str, Value]]:
        """What stands beside the text and below it, and is no section of the author's."""
        for key, place in (("other_formats", "formats"), ("feedback", "feedback")):
            part = first(beside, "section", place) if beside is not None else None
            found = first(part, "p") if part is not None else None
            if found is not None:
                yield key, self._text(found)
        if (leave := self._first("a", "exit", missing=True)) is not None:
            yield "exit_page", {"text": words(leave), "url": leave.get("href") or ""}
        paragraphs = (e for e in walk(self._first("footer")) if tag(e) == "p" and len(e))
        rights = next((e for e in paragraphs if (e[0].get("id") or "").startswith("rights-")), None)
        if rights is not None:
            yield "rights", self._text(rights)

        if changes := tuple(self._changes()):
            yield "changes", changes

    def _changes(self) -> Iterator[Value]:
        """What has changed, in the order of the source; each begins with its day, in words."""
        listed = [item for part in walk(self.tree) if tag(part) == "ul" and "changes" in classes(part) for item in part]
        for item in sorted(listed, key=lambda item: int(re.sub(r"\D*(\d+).*", r"\1", item[0].get("id") or "0"))):
            day, _, text = self._text(item).partition(": ")
            match language_of(self.reading.language).recognise(day):
                case (Date() as found,):
                    yield {"day": found.value.isoformat(), "text": text}

    # ------------------------------------------------------------------------------------------- finding

    def _first(self, name: str, kind: str = "", *, missing: bool = False) -> Element:
        found = first(self.tree, name, kind)
        return found if found is not None or missing else Element(name)  # type: ignore[return-value]

    def _named(self, own: str) -> Element | None:
        return next((element for element in walk(self.tree) if element.get("id") == own), None)

    def _text(self, element: Element | None) -> str:
        return line(nodes_of(element), self.reading) if element is not None else ""

    def _facts(self) -> dict[str, Element]:
        """What the foot of the page says about it, by the key of its label in the fixed words."""
        keys = {
            label: key
            for key, label in self.words.entries
            if key in ("status", "version", "published", "reviewed", "review_by")
        }
        rows = (e for e in walk(self._first("footer")) if tag(e) == "div" and len(e) == 2 and tag(e[0]) == "dt")
        return {keys[label]: row[1] for row in rows if (label := words(row[0])) in keys}

    def _publisher(self) -> Value:
        element = self._first("span", "publisher")
        link = first(element, "a")
        inner = self._named("publisher")
        fields: dict[str, Value] = {"name": self._text(inner if inner is not None else element)}
        if link is not None and inner is not None and link in set(element):
            fields["url"] = link.get("href") or ""
        return fields

    # ------------------------------------------------------------------------------------------- sections and blocks

    def _section(self, element: Element) -> Value:
        own, title = element.get("id") or "", shortened(slug(words(element[0]), NAMELESS))
        self.titles[title] += 1
        count = self.titles[title]
        fields: dict[str, Value] = {"title": self._text(element[0])}
        if own != (title if count == 1 else f"{title}-{count}") and ID.fullmatch(own):
            fields = {"id": own, **fields}
        if blocks := self._blocks(element, own):
            fields["blocks"] = blocks
        if sections := tuple(self._section(inner) for inner in element if tag(inner) == "section"):
            fields["sections"] = sections
        return fields

    def _blocks(self, parent: Iterable[Element], own: str) -> tuple[Value, ...]:
        """The blocks of a section; their ids are written where they are not those of their places."""
        found: list[Value] = []
        for element in parent:
            if tag(element) == "section" or tag(element).startswith("h"):
                continue
            block = self._block(element)
            if isinstance(block, str) and element.get("id") != f"{own}-{len(found) + 1}":
                block = {"type": "paragraph", "id": element.get("id") or "", "text": block}
            elif not isinstance(block, str) and block.get("id") == f"{own}-{len(found) + 1}":
                block = {key: value for key, value in block.items() if key != "id"}
            found.append(block)
        return tuple(found)

    def _block(self, element: Element) -> str | dict[str, Value]:
        kinds: dict[str, Callable[[Element], dict[str, Value]]] = {
            "statistic": self._statistic,
            "notice": self._notice,
            "contact": self._contact,
            "quotation": self._quotation,
            "downloads": self._downloads,
            "table": self._table,
            "postal": lambda element: {"type": "address", "id": element.get("id") or "", "lines": self._lines(element)},
        }
        for name in kinds.keys() & classes(element):
            return kinds[name](element)
        match tag(element):
            case "ul" | "ol":
                return self._list(element)
            case "div" if {"do", "dont"} & classes(element):
                kind = "do" if "do" in classes(element) else "dont"
                return {"kind": kind, **self._list(element[-1])}
            case "dl":
                return {"type": "definitions", "id": element.get("id") or "", "entries": self._entries(element)}
            case "figure":
                return self._figure(element)
            case "div" if {"pictured", "sized"} & classes(element):
                return self._sized(element)
            case _:
                return self._text(element)

    def _lines(self, element: Element) -> Value:
        return tuple(self._text(line) for line in element if tag(line) == "span")

    def _list(self, element: Element) -> dict[str, Value]:
        fields: dict[str, Value] = {"type": "list"}
        if tag(element) == "ol":
            fields = {"type": "steps" if "steps" in classes(element) else "numbered"}
            fields |= {"style": "letters"} if element.get("type") == "a" else {}
            fields |= {"start": start} if (start := element.get("start")) else {}
        return {**fields, "id": element.get("id") or "", "items": tuple(self._item(item) for item in element)}

    def _item(self, element: Element) -> Value:
        text = next((inner for inner in element if tag(inner) == "p" and inner.get("id") is None), None)
        if text is None:
            return self._text(element)
        own, rest = element.get("id") or "", [inner for inner in element if inner is not text]
        fields: dict[str, Value] = {"text": self._text(text)}
        if rest and rest[0].get("id") == f"{own}-list":
            fields["items"] = tuple(self._item(item) for item in rest[0])
            rest = rest[1:]
        return {**fields, "blocks": self._blocks(rest, own)} if rest else fields

    def _quotation(self, element: Element) -> dict[str, Value]:
        own = element.get("id") or ""
        fields: dict[str, Value] = {"type": "quotation", "id": own, "text": self._text(first(element, "p"))}
        for key in ("speaker", "role"):
            if (said := self._named(f"{own}-{key}")) is not None:
                fields[key] = self._text(said)
        return fields

    def _downloads(self, element: Element) -> dict[str, Value]:
        return {"type": "downloads", "id": element.get("id") or "", "items": tuple(map(self._download, element))}

    def _download(self, element: Element) -> Value:
        link, details = first(element, "a"), first(element, "*", "details")
        fields: dict[str, Value] = {}
        if link is not None:
            fields = {"title": self._text(link), "url": link.get("href") or ""}
        known = words(details).split(", ") if details is not None else []
        count = re.search(r"\d+", known[-1]) if known else None
        if count is not None and known[-1] == pages_in_words(int(count[0]), self.words):
            fields["pages"] = count[0]
            known.pop()
        if known and SIZE.fullmatch(known[-1]):
            fields["size"] = known.pop()
        return {**fields, "format": ", ".join(known)} if known else fields

    def _entries(self, element: Element) -> Value:
        rows = (row for row in element if len(row) == 2)
        return tuple({"term": self._text(row[0]), "text": self._text(row[1])} for row in rows)

    def _notice(self, element: Element) -> dict[str, Value]:
        own = element.get("id") or ""
        kind = next(iter(classes(element) - {"notice", "information"}), "")
        fields: dict[str, Value] = {"type": "notice", "id": own, **({"kind": kind} if kind else {})}
        if (title := self._named(f"{own}-title")) is not None:
            fields["title"] = self._text(title)
        text = next((inner for inner in element if tag(inner) == "p" and inner.get("id") is None), None)
        if text is not None:
            fields["text"] = self._text(text)
        rest = [inner for inner in element if tag(inner) != "strong" and inner is not text]
        return {**fields, "blocks": self._blocks(rest, own)} if rest else fields

    def _table(self, frame: Element) -> dict[str, Value]:
        element, notes = first(frame, "table"), first(frame, "p", "source")
        (made,) = tables.table(element, self.reading) if element is not None else ({},)
        found = made.value if isinstance(made, Remarked) else made
        fields: dict[str, Value] = dict(found) if isinstance(found, Mapping) else {}
        if element is not None:
            fields = {**fields, "id": element.get("id") or ""}
        return {**fields, "notes": self._text(notes)} if notes is not None else fields

    def _figure(self, element: Element) -> dict[str, Value]:
        image, caption = first(element, "img"), first(element, "figcaption")
        source = image.get("src") or "" if image is not None else ""
        alternative = image.get("alt") or "" if image is not None else ""
        data = self.reading.image(source)
        if data is not None:
            source = _as_named(source, data)
            self.reading.images[source.removeprefix("images/")] = data
        fields: dict[str, Value] = {"type": "figure", "id": element.get("id") or "", "image": source}
        fields |= {"alternative": escaped(alternative)} if alternative else {"decorative": True}
        return {**fields, "caption": self._text(caption)} if caption is not None else fields

    def _sized(self, element: Element) -> dict[str, Value]:
        """A figure at a size, or beside its text."""
        figure, text = first(element, "figure"), next((part for part in element if tag(part) == "p"), None)
        fields = self._figure(figure) if figure is not None else {}
        size = next(iter(classes(element) - {"pictured", "sized"}), "")
        if size and not (text is not None and size == "medium"):  # which it has without being told
            fields["size"] = size
        return {**fields, "text": self._text(text)} if text is not None else fields

    def _contact(self, element: Element) -> dict[str, Value]:
        own, name = element.get("id") or "", self._text(element[0])
        fields: dict[str, Value] = {"type": "contact", "id": own, "name": name}
        about = next((child for child in element if tag(child) == "p"), None)
        if about is not None:
            fields["about"] = self._text(about)
        rows = [row for part in element if tag(part) == "dl" for row in part]
        numbers = tuple(number for row in rows for number in self._numbers(row, f"{own}-number-"))
        for row in rows:
            key = next(iter(classes(row)), "")
            if key == "address":
                fields[key] = self._lines(row[1])
            elif first(row, "span") is not None and not self._numbers(row, f"{own}-number-"):
                fields[ROWS.get(key, key)] = self._opening(row, own) or self._text(row[1])
        if numbers:
            fields["numbers"] = numbers
        if self._is_main(name, {"phone", "numbers"} & set(fields) != set()):
            fields["main"] = True
        return fields

    def _numbers(self, row: Element, place: str) -> tuple[Value, ...]:
        """Those of several numbers that stand in a row; none in another row."""
        ids = [own for span in walk(row) if (own := span.get("id") or "").startswith(place)]
        kind = NUMBERS.get(next(iter(classes(row)), ""), "phone")
        return tuple(self._number(own.removesuffix("-number"), kind) for own in ids if own.endswith("-number"))

    def _number(self, own: str, kind: str) -> Value:
        fields: dict[str, Value] = {"number": self._text(self._named(f"{own}-number"))}
        fields |= {"kind": kind} if kind != "phone" else {}
        for key in ("for", "note"):
            if (said := self._named(f"{own}-{key}")) is not None:
                fields[key] = self._text(said).removesuffix(":")
        return fields

    def _opening(self, row: Element, own: str) -> Value:
        """Days with their times; nothing for another row."""
        spans = [span for span in row[1] if (span.get("id") or "").startswith(f"{own}-opening-")]
        pairs = zip(spans[::2], spans[1::2], strict=False)
        return tuple({"days": self._text(days).removesuffix(":"), "times": self._text(times)} for days, times in pairs)

    def _is_main(self, name: str, reachable: bool) -> bool:
        """Whether the number at the head of the page is that of the contact called `name`, and not for being the only
        one."""
        head = first(self._first("p", "helpline"), "span")
        return reachable and self.reached > 1 and head is not None and self._text(head) == name

    def _statistic(self, element: Element) -> dict[str, Value]:
        picture, value = first(element, "*", "picture"), first(element, "*", "value")
        strong, period = _within(value, "strong"), _within(value, "span", "period")
        fields: dict[str, Value] = {
            "type": "statistic",
            "id": element.get("id") or "",
            "text": self._text(first(element, "p")),
        }
        source = first(element, "*", "source")
        if source is not None and len(source):
            before, _, after = self.words["source"].partition("{source}")
            fields["source"] = self._text(source[0]).removeprefix(before).removesuffix(after)
        else:
            fields["unsourced"] = True
        if strong is not None and value is not None:
            fields["value"] = words(strong)
            label = (strong.tail or "", *("" if e is period else words(e) + (e.tail or "") for e in list(value)[1:]))
            fields["label"] = folded("".join(label))
        if (bars := first(element, "div", "bars")) is not None and (compared := first(bars, "b")) is not None:
            fields |= {"compared_with": words(compared), "compared_label": folded(compared.tail or "")}
        if direction := element.get("data-direction"):
            fields["direction"] = direction
        if period is not None:
            fields["period"] = words(period)
        fields["alternative"] = (picture.get("aria-label") or "") if picture is not None else ""
        return {key: inner for key, inner in fields.items() if inner != ""}


def _as_named(source: str, data: bytes) -> str:
    """The name that an author gave to an image: without the digest that its page puts before the ending."""
    stem, _, ending = source.rpartition(".")
    name, _, digest = stem.rpartition(".")
    return f"{name}.{ending}" if digest and sha256(data).hexdigest().startswith(digest) else source


def _within(element: Element | None, name: str, kind: str = "") -> Element | None:
    return first(element, name, kind) if element is not None else None
