"""Documents with their narration and recording, made once, for all tests of talking books."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from channels import CHANNELS
from channels.base import Rendering, Settings
from channels.sound_files import whole
from model.document import Document
from model.traverse import marks_in, sentences_of, sentences_of_footnotes
from narration.sound import FAINT
from narration.timeline import Timeline, timeline_of
from proof.prove import units_spoken
from reader.read import read
from tests.conftest import GOLDEN, ROOT
from tests.narration.conftest import VOICE
from tests.narration.fakes import MemoryStore

SOURCES = {
    "seed": ROOT / "source" / "drug-related-crime" / "en.yaml",
    "everything": GOLDEN / "everything" / "source.yaml",
    "blocks": GOLDEN / "blocks" / "source.yaml",
}

SPOKEN = ("narration", "audio")


@cache
def document(name: str) -> Document:
    """One of the sources, without faults."""
    path: Path = SOURCES[name]
    made = read(path).document
    assert made is not None
    return made


@cache
def kept(name: str) -> MemoryStore:
    """What the channels of one source keep."""
    return MemoryStore()


@cache
def rendering(name: str, channel: str) -> Rendering:
    """What `channel` makes of a source, its narration and its recording."""
    entry = CHANNELS[channel]
    loaded = entry.load(Settings(chosen={"voice": VOICE}), kept(name))
    before = SPOKEN[: SPOKEN.index(channel)] if channel in SPOKEN else SPOKEN
    found = loaded.render(document(name), entry.quoted({own: rendering(name, own) for own in before}, CHANNELS))
    assert found.files, found
    return found


def made(name: str, *channels: str) -> dict[str, Rendering]:
    """The renderings of narration, recording and `channels`."""
    return {channel: rendering(name, channel) for channel in (*SPOKEN, *channels)}


@cache
def timeline(name: str) -> Timeline:
    """The timeline of a source."""
    found = timeline_of(made(name))
    assert found is not None
    return found


@cache
def sound_of(track: bytes) -> whole.Heard:
    """A track as FFmpeg plays it, which heeds the Info frame."""
    return whole.hear(track)


def clips_due(name: str) -> list[tuple[int, float, float]]:
    """Where each utterance of a source is: the number of its track, and its beginning and end in it, in seconds."""
    at = timeline(name)
    return [
        (number, at.seconds(place.begin - track.begin), at.seconds(place.end - track.begin))
        for number, (track, places) in enumerate(at.divided(), 1)
        for place in places
    ]


def badly_cut(clips: Iterable[tuple[str, bytes, float, float]]) -> list[str]:
    """The clips that do not begin and end within 20 ms of their sound, or not after silence, or beyond the end of
    their track. Each is given by its element, its track, its beginning and its end."""
    found = []
    for own, track, begin, end in clips:
        sound = sound_of(track)
        first, last = round(begin * sound.rate), round(end * sound.rate)
        clip = np.abs(sound.wave[first:last])
        loud = np.flatnonzero(clip > FAINT * clip.max(initial=0))
        edge = round(0.021 * sound.rate)  # the codec adds a sample or two
        before = sound.wave[max(0, first - round(0.2 * sound.rate)) : first - round(0.02 * sound.rate)]
        if last > len(sound.wave) or not loud.size or np.abs(before).max(initial=0) >= 0.006:
            found.append(f"{own} is beyond the end, or silent, or not after silence")
        elif loud[0] > edge or len(clip) - 1 - loud[-1] > edge:
            found.append(f"{own} is {loud[0]} and {len(clip) - 1 - loud[-1]} samples within its clip")
    return found


def as_heard(document: Document) -> list[str]:
    """The ids of the spoken sentences, with each footnote after the first sentence or row that it belongs to."""
    notes = {note.id: [sentence.id for sentence in note.sentences] for note in document.footnotes}
    behind = {sentence.id for sentence in sentences_of_footnotes(document)}
    sentences = {sentence.id: sentence for sentence in sentences_of(document)}
    found: list[str] = []
    for unit in units_spoken(document):
        if unit.id not in behind:
            found.append(unit.id)
            marks = marks_in(sentences[own] for own in unit.cells or (unit.id,))
            found += [own for mark in marks for own in notes[mark.note]]
    return found
