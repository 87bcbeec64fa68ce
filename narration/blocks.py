"""Turns blocks and sentences into utterances: what is said of a table, a list or a contact, and what is shown
meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from languages.base import Speech
from languages.fixed_words import notice_word, says_kind
from languages.plurals import counted
from model.blocks import (
    Address,
    Block,
    BulletList,
    Contact,
    ContactNumber,
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
from model.inlines import Ambiguous, Inline, Link, Mark, Sentence, Text, WebAddress
from model.traverse import header_rows, is_text, text_of, walk
from narration.utterance import BLOCK, SENTENCE, Utterance

Filling: TypeAlias = str | tuple[str, str]
"""The text that fills a gap in the fixed words: one text for ear and eye, or (as said, as shown)."""

NOTHING: Final = re.compile(r"[\s._…–—―−()-]*")
"""Matches what people write into a cell of a table to say that there is nothing."""


class BlockWriter:
    """Writes the utterances of a document's sections, blocks and sentences. `section` is the id of the part being
    written."""

    def __init__(self, document: Document, speech: Speech) -> None:
        self.document = document
        self.speech = speech
        self.fixed = document.words
        self.section = ""

    def _section(self, section: Section) -> Iterator[Utterance]:
        yield self._say(section.title, pause=BLOCK)
        yield from self._blocks(section.blocks)
        for inner in section.sections:
            yield from ending(list(self._section(inner)), BLOCK)

    # ------------------------------------------------------------------------------------------------ blocks

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Utterance]:
        """The utterances of blocks. A list's "four items" is left out where the words before the list say "four key
        strands:"."""
        before = ""
        for block in blocks:
            spoken = self._block(block)
            if isinstance(block, Lists) and self._counts(before, len(block.items)):
                del spoken[0]
            yield from spoken
            before = spoken[-1].words if spoken else ""

    def _block(self, block: Block) -> list[Utterance]:
        return ending(list(self._spoken(block)), BLOCK)

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
        """The utterances of a notice. Its kind comes first, unless the title says it."""
        if notice.title is None:
            yield self._aside(notice_word(notice.kind))
        elif says_kind(self.fixed, notice.kind, text_of(notice.title.inlines)):
            yield self._say(notice.title)
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
        """The form in which item `number` (from 0) of a list is said, and the number that fills the form."""
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
        """True if an item already says what the heading of its list says."""
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
        """The utterance for a column whose header says nothing."""
        words = self.speech.finish(self.fixed["audio_no_header"])
        return self._utterance(header.id, words, text_of(header.inlines), header.mark)

    def _row(self, table: Table, row: Row) -> Utterance:
        """The utterance of a row: its name, then every cell after the header of its column."""
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
        """The utterances for one of several numbers: what it is for, the number, what to do once it answers."""
        key = {"phone": "telephone", "textphone": "textphone", "text": "text_number"}[number.kind]
        if number.purpose is not None:
            yield self._say(number.purpose)
        yield self._detail(key, number.number)
        if number.note is not None:
            yield self._say(number.note)

    def _detail(self, key: str | None, sentence: Sentence) -> Utterance:
        """A detail after its name. Where a link's words hide an address, the address follows."""
        words = self.speech.words(_with_addresses(sentence.inlines, ", ", ","))
        label = f"{self.fixed[key]}: " if key else ""
        shown = text_of(_with_addresses(sentence.inlines, " (", ")"))
        spoken = self._utterance(sentence.id, label + words, label + shown, sentence.mark)
        return replace(spoken, unclear=_unclear(sentence))

    def _reach(self, sentence: Sentence) -> Utterance:
        """A sentence that tells readers where to turn. Addresses of links are spoken, since nobody can follow a link
        by ear."""
        words = self.speech.words(_with_addresses(sentence.inlines, ", ", ","))
        shown = text_of(_with_addresses(sentence.inlines, " (", ")"))
        return replace(self._utterance(sentence.id, words, shown, sentence.mark), unclear=_unclear(sentence))

    # ------------------------------------------------------------------------------------------------ sentences

    def _sentences(self, sentences: tuple[Sentence, ...]) -> Iterator[Utterance]:
        for sentence in sentences:
            yield self._say(sentence)

    def _say(self, sentence: Sentence, *, pause: float = SENTENCE, label: str = "", **filling: Filling) -> Utterance:
        """A sentence in the form ("Step two: {text}") that its block gives it."""
        said, shown = self.speech.words(sentence.inlines), text_of(sentence.inlines)
        if label:
            form = self.fixed[label]
            said = form.format(text=said, **_as_said(filling))
            shown = form.format(text=shown, **_as_shown(filling))
        spoken = self._utterance(sentence.id, said, shown, sentence.mark, pause)
        unclear = _unclear(sentence)
        return replace(spoken, unclear=unclear) if unclear else spoken

    def _aside(self, key: str, *, pause: float = SENTENCE, **filling: Filling) -> Utterance:
        """An utterance of the recording about itself, such as its length. It has no id."""
        bare = {name: _bare(text) for name, text in _as_said(filling).items()}
        said = self.speech.finish(self.fixed[key].format(**bare))
        return self._utterance("", said, self.fixed[key].format(**_as_shown(filling)), self.document.mark, pause)

    def _date(self, day: date) -> Filling:
        month = self.fixed["months"].split(", ")[day.month - 1]
        return self.speech.day(day), self.fixed["date"].format(day=day.day, month=month, year=day.year)

    def _utterance(self, own: str, words: str, shown: str, mark: Mark, pause: float = SENTENCE) -> Utterance:
        if not words[1:2].isupper():  # eBay is no EBay
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
        """The form of `key` for this number, as said and as shown."""
        form = counted(self.fixed, key, number)
        return form.format(count=self.speech.count(number)), form.format(count=number)

    def _counts(self, words: str, number: int) -> bool:
        """True if `words` lead to a list and already say how many things are in it."""
        return words.endswith(":") and number > 1 and f" {self.speech.count(number)} " in f" {words.lower()} "

    def _listed(self, names: Sequence[str]) -> str:
        """Names as a list in words: "a, b and c"."""
        return (
            self.fixed["audio_list"].format(most=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]
        )


def _unclear(*sentences: Sentence) -> tuple[Ambiguous, ...]:
    """The figures of some sentences that only the author understands."""
    return tuple(
        inline
        for sentence in sentences
        if not is_text(sentence.inlines)
        for inline in walk(sentence.inlines)
        if isinstance(inline, Ambiguous)
    )


def ending(utterances: list[Utterance], pause: float) -> list[Utterance]:
    """The utterances. The last one is followed by a pause of at least `pause` seconds."""
    if utterances and utterances[-1].pause < pause:
        utterances[-1] = replace(utterances[-1], pause=pause)
    return utterances


def _as_said(filling: Mapping[str, Filling]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[0] for name, text in filling.items()}


def _as_shown(filling: Mapping[str, Filling]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[1] for name, text in filling.items()}


def _with_addresses(inlines: tuple[Inline, ...], before: str, after: str) -> tuple[Inline, ...]:
    """The inlines. After each link whose words hide an address, the address follows."""
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
