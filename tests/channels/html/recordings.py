"""Turns a page into its stand-in recording: silence with the times of its sentences."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soundfile

from channels.base import File, Rendering
from model.blocks import Block, Section, Table
from model.document import Document
from model.inlines import Sentence
from model.traverse import blocks_of_section, sentences_of_block, text_of
from narration.timeline import Place, Timeline, Track
from narration.utterance import Part, Utterance

SPOKEN = 0.4
PAUSE = 0.1
CLOSING = 5.0
RATE = 8000


def narrated(page: Document) -> Timeline:
    """A timeline in which every sentence takes 0.4 seconds, followed by 0.1 seconds of silence. Its last part has no
    sentence of the page."""
    places, moment = [], 0.0
    for section, sentence in spoken(page):
        words = text_of(sentence.inlines)
        said = Utterance(id=sentence.id, language=page.language, words=words, shown=words, pause=PAUSE, section=section)
        begin, end = round(moment * RATE), round((moment + SPOKEN) * RATE)
        places.append(Place(utterance=said, begin=begin, end=end, sound=""))
        moment += SPOKEN + PAUSE
    sections = [*page.sections, *(s for s in (page.glossary, page.related) if s is not None)]
    titles = {"introduction": page.words["introduction"]} | {s.id: text_of(s.title.inlines) for s in sections}
    begins = {id: min(place.begin for place in places if place.utterance.section == id) for id in titles}
    titles["other-formats"], begins["other-formats"] = page.words["other_formats"], round(moment * RATE)
    length = round((moment + CLOSING) * RATE)
    tracks = tuple(
        Track(part=Part(id=id, title=title), name=id, begin=begins[id], end=until, until=until)
        for (id, title), until in zip(titles.items(), [*list(begins.values())[1:], length], strict=True)
    )
    return Timeline(language=page.language, rate=RATE, length=length, places=tuple(places), tracks=tracks)


def recording_of(page: Document) -> Rendering:
    """A silent recording as long as the timeline, with silent tracks."""
    timeline = narrated(page)
    sound = io.BytesIO()
    soundfile.write(sound, np.zeros(timeline.length, dtype="int16"), RATE, format="MP3")
    path, seconds = f"audio/{page.id}.mp3", timeline.seconds(timeline.length)
    files = (
        File(
            path=path,
            data=sound.getvalue(),
            media_type="audio/mpeg",
            role="download",
            title="Recording",
            seconds=seconds,
        ),
        File(
            path="audio/transcript.txt",
            data=b"Words\n" * 575,
            media_type="text/plain",
            role="download",
            title="Transcript",
        ),
    )
    tracks = tuple(
        File(
            path=f"audio/{track.name}.mp3",
            data=b"",
            media_type="audio/mpeg",
            role="part",
            title=track.part.title,
            seconds=timeline.seconds(track.until - track.begin),
        )
        for track in timeline.tracks
    )
    return Rendering(channel="audio", files=(*files, *tracks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A sentence of the stand-in recording, in seconds."""

    id: str
    begin: float
    end: float


def clips_of(page: Document) -> list[Clip]:
    """The sentences of the stand-in recording, in order."""
    timeline = narrated(page)
    return [
        Clip(id=p.utterance.id, begin=timeline.seconds(p.begin), end=timeline.seconds(p.end)) for p in timeline.places
    ]


def spoken(page: Document) -> list[tuple[str, Sentence]]:
    """Every sentence with its part of the recording; a row of a table is one."""
    opening = [page.title, page.summary]
    if page.notice is not None:
        opening += sentences_of_block(page.notice)
    pairs = [("introduction", sentence) for sentence in (*opening, *said(page.introduction))]
    sections: list[Section] = [*page.sections, *(s for s in (page.glossary, page.related) if s is not None)]
    for section in sections:
        pairs.append((section.id, section.title))
        pairs += [(section.id, sentence) for sentence in said(blocks_of_section(section))]
    return pairs


def said(blocks: Iterable[Block]) -> Iterator[Sentence]:
    """The sentences of some blocks as a voice says them."""
    for block in blocks:
        if isinstance(block, Table):
            yield block.caption
            for row in block.rows:
                yield Sentence(id=row.id, inlines=tuple(node for cell in row.cells for node in cell.inlines))
        else:
            yield from sentences_of_block(block)
