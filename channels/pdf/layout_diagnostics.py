"""Turns what was measured on laid-out pages into diagnostics at the author's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from channels.pdf.glyphs import no_glyphs
from channels.pdf.long_words import LETTERS, LONG, PARTED, SOFT_HYPHEN
from channels.pdf.markup import seen
from channels.pdf.measure import Measured, Scrap, bare, lost, missing
from channels.pdf.themed import of_theme
from model.blocks import Table
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark
from model.traverse import blocks_of, sentences_of, text_of


def marks(document: Document) -> Mapping[str, Mark]:
    """The mark of each block and sentence, by its id."""
    return dict(_marks(document))


def _marks(node: object) -> Iterator[tuple[str, Mark]]:
    if isinstance(node, tuple):
        for item in node:
            yield from _marks(item)
    elif is_dataclass(node) and not isinstance(node, Mark):
        if hasattr(node, "id") and hasattr(node, "mark"):
            yield node.id, node.mark
        for item in fields(node):
            yield from _marks(getattr(node, item.name))


def of_pages(pages: Sequence[Measured], names: Sequence[str], document: Document) -> Iterator[Diagnostic]:
    """Faults on any paper: a character without a glyph, a word wider than its line, text past the edge."""
    at = marks(document)
    first: dict[str, Mark] = {}
    for character, scrap in sorted(missing(pages), key=lambda found: found[1].id not in at):
        first.setdefault(character, at.get(scrap.id, document.mark))
    yield from no_glyphs(first, document)
    columns, in_tables = _columns(document), list[tuple[Scrap, str]]()
    for page, name in zip(pages, names, strict=True):
        for scrap in page.too_low[:1]:
            yield Diagnostic(
                severity="error",
                code="too-tall",
                message=f"what cannot be divided runs past the bottom of the {name}",
                mark=at.get(scrap.id, document.mark),
                hint="make it shorter: a picture, a contact or a row of a table stays whole",
            )
        in_tables += [(scrap, name) for scrap in page.too_wide if scrap.id in columns]
        for scrap in (scrap for scrap in page.too_wide if scrap.id not in columns):
            yield Diagnostic(
                severity="error",
                code="too-wide",
                message=f"“{seen(scrap.text).strip()}” is wider than the {name}",
                mark=at.get(scrap.id, document.mark),
                hint="use a shorter word: words, telephone numbers and amounts are not split over two lines",
            )
    yield from _wide_tables(in_tables, columns, at)
    yield from _parted(pages, names, document, at)


def _parted(
    pages: Sequence[Measured], names: Sequence[str], document: Document, at: Mapping[str, Mark]
) -> Iterator[Diagnostic]:
    """A warning for each word that is parted since it is wider than a page, and not where its author wrote a soft
    hyphen. What has no place in the source, such as a list of contents, repeats what has one."""
    ends = [
        (scrap, name)
        for page, name in zip(pages, names, strict=True)
        for scrap in (*page.scraps, *page.foot)
        if PARTED in scrap.text and scrap.id in at
    ]
    sentences = (*sentences_of(document), document.publisher.name) if ends else ()
    written = {sentence.id: text_of(sentence.inlines) for sentence in sentences}
    for scrap, name in ends:
        text = written.get(scrap.id, "")
        if SOFT_HYPHEN not in text:
            end = bare(scrap.text.split()[-1])
            begun = (LETTERS.findall(end) or [end])[-1]
            words = LONG.findall(text or " ".join(written.values()))  # a header before each cell has its table's id
            word = next((word for word in words if begun in word), begun)
            yield Diagnostic(
                severity="warning",
                code="word-parted",
                message=f"“{word}” is wider than the {name}: it is parted with a hyphen",
                mark=at[scrap.id],
                hint="Use a shorter word, or put a soft hyphen (U+00AD) in each place where it may be parted.",
            )


def _columns(document: Document) -> Mapping[str, tuple[Table, str]]:
    """The table of each cell and the name of its column, by the cell's id. Also by the id of the table, without a
    name."""
    found: dict[str, tuple[Table, str]] = {}
    for table in (block for block in blocks_of(document) if isinstance(block, Table)):
        found[table.id] = table, ""
        for column, header in enumerate(table.headers):
            cells = (header, *(row.cells[column] for row in (*table.rows, *table.footer)))
            found |= {cell.id: (table, text_of(header.inlines)) for cell in cells}
    return found


def _wide_tables(
    scraps: Sequence[tuple[Scrap, str]], columns: Mapping[str, tuple[Table, str]], at: Mapping[str, Mark]
) -> Iterator[Diagnostic]:
    """One fault for each table with words wider than the page, however many there are. It names their columns."""
    wide: dict[str, tuple[Scrap, str, dict[str, None]]] = {}
    for scrap, name in scraps:
        table, column = columns[scrap.id]
        *_, named = wide.setdefault(table.id, (scrap, name, {}))
        named |= {column: None} if column else {}
    for first, name, named in wide.values():
        table, _ = columns[first.id]
        listed = ", ".join(f"“{column}”" for column in named) or "its columns"
        yield Diagnostic(
            severity="error",
            code="too-wide",
            message=f"the table “{text_of(table.caption.inlines)}” has words wider than the {name} in {listed}",
            mark=at.get(first.id, at[table.id]),
            hint=f"the first is “{seen(first.text).strip()}”: use a shorter one, as words and amounts are not split",
        )


def of_lost(root: Any, laid_out: Any, document: Document) -> Iterator[Diagnostic]:
    """A fault for words of the HTML `root` that are drawn on no page of `laid_out`, since nothing that was written
    may be lost, or hidden by a publisher's own style sheet."""
    yield from of_theme(laid_out.pages, document)
    at = marks(document)
    for name in lost(root, laid_out.pages):
        yield Diagnostic(
            severity="error",
            code="words-lost",
            message=f"words of “{name}” have no room on any page",
            mark=at.get(name, document.mark),
            hint="make it shorter: the header of a table and its first row share a page",
        )
