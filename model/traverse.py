"""Turns a Document into its words, inlines, blocks and sentences, in the logical order that all editions share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Final, TypeGuard, TypeVar, assert_never

from model.blocks import (
    Address,
    Block,
    BulletList,
    Contact,
    Definitions,
    Downloads,
    Figure,
    Notice,
    NumberedList,
    Paragraph,
    Quotation,
    Section,
    Statistic,
    Steps,
    Table,
)
from model.document import Document
from model.inlines import Emphasis, FootnoteMark, Inline, Link, Sentence, Strong, Text

T = TypeVar("T")
WITH_CHILDREN: Final = (Strong, Emphasis, Link)


def is_text(inlines: tuple[Inline, ...]) -> TypeGuard[tuple[Text]]:
    """True if `inlines` are one text. Most sentences are, and asking takes a third of the time of walking."""
    return len(inlines) == 1 and type(inlines[0]) is Text


def text_of(inlines: tuple[Inline, ...]) -> str:
    """The words of `inlines` as written, without markup."""
    if len(inlines) == 1 and type(inlines[0]) is Text:  # is_text, asked five hundred times a page
        return inlines[0].text
    return "".join([text_of(one.children) if isinstance(one, WITH_CHILDREN) else one.text for one in inlines])


def count(inlines: tuple[Inline, ...]) -> int:
    """The number of `inlines`, and of the inlines within them."""
    return len(inlines) + sum([count(one.children) for one in inlines if isinstance(one, WITH_CHILDREN)])


def walk(inlines: tuple[Inline, ...]) -> Sequence[Inline]:
    """Every inline, each followed by the inlines within it."""
    if is_text(inlines):
        return inlines
    found: list[Inline] = []
    for inline in inlines:
        found.append(inline)
        if isinstance(inline, WITH_CHILDREN):
            found += walk(inline.children)
    return found


def marks_in(sentences: Iterable[Sentence]) -> Iterator[FootnoteMark]:
    """The first marker of each footnote in some sentences. That is where the note itself is due."""
    for sentence in sentences:
        yield from (mark for mark in walk(sentence.inlines) if isinstance(mark, FootnoteMark) and mark.first)


def prose(sentences: tuple[Sentence, ...]) -> str:
    """The words of some sentences, with one space between sentences."""
    return " ".join(text_of(sentence.inlines) for sentence in sentences)


def sentences_of_block(block: Block) -> Iterator[Sentence]:
    """Every sentence of a block, in logical order."""
    match block:
        case Paragraph():
            yield from block.sentences
        case BulletList() | Steps() | NumberedList():
            for item in block.items:
                yield from item.sentences
                yield from sentences_of_blocks(item.blocks)
        case Statistic():
            yield from block.sentences
            if block.source is not None:
                yield block.source
            yield from block.notes
        case Table():
            yield from _of_table(block)
        case Figure():
            yield from (s for s in (block.alternative, block.caption, *block.beside) if s is not None)
        case Notice():
            if block.title is not None:
                yield block.title
            yield from block.sentences
            yield from sentences_of_blocks(block.blocks)
        case Quotation():
            yield from block.sentences
            yield from (s for s in (block.speaker, block.role) if s is not None)
        case Address():
            yield from block.lines
        case Downloads():
            for download in block.items:
                yield download.title
                if download.details is not None:
                    yield download.details
        case Definitions():
            for entry in block.entries:
                yield entry.term
                yield from entry.sentences
        case Contact():
            yield block.name
            yield from block.about
            numbers = [part for one in block.numbers for part in (one.purpose, one.number, one.note)]
            reach = (block.phone, block.textphone, *numbers, block.email, block.website)
            opening = [part for one in block.opening for part in (one.days, one.times)]
            details = (*reach, *block.address, block.hours, *opening, block.cost)
            yield from (s for s in details if s is not None)
        case _:
            assert_never(block)


def header_rows(table: Table) -> list[list[tuple[Sentence, int, int]]]:
    """The one or two rows of a table's headers. Each header comes with the number of columns and of rows that it
    spans. A column in no group has a header that spans both rows."""
    if not table.column_groups:
        return [[(header, 1, 1) for header in table.headers]]
    first: list[tuple[Sentence, int, int]] = []
    second: list[tuple[Sentence, int, int]] = []
    at = 0
    for group in table.column_groups:
        within = table.headers[at : at + group.columns]
        at += group.columns
        if group.title is None:
            first += [(header, 1, 2) for header in within]
        else:
            first.append((group.title, group.columns, 1))
            second += [(header, 1, 1) for header in within]
    return [row for row in (first, second) if row]


def _of_table(table: Table) -> Iterator[Sentence]:
    """A table's caption, headers, rows and notes. A cell that repeats another is yielded once."""
    yield table.caption
    yield from (header for row in header_rows(table) for header, _, _ in row)
    seen: set[str] = set()
    for row in (*table.rows, *table.footer):
        if row.group is not None:
            yield row.group
        for cell in row.cells:
            if cell.id not in seen:
                seen.add(cell.id)
                yield cell
    yield from table.notes


def sentences_of_blocks(blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    """Every sentence of some blocks, in logical order."""
    for block in blocks:
        yield from sentences_of_block(block)


def all_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, each followed by the blocks within it."""
    for block in blocks:
        yield block
        match block:
            case BulletList() | Steps() | NumberedList():
                for item in block.items:
                    yield from all_blocks(item.blocks)
            case Notice():
                yield from all_blocks(block.blocks)
            case _:
                pass


def blocks_of_section(section: Section) -> Iterator[Block]:
    """Every block of a section and of the sections within it, in logical order."""
    yield from all_blocks(section.blocks)
    for inner in section.sections:
        yield from blocks_of_section(inner)


def _remembering(walked: Callable[[Document], Iterator[T]]) -> Callable[[Document], tuple[T, ...]]:
    """`walked`, which remembers what it found in the two latest documents: a dozen checks and writers ask of each."""
    latest: tuple[tuple[Document, tuple[T, ...]], ...] = ()

    @wraps(walked)
    def found_in(document: Document) -> tuple[T, ...]:
        nonlocal latest
        for known, found in latest:
            if known is document:
                return found
        found = tuple(walked(document))
        latest = ((document, found), *latest[:1])
        return found

    return found_in


@_remembering
def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of a document, in logical order."""
    yield from all_blocks(document.introduction)
    for section in document.all_sections:
        yield from blocks_of_section(section)


def sentences_of_section(section: Section) -> Iterator[Sentence]:
    """The heading of a section, its blocks and the sections within, in logical order."""
    yield section.title
    yield from sentences_of_blocks(section.blocks)
    for inner in section.sections:
        yield from sentences_of_section(inner)


def sentences_of_footnotes(document: Document) -> Iterator[Sentence]:
    """The sentences of all footnotes. They stand at the end of the text, or wherever it suits an edition."""
    for note in document.footnotes:
        yield from note.sentences


@_remembering
def sentences_of(document: Document) -> Iterator[Sentence]:
    """Every sentence that the author wrote, in the logical order that all editions keep. Each edition must contain
    them."""
    yield document.title
    yield document.summary
    if document.dates.as_of is not None:
        yield document.dates.as_of
    if document.notice is not None:
        yield from sentences_of_block(document.notice)
    yield from sentences_of_blocks(document.introduction)
    for section in document.all_sections:
        if section is document.related:
            yield from sentences_of_footnotes(document)
        yield from sentences_of_section(section)
    if document.related is None:
        yield from sentences_of_footnotes(document)
    yield from document.other_formats
    yield from document.feedback
    if document.publisher.address is not None:
        yield from document.publisher.address.lines
    yield from document.rights
    for change in document.changes:
        yield from change.sentences


def names_itself(document: Document) -> bool:
    """True if the first line of the publisher's address has the publisher's name, which then need not stand above."""
    name, address = document.publisher.name, document.publisher.address
    return address is not None and has_name(text_of(address.lines[0].inlines), text_of(name.inlines))


def has_name(line: str, name: str) -> bool:
    """True if `line` has `name` as whole words. Bath is not named by Bathgate House."""
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", line.casefold()) is not None


def mapped(node: Any, change: Any) -> Any:
    """A node with `change` applied to each of its parts. Returns the same object where nothing changed."""
    if isinstance(node, tuple):
        made = tuple(change(part) for part in node)
        return node if all(a is b for a, b in zip(made, node, strict=True)) else made
    parts = ((name, getattr(node, name)) for name in getattr(type(node), "__slots__", ()))
    changed = {name: made for name, part in parts if not isinstance(part, str) and (made := change(part)) is not part}
    return replace(node, **changed) if changed else node
