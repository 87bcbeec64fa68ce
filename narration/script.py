"""A Document to its script: the utterances of the recording in the order they are said, as words and pauses.

The order is that of `sentences_of`. What is said besides, to find one's way by ear ("four items", how long the
recording is), comes from the fixed words of the language and has no id, since no other edition has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias, assert_never

from channels.base import Settings
from languages.base import Speech, language_of
from languages.fixed_words import notice_word
from languages.left_out import left_out_in_words
from languages.plurals import counted
from model.diagnostics import Diagnostic
from model.document import (
    Abbreviation,
    Address,
    Ambiguous,
    Block,
    BulletList,
    Contact,
    ContactNumber,
    Definitions,
    Document,
    Downloads,
    Figure,
    Footnote,
    FootnoteMark,
    Foreign,
    Inline,
    Link,
    Lists,
    Mark,
    Notice,
    NumberedList,
    Paragraph,
    Quotation,
    Row,
    Section,
    Sentence,
    Statistic,
    Steps,
    Table,
    Term,
    Text,
    WebAddress,
)
from model.editions import chooses_print, editions_of
from model.errors import VoiceLacksLanguage
from model.traverse import blocks_of, header_rows, marks_in, sentences_of, text_of, walk
from narration.remarks import remarks_on
from narration.utterance import BLOCK, SECTION, SENTENCE, Part, Utterance, parts
from narration.voices import pace

WORDS_A_MINUTE: Final = 150
Filling: TypeAlias = str | tuple[str, str]
"""What fills a form of the fixed words: the same for ear and eye, or (as said, as shown)."""

NOTHING: Final = re.compile(r"[\s.…–—―−()-]*")
"""What is written into a cell of a table to say that there is nothing."""


def script(document: Document, settings: Settings, minutes: int | None = None) -> tuple[Utterance, ...]:
    """Everything that is said. `minutes` is how long the recording says it is; estimated from the words by default.

    Raises VoiceLacksLanguage where nobody has taught us to make words of the document's language."""
    writer = _Writer(document, speech_of(document, settings))
    if minutes is None:
        minutes = estimate(tuple(writer.recording(1)), pace(settings))
    return tuple(writer.recording(minutes))


def speech_of(document: Document, settings: Settings) -> Speech:
    """How the document's language is said. Raises VoiceLacksLanguage where nothing makes words for speech of it."""
    language = language_of(document.language)
    if language.verbalise is None:
        raise VoiceLacksLanguage(cannot_be_said(document.language), "Its page and its print can be made.")
    return language.verbalise(lexicon_of(settings, document.language))


def cannot_be_said(language: str) -> str:
    """Why a document in a language without speech has no recording."""
    return f"nothing makes words for speech in “{language}” yet"


def lexicon_of(settings: Settings, language: str) -> Path:
    """Where the lexicon of a language stands in the run's folder of lexicons."""
    return settings.lexicons / language_of(language).folder.name / "lexicon.yaml"


def estimate(utterances: tuple[Utterance, ...], part: float = 1.0) -> int:
    """Minutes that the utterances will take at a part of the usual rate, at least one."""
    words = sum(len(utterance.words.split()) for utterance in utterances)
    return whole_minutes(words * 60 / (WORDS_A_MINUTE * part) + sum(utterance.pause for utterance in utterances))


def whole_minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


def check_script(document: Document, utterances: tuple[Utterance, ...], settings: Settings) -> tuple[Diagnostic, ...]:
    """What no voice may be given, at its place in the source; words in another language that nobody says how to say."""
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
    """What is wrong with the author's own `say:`, where that stands, once."""
    seen = set()
    for sentence in sentences_of(document):
        for inline in walk(sentence.inlines):
            if isinstance(inline, Abbreviation | Term | Foreign) and inline.say and inline.say not in seen:
                seen.add(inline.say)
                yield from speech.faults(speech.finish(inline.say), inline.mark, inline.say)


def _unclear(*sentences: Sentence) -> tuple[Ambiguous, ...]:
    """The figures of some sentences that only their author knows."""
    return tuple(inline for sentence in sentences for inline in walk(sentence.inlines) if isinstance(inline, Ambiguous))


def _silent_cells(document: Document, speech: Speech) -> Iterator[Diagnostic]:
    """An error for each cell of a table that a listener would hear nothing of."""
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


class _Writer:
    """Writes the script of one document: document, sections, blocks, inlines."""

    def __init__(self, document: Document, speech: Speech) -> None:
        self.document = document
        self.speech = speech
        self.fixed = document.words
        self.section = ""
        self.notes = {note.id: note for note in document.footnotes}
        self.marks = _marks(document) if self.notes else {}

    # ------------------------------------------------------------------------------------------------ document

    def recording(self, minutes: int) -> Iterator[Utterance]:
        """All parts, each ending in the pause between sections."""
        document = self.document
        first, *middle, last = parts(document)
        yield from self._part(first, self._opening(minutes, len(middle) + 2))
        sections = [*document.sections, *(s for s in (document.glossary, document.related) if s is not None)]
        for part, section in zip(middle, sections, strict=True):
            yield from self._part(part, self._section(section))
        yield from self._part(last, self._closing())

    def _part(self, part: Part, utterances: Iterator[Utterance]) -> list[Utterance]:
        self.section = part.id
        return _ending(list(self._with_notes(utterances)), SECTION)

    def _with_notes(self, utterances: Iterator[Utterance]) -> Iterator[Utterance]:
        """What is said, each footnote directly after the first sentence or row that belongs to it."""
        for said in utterances:
            due = [self.notes[mark.note] for mark in self.marks.get(said.id, ()) if mark.note in self.notes]
            if not due:
                yield said
                continue
            yield replace(said, pause=SENTENCE)
            yield from _ending([heard for note in due for heard in self._footnote(note)], said.pause)

    def _footnote(self, note: Footnote) -> Iterator[Utterance]:
        """A note between its number and its end: a listener cannot see that it stands apart."""
        first, *rest = note.sentences
        yield self._say(first, label="audio_footnote", number=self._count(note.number))
        yield from self._sentences(tuple(rest))
        yield self._aside("audio_footnote_end")

    def _opening(self, minutes: int, count: int) -> Iterator[Utterance]:
        document = self.document
        yield self._say(document.title, pause=BLOCK)
        yield from _ending(list(self._imprint()), BLOCK)
        yield self._say(document.summary, pause=BLOCK)
        if document.dates.as_of is not None:
            yield self._say(document.dates.as_of, pause=BLOCK)
        if document.notice is not None:
            yield from self._block(document.notice)
        lasts, has = self._counted("audio_minutes", minutes), self._counted("audio_parts", count)
        yield self._aside("audio_length", pause=BLOCK, minutes=lasts, parts=has)
        yield from self._blocks(document.introduction)

    def _imprint(self) -> Iterator[Utterance]:
        """Who publishes it, which version, of when."""
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
        yield from self._sentences(document.rights)
        if document.changes:
            yield self._aside("audio_changes")
        for change in document.changes:
            yield from _ending(list(self._sentences(change.sentences)), BLOCK)
        yield self._aside("audio_end")

    def _formats(self) -> Iterator[Utterance]:
        """What the publication is besides the recording. Whether the text fits a leaflet, only its layout tells: where
        the author names no printed edition, it is one to print."""
        names = [name for name in editions_of(self.document) if name != "recording"]
        if not chooses_print(self.document):
            names = ["print" if name == "leaflet" else name for name in names]
        if names:
            formats = [self.fixed[_edition(name)] for name in names]
            yield self._aside("audio_formats", pause=BLOCK, formats=self._listed(formats))

    # ------------------------------------------------------------------------------------------------ sections

    def _section(self, section: Section) -> Iterator[Utterance]:
        yield self._say(section.title, pause=BLOCK)
        yield from self._blocks(section.blocks)
        for inner in section.sections:
            yield from _ending(list(self._section(inner)), BLOCK)

    # ------------------------------------------------------------------------------------------------ blocks

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Utterance]:
        """Blocks; "four items" is left out before a list where the words before it say "four key strands:"."""
        before = ""
        for block in blocks:
            spoken = self._block(block)
            if isinstance(block, Lists) and self._counts(before, len(block.items)):
                del spoken[0]
            yield from spoken
            before = spoken[-1].words if spoken else ""

    def _block(self, block: Block) -> list[Utterance]:
        return _ending(list(self._spoken(block)), BLOCK)

    def _spoken(self, block: Block) -> Iterator[Utterance]:
        match block:
            case Paragraph():
                yield from self._sentences(block.sentences)
            case BulletList() | Steps() | NumberedList():
                yield from self._list(block)
            case Statistic():
                yield from self._sentences(block.sentences)
                if block.source is not None:
                    yield self._say(block.source)
                yield from self._sentences(block.notes)
            case Table():
                yield from self._table(block)
            case Figure():
                if block.alternative is not None:
                    yield self._say(block.alternative, label="audio_picture")
                if block.caption is not None:
                    yield self._say(block.caption)
                yield from self._sentences(block.beside)
            case Notice():
                yield from self._notice(block)
            case Quotation():
                first, *rest = block.sentences
                yield self._say(first, label="audio_quotation")
                yield from self._sentences(tuple(rest))
                who = [part for part in (block.speaker, block.role) if part is not None]
                yield from self._sentences(tuple(who)) if who else [self._aside("audio_quotation_end")]
            case Address():
                yield from self._sentences(block.lines)
            case Downloads():
                for download in block.items:
                    yield self._reach(download.title)
                    if download.details is not None:
                        yield self._say(download.details)
            case Definitions():
                for entry in block.entries:
                    yield self._say(entry.term)
                    yield from self._sentences(entry.sentences)
            case Contact():
                yield from self._contact(block)
            case _:
                assert_never(block)

    def _notice(self, notice: Notice) -> Iterator[Utterance]:
        """A notice after what kind it is; one without a title after its kind alone."""
        if notice.title is None:
            yield self._aside(notice_word(notice.kind))
        elif notice.kind == "information":
            yield self._say(notice.title, label="audio_notice")
        else:
            yield self._say(notice.title, label="labelled", kind=self.fixed[notice_word(notice.kind)])
        yield from self._sentences(notice.sentences)
        yield from self._blocks(notice.blocks)

    def _list(self, block: Lists) -> Iterator[Utterance]:
        if len(block.items) > 1:
            said, shown = self._counted("audio_steps" if isinstance(block, Steps) else "audio_items", len(block.items))
            yield self._utterance("", self.speech.finish(said), shown, self.document.mark)
        for number, item in enumerate(block.items):
            first, *rest = item.sentences
            label, numbered = self._label(block, number, text_of(first.inlines))
            yield self._say(first, label=label, number=numbered)
            yield from self._sentences(tuple(rest))
            yield from self._blocks(item.blocks)

    def _label(self, block: Lists, number: int, words: str) -> tuple[str, Filling]:
        """The form in which item `number` (from 0) of a list is said, and its number as it is said there."""
        match block:
            case Steps():
                return "audio_step", self._count(block.start + number)
            case NumberedList(style="letters"):
                return "audio_letter", chr(ord("A") + block.start + number - 1)
            case NumberedList():
                return "audio_number", self._count(block.start + number)
            case BulletList(kind="") | BulletList(kind="dont") if block.kind == "" or self._begins("dont", words):
                return "", ""
            case BulletList():
                return f"audio_{block.kind}", ""
            case _:
                assert_never(block)

    def _begins(self, key: str, words: str) -> bool:
        """Whether an item says itself what its list is headed by."""
        return words.lower().startswith((self.fixed[key].lower(), self.fixed[f"audio_{key}"].partition(":")[0].lower()))

    def _table(self, table: Table) -> Iterator[Utterance]:
        yield self._say(table.caption, label="audio_table")
        rows, columns = self._counted("audio_rows", len(table.rows)), self._counted("audio_columns", len(table.headers))
        yield self._aside("audio_table_size", rows=rows, columns=columns)
        for header in (header for row in header_rows(table) for header, _, _ in row):
            nothing = NOTHING.fullmatch(text_of(header.inlines))
            yield self._unnamed(header) if nothing else self._say(header)
        for row in (*table.rows, *table.footer):
            if row.group is not None:
                yield self._say(row.group)
            yield self._row(table, row)
        yield from self._sentences(table.notes)

    def _unnamed(self, header: Sentence) -> Utterance:
        """A column whose header says nothing."""
        words = self.speech.finish(self.fixed["audio_no_header"])
        return self._utterance(header.id, words, text_of(header.inlines), header.mark)

    def _row(self, table: Table, row: Row) -> Utterance:
        """The row's own name first, then every cell after the header of its column."""
        said, seen, own = [], [], []
        groups = [group.title for group in table.column_groups for _ in range(group.columns)]
        for number, (header, cell) in enumerate(zip(table.headers, row.cells, strict=True)):
            over = groups[number] if groups else None
            heading, shown = text_of(header.inlines), text_of(cell.inlines)
            nothing = NOTHING.fullmatch(shown)
            words = self.fixed["audio_none"] if nothing else self.speech.words(cell.inlines)
            if table.row_headers and number == 0:
                said.append(words)
                own.append(words)
                seen.append(f"{_bare(shown)}.")
            elif NOTHING.fullmatch(heading):
                said.append(f"{_bare(words)}.")
                seen.append(f"{_bare(shown)}.")
            else:
                above = f"{_bare(self.speech.words(over.inlines))}, " if over is not None else ""
                said.append(f"{above}{_bare(self.speech.words(header.inlines))}: {_bare(words)}.")
                own.append(f"{_bare(words)}.")
                above = f"{_bare(text_of(over.inlines))}, " if over is not None else ""
                seen.append(f"{above}{_bare(heading)}: {_bare(shown)}.")
        row_said = self._utterance(row.id, " ".join(said), " ".join(seen), row.mark)
        return replace(row_said, own=" ".join(own), unclear=_unclear(*row.cells))

    def _contact(self, contact: Contact) -> Iterator[Utterance]:
        yield self._say(contact.name, label="audio_contact")
        yield from self._sentences(contact.about)
        for key, detail in (
            ("telephone", contact.phone),
            ("textphone", contact.textphone),
        ):
            if detail is not None:
                yield self._detail(key, detail)
        for number in contact.numbers:
            yield from self._number(number)
        for key, detail in (
            ("email", contact.email),
            ("website", contact.website),
        ):
            if detail is not None:
                yield self._detail(key, detail)
        for place, line in enumerate(contact.address):
            yield self._detail("address" if place == 0 else None, line)
        if contact.hours is not None:
            yield self._detail("hours", contact.hours)
        for place, opening in enumerate(contact.opening):
            yield self._detail("hours" if place == 0 else None, opening.days)
            yield self._say(opening.times)
        if contact.cost is not None:
            yield self._say(contact.cost)

    def _number(self, number: ContactNumber) -> Iterator[Utterance]:
        """One of several numbers: what it is for, the number, what to do once it answers."""
        key = {"phone": "telephone", "textphone": "textphone", "text": "text_number"}[number.kind]
        if number.purpose is not None:
            yield self._say(number.purpose)
        yield self._detail(key, number.number)
        if number.note is not None:
            yield self._say(number.note)

    def _detail(self, key: str | None, sentence: Sentence) -> Utterance:
        """A detail after its name; where the words of a link hide its address, the address too."""
        words = self.speech.words(_with_addresses(sentence.inlines, ", ", ","))
        label = f"{self.fixed[key]}: " if key else ""
        shown = text_of(_with_addresses(sentence.inlines, " (", ")"))
        spoken = self._utterance(sentence.id, label + words, label + shown, sentence.mark)
        return replace(spoken, unclear=_unclear(sentence))

    def _reach(self, sentence: Sentence) -> Utterance:
        """A sentence about whom to write to: nobody can follow a link by ear."""
        words = self.speech.words(_with_addresses(sentence.inlines, ", ", ","))
        shown = text_of(_with_addresses(sentence.inlines, " (", ")"))
        return replace(self._utterance(sentence.id, words, shown, sentence.mark), unclear=_unclear(sentence))

    # ------------------------------------------------------------------------------------------------ sentences

    def _sentences(self, sentences: tuple[Sentence, ...]) -> Iterator[Utterance]:
        for sentence in sentences:
            yield self._say(sentence)

    def _say(self, sentence: Sentence, *, pause: float = SENTENCE, label: str = "", **filling: Filling) -> Utterance:
        """A sentence, in the form ("Step two: {text}") that its block gives it."""
        form = self.fixed[label] if label else "{text}"
        said = form.format(text=self.speech.words(sentence.inlines), **_as_said(filling))
        shown = form.format(text=text_of(sentence.inlines), **_as_shown(filling))
        spoken = self._utterance(sentence.id, said, shown, sentence.mark, pause)
        return replace(spoken, unclear=_unclear(sentence))

    def _aside(self, key: str, *, pause: float = SENTENCE, **filling: Filling) -> Utterance:
        """What the recording says of itself."""
        bare = {name: _bare(text) for name, text in _as_said(filling).items()}
        said = self.speech.finish(self.fixed[key].format(**bare))
        return self._utterance("", said, self.fixed[key].format(**_as_shown(filling)), self.document.mark, pause)

    def _date(self, day: date) -> Filling:
        month = self.fixed["months"].split(", ")[day.month - 1]
        return self.speech.day(day), self.fixed["date"].format(day=day.day, month=month, year=day.year)

    def _utterance(self, own: str, words: str, shown: str, mark: Mark, pause: float = SENTENCE) -> Utterance:
        words = words[:1].upper() + words[1:]
        return Utterance(
            id=own,
            language=self.document.language,
            words=words,
            shown=shown,
            pause=pause,
            section=self.section,
            mark=mark,
        )

    def _count(self, number: int) -> Filling:
        return self.speech.count(number), str(number)

    def _counted(self, key: str, number: int) -> tuple[str, str]:
        """So many of what `key` names, as said and as shown."""
        form = counted(self.fixed, key, number)
        return form.format(count=self.speech.count(number)), form.format(count=number)

    def _counts(self, words: str, number: int) -> bool:
        """Whether `words` lead to a list and say how many things are in it."""
        return words.endswith(":") and number > 1 and f" {self.speech.count(number)} " in f" {words.lower()} "

    def _listed(self, names: list[str]) -> str:
        """ "a, b and c"."""
        return (
            self.fixed["audio_list"].format(most=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]
        )


def _marks(document: Document) -> dict[str, tuple[FootnoteMark, ...]]:
    """The markers at which a footnote is due, by the sentence or, in a table, the row in which they are said."""
    found = {sentence.id: tuple(marks_in([sentence])) for sentence in sentences_of(document)}
    for table in (block for block in blocks_of(document) if isinstance(block, Table)):
        for row in (*table.rows, *table.footer):
            found[row.id] = tuple(mark for cell in row.cells for mark in found.pop(cell.id, ()))
    return {own: marks for own, marks in found.items() if marks}


def _ending(utterances: list[Utterance], pause: float) -> list[Utterance]:
    """The utterances, the last followed by at least `pause`."""
    if utterances:
        utterances[-1] = replace(utterances[-1], pause=max(pause, utterances[-1].pause))
    return utterances


def _as_said(filling: Mapping[str, Filling]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[0] for name, text in filling.items()}


def _as_shown(filling: Mapping[str, Filling]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[1] for name, text in filling.items()}


def _with_addresses(inlines: tuple[Inline, ...], before: str, after: str) -> tuple[Inline, ...]:
    """The inlines, each link that hides an address followed by it."""
    found: list[Inline] = []
    for inline in inlines:
        found.append(inline)
        match inline:
            case Link(target=str() as target) if target.startswith(("https:", "http:", "mailto:")):
                address = target.removeprefix("mailto:")
                found += [Text(text=before), WebAddress(text=address, target=target), Text(text=after)]
            case _:
                pass
    return tuple(found)


def _bare(words: str) -> str:
    return words.rstrip(".:")


def _edition(name: str) -> str:
    return "audio_web_page" if name == "page" else f"audio_{name.replace('-', '_')}"
