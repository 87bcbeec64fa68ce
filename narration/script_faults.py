"""Turns a Document and its script into the faults that no voice may be given, each at its place in the source."""

from __future__ import annotations

from collections.abc import Iterator

from channels.base import Settings
from languages.base import Speech
from model.blocks import Table
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Abbreviation, Foreign, Inline, Mark, Term
from model.traverse import blocks_of, sentences_of, text_of, walk
from narration.blocks import NOTHING
from narration.remarks import remarks_on
from narration.script import speech_of
from narration.utterance import Utterance


def check_script(document: Document, utterances: tuple[Utterance, ...], settings: Settings) -> tuple[Diagnostic, ...]:
    """The faults of the script, of the lexicon and of the author's `say:`, and warnings for foreign words without a
    `say:` and for the language's remarks."""
    speech = speech_of(document, settings)
    told = tuple(_told(document, speech))
    known = {(fault.code, fault.message) for fault in told}
    spoken = [
        fault
        for heard in utterances
        for fault in speech.faults(heard.own or heard.words, heard.mark, heard.shown, heard.unclear)
        if (fault.code, fault.message) not in known
    ]
    foreign = [fault for sentence in sentences_of(document) for fault in _unsaid(sentence.inlines, sentence.mark)]
    silent = _silent_cells(document, speech)
    return (*speech.diagnostics, *told, *spoken, *silent, *dict.fromkeys(foreign), *remarks_on(document, speech))


def _told(document: Document, speech: Speech) -> Iterator[Diagnostic]:
    """The faults in the author's own `say:`, each once, at its own place."""
    seen = set()
    for sentence in sentences_of(document):
        for inline in walk(sentence.inlines):
            if isinstance(inline, Abbreviation | Term | Foreign) and inline.say and inline.say not in seen:
                seen.add(inline.say)
                yield from speech.faults(speech.finish(inline.say), inline.mark, inline.say)


def _silent_cells(document: Document, speech: Speech) -> Iterator[Diagnostic]:
    """An error for each table cell of which a listener would hear nothing."""
    tables = [block for block in blocks_of(document) if isinstance(block, Table)]
    rows = [row for table in tables for row in (*table.rows, *table.footer)]
    for cell in (cell for row in rows for cell in row.cells):
        shown = text_of(cell.inlines)
        if not NOTHING.fullmatch(shown) and speech.is_silent(words := speech.words(cell.inlines)):
            yield from speech.faults(words, cell.mark, shown)


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
