"""Turns a Document and its timeline into the chapters of a book: the tracks of the recording, each with what is said in
it.

What only the recording says has no sentence. At the front and at the end it is part of the book ("Published by",
"This recording lasts"). Between blocks ("four items") it is for the ear alone: a book plays it with the sentence
beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from channels.base import File, Rendering
from languages.fixed_words import notice_word
from model.blocks import Block, Notice, Section
from model.document import Document
from model.inlines import Sentence
from model.traverse import blocks_of, sentences_of, sentences_of_block, text_of
from narration.timeline import Place, Timeline, Track

HEARD: Final = "Heard-"
SAID: Final = "Said-"
"""How the ids of what only the recording says begin. No id of a document has a capital letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A stretch of a track, in seconds of it, and the id of the element that it speaks. What is for the ear alone has
    the id of the sentence beside it."""

    id: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words at the front or the end of a book that only the recording says. They are no sentence of the document."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: a section of the document, or the front or the end, whose `lines` stand before its `blocks`. The
    notice of a page stands among the lines, where it is said."""

    track: Track
    title: str
    heard: tuple[Heard, ...]
    lines: tuple[Sentence | Spoken | Notice, ...] = ()
    blocks: tuple[Block, ...] = ()
    section: Section | None = None

    @property
    def seconds(self) -> float:
        """How many seconds of the chapter are heard, without the pauses."""
        return sum(heard.end - heard.begin for heard in self.heard)


def tracks_of(timeline: Timeline | None, made: Mapping[str, Rendering]) -> dict[str, File]:
    """The tracks of the recording by their names, in order. Empty where they were not made."""
    parts = {PurePosixPath(file.path).stem: file for r in made.values() for file in r.files if file.role == "part"}
    names = [track.name for track in timeline.tracks] if timeline is not None else []
    return {name: parts[name] for name in names} if set(names) <= parts.keys() else {}


def chapters(document: Document, timeline: Timeline) -> tuple[Chapter, ...]:
    """The chapters in order: the front, each section, the end."""
    (first, opening), *middle, (last, closing) = timeline.divided()
    sections = {section.id: section for section in document.all_sections}
    begun = _begun_by_their_kind(document)
    return (
        _front(document, timeline, first, opening, begun),
        *(
            Chapter(
                track=track,
                title=track.part.title,
                heard=tuple(_heard(timeline, track, place, own) for place, own in _beside(places, begun)),
                section=sections[track.part.id],
            )
            for track, places in middle
        ),
        _end(document, timeline, last, closing),
    )


def _begun_by_their_kind(document: Document) -> dict[str, str]:
    """The first sentences of notices without a title, and the kind that the recording says before each."""
    found: dict[str, str] = {}
    for block in blocks_of(document):
        if isinstance(block, Notice) and block.title is None:
            first = next(sentences_of_block(block), None)
            found |= {first.id: document.words[notice_word(block.kind)]} if first is not None else {}
    return found


def _beside(places: Iterable[Place], begun: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    """Each place with the id of its sentence. What is for the ear alone has that of the sentence before it. The kind
    of a notice, and what follows it, have that of the sentence with which the notice begins."""
    before, waiting = "", list[Place]()
    for place in places:
        own = place.utterance.id
        if not own:
            waiting.append(place)
            continue
        kinds = [n for n, one in enumerate(waiting) if own in begun and one.utterance.shown.startswith(begun[own])]
        starts = 0 if not before else kinds[-1] if kinds else len(waiting)
        yield from ((one, before if n < starts else own) for n, one in enumerate(waiting))
        yield place, own
        before, waiting = own, []
    yield from ((one, before) for one in waiting)


def _front(
    document: Document, timeline: Timeline, track: Track, places: tuple[Place, ...], begun: Mapping[str, str]
) -> Chapter:
    """The front: the title, the publisher, the summary, and what comes before the first section."""
    own = {s.id: s for s in (document.title, document.summary, document.dates.as_of) if s is not None}
    within = _end_of_lines([place.utterance.id for place in places], own.keys() | _ids_of_notice(document))
    lines: list[Sentence | Spoken | Notice] = []
    heard = []
    for place in places[:within]:
        said = place.utterance
        if said.id in own:
            lines.append(own[said.id])
        elif said.id and document.notice not in lines and document.notice is not None:
            lines.append(document.notice)
        elif not said.id:
            lines.append(Spoken(id=f"{HEARD}{len(lines)}", text=said.shown))
        heard.append(_heard(timeline, track, place, said.id or f"{HEARD}{len(lines) - 1}"))
    heard += [_heard(timeline, track, place, beside) for place, beside in _beside(places[within:], begun)]
    return Chapter(
        track=track,
        title=text_of(document.title.inlines),
        heard=tuple(heard),
        lines=tuple(lines),
        blocks=document.introduction,
    )


def _end_of_lines(ids: Sequence[str], above: Collection[str]) -> int:
    """How many utterances come before the introduction, of all that are said at the front. The last of them says how
    long the recording is. More without a sentence belong to what the introduction begins with."""
    end = next((n for n, own in enumerate(ids) if own and own not in above), len(ids))
    while end > 1 and not ids[end - 1] and not ids[end - 2]:
        end -= 1
    return end


def _ids_of_notice(document: Document) -> set[str]:
    return {s.id for s in sentences_of_block(document.notice)} if document.notice is not None else set()


def _end(document: Document, timeline: Timeline, track: Track, places: tuple[Place, ...]) -> Chapter:
    """The end: how to get other formats, where to write to, whose rights these are."""
    own = {sentence.id: sentence for sentence in sentences_of(document)}
    lines = tuple(
        own.get(place.utterance.id) or Spoken(id=f"{SAID}{n}", text=place.utterance.shown)
        for n, place in enumerate(places)
    )
    heard = tuple(_heard(timeline, track, place, line.id) for place, line in zip(places, lines, strict=True))
    return Chapter(track=track, title=track.part.title, heard=heard, lines=lines)


def _heard(timeline: Timeline, track: Track, place: Place, own: str) -> Heard:
    begin, end = (timeline.seconds(moment - track.begin) for moment in (place.begin, place.end))
    return Heard(id=own, begin=begin, end=end)


def headings(section: Section, depth: int = 1) -> Iterator[tuple[int, Section]]:
    """A section and those within it, each with its depth."""
    yield depth, section
    for inner in section.sections:
        yield from headings(inner, depth + 1)
