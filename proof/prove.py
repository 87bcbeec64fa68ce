"""Compares what each edition says, read back from its files, with the Document: every sentence once, in order, the
same.

If a file's passages have the ids of their sentences (a page, captions), they are compared by id. A file of bare text
(a PDF in the order of its tags, a transcript, cells of braille) is read from beginning to end, and each sentence is
looked for after the one before it. A channel names the sentences that an edition moves or leaves out on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from channels.base import Departure, Passage, Proof
from model.blocks import Contact, Row, Section, Table
from model.diagnostics import OURS, Diagnostic
from model.document import Document
from model.inlines import NOWHERE, Mark, Sentence
from model.traverse import blocks_of, header_rows, sentences_of, sentences_of_footnotes, text_of
from proof.bare_text import TURNED, Drawn, bare, in_order
from proof.pictures import due_of, faults_of_pictures, statistics_of

STOPS: Final = ".?!:"
TOLD_ADDRESS: Final = re.compile(r"\((?:https?:|www\.)(?:[^()]|\([^()]*\))*\)|\([^()@]+@[^()@]+\)")
"""The address of a link, which is spoken after its words. A caption may break it anywhere."""
LABEL: Final = 8
"""The most words of a label: "Step 12:"."""
LABEL_ENDS: Final = ":.,;–—-"

LONG: Final = 24
"""Letters. A sentence this long that ends in a stop does not stand twice in a bare text by accident. Titles do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that a reader must meet once: a sentence, or a row that is spoken as one, with the ids and words of its
    `cells`. What `repeats` may stand more than once: a heading on covers and in lists of contents, a table's header
    and a cell of several rows in each row. `signs` replace the words in an edition that is not in print."""

    id: str
    text: str
    mark: Mark
    signs: str | None = None
    repeats: bool = False
    cells: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def sought(self) -> str:
        """The text that is looked for in bare text."""
        return bare(self.text if self.signs is None else self.signs)


def prove(
    document: Document,
    passages: Iterable[Passage],
    departures: Iterable[Departure],
    written: Mapping[str, str] = MappingProxyType({}),
    *,
    draws: bool = False,
) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """The units found in each file of `passages`, and the differences between the files and `document`. `written`
    says how a sentence stands in them, if that is not its text. `draws` is true if the pictures of statistics stand
    there."""
    proof: list[tuple[str, tuple[str, ...]]] = []
    found: list[Diagnostic] = []
    on_purpose, rows = tuple(departures), {row.id for row in _rows(document)}
    around = {document.publisher.name.id, *(sentence.id for sentence in document.breadcrumb)}
    notes = {sentence.id for sentence in sentences_of_footnotes(document)}  # each edition has its own place for them
    statistics = statistics_of(document)
    told = [bare(block.alternative) for block in statistics]
    for file, group in groupby(passages, key=attrgetter("file")):
        own = tuple(group)
        absent = {id_ for d in on_purpose if d.file == file and not d.stands for id_ in d.ids}
        moved = notes | {id_ for d in on_purpose if d.file == file and d.stands for id_ in d.ids}
        spoken = any(passage.id in rows for passage in own)
        due = [unit for unit in (units_spoken if spoken else units)(document) if unit.id not in absent]
        due = [replace(unit, signs=written.get(unit.id)) for unit in due] if written else due
        named = any(passage.id and passage.drawn is None for passage in own)
        own = tuple(passage for passage in own if passage.id not in around)
        if named:
            found += _by_name(file, due, own, moved)
        else:
            read = Drawn(" ".join(passage.text for passage in own), signs=bool(written))
            found += _by_text(file, due, read, moved, told)
        pictured = due_of(statistics, absent) if draws else []
        found += faults_of_pictures(file, pictured, own, moved)
        ids = (own for unit in due for own in unit.cells or (unit.id,))
        proof.append((file, (*ids, *(statistic.id for statistic in pictured))))
    return tuple(proof), tuple(found)


def units(document: Document) -> Iterator[Unit]:
    """Every sentence, in the order of all editions."""
    repeats = {document.title.id, document.summary.id, *(title.id for title in _titles(document.all_sections))}
    repeats |= {block.name.id for block in blocks_of(document) if isinstance(block, Contact)}
    tables = [block for block in blocks_of(document) if isinstance(block, Table)]
    repeats |= {header.id for table in tables for row in header_rows(table) for header, _, _ in row}
    cells = Counter(cell.id for row in _rows(document) for cell in row.cells)
    repeats |= {own for own, count in cells.items() if count > 1}
    for sentence in sentences_of(document):
        text = text_of(sentence.inlines)
        yield Unit(id=sentence.id, text=text, mark=sentence.mark, repeats=sentence.id in repeats)


def units_spoken(document: Document) -> Iterator[Unit]:
    """The same, with each row of a table as one unit, since it is spoken as one. A cell that stands for several
    belongs to the first row that has it."""
    rows = {row.id: row for row in _rows(document)}
    row_of: dict[str, str] = {}
    own_cells: dict[str, dict[str, str]] = {own: {} for own in rows}
    for row in rows.values():
        for cell in row.cells:
            if row_of.setdefault(cell.id, row.id) == row.id:
                own_cells[row.id][cell.id] = text_of(cell.inlines)
    said = set()
    for unit in units(document):
        own = row_of.get(unit.id)
        if own is None:
            yield unit
        elif own not in said:
            said.add(own)
            cells = own_cells[own]
            yield Unit(id=own, text="", mark=rows[own].mark, cells=tuple(cells), parts=tuple(cells.values()))


def _titles(sections: Iterable[Section]) -> Iterator[Sentence]:
    for section in sections:
        yield section.title
        yield from _titles(section.sections)


def _rows(document: Document) -> Iterator[Row]:
    return (row for block in blocks_of(document) if isinstance(block, Table) for row in (*block.rows, *block.footer))


# ---------------------------------------------------------------------------------------------------- by name


def _by_name(file: str, due: list[Unit], passages: tuple[Passage, ...], moved: set[str]) -> Iterator[Diagnostic]:
    wanted = {unit.id: unit for unit in due}
    said = (passage for passage in passages if passage.drawn is None)
    read = [
        (own, text)
        for own, group in groupby(said, key=attrgetter("id"))
        if own
        for text in _told(wanted.get(own), [passage.text for passage in group])
    ]
    met: dict[str, int] = {}
    for own, text in read:
        unit = wanted.get(own)
        if unit is None:
            yield _fault("sentence-stray", file, Unit(id=own, text=text, mark=NOWHERE), "is no sentence of the source")
        elif own in met:
            yield _fault("sentence-twice", file, unit, "stands there twice")
        elif not _same(unit, text):
            yield _fault("sentence-differs", file, unit, f"reads “{_short(text)}” there")
        met.setdefault(own, len(met))
    at = -1
    for unit in due:
        place = met.get(unit.id)
        if place is None:
            yield _fault("sentence-missing", file, unit, "does not stand there")
        elif unit.id not in moved:
            if place < at:
                yield _fault("sentence-moved", file, unit, "stands before what comes before it in the source")
            at = max(at, place)


def _told(unit: Unit | None, texts: list[str]) -> list[str]:
    """The texts in a row that have one name, as one: captions divide a sentence. Each by itself where several of them
    are the whole of it, which then stands there twice."""
    several = unit is not None and len(texts) > 1 and sum(_same(unit, text) for text in texts) > 1
    return texts if several else [" ".join(texts)]


def _same(unit: Unit, text: str) -> bool:
    """True if `text` says what `unit` does. A label may stand before it ("Step 12:"), and an address that is told in
    brackets behind the words of a link. Other words, but no figures, may stand in the cells of a row."""
    if unit.parts:
        return in_order([bare(part).rstrip(".:") for part in unit.parts], text)
    if unit.text == text or bare(unit.text) == bare(text):
        return True
    own_addresses = [bare(address[0]) for address in TOLD_ADDRESS.finditer(unit.text)]
    if not in_order(own_addresses, text):
        return False
    own, read = (TOLD_ADDRESS.sub("", whole) for whole in (unit.text, text))
    words = read.split()
    starts = [0, *(n for n, word in enumerate(words[:LABEL], 1) if word[-1] in LABEL_ENDS)]
    return any(bare(" ".join(words[n:])) == bare(own) for n in starts)


# ---------------------------------------------------------------------------------------------------- by text


def _by_text(file: str, due: list[Unit], drawn: Drawn, moved: set[str], told: Iterable[str]) -> Iterator[Diagnostic]:
    text, turned = drawn.text, _turned(due)
    left, at = [], 0
    for unit in due:
        words = unit.sought()
        place, end = drawn.find(words, 0 if unit.id in moved else at, turned=unit.id in turned)
        if place >= 0 and unit.id not in moved:
            left.append(text[at:place])
            at = end
        elif place < 0:
            code, how = ("sentence-missing", "does not stand there")
            if drawn.find(words, 0, turned=False)[0] >= 0:
                code, how = ("sentence-moved", "stands before what comes before it in the source")
            yield _fault(code, file, unit, how)
    between = "\0".join([*left, text[at:]])
    for words in told:
        between = between.replace(words, "\0") if words else between
    repeated = {unit.sought() for unit in due if unit.repeats}
    for unit in due:
        words, text = unit.sought(), bare(unit.text)
        whole = len(text) >= LONG and text[-1] in STOPS and words not in repeated
        if whole and unit.id not in moved and words in between:
            yield _fault("sentence-twice", file, unit, "stands there twice")


def _turned(due: list[Unit]) -> set[str]:
    """The units with letters from right to left, and those beside them, whose figures may stand in the same line."""
    own = [TURNED.search(unit.text) is not None for unit in due]
    return {unit.id for n, unit in enumerate(due) if any(own[max(n - 1, 0) : n + 2])} if any(own) else set()


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _fault(code: str, file: str, unit: Unit, how: str) -> Diagnostic:
    words = _short(unit.text or " ".join(unit.parts))
    return Diagnostic(severity="error", code=code, message=f"{file}: “{words}” {how}", mark=unit.mark, hint=OURS)
