"""Takes to a recording: one line of time, of which the tracks are stretches and the clips are places.

Sections begin at whole frames of the encoder and are encoded each for itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from channels.audio.encode import frame_size
from narration.sound import Samples
from narration.takes import Takes
from narration.utterance import SECTION, Part, Utterance

LEAD: Final = 0.25
"""Silence before the first word of a file: players fade in."""

TAIL: Final = 0.75
"""Silence after the last word of a file. With LEAD it fits into the pause between sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an utterance stands in the recording, in samples from its beginning."""

    utterance: Utterance
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A part as a stretch of the recording, in whole frames: heard from `begin` to `end`, then silence up to `until`,
    where the next one begins. In samples."""

    part: Part
    begin: int
    end: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The whole: `length` samples, its places and its tracks, which follow one another from end to end."""

    takes: Takes
    length: int
    places: tuple[Place, ...]
    tracks: tuple[Track, ...]

    @property
    def rate(self) -> int:
        return self.takes.rate

    @property
    def seconds(self) -> float:
        return self.length / self.rate

    def places_of(self, track: Track) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.utterance.section == track.part.id)

    def samples(self, track: Track) -> Samples:
        """A track up to where the next begins: every take in its place, silence between."""
        samples = np.zeros(track.until - track.begin, dtype=np.int16)
        for place in self.places_of(track):
            samples[place.begin - track.begin : place.end - track.begin] = self.takes.of(place.utterance).samples()
        return samples


def assemble(utterances: Iterable[Utterance], takes: Takes, parts: tuple[Part, ...]) -> Recording:
    """A place for every take, and the tracks."""
    frame, lead, tail = frame_size(takes.rate), round(LEAD * takes.rate), round(TAIL * takes.rate)
    places: list[Place] = []
    begins: dict[str, int] = {}
    at = 0
    for utterance in utterances:
        if utterance.section not in begins:
            begins[utterance.section] = _whole(at, frame)
            at = begins[utterance.section] + lead
        end = at + takes.of(utterance).length
        places.append(Place(utterance=utterance, begin=at, end=end))
        at = end + round(utterance.pause * takes.rate)
        if utterance.pause == SECTION:
            at -= lead
    length = _whole(places[-1].end + tail, frame)
    ends = {place.utterance.section: _whole(place.end + tail, frame) for place in places}
    untils = [*(begins[part.id] for part in parts[1:]), length]
    tracks = tuple(
        Track(part=part, begin=begins[part.id], end=ends[part.id], until=until)
        for part, until in zip(parts, untils, strict=True)
    )
    return Recording(takes=takes, length=length, places=tuple(places), tracks=tracks)


def _whole(samples: int, frame: int) -> int:
    """The end of the frame that holds this many samples."""
    return -(-samples // frame) * frame
