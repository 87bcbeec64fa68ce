"""A timeline and its takes to the files of the audio edition."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from channels.audio import captions
from channels.audio.encode import DELAY, Chapter, Frames, encode, split, write
from channels.base import File, Role, Store
from channels.design.brand import paper_tokens
from channels.design.cover import cover
from model.document import Document
from model.traverse import text_of
from narration.assemble import samples_of
from narration.takes import Takes
from narration.timeline import Place, Timeline, Track, frame_size

FOLDER: Final = "audio"
ISO_639: Final = {"en": "eng", "cy": "cym", "gd": "gla", "ga": "gle", "fr": "fra", "de": "deu", "pl": "pol"}
ENCODERS: Final = 2
"""Sections encoded side by side."""

LAMEENC: Final = version("lameenc")
ENCODED: Final = "1"
"""Changed when the same takes would be made into other frames."""


def make(document: Document, timeline: Timeline, takes: Takes, store: Store) -> tuple[File, ...]:
    """The files of `document`, which says what `timeline` holds, with the sound of `takes`."""
    frames = _encoded(timeline, takes, store)
    return _Edition(document=document, timeline=timeline, frames=frames).files()


def _encoded(timeline: Timeline, takes: Takes, store: Store) -> tuple[Frames, ...]:
    """The frames of each section: from the store where the same takes have been encoded before."""

    def one(divided: tuple[Track, tuple[Place, ...]]) -> Frames:
        track, places = divided
        last = track is timeline.tracks[-1]
        key = _key(timeline.rate, track, places, last=last)
        kept = store.get(key)
        if kept is not None:
            with suppress(ValueError):
                return split(kept)
        frames = encode(samples_of(track, places, takes), timeline.rate)
        if not last:
            frames = frames[: (track.until - track.begin) // frame_size(timeline.rate)]
        store.put(key, b"".join(frames))
        return frames

    with ThreadPoolExecutor(max_workers=ENCODERS) as pool:
        return tuple(pool.map(one, timeline.divided()))


def _key(rate: int, track: Track, places: tuple[Place, ...], *, last: bool) -> str:
    """The place of a section's frames in the store: its sound and where it stands, and how frames are made."""
    placed = [(place.sound, place.begin - track.begin) for place in places]
    made_from = json.dumps([ENCODED, LAMEENC, rate, track.until - track.begin, last, placed])
    return hashlib.sha256(made_from.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    document: Document
    timeline: Timeline
    frames: tuple[Frames, ...]

    def files(self) -> tuple[File, ...]:
        """All files, the whole recording first."""
        name, fixed = self.document.id, self.document.words
        tracks = tuple(self.track(number) for number in range(len(self.timeline.tracks)))
        return (
            self.whole(),
            *tracks,
            self.text(f"{name}.m3u8", captions.playlist(tracks, self.title), "application/vnd.apple.mpegurl"),
            self.text(f"{name}.vtt", captions.captions(self.timeline), "text/vtt"),
            self.text("transcript.txt", captions.transcript(self.timeline), "text/plain", fixed["transcript"]),
            self.text("clips.json", captions.clips(self.timeline, f"{name}.mp3"), "application/json"),
        )

    def whole(self) -> File:
        chapters = tuple(
            Chapter(title=track.part.title, begin=track.begin, end=track.until) for track in self.timeline.tracks
        )
        frames = [frame for section in self.frames for frame in section]
        tags, picture = self.tags(self.title), cover(self.title, self.publisher, paper_tokens(self.document))
        data = write(frames, self.timeline.rate, tags, chapters, picture)
        return self.sound(f"{self.document.id}.mp3", data, len(frames), self.document.words["recording"], "download")

    def track(self, number: int) -> File:
        """A section's frames, without most of the silence that comes before the next."""
        track, rate = self.timeline.tracks[number], self.timeline.rate
        count = -(-(track.end - track.begin + DELAY) // frame_size(rate))
        frames = self.frames[number][:count]
        data = write(frames, rate, self.tags(track.part.title, f"{number + 1}/{len(self.timeline.tracks)}"))
        return self.sound(f"{track.name}.mp3", data, len(frames), track.part.title, "part")

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

    @property
    def title(self) -> str:
        return text_of(self.document.title.inlines)

    @property
    def publisher(self) -> str:
        return text_of(self.document.publisher.name.inlines)

    def sound(self, name: str, data: bytes, frames: int, title: str, role: Role) -> File:
        seconds = (frames * frame_size(self.timeline.rate) - DELAY) / self.timeline.rate
        path = f"{FOLDER}/{name}"
        return File(path=path, data=data, media_type="audio/mpeg", role=role, title=title, seconds=seconds)

    def text(self, name: str, data: str, media_type: str, title: str = "") -> File:
        role: Role = "download" if title else "asset"
        return File(path=f"{FOLDER}/{name}", data=data.encode(), media_type=media_type, role=role, title=title)
