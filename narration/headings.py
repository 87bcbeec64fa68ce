"""Turns a Document and its timeline into the headings of the recording: each part and each section, with its moment.

They are the chapters of every sound file, and the list beside the page's player.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.blocks import Section
from model.document import Document
from model.traverse import text_of
from narration.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and the stretch that it covers, up to the next heading of any level. `begin` and `end` are in
    samples of the whole. Level 1 is a part of the recording."""

    id: str
    title: str
    level: int
    begin: int
    end: int


def headings_of(document: Document, timeline: Timeline) -> tuple[Heading, ...]:
    """Every heading that is said, in order. Together they cover the whole recording."""
    said = {place.utterance.id: place.begin for place in timeline.places}
    sections = {section.id: section for section in document.all_sections}
    found: list[tuple[str, str, int, int]] = []
    for track in timeline.tracks:
        found.append((track.part.id, track.part.title, 1, track.begin))
        if (section := sections.get(track.part.id)) is not None:
            found += [
                (inner.id, text_of(inner.title.inlines), level, said[inner.title.id])
                for level, inner in _within(section, 2)
                if inner.title.id in said
            ]
    ends = [begin for *_, begin in found[1:]] + [timeline.length]
    return tuple(
        Heading(id=own, title=title, level=level, begin=begin, end=end)
        for (own, title, level, begin), end in zip(found, ends, strict=True)
    )


def _within(section: Section, level: int) -> Iterator[tuple[int, Section]]:
    """The sections within a section, each with its level."""
    for inner in section.sections:
        yield level, inner
        yield from _within(inner, level + 1)
