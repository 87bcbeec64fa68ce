"""Takes to a recording: one line of time, of which the tracks are stretches and the clips are places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from channels.audio.script import Part, Utterance
from channels.audio.sound import Samples
from channels.audio.takes import Takes

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
    """A part as a stretch of the recording, in samples."""

    part: Part
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The whole, its places and its tracks. Every track is a slice of `samples`."""

    samples: Samples
    rate: int
    places: tuple[Place, ...]
    tracks: tuple[Track, ...]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def assemble(utterances: Iterable[Utterance], takes: Takes, parts: tuple[Part, ...]) -> Recording:
    """Every take in its place, silence between."""
    places, at = [], round(LEAD * takes.rate)
    for utterance in utterances:
        end = at + len(takes.samples[utterance.words, utterance.language])
        places.append(Place(utterance=utterance, begin=at, end=end))
        at = end + round(utterance.pause * takes.rate)
    samples = np.zeros(places[-1].end + round(TAIL * takes.rate), dtype=np.int16)
    for place in places:
        samples[place.begin : place.end] = takes.samples[place.utterance.words, place.utterance.language]
    tracks = tuple(_track(part, places, takes.rate) for part in parts)
    return Recording(samples=samples, rate=takes.rate, places=tuple(places), tracks=tracks)


def _track(part: Part, places: list[Place], rate: int) -> Track:
    own = [place for place in places if place.utterance.section == part.id]
    return Track(part=part, begin=own[0].begin - round(LEAD * rate), end=own[-1].end + round(TAIL * rate))
