"""Turns a timeline and its takes into the files of the audio edition."""

from __future__ import annotations

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from channels.audio import captions
from channels.audio.encode import DELAY, Frames, encode, split, write
from channels.audio.id3 import Chapter
from channels.base import File, Role, Store, version_of
from channels.design.cover import cover_of
from languages.tags import three_letters
from model.document import Document
from model.traverse import prose, text_of
from narration.assemble import blocks_of
from narration.headings import Heading, headings_of
from narration.takes import Takes
from narration.timeline import Place, Timeline, Track, frame_size

FOLDER: Final = "audio"
YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
ENCODERS: Final = 2
"""How many sections are encoded side by side."""

LAMEENC: Final = version_of("lameenc")
ENCODED: Final = "1"
"""Change this when the same takes would be made into other frames."""


def make(document: Document, timeline: Timeline, takes: Takes, store: Store) -> tuple[File, ...]:
    """The files of `document` with the sound of `takes`. `timeline` says when what is heard."""
    frames = _encoded(timeline, takes, store)
    return _Edition(
        document=document,
        timeline=timeline,
        frames=frames,
        headings=headings_of(document, timeline),
        cover=cover_of(document),
    ).files()


def _encoded(timeline: Timeline, takes: Takes, store: Store) -> tuple[Frames, ...]:
    """The frames of each section. They come from the store if the same takes were encoded before."""

    def one(divided: tuple[Track, tuple[Place, ...]]) -> Frames:
        track, places = divided
        last = track is timeline.tracks[-1]
        key = _key(timeline.rate, track, places, last=last)
        kept = store.get(key)
        if kept is not None:
            with suppress(ValueError):
                return split(kept)
        frames = encode(blocks_of(track, places, takes), timeline.rate)
        if not last:
            frames = frames[: (track.until - track.begin) // frame_size(timeline.rate)]
        store.put(key, b"".join(frames))
        return frames

    with ThreadPoolExecutor(max_workers=ENCODERS) as pool:
        return tuple(pool.map(one, timeline.divided()))


def _key(rate: int, track: Track, places: tuple[Place, ...], *, last: bool) -> str:
    """The place of a section's frames in the store: a digest of its sound and its place, and of how frames are made."""
    placed = [(place.sound, place.begin - track.begin) for place in places]
    made_from = json.dumps([ENCODED, LAMEENC, rate, track.until - track.begin, last, placed])
    return hashlib.sha256(made_from.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    document: Document
    timeline: Timeline
    frames: tuple[Frames, ...]
    headings: tuple[Heading, ...]
    cover: bytes

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
            self.text("clips.json", captions.clips(self.timeline, self.headings, f"{name}.mp3"), "application/json"),
        )

    def whole(self) -> File:
        frames = [frame for section in self.frames for frame in section]
        data = write(frames, self.timeline.rate, self.tags(self.title), self.chapters(), self.cover)
        return self.sound(f"{self.document.id}.mp3", data, len(frames), self.document.words["recording"], "download")

    def track(self, number: int) -> File:
        """A section's frames, without most of the silence before the next section."""
        track, rate = self.timeline.tracks[number], self.timeline.rate
        count = -(-(track.end - track.begin + DELAY) // frame_size(rate))
        frames = self.frames[number][:count]
        tags = self.tags(track.part.title, f"{number + 1}/{len(self.timeline.tracks)}")
        data = write(frames, rate, tags, self.chapters_within(track), self.cover)
        return self.sound(f"{track.name}.mp3", data, len(frames), track.part.title, "part")

    def chapters(self) -> tuple[Chapter, ...]:
        """A chapter for each heading, at its level."""
        return tuple(Chapter(title=h.title, begin=h.begin, end=h.end, level=h.level) for h in self.headings)

    def chapters_within(self, track: Track) -> tuple[Chapter, ...]:
        """The chapters of a track. Empty where it has only one heading."""
        own = [heading for heading in self.headings if track.begin <= heading.begin < track.until]
        if len(own) < 2:
            return ()
        ends = min(own[-1].end, track.end)
        return tuple(
            Chapter(title=h.title, begin=h.begin - track.begin, end=min(h.end, ends) - track.begin, level=h.level)
            for h in own
        )

    def tags(self, title: str, number: str = "") -> dict[str, str]:
        """The tags, by the names of ID3v2.3. Year and day are empty unless the document has a date."""
        day = self.document.newest_day
        return {
            "TIT2": title,
            "TALB": self.title,
            "TPE1": self.publisher,
            "TPUB": self.publisher,
            "TRCK": number,
            "TCON": "Speech",
            "TLAN": three_letters(self.document.language),
            "TYER": f"{day:%Y}" if day else "",
            "TDAT": f"{day:%d%m}" if day else "",
            "TCOP": copyright_of(prose(self.document.rights), day),
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


def copyright_of(rights: str, day: date | None) -> str:
    """Whose rights these are, in the form of the tag: a year, a space, then whose (ID3v2.3, 4.2.1, TCOP). "" where
    no year is known."""
    year = YEAR.search(rights)
    since = year[0] if year else f"{day:%Y}" if day else ""
    return f"{since} {rights}" if rights and since else ""
