"""Turns a Document into what one edition has of it, without the parts that its author keeps for others (`only`, `not`).

Ids and the numbers of footnotes stay the same in all editions. A link to a part that this edition lacks leads to the
page, if the page has that part and its address is known; else the link becomes plain words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from model.blocks import Block, BulletList, Lists, Notice, NumberedList, Section, Steps
from model.document import Document, LeftOut, Restriction
from model.editions import editions_of
from model.inlines import FootnoteMark, Link
from model.traverse import mapped, sentences_of, text_of, walk

PAGE: Final = "page"


def is_for(restriction: Restriction, edition: str) -> bool:
    """True if `edition` has the restricted part."""
    return edition in restriction.only if restriction.only else edition not in restriction.without


def for_edition(document: Document, edition: str) -> Document:
    """The part of the document that `edition` has. Returns the same object if that is all of it."""
    gone = {one.id for one in document.restricted if not is_for(one, edition)}
    if not gone:
        return document
    parted = without(document, gone)
    titles = tuple(_titles(document.all_sections, {sentence.id for sentence in sentences_of(parted)}))
    found_in = tuple(name for name in editions_of(document) if _has(document, name, gone))
    parted = replace(parted, left_out=LeftOut(edition=edition, titles=titles, found_in=found_in))
    return _footnotes(_links(parted, document, edition))


def without(document: Document, gone: Collection[str]) -> Document:
    """The document without the sections and blocks whose ids are in `gone`."""
    return replace(
        document,
        introduction=_blocks(document.introduction, gone),
        sections=_sections(document.sections, gone),
        related=next(iter(_sections((document.related,), gone)), None) if document.related else None,
    )


def _has(document: Document, edition: str, gone: Collection[str]) -> bool:
    """True if `edition` has everything that is in `gone`. A poster never has: it shows little of any text."""
    return edition != "poster" and all(is_for(one, edition) for one in document.restricted if one.id in gone)


def missing(document: Document, edition: str) -> tuple[str, ...]:
    """The ids of the sentences that `edition` lacks."""
    parted = for_edition(document, edition)
    if parted is document:
        return ()
    kept = {sentence.id for sentence in sentences_of(parted)}
    return tuple(sentence.id for sentence in sentences_of(document) if sentence.id not in kept)


# ---------------------------------------------------------------------------------------------------- taking out


def _sections(sections: Iterable[Section], gone: Collection[str]) -> tuple[Section, ...]:
    """The sections without the parts in `gone`. A section that is left empty is dropped."""
    found = []
    for section in sections:
        if section.id in gone:
            continue
        left = replace(section, blocks=_blocks(section.blocks, gone), sections=_sections(section.sections, gone))
        if left.blocks or left.sections:
            found.append(left)
    return tuple(found)


def _blocks(blocks: Iterable[Block], gone: Collection[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if block.id in gone:
            continue
        match block:
            case BulletList() | Steps() | NumberedList():
                found.append(_list(block, gone))
            case Notice():
                left = replace(block, blocks=_blocks(block.blocks, gone))
                found += [left] if left.sentences or left.blocks else []
            case _:
                found.append(block)
    return tuple(found)


def _list(block: Lists, gone: Collection[str]) -> Lists:
    return replace(block, items=tuple(replace(item, blocks=_blocks(item.blocks, gone)) for item in block.items))


def _titles(sections: Iterable[Section], kept: Collection[str]) -> Iterator[str]:
    """The titles of the sections that are left out whole. The sections within them are not named."""
    for section in sections:
        if section.title.id not in kept:
            yield text_of(section.title.inlines)
        else:
            yield from _titles(section.sections, kept)


# ---------------------------------------------------------------------------------------------------- links, footnotes


def _links(parted: Document, document: Document, edition: str) -> Document:
    """Mends the links to parts that are left out: they lead to the page, or become words."""
    lost = set(_ids(document)) - set(_ids(parted))
    on_page = set(_ids(parted)) if edition == PAGE else set(_ids(_page(document)))

    def lead(node: Any) -> Any:
        if isinstance(node, Link) and node.target is not None and node.target[:1] == "#" and node.target[1:] in lost:
            there = parted.url if node.target[1:] in on_page else None
            return replace(node, target=f"{there}{node.target}" if there else None)
        return mapped(node, lead)

    return lead(parted) if lost else parted


def _page(document: Document) -> Document:
    """The parts of the document that the page has. Its links are not mended."""
    gone = {one.id for one in document.restricted if not is_for(one, PAGE)}
    return replace(
        document, introduction=_blocks(document.introduction, gone), sections=_sections(document.sections, gone)
    )


def _ids(document: Document) -> Iterator[str]:
    """The ids that a link within the document may lead to: those of its sections and blocks."""

    def within(node: Any) -> Iterator[str]:
        if isinstance(node, tuple):
            for part in node:
                yield from within(part)
        elif is_dataclass(node) and not isinstance(node, type):
            if own := getattr(node, "id", ""):
                yield own
            for field in fields(node):
                yield from within(getattr(node, field.name))

    return within((document.introduction, document.all_sections, document.footnotes))


def _footnotes(parted: Document) -> Document:
    """Drops the footnotes whose markers are all gone. Where the first marker of a footnote is gone, the next becomes
    the first."""
    present = {
        mark.id: mark
        for sentence in sentences_of(replace(parted, footnotes=()))
        for mark in walk(sentence.inlines)
        if isinstance(mark, FootnoteMark)
    }
    notes, first = [], set()
    for note in parted.footnotes:
        if marks := tuple(own for own in note.marks if own in present):
            notes.append(replace(note, marks=marks))
            first.add(marks[0])

    def mark(node: Any) -> Any:
        if isinstance(node, FootnoteMark):
            return replace(node, first=node.id in first)
        return mapped(node, mark)

    if not all(present[own].first for own in first):
        parted = mark(parted)
    return replace(parted, footnotes=tuple(notes))
