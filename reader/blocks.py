"""Nodes of blocks to Blocks: paragraphs, lists, tables, figures, notices, contacts; ids from places."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Literal

from model.document import (
    Block,
    BulletList,
    Contact,
    Definition,
    Definitions,
    Figure,
    ListItem,
    Money,
    Notice,
    Number,
    Paragraph,
    Percentage,
    Row,
    Sentence,
    Statistic,
    Steps,
    Table,
    Text,
    Value,
    WebAddress,
)
from model.traverse import text_of
from reader.contacts import website_instead
from reader.images import read_image
from reader.inline import fold
from reader.prose import Prose
from reader.statistics import check_statistic
from yaml_source.node import Node


class Blocks:
    """Builds the blocks of one document, in its logical order, from nodes of the right shape."""

    def __init__(self, text: Prose, folder: Path) -> None:
        self.text = text
        self.folder = folder
        self.kinds: dict[str, Callable[[Node, str], Block]] = {
            "paragraph": self._paragraph,
            "list": lambda node, own: BulletList(id=own, items=self._items(node, own), mark=node.mark),
            "steps": lambda node, own: Steps(id=own, items=self._items(node, own), mark=node.mark),
            "statistic": self._statistic,
            "table": self._table,
            "figure": self._figure,
            "notice": self.notice,
            "definitions": lambda node, own: self.definitions(node["entries"], own, node),
            "contact": self._contact,
        }

    def blocks(self, node: Node | None, parent: str) -> tuple[Block, ...]:
        """The blocks of a list, then a paragraph for what abbreviations in it still have to be explained."""
        if node is None:
            return ()
        blocks = [self._block(inner, f"{parent}-{n}") for n, inner in enumerate(node.items, 1)]
        if explanations := self.text.explanations(parent):
            own = self.text.ids.place(f"{parent}-terms")
            blocks.append(Paragraph(id=own, sentences=explanations, mark=node.mark))
        return tuple(blocks)

    def _block(self, node: Node, place: str) -> Block:
        if isinstance(node.value, str):
            own = self.text.ids.place(place)
            return Paragraph(id=own, sentences=self.text.sentences(node, own), mark=node.mark)
        return self.kinds[node["type"].text](node, self.text.ids.of_block(node, place))

    def _paragraph(self, node: Node, own: str) -> Paragraph:
        return Paragraph(id=own, sentences=self.text.sentences(node["text"], own), mark=node.mark)

    def _items(self, node: Node, own: str) -> tuple[ListItem, ...]:
        items = []
        for n, item in enumerate(node["items"].items, 1):
            item_id = self.text.ids.place(f"{own}-{n}")
            items.append(ListItem(id=item_id, sentences=self.text.sentences(item, item_id), mark=item.mark))
        return tuple(items)

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
        """Where a figure comes from, and what the abbreviations in it stand for."""
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
        caption = self.text.line(node["caption"], f"{own}-caption")
        headers = self.text.lines(node["headers"], f"{own}-header")
        rows = []
        for n, row in enumerate(node["rows"].items, 1):
            row_id = self.text.ids.place(f"{own}-row-{n}")
            cells = self.text.lines(row, row_id)
            if len(cells) != len(headers):
                self._report_length(row, len(cells), len(headers))
            rows.append(Row(id=row_id, cells=cells, mark=row.mark))
        return Table(
            id=own,
            caption=caption,
            headers=headers,
            rows=tuple(rows),
            row_headers=node.flag("row_headers"),
            mark=node.mark,
        )

    def _report_length(self, row: Node, cells: int, headers: int) -> None:
        message = f"this row has {_count(cells, 'cell')} and the table {_count(headers, 'header')}"
        hint = "Give every row a cell for each header. "
        if cells > headers:
            hint += "Within brackets, a text with a comma in it is written in quotes."
        else:
            hint += "An empty cell gets a word too, such as none."
        self.text.report_at(row)("row-length", message, hint, "")

    def _figure(self, node: Node, own: str) -> Figure:
        if ("alternative" in node) == ("decorative" in node):
            self.text.report_at(node)(
                *("no-alternative", "an image needs either `alternative` or `decorative: true`"),
                *("Write what the image says, or declare that it says nothing.", ""),
            )
        report, name = self.text.report_at(node["image"]), node["image"].text
        image = read_image(self.folder, name, lambda code, message, hint: report(code, message, hint, ""))
        return Figure(
            id=own,
            image=name,
            digest=image.digest,
            width=image.width,
            height=image.height,
            alternative=self.text.optional(node.get("alternative"), f"{own}-alternative"),
            caption=self.text.optional(node.get("caption"), f"{own}-caption"),
            mark=node.mark,
        )

    # ------------------------------------------------------------------------------------------- notices, definitions

    def notice(self, node: Node, own: str) -> Notice:
        """Something set apart: a block, or the notice at the head of the page."""
        kind: Literal["information", "warning"] = node.word("kind", "information")  # type: ignore[assignment]
        title = self.text.line(node["title"], f"{own}-title")
        return Notice(id=own, title=title, sentences=self.text.sentences(node["text"], own), kind=kind, mark=node.mark)

    def definitions(self, node: Node, own: str, whole: Node) -> Definitions:
        """Words with their meanings, which stand in the list `node` of the block `whole`."""
        entries = []
        for n, entry in enumerate(node.items, 1):
            entry_id = self.text.ids.place(f"{own}-{n}")
            term = self.text.line(entry["term"], f"{entry_id}-term")
            text = self.text.sentences(entry["text"], entry_id)
            entries.append(Definition(id=entry_id, term=term, sentences=text, mark=entry.mark))
        return Definitions(id=own, entries=tuple(entries), mark=whole.mark)

    # ------------------------------------------------------------------------------------------- contacts

    def _contact(self, node: Node, own: str) -> Contact:
        contact = Contact(
            id=own,
            name=self.text.line(node["name"], f"{own}-name"),
            about=self.text.sentences(node.get("about"), f"{own}-about"),
            phone=self._number_to_call(node, "phone", own),
            textphone=self._number_to_call(node, "textphone", own),
            email=self._email(node.get("email"), own),
            website=self.text.optional(node.get("website"), f"{own}-website"),
            address=self.text.lines(node.get("address"), f"{own}-address"),
            hours=self.text.optional(node.get("hours"), f"{own}-hours"),
            cost=self.text.optional(node.get("cost"), f"{own}-cost"),
            mark=node.mark,
        )
        if (website := contact.website) and not (
            len(website.inlines) == 1 and isinstance(website.inlines[0], WebAddress)
        ):
            text = text_of(website.inlines)
            report = self.text.report_at(node["website"])
            report("bad-contact", f"“{text}” is not a web address", website_instead(text), "")
        return contact

    def _number_to_call(self, contact: Node, key: str, own: str) -> Sentence | None:
        """Here any number is a telephone number, as short as 111 and as long as a relay's prefix makes it."""
        node = contact.get(key)
        if node is None:
            return None
        phone = self.text.known.language.dialled(fold(node.text))
        if phone is None:
            hint = self.text.known.language.contact_hint(key, fold(node.text))
            self.text.report_at(node)("bad-contact", f"“{node.text}” is not a telephone number", hint, "")
            return None
        return Sentence(id=self.text.ids.place(f"{own}-{key}"), inlines=(phone,), mark=node.mark)

    def _email(self, node: Node | None, own: str) -> Sentence | None:
        """The schema has seen that it is one."""
        if node is None:
            return None
        address = WebAddress(text=node.text, target=f"mailto:{node.text}")
        return Sentence(id=self.text.ids.place(f"{own}-email"), inlines=(address,), mark=node.mark)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
