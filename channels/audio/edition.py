"""A document and its takes to the files of the audio edition."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from channels.audio import captions
from channels.audio.cover import cover
from channels.audio.encode import DELAY, Chapter, Frames, encode, frame_size, split, write
from channels.base import Clip, File, Rendering, Role, Settings, Store
from model.document import Document
from model.traverse import text_of
from narration.script import script, whole_minutes
from narration.takes import Takes, record
from narration.timeline import Recording, Track, assemble
from narration.utterance import Part, Utterance, parts
from narration.voices.base import Voice

FOLDER: Final = "audio"
ISO_639: Final = {"en": "eng", "cy": "cym", "gd": "gla", "ga": "gle", "fr": "fra", "de": "deu", "pl": "pol"}
ENCODERS: Final = 2
"""Sections encoded side by side."""

LAMEENC: Final = version("lameenc")
ENCODED: Final = "1"
"""Changed when the same takes would be made into other frames."""


def make(
    document: Document, utterances: tuple[Utterance, ...], settings: Settings, voice: Voice, store: Store
) -> tuple[Rendering, Takes]:
    """The rendering of `document`, and what it was made of. The recording says how long it is: where the estimate was
    wrong by a minute, that one utterance is said anew."""
    takes = record(utterances, voice, store)
    spoken, minutes = takes.spoken, whole_minutes(_length(utterances, takes))
    told = script(document, settings, minutes)
    if told != utterances:
        utterances, takes = told, record(told, voice, store, takes.by_words)
        spoken += takes.spoken
    divided = parts(document)
    recording = assemble(utterances, takes, divided)
    frames = _encoded(recording, store)
    files = _Edition(document=document, recording=recording, parts=divided, frames=frames).files()
    count = len(takes.by_words)
    note = f"{min(spoken, count)} of {count} sentences spoken, {max(0, count - spoken)} from the store"
    return Rendering(channel="audio", files=files, clips=_clips(recording, document.id), notes=(note,)), takes


def _length(utterances: tuple[Utterance, ...], takes: Takes) -> float:
    return sum(takes.of(utterance).length / takes.rate + utterance.pause for utterance in utterances)


def _encoded(recording: Recording, store: Store) -> tuple[Frames, ...]:
    """The frames of each section: from the store where the same takes have been encoded before."""

    def one(track: Track) -> Frames:
        last = track is recording.tracks[-1]
        key = _key(recording, track, last)
        kept = store.get(key)
        if kept is not None:
            with suppress(ValueError):
                return split(kept)
        frames = encode(recording.samples(track), recording.rate)
        if not last:
            frames = frames[: (track.until - track.begin) // frame_size(recording.rate)]
        store.put(key, b"".join(frames))
        return frames

    with ThreadPoolExecutor(max_workers=ENCODERS) as pool:
        return tuple(pool.map(one, recording.tracks))


def _key(recording: Recording, track: Track, last: bool) -> str:
    """The place of a section's frames in the store: its takes and where they stand, and how frames are made."""
    placed = [(recording.takes.of(p.utterance).key, p.begin - track.begin) for p in recording.places_of(track)]
    made_from = json.dumps([ENCODED, LAMEENC, recording.rate, track.until - track.begin, last, placed])
    return hashlib.sha256(made_from.encode()).hexdigest()


def _clips(recording: Recording, publication: str) -> tuple[Clip, ...]:
    return tuple(
        Clip(
            id=place.utterance.id,
            file=f"{FOLDER}/{publication}.mp3",
            begin=captions.seconds(place.begin, recording.rate),
            end=captions.seconds(place.end, recording.rate),
            section=place.utterance.section,
            text=place.utterance.words,
        )
        for place in recording.places
        if place.utterance.id
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    document: Document
    recording: Recording
    parts: tuple[Part, ...]
    frames: tuple[Frames, ...]

    def files(self) -> tuple[File, ...]:
        """All files, the whole recording first."""
        name, fixed = self.document.id, self.document.words
        names = self.track_names()
        tracks = tuple(self.track(number) for number in range(len(names)))
        return (
            self.whole(),
            *tracks,
            self.text(f"{name}.m3u8", captions.playlist(tracks, self.title), "application/vnd.apple.mpegurl"),
            self.text(f"{name}.vtt", captions.captions(self.recording), "text/vtt"),
            self.text("transcript.txt", captions.transcript(self.recording), "text/plain", fixed["transcript"]),
            self.text("clips.json", captions.clips(self.recording, f"{name}.mp3", names), "application/json"),
        )

    def whole(self) -> File:
        chapters = tuple(
            Chapter(title=track.part.title, begin=track.begin, end=track.until) for track in self.recording.tracks
        )
        frames = [frame for section in self.frames for frame in section]
        tags, picture = self.tags(self.title), cover(self.title, self.publisher)
        data = write(frames, self.recording.rate, tags, chapters, picture)
        return self.sound(f"{self.document.id}.mp3", data, len(frames), self.document.words["recording"], "download")

    def track(self, number: int) -> File:
        """A section's frames, without most of the silence that comes before the next."""
        track, rate = self.recording.tracks[number], self.recording.rate
        count = -(-(track.end - track.begin + DELAY) // frame_size(rate))
        frames = self.frames[number][:count]
        data = write(frames, rate, self.tags(track.part.title, f"{number + 1}/{len(self.parts)}"))
        return self.sound(self.track_names()[number], data, len(frames), track.part.title, "part")

    def tags(self, title: str, number: str = "") -> dict[str, str]:
        """By FFmpeg's names. The year only where the document has a date."""
        dates = self.document.dates
        dated = dates.reviewed or dates.published
        return {
            "title": title,
            "album": self.title,
            "artist": self.publisher,
            "publisher": self.publisher,
            "track": number,
            "genre": "Speech",
            "language": ISO_639.get(self.document.language.partition("-")[0], "und"),
            "date": str(dated.year) if dated else "",
        }

    def track_names(self) -> tuple[str, ...]:
        """Numbered, so that a player that only sorts by name plays them in order."""
        width = max(2, len(str(len(self.parts))))
        return tuple(f"{number:0{width}d}-{part.id}.mp3" for number, part in enumerate(self.parts, 1))

    @property
    def title(self) -> str:
        return text_of(self.document.title.inlines)

    @property
    def publisher(self) -> str:
        return text_of(self.document.publisher.name.inlines)

    def sound(self, name: str, data: bytes, frames: int, title: str, role: Role) -> File:
        seconds = (frames * frame_size(self.recording.rate) - DELAY) / self.recording.rate
        path = f"{FOLDER}/{name}"
        return File(path=path, data=data, media_type="audio/mpeg", role=role, title=title, seconds=seconds)

    def text(self, name: str, data: str, media_type: str, title: str = "") -> File:
        role: Role = "download" if title else "asset"
        return File(path=f"{FOLDER}/{name}", data=data.encode(), media_type=media_type, role=role, title=title)
