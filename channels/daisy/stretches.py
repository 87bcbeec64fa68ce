"""Turns chapters into stretches: what is heard under one heading, up to the next. Each is a SMIL file of the book."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from channels.elements.chapters import Chapter, Spoken, headings
from model.document import Document
from model.traverse import text_of

DEEPEST = 6
"""XHTML has six levels of headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Par:
    """An element of the text, and the clip of the track in which it is heard, in seconds. What is for the ear alone
    is a par of the sentence beside it: some players lose the second clip of a par. `note` is the number of its
    footnote, 0 where it belongs to none. `begins` is true for the first par of a footnote."""

    id: str
    begin: float
    end: float
    note: int = 0
    begins: bool = False

    @property
    def seconds(self) -> float:
        """The length of its clip, whose ends are rounded to the thousandth as they are written."""
        return round(self.end, 3) - round(self.begin, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Everything under one heading, with its sound in `track`."""

    number: int
    level: int
    title: str
    track: str
    pars: tuple[Par, ...]

    @property
    def name(self) -> str:
        """The name of its SMIL file."""
        return f"s{self.number:04d}.smil"

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return round(sum(par.seconds for par in self.pars), 3)


def track_name(number: int) -> str:
    """The name of a track in the book."""
    return f"a{number:04d}.mp3"


def stretches(document: Document, chapters: Iterable[Chapter]) -> tuple[Stretch, ...]:
    """The book, cut at its headings, in order."""
    notes = {s.id: (note.number, n == 0) for note in document.footnotes for n, s in enumerate(note.sentences)}
    found: list[Stretch] = []
    for number, chapter in enumerate(chapters, 1):
        for level, title, pars in _cut(chapter, notes):
            place, track = len(found) + 1, track_name(number)
            found.append(Stretch(number=place, level=level, title=title, track=track, pars=tuple(pars)))
    return tuple(found)


def _cut(chapter: Chapter, notes: dict[str, tuple[int, bool]]) -> Iterator[tuple[int, str, list[Par]]]:
    """The level and the title of each heading of a chapter, and what is heard up to the next."""
    titles, before = _titles(chapter), ""
    begun: list[tuple[int, str, list[Par]]] = []
    for heard in chapter.heard:
        new = heard.id != before
        if new and heard.id in titles:
            begun.append((*titles[heard.id], []))
        note, first = notes.get(heard.id, (0, False))
        begun[-1][2].append(Par(id=heard.id, begin=heard.begin, end=heard.end, note=note, begins=first and new))
        before = heard.id
    return iter(begun)


def _titles(chapter: Chapter) -> dict[str, tuple[int, str]]:
    """The level and the words of each heading, by the id of its sentence."""
    if chapter.section is not None:
        return {s.title.id: (min(depth, DEEPEST), text_of(s.title.inlines)) for depth, s in headings(chapter.section)}
    first = chapter.lines[0]
    return {first.id: (1, first.text.rstrip(".:") if isinstance(first, Spoken) else chapter.title)}


def headings_in(cut: Iterable[Stretch]) -> Collection[str]:
    """The ids of the sentences that are headings of the book."""
    return {stretch.pars[0].id for stretch in cut}
