"""Turns a Document into lines of cells, laid out as UKAAF's guidance asks (B004, Braille layout).

A heading of the first level is centred; lower ones begin in cell 5. A paragraph begins in cell 3 and goes on in cell
1. An entry of a list begins in cell 1 and goes on in cell 3, two cells further in for each list that it lies within.
A table that is too wide for the page is written row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from channels.braille.louis import Cells
from channels.braille.text import cells_of, plain_cells
from languages.left_out import left_out_in_words
from model.blocks import (
    Address,
    Block,
    BulletList,
    Contact,
    Definitions,
    Downloads,
    Figure,
    Lists,
    Notice,
    NumberedList,
    Paragraph,
    Quotation,
    Row,
    Section,
    Statistic,
    Steps,
    Table,
)
from model.document import Document
from model.inlines import Sentence
from model.traverse import header_rows, marks_in, names_itself, sentences_of_block, text_of

KINDS: Final = {"phone": "telephone", "textphone": "textphone", "text": "text_number"}
"""For each kind of number, the key of the fixed words for its label."""
GAP: Final = 2
"""Blank cells between the columns of a table."""

CONTINUES: Final = '"'
"""Dot 5 at the end of a line within a word that is longer than a line (Rules of UEB, 10.13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of cells. At least `keep` lines below it must stand on the same page."""

    text: str
    keep: int = 0


class Layout:
    """Lays out one document in lines of `width` cells."""

    def __init__(self, document: Document, table: str, width: int) -> None:
        self.document = document
        self.table = table
        self.width = width
        self.words = document.words
        self.notes = {note.id: note for note in document.footnotes}

    def lines(self) -> list[Line]:
        """The whole document."""
        return list(_single_blanks(self._document()))

    def _document(self) -> Iterator[Line]:
        document = self.document
        yield from self._heading(document.title, 1)
        yield from self._paragraph((document.publisher.name,))
        yield from self._paragraph((document.summary,))
        if document.dates.as_of is not None:
            yield from self._paragraph((document.dates.as_of,))
        if document.notice is not None:
            yield from self._block(document.notice)
        yield from self._text(document.introduction)
        for section in document.all_sections:
            yield from self._section(section, 1)
        if rest := left_out_in_words(document, document.url or ""):
            yield BLANK
            yield from self._wrapped(plain_cells(rest, self.table), 2, 0)
        for sentences in (document.other_formats, document.feedback):
            yield BLANK
            yield from self._paragraph(sentences)
        yield from self._postal()
        yield BLANK
        yield from self._paragraph(document.rights)
        for change in document.changes:
            yield from self._paragraph(change.sentences)

    def _postal(self) -> Iterator[Line]:
        """The publisher's address under its name, each line as an entry."""
        document = self.document
        if document.publisher.address is None:
            return
        yield BLANK
        if not names_itself(document):
            yield from self._entry((document.publisher.name,), 0)
        yield from self._block(document.publisher.address)

    def _section(self, section: Section, level: int) -> Iterator[Line]:
        yield from self._heading(section.title, level)
        yield from self._text(section.blocks)
        for inner in section.sections:
            yield from self._section(inner, level + 1)

    def _heading(self, title: Sentence, level: int) -> Iterator[Line]:
        yield BLANK
        cells = cells_of((title,), self.table)
        if level > 1:
            yield from self._kept(cells)
            return
        lines = list(wrapped(cells, self.width - 6, 0, 0))
        for number, line in enumerate(lines):
            yield Line(text=" " * ((self.width - len(line)) // 2) + line, keep=len(lines) - number + 2)
        yield Line(text="", keep=2)

    def _kept(self, cells: Cells, more: int = 2) -> Iterator[Line]:
        """A title in cell 5. Its lines stay together, and with `more` of the lines after them."""
        lines = list(wrapped(cells, self.width, 4, 4))
        yield from (Line(text=line, keep=len(lines) - 1 - number + more) for number, line in enumerate(lines))

    def _text(self, blocks: tuple[Block, ...]) -> Iterator[Line]:
        """Blocks, each followed by its footnotes. These begin in cell 7 and go on in cell 5."""
        for block in blocks:
            yield from self._block(block)
            for mark in marks_in(sentences_of_block(block)) if self.notes else ():
                label = f"{self.words['footnote'].format(number=mark.number)}:"
                cells = cells_of(self.notes[mark.note].sentences, self.table, label)
                yield from self._wrapped(cells, 6, 4)

    def _blocks(self, blocks: tuple[Block, ...], deep: int = 0) -> Iterator[Line]:
        for block in blocks:
            yield from self._block(block, deep)

    def _block(self, block: Block, deep: int = 0) -> Iterator[Line]:
        match block:
            case Paragraph():
                yield from self._paragraph(block.sentences, deep)
            case BulletList() | Steps() | NumberedList():
                yield from self._list(block, deep)
            case Statistic():
                source = () if block.source is None else (block.source,)
                yield from self._paragraph((*block.sentences, *source, *block.notes), deep)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Notice():
                yield from self._notice(block)
            case Quotation():
                yield from self._paragraph(block.sentences, deep + 2)
                yield from self._paragraph(tuple(who for who in (block.speaker, block.role) if who), deep + 2)
            case Address():
                yield from (line for part in block.lines for line in self._entry((part,), deep))
            case Downloads():
                for download in block.items:
                    details = () if download.details is None else (download.details,)
                    yield from self._entry((download.title, *details), deep)
            case Definitions():
                for entry in block.entries:
                    yield from self._entry((entry.term,), deep)
                    yield from self._paragraph(entry.sentences, deep)
            case Contact():
                yield from self._contact(block)
            case _:
                assert_never(block)

    def _paragraph(self, sentences: tuple[Sentence, ...], deep: int = 0) -> Iterator[Line]:
        if sentences:
            yield from self._wrapped(cells_of(sentences, self.table), deep + 2, deep)

    def _entry(self, sentences: Iterable[Sentence], deep: int = 0, before: str = "") -> Iterator[Line]:
        yield from self._wrapped(cells_of(sentences, self.table, before), deep, deep + 2)

    def _wrapped(self, cells: Cells, first: int, others: int) -> Iterator[Line]:
        yield from (Line(text=line) for line in wrapped(cells, self.width, first, others))

    def _list(self, block: Lists, deep: int) -> Iterator[Line]:
        if isinstance(block, BulletList) and block.kind:
            yield from self._kept(plain_cells(self.words[block.kind], self.table))
        for number, item in enumerate(block.items):
            yield from self._entry(item.sentences, deep, _label(block, number))
            yield from self._blocks(item.blocks, deep + 2)

    def _notice(self, notice: Notice) -> Iterator[Line]:
        yield BLANK
        kind = self.words[f"notice_{notice.kind.replace('-', '_')}"]
        if notice.title is None:
            yield from self._kept(plain_cells(kind, self.table))
        elif notice.kind == "information":
            yield from (
                Line(text=line, keep=2) for line in wrapped(cells_of((notice.title,), self.table), self.width, 4, 4)
            )
        else:
            cells = cells_of((notice.title,), self.table, f"{kind}:")
            yield from self._kept(cells)
        yield from self._paragraph(notice.sentences)
        yield from self._blocks(notice.blocks)
        yield BLANK

    def _figure(self, figure: Figure) -> Iterator[Line]:
        if figure.alternative is not None:
            label = self.words["audio_picture"].partition("{")[0].strip()
            yield from self._wrapped(cells_of((figure.alternative,), self.table, label), 2, 0)
        if figure.caption is not None:
            yield from self._paragraph((figure.caption,))
        yield from self._paragraph(figure.beside)

    def _contact(self, contact: Contact) -> Iterator[Line]:
        yield BLANK
        yield from (
            Line(text=line, keep=2) for line in wrapped(cells_of((contact.name,), self.table), self.width, 4, 4)
        )
        yield from self._paragraph(contact.about)
        yield from self._labelled("telephone", contact.phone)
        yield from self._labelled("textphone", contact.textphone)
        for number in contact.numbers:
            parts = [part for part in (number.purpose, number.number, number.note) if part is not None]
            plain = number.kind == "phone" and number.purpose is not None
            yield from self._entry(parts, before="" if plain else f"{self.words[KINDS[number.kind]]}:")
        yield from self._labelled("email", contact.email)
        yield from self._labelled("website", contact.website)
        yield from (line for part in contact.address for line in self._entry((part,)))
        yield from self._labelled("hours", contact.hours)
        for opening in contact.opening:
            yield from self._entry((opening.days, opening.times))
        yield from self._labelled("cost", contact.cost)

    def _labelled(self, key: str, detail: Sentence | None) -> Iterator[Line]:
        if detail is not None:
            yield from self._entry((detail,), before=f"{self.words[key]}:")

    def _table(self, table: Table) -> Iterator[Line]:
        yield BLANK
        yield from (
            Line(text=line, keep=3) for line in wrapped(cells_of((table.caption,), self.table), self.width, 4, 4)
        )
        rows = (*table.rows, *table.footer)
        widths = self._columns(table, rows)
        yield from self._in_columns(table, rows, widths) if widths else self._row_by_row(table, rows)
        for note in table.notes:
            yield from self._paragraph((note,))
        yield BLANK

    def _columns(self, table: Table, rows: tuple[Row, ...]) -> list[int]:
        """The width of each column in cells. Empty where a row of the table does not fit on one line."""
        if table.column_groups or any(row.group is not None for row in rows):
            return []
        lines = [table.headers, *(row.cells for row in rows)]
        widths = [max(self._size(line[at]) for line in lines) for at in range(len(table.headers))]
        return widths if sum(widths) + GAP * (len(widths) - 1) <= self.width else []

    def _size(self, cell: Sentence) -> int:
        return len(cells_of((cell,), self.table).text)

    def _in_columns(self, table: Table, rows: tuple[Row, ...], widths: list[int]) -> Iterator[Line]:
        for number, line in enumerate((table.headers, *(row.cells for row in rows))):
            written = [
                cells_of((cell,), self.table).text.ljust(width) for cell, width in zip(line, widths, strict=True)
            ]
            yield Line(text=(" " * GAP).join(written).rstrip(), keep=0 if number else 2)

    def _row_by_row(self, table: Table, rows: tuple[Row, ...]) -> Iterator[Line]:
        """The headers once, in their order, then each row: its first cell, then each other cell after its header."""
        yield from self._entry([header for row in header_rows(table) for header, _, _ in row])
        for row in rows:
            if row.group is not None:
                yield from self._entry((row.group,), 4)
            seen: set[str] = set()
            for number, (header, cell) in enumerate(zip(table.headers, row.cells, strict=True)):
                if cell.id in seen:
                    continue
                seen.add(cell.id)
                before = "" if number == 0 else f"{text_of(header.inlines).rstrip(':')}:"
                yield from self._entry((cell,), 0 if number == 0 else 2, before)


BLANK: Final = Line(text="")


def _label(block: Lists, number: int) -> str:
    match block:
        case BulletList():
            return "•"
        case NumberedList(style="letters"):
            return f"({chr(ord('a') + block.start + number - 1)})"
        case Steps() | NumberedList():
            return f"{block.start + number}."
        case _:
            assert_never(block)


def wrapped(cells: Cells, width: int, first: int, others: int) -> Iterator[str]:
    """Lines of at most `width` cells. They break at blanks that hold nothing together, else within a word after dot
    5."""
    words: list[str] = [""]
    for cell, may_break in zip(cells.text, cells.breaks, strict=True):
        if may_break:
            words.append("")
        else:
            words[-1] += cell
    line, empty = " " * first, True
    for word in filter(None, words):
        rest = word
        if not empty and len(line) + 1 + len(rest) > width:
            yield line
            line, empty = " " * others, True
        while len(line) + len(rest) > width and empty:
            room = width - len(line) - 1
            yield f"{line}{rest[:room]}{CONTINUES}"
            line, rest = " " * others, rest[room:]
        line += rest if empty else f" {rest}"
        empty = False
    if not empty:
        yield line.rstrip()


def _single_blanks(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines with single blank lines instead of several, and none at the start."""
    blank = True
    for line in lines:
        if line.text or not blank:
            yield line
        blank = not line.text
