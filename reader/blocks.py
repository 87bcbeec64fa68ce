"""Turns nodes of blocks into Blocks: paragraphs, lists, tables, figures, notices, contacts. Ids come from their
places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from languages.humanize import pages_in_words
from model.blocks import (
    Address,
    Block,
    BulletList,
    Contact,
    ContactNumber,
    Definition,
    Definitions,
    Download,
    Downloads,
    Figure,
    ListItem,
    Notice,
    NoticeKind,
    NumberedList,
    Opening,
    Paragraph,
    Quotation,
    Statistic,
    Steps,
    Table,
)
from model.document import Restriction
from model.inlines import Emphasis, Link, Money, Number, Percentage, Sentence, Strong, Text, Value, WebAddress
from model.traverse import text_of, walk
from reader.contacts import website_instead
from reader.images import read_image
from reader.inline import INSECURE, SAFER, fold
from reader.prose import Prose
from reader.restrictions import restriction_of
from reader.statistics import check_statistic
from reader.tables import Tables
from yaml_source.node import Node

LETTERS: Final = 26


class Blocks:
    """Builds the blocks of one document in its logical order. The schema check has made sure that the nodes have the
    right shape."""

    def __init__(self, text: Prose, folder: Path) -> None:
        self.text = text
        self.folder = folder
        self.tables = Tables(text)
        self.restricted: list[Restriction] = []
        """The sections and blocks that only some editions have."""
        self.kinds: dict[str, Callable[[Node, str], Block | None]] = {
            "paragraph": self._paragraph,
            "list": self._list,
            "steps": lambda node, own: Steps(
                id=own, items=self._items(node, own), start=int(node.word("start", "1")), mark=node.mark
            ),
            "numbered": self._numbered,
            "quotation": self._quotation,
            "address": lambda node, own: Address(id=own, lines=self.text.lines(node["lines"], own), mark=node.mark),
            "downloads": lambda node, own: Downloads(id=own, items=self._downloads(node, own), mark=node.mark),
            "statistic": self._statistic,
            "table": self._table,
            "figure": self._figure,
            "notice": self.notice,
            "definitions": lambda node, own: self.definitions(node["entries"], own, node),
            "contact": self._contact,
        }

    def blocks(self, node: Node | None, parent: str) -> tuple[Block, ...]:
        """The blocks of a list. A paragraph explains those abbreviations of a block that its texts do not explain.
        Words that lead to the next block are not parted from it."""
        if node is None:
            return ()
        blocks: list[Block] = []
        outer, self.text.followed = self.text.followed, True
        for n, inner in enumerate(node.items, 1):
            place = f"{parent}-{n}"
            with self.text.footnotes.allowed():
                block = self._block(inner, place)
            if block is not None:
                blocks.append(block)
            if _leads_on(block) and n < len(node.items):
                continue
            if explanations := self.text.explanations(place):
                own = self.text.ids.place(f"{place}-terms")
                blocks.append(Paragraph(id=own, sentences=explanations, mark=inner.mark))
        self.text.followed = outer
        return tuple(blocks)

    def _block(self, node: Node, place: str) -> Block | None:
        """One block. None where it could be made by no edition, and its fault is told."""
        if isinstance(node.value, str):
            own = self.text.ids.place(place)
            return Paragraph(id=own, sentences=self.text.sentences(node, own), mark=node.mark)
        own = self.text.ids.of_block(node, place)
        self.restricted += restriction_of(node, own)
        return self.kinds[node["type"].text](node, own)

    def _paragraph(self, node: Node, own: str) -> Paragraph:
        return Paragraph(id=own, sentences=self.text.sentences(node["text"], own), mark=node.mark)

    # ------------------------------------------------------------------------------------------- lists

    def _list(self, node: Node, own: str) -> BulletList:
        kind: Literal["", "do", "dont"] = node.word("kind")  # type: ignore[assignment]  # the schema's words
        return BulletList(id=own, items=self._items(node, own), kind=kind, mark=node.mark)

    def _numbered(self, node: Node, own: str) -> NumberedList:
        style: Literal["numbers", "letters"] = node.word("style", "numbers")  # type: ignore[assignment]
        items, start = self._items(node, own), int(node.word("start", "1"))
        if style == "letters" and (last := start + len(items) - 1) > LETTERS:
            message = f"there is no letter for item {last}: the alphabet has {LETTERS}"
            self.text.report_at(node["items"])("too-long", message, "Write `style: numbers`, or two lists.", "")
            style = "numbers"
        return NumberedList(id=own, items=items, style=style, start=start, mark=node.mark)

    def _items(self, node: Node, own: str) -> tuple[ListItem, ...]:
        return tuple(
            self._item(item, self.text.ids.place(f"{own}-{n}")) for n, item in enumerate(node["items"].items, 1)
        )

    def _item(self, node: Node, own: str) -> ListItem:
        if isinstance(node.value, str):
            return ListItem(id=own, sentences=self.text.sentences(node, own), mark=node.mark)
        sentences = self.text.sentences(node["text"], own)
        blocks: tuple[Block, ...] = ()
        if "items" in node:
            inner = self.text.ids.place(f"{own}-list")
            blocks = (BulletList(id=inner, items=self._items(node, inner), mark=node["items"].mark),)
        blocks += self.blocks(node.get("blocks"), own)
        return ListItem(id=own, sentences=sentences, blocks=blocks, mark=node.mark)

    # ------------------------------------------------------------------------------------------- quotations, downloads

    def _quotation(self, node: Node, own: str) -> Quotation:
        return Quotation(
            id=own,
            sentences=self.text.sentences(node["text"], own),
            speaker=self.text.optional(node.get("speaker"), f"{own}-speaker"),
            role=self.text.optional(node.get("role"), f"{own}-role"),
            mark=node.mark,
        )

    def _downloads(self, node: Node, own: str) -> tuple[Download, ...]:
        return tuple(
            self._download(item, self.text.ids.place(f"{own}-{n}")) for n, item in enumerate(node["items"].items, 1)
        )

    def _download(self, node: Node, own: str) -> Download:
        """A file to fetch. What is known of it is put into one line with the language's fixed words."""
        words = self.text.words
        title = self.text.line(node["title"], f"{own}-title")
        if any(isinstance(inline, Link) for inline in walk(title.inlines)):
            report = self.text.report_at(node["title"])
            report("markup-in-link", "the title is a link already", "Write its words only.", "")
        url = node["url"].text
        words_of_link = (inline for inline in walk(title.inlines) if not isinstance(inline, Strong | Emphasis | Link))
        link = Link(target=url, children=tuple(words_of_link))
        if INSECURE.match(url):
            self.text.report_at(node["url"])("insecure-link", f"“{url[:60]}” is not a safe address", SAFER, "")
        pages = int(node.word("pages", "0"))
        count = pages_in_words(pages, words)
        known = [node.word("format"), node.word("size"), count if pages else ""]
        details: Sentence | None = None
        if line := ", ".join(fold(part) for part in known if part):
            inlines = self.text.recognised(line)
            details = Sentence(id=self.text.ids.place(f"{own}-details"), inlines=inlines, mark=node.mark)
        return Download(id=own, title=replace(title, inlines=(link,)), details=details, mark=node.mark)

    # ------------------------------------------------------------------------------------------- statistics

    def _statistic(self, node: Node, own: str) -> Statistic:
        sentences = self.text.sentences(node["text"], own)
        source, notes = self._source(node, own)
        value = self._value(node["value"])
        compared = node.get("compared_with")
        direction: Literal["down", "up", "share"] | None = node.word("direction") or None  # type: ignore[assignment]
        statistic = Statistic(
            id=own,
            sentences=sentences,
            value=value or Number(text="1", value=Decimal(1)),
            label=fold(node.word("label")),
            alternative=fold(node.word("alternative")),
            compared_with=self._value(compared) if compared else None,
            compared_label=fold(node.word("compared_label")),
            direction=direction,
            period=fold(node.word("period")),
            source=source,
            notes=notes,
            mark=node.mark,
        )
        if value is not None:
            self.text.diagnostics.extend(check_statistic(statistic, node["value"].mark))
        return statistic

    def _source(self, node: Node, own: str) -> tuple[Sentence | None, tuple[Sentence, ...]]:
        """The source of a figure, and what the abbreviations in it stand for."""
        source, report = node.get("source"), self.text.report_at(node)
        if source is not None and "unsourced" in node:
            report("contradiction", "a figure with `source` and `unsourced`", "Keep one of the two.", "")
        if source is None:
            if "unsourced" not in node:
                hint = "Add `source:`, or `unsourced: true` where none is known."
                report("no-source", "a figure without its source", hint, "")
            return None, ()
        before, _, after = self.text.words["source"].partition("{source}")
        named = self.text.inlines(source)
        found = (Text(text=before), *named, Text(text=after))
        mark = self.text.places.find(text_of(named), source.mark)
        sentence = Sentence(id=self.text.ids.place(f"{own}-source"), inlines=found, mark=mark)
        self.text.heard(found)
        return sentence, self.text.explanations(own)

    def _value(self, node: Node) -> Value | None:
        read = self.text.known.language.recognise(node.text.strip())
        found = read[0] if len(read) == 1 else None
        if not isinstance(found, Money | Percentage | Number):
            message = f"“{node.text}” cannot be drawn as a figure"
            self.text.report_at(node)("bad-value", message, self.text.known.language.figure_hint(fold(node.text)), "")
            return None
        return found

    # ------------------------------------------------------------------------------------------- tables and figures

    def _table(self, node: Node, own: str) -> Table:
        return self.tables.table(node, own)

    def _figure(self, node: Node, own: str) -> Figure | None:
        """A figure. None where its image cannot be used."""
        if ("alternative" in node) == ("decorative" in node):
            self.text.report_at(node)(
                *("no-alternative", "an image needs either `alternative` or `decorative: true`"),
                *("Write what the image says, or declare that it says nothing.", ""),
            )
        report, name = self.text.report_at(node["image"]), node["image"].text
        known = len(self.text.diagnostics)
        image = read_image(self.folder, name, lambda code, message, hint: report(code, message, hint, ""))
        usable = len(self.text.diagnostics) == known
        size: Literal["", "small", "medium", "large"] = node.word("size")  # type: ignore[assignment]
        with self.text.footnotes.forbidden():  # the alternative becomes an attribute, which has no place for a marker
            alternative = self.text.optional(node.get("alternative"), f"{own}-alternative")
        figure = Figure(
            id=own,
            image=name,
            digest=image.digest,
            width=image.width,
            height=image.height,
            alternative=alternative,
            caption=self.text.optional(node.get("caption"), f"{own}-caption"),
            beside=self.text.sentences(node.get("text"), own),
            size=size,
            mark=node.mark,
        )
        return figure if usable else None

    # ------------------------------------------------------------------------------------------- notices, definitions

    def notice(self, node: Node, own: str) -> Notice:
        """A notice: a block, or the one at the head of the page."""
        kind: NoticeKind = node.word("kind", "information")  # type: ignore[assignment]  # the schema's words
        return Notice(
            id=own,
            title=self.text.optional(node.get("title"), f"{own}-title"),
            sentences=self.text.sentences(node.get("text"), own),
            kind=kind,
            blocks=self.blocks(node.get("blocks"), own),
            mark=node.mark,
        )

    def definitions(self, node: Node, own: str, whole: Node) -> Definitions:
        """Words with their meanings, from the list `node` of the block `whole`."""
        entries = []
        for n, entry in enumerate(node.items, 1):
            entry_id = self.text.ids.place(f"{own}-{n}")
            term = self.text.line(entry["term"], f"{entry_id}-term")
            text = self.text.sentences(entry["text"], entry_id)
            entries.append(Definition(id=entry_id, term=term, sentences=text, mark=entry.mark))
        return Definitions(id=own, entries=tuple(entries), mark=whole.mark)

    # ------------------------------------------------------------------------------------------- contacts

    def _contact(self, node: Node, own: str) -> Contact:
        hours = node.get("hours")
        contact = Contact(
            id=own,
            name=self.text.line(node["name"], f"{own}-name"),
            about=self.text.sentences(node.get("about"), f"{own}-about"),
            phone=self._number_to_call(node.get("phone"), "phone", own),
            textphone=self._number_to_call(node.get("textphone"), "textphone", own),
            numbers=self._numbers(node.get("numbers"), own),
            email=self._email(node.get("email"), own),
            website=self.text.optional(node.get("website"), f"{own}-website"),
            address=self.text.lines(node.get("address"), f"{own}-address"),
            hours=self.text.optional(hours if hours and not hours.items else None, f"{own}-hours"),
            opening=self._opening(hours, own),
            cost=self.text.optional(node.get("cost"), f"{own}-cost"),
            main=node.flag("main"),
            mark=node.mark,
        )
        if contact.website is not None:
            self._check_website(node["website"], contact.website)
        return contact

    def _check_website(self, node: Node, website: Sentence) -> None:
        match website.inlines:
            case (WebAddress(text=text),) if not INSECURE.match(text):
                pass
            case (WebAddress(text=text),):
                self.text.report_at(node)("insecure-link", f"“{text[:60]}” is not a safe address", SAFER, "")
            case inlines:
                text = text_of(inlines)
                self.text.report_at(node)("bad-contact", f"“{text}” is not a web address", website_instead(text), "")

    def _numbers(self, node: Node | None, own: str) -> tuple[ContactNumber, ...]:
        numbers = []
        for n, inner in enumerate(node.items if node else (), 1):
            place = self.text.ids.place(f"{own}-number-{n}")
            kind: Literal["phone", "textphone", "text"] = inner.word("kind", "phone")  # type: ignore[assignment]
            purpose = self.text.optional(inner.get("for"), f"{place}-for")
            number = self._number_to_call(inner["number"], "number", place)
            note = self.text.optional(inner.get("note"), f"{place}-note")
            if number is not None:
                numbers.append(
                    ContactNumber(id=place, number=number, kind=kind, purpose=purpose, note=note, mark=inner.mark)
                )
        return tuple(numbers)

    def _opening(self, node: Node | None, own: str) -> tuple[Opening, ...]:
        opening = []
        for n, inner in enumerate(node.items if node else (), 1):
            place = self.text.ids.place(f"{own}-opening-{n}")
            days = self.text.line(inner["days"], f"{place}-days")
            times = self.text.line(inner["times"], f"{place}-times")
            opening.append(Opening(id=place, days=days, times=times, mark=inner.mark))
        return tuple(opening)

    def _number_to_call(self, node: Node | None, key: str, own: str) -> Sentence | None:
        """A telephone number. Here any number is one, as short as 111 and as long as a relay's prefix makes it."""
        if node is None:
            return None
        phone = self.text.known.language.dialled(fold(node.text))
        if phone is None:
            hint = self.text.known.language.contact_hint(key, fold(node.text))
            self.text.report_at(node)("bad-contact", f"“{node.text}” is not a telephone number", hint, "")
            return None
        return Sentence(id=self.text.ids.place(f"{own}-{key}"), inlines=(phone,), mark=node.mark)

    def _email(self, node: Node | None, own: str) -> Sentence | None:
        """An e-mail address. The schema check has made sure that it is one."""
        if node is None:
            return None
        address = WebAddress(text=node.text, target=f"mailto:{node.text}")
        return Sentence(id=self.text.ids.place(f"{own}-email"), inlines=(address,), mark=node.mark)


def _leads_on(block: Block | None) -> bool:
    """True for words that end with a colon."""
    last = block.sentences[-1:] if isinstance(block, Paragraph) else ()
    return any(text_of(sentence.inlines).endswith(":") for sentence in last)
