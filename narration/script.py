"""Turns a Document into its script: the utterances of the recording in the order in which they are said.

The order is that of `sentences_of`. What is said besides, so that listeners find their way ("four items", how long
the recording is), comes from the fixed words of the language. It has no id, since no other edition has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from channels.base import Settings
from languages.base import Speech, language_of
from languages.edition_names import called
from languages.left_out import left_out_in_words
from model.blocks import Table
from model.document import Document, Footnote
from model.editions import chooses_print, editions_of
from model.errors import VoiceLacksLanguage
from model.inlines import FootnoteMark
from model.traverse import blocks_of, marks_in, names_itself, sentences_of, text_of
from narration.blocks import BlockWriter, ending
from narration.utterance import BLOCK, SECTION, SENTENCE, Part, Utterance, parts
from narration.voices import pace

WORDS_A_MINUTE: Final = 150


def script(document: Document, settings: Settings, minutes: int | None = None) -> tuple[Utterance, ...]:
    """Everything that is said. `minutes` is how long the recording says it is; by default it is estimated from the
    words. Raises VoiceLacksLanguage if the document's language cannot be spoken."""
    writer = _Writer(document, speech_of(document, settings))
    said = (*writer.opening(), *writer.after_opening())
    if minutes is None:
        minutes = estimate(said, pace(settings))
    return tuple(writer.with_minutes(said, minutes))


def speech_of(document: Document, settings: Settings) -> Speech:
    """The speech of the document's language. Raises VoiceLacksLanguage if that cannot be spoken."""
    language = language_of(document.language)
    if language.verbalise is None:
        raise VoiceLacksLanguage(cannot_be_said(document.language), "Its page and its print can be made.")
    return language.verbalise(lexicon_of(settings, document.language))


def cannot_be_said(language: str) -> str:
    """The message that a document in this language has no recording."""
    return f"nothing makes words for speech in “{language}” yet"


def lexicon_of(settings: Settings, language: str) -> Path:
    """The path of a language's lexicon in the run's folder of lexicons."""
    return settings.lexicons / language_of(language).folder.name / "lexicon.yaml"


def estimate(utterances: tuple[Utterance, ...], part: float = 1.0) -> int:
    """The number of minutes that the utterances will take at `part` of the usual rate. At least one."""
    words = sum(len(utterance.words.split()) for utterance in utterances)
    return whole_minutes(words * 60 / (WORDS_A_MINUTE * part) + sum(utterance.pause for utterance in utterances))


def whole_minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


class _Writer(BlockWriter):
    """Writes the script of one document: its opening and closing, its parts, and footnotes where they are due."""

    def __init__(self, document: Document, speech: Speech) -> None:
        super().__init__(document, speech)
        self.notes = {note.id: note for note in document.footnotes}
        self.marks = _marks(document) if self.notes else {}

    def opening(self) -> list[Utterance]:
        """The utterances of the first part, which says that the recording lasts a minute: nobody knows yet."""
        return self._part(parts(self.document)[0], self._opening())

    def with_minutes(self, said: tuple[Utterance, ...], minutes: int) -> Iterator[Utterance]:
        """The utterances, with the true length in the one that says it."""
        draft, true = self._length(1), self._length(minutes)
        for one in said:
            is_it = not one.id and one.words == draft.words
            yield replace(one, words=true.words, shown=true.shown) if is_it else one

    def _length(self, minutes: int) -> Utterance:
        """The utterance that says how long the recording is."""
        lasts, has = self._counted("audio_minutes", minutes), self._counted("audio_parts", len(parts(self.document)))
        return self._aside("audio_length", pause=BLOCK, minutes=lasts, parts=has)

    def after_opening(self) -> Iterator[Utterance]:
        """The utterances of all other parts. Each ends with the pause between sections."""
        document = self.document
        _, *middle, last = parts(document)
        sections = [*document.sections, *(s for s in (document.glossary, document.related) if s is not None)]
        for part, section in zip(middle, sections, strict=True):
            yield from self._part(part, self._section(section))
        yield from self._part(last, self._closing())

    def _part(self, part: Part, utterances: Iterator[Utterance]) -> list[Utterance]:
        self.section = part.id
        return ending(list(self._with_notes(utterances)), SECTION)

    def _with_notes(self, utterances: Iterator[Utterance]) -> Iterator[Utterance]:
        """The utterances, with each footnote directly after the first sentence or row that marks it."""
        for said in utterances:
            due = [self.notes[mark.note] for mark in self.marks.get(said.id, ()) if mark.note in self.notes]
            if not due:
                yield said
                continue
            yield replace(said, pause=SENTENCE)
            yield from ending([heard for note in due for heard in self._footnote(note)], said.pause)

    def _footnote(self, note: Footnote) -> Iterator[Utterance]:
        """A note between its number and its end. Both are said, since a listener cannot see that it stands apart."""
        first, *rest = note.sentences
        yield self._say(first, label="audio_footnote", number=self._count(note.number))
        yield from self._sentences(tuple(rest))
        yield self._aside("audio_footnote_end")

    def _opening(self) -> Iterator[Utterance]:
        document = self.document
        yield self._say(document.title, pause=BLOCK)
        yield from ending(list(self._imprint()), BLOCK)
        yield self._say(document.summary, pause=BLOCK)
        if document.dates.as_of is not None:
            yield self._say(document.dates.as_of, pause=BLOCK)
        if document.notice is not None:
            yield from self._block(document.notice)
        yield self._length(1)
        yield from self._blocks(document.introduction)

    def _imprint(self) -> Iterator[Utterance]:
        """The publisher, the version and the dates."""
        document, dates = self.document, self.document.dates
        name = document.publisher.name
        publisher = (self.speech.words(name.inlines), text_of(name.inlines))
        yield replace(self._aside("audio_publisher", publisher=publisher), mark=name.mark)
        if document.version:
            version = self.speech.words(document.version_inlines)
            yield self._aside("audio_version", version=(version, document.version))
        for key, moment in (
            ("published", dates.published),
            ("reviewed", dates.reviewed),
            ("review_by", dates.review_by),
        ):
            if moment is not None:
                yield self._aside("audio_date", what=self.fixed[key], date=self._date(moment))

    def _closing(self) -> Iterator[Utterance]:
        document = self.document
        yield self._aside("audio_other_formats", pause=BLOCK)
        yield from map(self._reach, document.other_formats)
        if not document.other_formats:
            yield from self._formats()
        if rest := left_out_in_words(document, document.url or ""):
            told = self.speech.words(language_of(document.language).recognise(rest))
            yield self._utterance("", told, rest, document.mark, BLOCK)
        if document.url:
            address = (self.speech.address(document.url), document.url)
            yield self._aside("audio_address", pause=BLOCK, address=address)
        yield from map(self._reach, document.feedback)
        yield from self._postal()
        yield from self._sentences(document.rights)
        if document.changes:
            yield self._aside("audio_changes")
        for change in document.changes:
            yield from ending(list(self._sentences(change.sentences)), BLOCK)
        yield self._aside("audio_end")

    def _postal(self) -> Iterator[Utterance]:
        """The publisher's name and postal address, as a contact's."""
        document = self.document
        if document.publisher.address is None:
            return
        if not names_itself(document):
            name = document.publisher.name
            said = (self.speech.words(name.inlines), text_of(name.inlines))
            yield replace(self._aside("audio_contact", text=said), mark=name.mark)
        for place, line in enumerate(document.publisher.address.lines):
            yield self._detail("address" if place == 0 else None, line)

    def _formats(self) -> Iterator[Utterance]:
        """The other editions of the publication. Only the layout tells whether a text fits a leaflet; so where the
        author names no printed edition, it is called "print"."""
        names = [name for name in editions_of(self.document) if name != "recording"]
        if not chooses_print(self.document):
            names = ["print" if name == "leaflet" else name for name in names]
        if formats := called(names, self.fixed):
            yield self._aside("audio_formats", pause=BLOCK, formats=self._listed(formats))

    # ------------------------------------------------------------------------------------------------ sections


def _marks(document: Document) -> dict[str, tuple[FootnoteMark, ...]]:
    """The markers at which a footnote is due, by the id of the sentence or, in a table, of the row that is spoken."""
    found = {sentence.id: tuple(marks_in([sentence])) for sentence in sentences_of(document)}
    for table in (block for block in blocks_of(document) if isinstance(block, Table)):
        for row in (*table.rows, *table.footer):
            found[row.id] = tuple(mark for cell in row.cells for mark in found.pop(cell.id, ()))
    return {own: marks for own, marks in found.items() if marks}
