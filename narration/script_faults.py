"""Turns a Document and its script into the faults that no voice may be given, each at its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from channels.base import Settings
from languages.base import Speech, Where
from model.blocks import Table
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Abbreviation, Foreign, Inline, Mark, Term
from model.traverse import blocks_of, sentences_of, text_of, walk
from narration.blocks import NOTHING
from narration.remarks import remarks_on
from narration.script import speech_of
from narration.utterance import Utterance
from yaml_source.load import lines_of
from yaml_source.source_map import Places

MARKED_UP: Final = 200
"""How many characters longer a text may be in its source than it is shown, besides twice as long: the addresses of
links."""


class Sources:
    """Finds the words at fault in the files that they stand in. A file is read once a fault is found in it, as for
    the line that is shown with the fault."""

    def __init__(self) -> None:
        self._places: dict[str, Places] = {}

    def where(self, shown: str, mark: Mark) -> Where:
        """Tells where words of the text `shown` stand, which begins at `mark`."""

        def find(words: str) -> Mark:
            if not words or mark.line < 1:
                return mark
            if mark.file not in self._places:
                self._places[mark.file] = Places(lines_of(Path(mark.file)), mark.file)
            return self._places[mark.file].exactly(words, mark, 2 * len(shown) + MARKED_UP)

        return find


def check_script(document: Document, utterances: tuple[Utterance, ...], settings: Settings) -> tuple[Diagnostic, ...]:
    """The faults of the script, of the lexicon and of the author's `say:`, and warnings for foreign words without a
    `say:` and for the language's remarks."""
    speech, sources = speech_of(document, settings), Sources()
    told = tuple(_told(document, speech, sources))
    known = {(fault.code, fault.message) for fault in told}
    spoken = [
        fault
        for heard in utterances
        for fault in speech.faults(
            heard.own or heard.words, sources.where(heard.shown, heard.mark), heard.shown, heard.unclear
        )
        if (fault.code, fault.message) not in known
    ]
    foreign = [fault for sentence in sentences_of(document) for fault in _unsaid(sentence.inlines, sentence.mark)]
    silent = _silent_cells(document, speech, sources)
    return (*speech.diagnostics, *told, *spoken, *silent, *dict.fromkeys(foreign), *remarks_on(document, speech))


def _told(document: Document, speech: Speech, sources: Sources) -> Iterator[Diagnostic]:
    """The faults in the author's own `say:`, each once, at its own place."""
    seen = set()
    for sentence in sentences_of(document):
        for inline in walk(sentence.inlines):
            if isinstance(inline, Abbreviation | Term | Foreign) and inline.say and inline.say not in seen:
                seen.add(inline.say)
                yield from speech.faults(speech.finish(inline.say), sources.where(inline.say, inline.mark), inline.say)


def _silent_cells(document: Document, speech: Speech, sources: Sources) -> Iterator[Diagnostic]:
    """An error for each table cell of which a listener would hear nothing."""
    tables = [block for block in blocks_of(document) if isinstance(block, Table)]
    rows = [row for table in tables for row in (*table.rows, *table.footer)]
    for cell in (cell for row in rows for cell in row.cells):
        shown = text_of(cell.inlines)
        if not NOTHING.fullmatch(shown) and speech.is_silent(words := speech.words(cell.inlines)):
            yield from speech.faults(words, sources.where(shown, cell.mark), shown)


def _unsaid(inlines: tuple[Inline, ...], mark: Mark) -> Iterator[Diagnostic]:
    for inline in walk(inlines):
        if isinstance(inline, Foreign) and inline.say is None:
            yield Diagnostic(
                severity="warning",
                code="foreign-unsaid",
                message=f"“{inline.text}” ({inline.language}) will be read by the rules of the document's language",
                mark=mark,
                hint="Give it a `say:` that sounds right to a listener.",
            )
