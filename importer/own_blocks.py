"""Turns the sections and blocks of a page that this program published back into those of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
from languages.humanize import pages_in_words
from model.document import Words
from reader.ids import NAMELESS, shortened, slug

NUMBERS: Final = {"textphone": "textphone", "text_number": "text"}
"""The kinds of numbers, by the class of their row."""
ROWS: Final = {"telephone": "phone"}
"""Rows of a contact whose class differs from the key in the source."""


class Blocks:
    """Reads the blocks of the page `tree`. `fixed` are its fixed words."""

    def __init__(self, tree: Element, reading: Reading, fixed: Words) -> None:
        self.tree = tree
        self.reading = reading
        self.words = fixed
        self.titles: Counter[str] = Counter()
        """How many sections so far got their id from each title."""
        contacts = (e for e in walk(tree) if "contact" in classes(e))
        self.reached = sum(first(contact, "div", "telephone") is not None for contact in contacts)
        """The number of contacts that have a telephone number."""

    def named(self, own: str) -> Element | None:
        return next((element for element in walk(self.tree) if element.get("id") == own), None)

    def text(self, element: Element | None) -> str:
        return line(nodes_of(element), self.reading) if element is not None else ""

    def section(self, element: Element) -> Value:
        own, title = element.get("id") or "", shortened(slug(words(element[0]), NAMELESS))
        self.titles[title] += 1
        count = self.titles[title]
        fields: dict[str, Value] = {"title": self.text(element[0])}
        if own != (title if count == 1 else f"{title}-{count}") and ID.fullmatch(own):
            fields = {"id": own, **fields}
        if blocks := self.blocks(element, own):
            fields["blocks"] = blocks
        if sections := tuple(self.section(inner) for inner in element if is_section(inner)):
            fields["sections"] = sections
        return fields

    def blocks(self, parent: Iterable[Element], own: str) -> tuple[Value, ...]:
        """The blocks of a section. The id of a block is written if it differs from the one that its place would
        give, and if an author can have written it: one made from a place that was taken has two hyphens."""
        found: list[Value] = []
        for element in parent:
            if is_section(element) or tag(element).startswith("h"):
                continue
            block = self._block(element)
            given = str((element.get("id") if isinstance(block, str) else block.get("id")) or "")
            placed = given == f"{own}-{len(found) + 1}" or not ID.fullmatch(given)
            if isinstance(block, str) and not placed:
                block = {"type": "paragraph", "id": given, "text": block}
            elif not isinstance(block, str) and placed:
                block = {key: value for key, value in block.items() if key != "id"}
            found.append(block)
        return tuple(found)

    def _block(self, element: Element) -> str | dict[str, Value]:
        kinds: dict[str, Callable[[Element], dict[str, Value]]] = {
            "statistic": self._statistic,
            "notice": self.notice,
            "contact": self._contact,
            "quotation": self._quotation,
            "downloads": self._downloads,
            "table": self._table,
            "figure": self._figure,
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
                return {"type": "definitions", "id": element.get("id") or "", "entries": self.entries(element)}
            case "div" if {"pictured", "sized"} & classes(element):
                return self._sized(element)
            case _:
                return self.text(element)

    def _lines(self, element: Element) -> Value:
        return tuple(self.text(line) for line in element if tag(line) == "span")

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
            return self.text(element)
        own, rest = element.get("id") or "", [inner for inner in element if inner is not text]
        fields: dict[str, Value] = {"text": self.text(text)}
        if rest and rest[0].get("id") == f"{own}-list":
            fields["items"] = tuple(self._item(item) for item in rest[0])
            rest = rest[1:]
        return {**fields, "blocks": self.blocks(rest, own)} if rest else fields

    def _quotation(self, element: Element) -> dict[str, Value]:
        own = element.get("id") or ""
        fields: dict[str, Value] = {"type": "quotation", "id": own, "text": self.text(first(element, "p"))}
        for key in ("speaker", "role"):
            if (said := self.named(f"{own}-{key}")) is not None:
                fields[key] = self.text(said)
        return fields

    def _downloads(self, element: Element) -> dict[str, Value]:
        return {"type": "downloads", "id": element.get("id") or "", "items": tuple(map(self._download, element))}

    def _download(self, element: Element) -> Value:
        link, details = first(element, "a"), first(element, "*", "details")
        fields: dict[str, Value] = {}
        if link is not None:
            fields = {"title": self.text(link), "url": link.get("href") or ""}
        known = words(details).split(", ") if details is not None else []
        count = re.search(r"\d+", known[-1]) if known else None
        if count is not None and known[-1] == pages_in_words(int(count[0]), self.words):
            fields["pages"] = count[0]
            known.pop()
        if known and SIZE.fullmatch(known[-1]):
            fields["size"] = known.pop()
        return {**fields, "format": ", ".join(known)} if known else fields

    def entries(self, element: Element) -> Value:
        rows = (row for row in element if len(row) == 2)
        return tuple({"term": self.text(row[0]), "text": self.text(row[1])} for row in rows)

    def notice(self, element: Element) -> dict[str, Value]:
        own = element.get("id") or ""
        kind = next(iter(classes(element) - {"notice", "information"}), "")
        fields: dict[str, Value] = {"type": "notice", "id": own, **({"kind": kind} if kind else {})}
        if (title := self.named(f"{own}-title")) is not None:
            fields["title"] = self.text(title)
        text = next((inner for inner in element if tag(inner) == "p" and inner.get("id") is None), None)
        if text is not None:
            fields["text"] = self.text(text)
        rest = [inner for inner in element if tag(inner) != "strong" and inner is not text]
        return {**fields, "blocks": self.blocks(rest, own)} if rest else fields

    def _table(self, frame: Element) -> dict[str, Value]:
        element, notes = first(frame, "table"), first(frame, "p", "source")
        (made,) = tables.table(element, self.reading) if element is not None else ({},)
        found = made.value if isinstance(made, Remarked) else made
        fields: dict[str, Value] = dict(found) if isinstance(found, Mapping) else {}
        if element is not None:
            fields = {**fields, "id": element.get("id") or ""}
        return {**fields, "notes": self.text(notes)} if notes is not None else fields

    def _figure(self, element: Element) -> dict[str, Value]:
        image, caption = first(element, "img"), first(element, "*", "caption")
        source = image.get("src") or "" if image is not None else ""
        alternative = image.get("alt") or "" if image is not None else ""
        data = self.reading.image(source)
        if data is not None:
            source = _as_named(source, data)
            self.reading.images[source.removeprefix("images/")] = data
        fields: dict[str, Value] = {"type": "figure", "id": element.get("id") or "", "image": source}
        fields |= {"alternative": escaped(alternative)} if alternative else {"decorative": True}
        return {**fields, "caption": self.text(caption)} if caption is not None else fields

    def _sized(self, element: Element) -> dict[str, Value]:
        """A figure with a size, or with text beside it."""
        figure, text = first(element, "*", "figure"), next((part for part in element if tag(part) == "p"), None)
        fields = self._figure(figure) if figure is not None else {}
        size = next(iter(classes(element) - {"pictured", "sized"}), "")
        if size and not (text is not None and size == "medium"):  # medium is the default of a figure with text
            fields["size"] = size
        return {**fields, "text": self.text(text)} if text is not None else fields

    def _contact(self, element: Element) -> dict[str, Value]:
        own, name = element.get("id") or "", self.text(element[0])
        fields: dict[str, Value] = {"type": "contact", "id": own, "name": name}
        about = next((child for child in element if tag(child) == "p"), None)
        if about is not None:
            fields["about"] = self.text(about)
        rows = [row for part in element if tag(part) == "dl" for row in part]
        numbers = tuple(number for row in rows for number in self._numbers(row, f"{own}-number-"))
        for row in rows:
            key = next(iter(classes(row)), "")
            if key == "address":
                fields[key] = self._lines(row[1])
            elif first(row, "span") is not None and not self._numbers(row, f"{own}-number-"):
                fields[ROWS.get(key, key)] = self._opening(row, own) or self.text(row[1])
        if numbers:
            fields["numbers"] = numbers
        if self._is_main(words(element[0]), {"phone", "numbers"} & set(fields) != set()):
            fields["main"] = True
        return fields

    def _numbers(self, row: Element, place: str) -> tuple[Value, ...]:
        """The numbers in a row, if the contact has several; else none."""
        ids = [own for span in walk(row) if (own := span.get("id") or "").startswith(place)]
        kind = NUMBERS.get(next(iter(classes(row)), ""), "phone")
        return tuple(self._number(own.removesuffix("-number"), kind) for own in ids if own.endswith("-number"))

    def _number(self, own: str, kind: str) -> Value:
        fields: dict[str, Value] = {"number": self.text(self.named(f"{own}-number"))}
        fields |= {"kind": kind} if kind != "phone" else {}
        for key in ("for", "note"):
            if (said := self.named(f"{own}-{key}")) is not None:
                fields[key] = self.text(said).removesuffix(":")
        return fields

    def _opening(self, row: Element, own: str) -> Value:
        """The days with their times in a row; empty for a row of another kind."""
        spans = [span for span in row[1] if (span.get("id") or "").startswith(f"{own}-opening-")]
        pairs = zip(spans[::2], spans[1::2], strict=False)
        return tuple({"days": self.text(days).removesuffix(":"), "times": self.text(times)} for days, times in pairs)

    def _is_main(self, name: str, reachable: bool) -> bool:
        """True if the contact called `name` gives the number at the head of the page although other contacts have a
        number, too."""
        helpline = first(self.tree, "p", "helpline")
        number = first(helpline, "span", "phone") if helpline is not None else None
        if helpline is None or number is None:
            return False
        return reachable and self.reached > 1 and words(helpline, (number,)) == name

    def _statistic(self, element: Element) -> dict[str, Value]:
        picture, value = first(element, "*", "picture"), first(element, "*", "value")
        strong, period = _within(value, "strong"), _within(value, "span", "period")
        fields: dict[str, Value] = {
            "type": "statistic",
            "id": element.get("id") or "",
            "text": self.text(first(element, "p")),
        }
        source = first(element, "*", "source")
        if source is not None and len(source):
            before, _, after = self.words["source"].partition("{source}")
            fields["source"] = self.text(source[0]).removeprefix(before).removesuffix(after)
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


def is_section(element: Element) -> bool:
    """True for a section with a heading, which has an id. A section without one is a frame, as of a table."""
    return tag(element) == "section" and element.get("id") is not None


def _as_named(source: str, data: bytes) -> str:
    """The name that the author gave to an image: without the digest that the page puts before the ending."""
    stem, _, ending = source.rpartition(".")
    name, _, digest = stem.rpartition(".")
    return f"{name}.{ending}" if digest and sha256(data).hexdigest().startswith(digest) else source


def _within(element: Element | None, name: str, kind: str = "") -> Element | None:
    return first(element, name, kind) if element is not None else None
