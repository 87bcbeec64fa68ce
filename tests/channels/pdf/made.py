"""Turns publications into PDFs once for all tests, and reads them as a reader would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf

from channels.base import Rendering, Settings
from channels.pdf.markup import gather
from channels.pdf.reading import Surface, Tag, surfaces, tags
from channels.pdf.render import PdfChannel
from model.blocks import Block, Figure, Section
from model.document import Document
from model.inlines import Sentence
from model.traverse import (
    marks_in,
    sentences_of,
    sentences_of_block,
    sentences_of_footnotes,
    sentences_of_section,
    text_of,
)
from reader.read import read
from tests.conftest import GOLDEN, ROOT, made_once

SOURCES = {
    "seed": ROOT / "source" / "drug-related-crime" / "en.yaml",
    "everything": GOLDEN / "everything" / "source.yaml",
    "blocks": GOLDEN / "blocks" / "source.yaml",
    "naloxone": GOLDEN / "naloxone" / "en.yaml",
}
EDITIONS = (
    ("seed", "leaflet.pdf"),
    ("seed", "leaflet-office.pdf"),
    ("seed", "leaflet-print.pdf"),
    ("seed", "large-print.pdf"),
    ("everything", "large-print.pdf"),
    ("everything", "booklet.pdf"),
    ("everything", "booklet-office.pdf"),
    ("everything", "booklet-print.pdf"),
    ("blocks", "large-print.pdf"),
    ("naloxone", "flyer.pdf"),
    ("naloxone", "flyer-print.pdf"),
    ("naloxone", "factsheet.pdf"),
)
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption"}


class NoStore:
    """A store that keeps nothing."""

    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, data: bytes) -> None:
        pass


def channel() -> PdfChannel:
    return PdfChannel(Settings(), NoStore())


@cache
def publication(name: str) -> Document:
    """One of SOURCES as a document."""
    result = read(SOURCES[name])
    assert result.document is not None, result.diagnostics
    return result.document


def from_text(folder: Path, text: str) -> Document:
    """A publication written for one test."""
    path = folder / "en.yaml"
    path.write_text(text, encoding="utf-8")
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document


@cache
def rendering(name: str) -> Rendering:
    """All the channel's files for one of SOURCES."""
    return made_once(f"pdf-{name}", lambda: channel().render(publication(name), {}))


def data(name: str, path: str) -> bytes:
    """One file of a rendering."""
    return next(file.data for file in rendering(name).files if file.path == path)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def typefaces(content: bytes) -> set[str]:
    """The names of the fonts that pages are set in, without the mark of a subset."""
    with opened(content) as pdf:
        return {str(font.BaseFont).partition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}


def lines(content: bytes) -> list[tuple[str, str]]:
    """What a screen reader reads: the type and the words of each block, in the order of the tags. No spaces are
    added. A figure has its description as its words."""
    with opened(content) as pdf:
        return list(_lines(tags(pdf), surfaces(pdf)))


def _lines(tag: Tag, pages: list[Surface]) -> Iterator[tuple[str, str]]:
    if tag.type == "Figure":
        yield tag.type, str(tag.element.Alt)
    elif tag.type in BLOCKS and not any(kid.type in BLOCKS for kid in tag.kids if isinstance(kid, Tag)):
        yield tag.type, "".join(pages[page].runs[mcid].text for page, mcid in tag.words())
    else:
        for kid in tag.kids:
            if isinstance(kid, Tag):
                yield from _lines(kid, pages)


def expected(document: Document, *, leaflet: bool, related_on_back: bool = True) -> list[Sentence]:
    """Every sentence in the order of the edition. A leaflet gathers its contacts on the back."""
    everything = list(with_notes_behind(document))
    if not leaflet:
        return everything
    parts = gather(document)
    related = _sections(document.related)
    text = _sections(*parts.sections, document.glossary) + ([] if related_on_back else related)
    back = [sentence for contact in parts.contacts for sentence in sentences_of_block(contact)]
    back += _sections(*parts.contact_sections) + (related if related_on_back else [])
    moved = {sentence.id for sentence in (*text, *back, *related)}
    first = next(number for number, sentence in enumerate(everything) if sentence.id in moved)
    after = [sentence for sentence in everything[first:] if sentence.id not in moved]
    return [*everything[:first], *text, *back, *after]


def with_notes_behind(document: Document) -> Iterator[Sentence]:
    """Every sentence, with each footnote after the first sentence that it belongs to."""
    notes = {note.id: note.sentences for note in document.footnotes}
    behind = set(sentences_of_footnotes(document))
    for sentence in sentences_of(document):
        if sentence not in behind:
            yield sentence
            yield from (said for mark in marks_in([sentence]) for said in notes[mark.note])


def _sections(*sections: Section | None) -> list[Sentence]:
    return [sentence for section in sections if section is not None for sentence in sentences_of_section(section)]


def descriptions(document: Document) -> set[str]:
    """The ids of sentences that describe an image. They are words of a figure, not of the page."""
    return {
        block.alternative.id
        for block in blocks_of(document)
        if isinstance(block, Figure) and block.alternative is not None
    }


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block, in logical order."""
    yield from document.introduction
    for section in (*document.sections, document.glossary, document.related):
        if section is not None:
            yield from _blocks(section)


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for inner in section.sections:
        yield from _blocks(inner)


def plain(sentence: Sentence) -> str:
    """The words of a sentence as a PDF gives them back."""
    return text_of(sentence.inlines).replace("\u00a0", " ")
