"""Turns takes into a timeline with tracks.

Sections begin on whole MP3 frames. Each can then be encoded by itself, and the whole consists of the same frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from narration.sound import Samples
from narration.takes import Takes
from narration.timeline import Place, Timeline, Track, frame_size
from narration.utterance import SECTION, Part, Utterance

LEAD: Final = 0.25
"""Seconds of silence before the first word of a file, since players fade in."""

TAIL: Final = 0.75
"""Seconds of silence after the last word of a file. LEAD and TAIL together fit into the pause between sections."""


def assemble(
    utterances: Iterable[Utterance], takes: Takes, parts: tuple[Part, ...], sounds: tuple[tuple[str, str], ...] = ()
) -> Timeline:
    """A timeline with a place for every utterance, and the tracks."""
    frame, lead, tail = frame_size(takes.rate), round(LEAD * takes.rate), round(TAIL * takes.rate)
    places: list[Place] = []
    begins: dict[str, int] = {}
    at = 0
    for utterance in utterances:
        if utterance.section not in begins:
            begins[utterance.section] = _whole(at, frame)
            at = begins[utterance.section] + lead
        take = takes.of(utterance)
        end = at + take.length
        places.append(Place(utterance=utterance, begin=at, end=end, sound=take.digest))
        at = end + round(utterance.pause * takes.rate)
        if utterance.pause == SECTION:
            at -= lead
    length = _whole(places[-1].end + tail, frame)
    ends = {place.utterance.section: _whole(place.end + tail, frame) for place in places}
    untils = [*(begins[part.id] for part in parts[1:]), length]
    width = max(2, len(str(len(parts))))
    tracks = tuple(
        # Numbered, so that a player that sorts by name plays them in order.
        Track(part=part, name=f"{n:0{width}d}-{part.id}", begin=begins[part.id], end=ends[part.id], until=until)
        for n, (part, until) in enumerate(zip(parts, untils, strict=True), 1)
    )
    language = places[0].utterance.language
    placed = tuple(places)
    return Timeline(language=language, rate=takes.rate, length=length, places=placed, tracks=tracks, sounds=sounds)


def _whole(samples: int, frame: int) -> int:
    """The number of samples, rounded up to whole frames."""
    return -(-samples // frame) * frame


def blocks_of(track: Track, places: Iterable[Place], takes: Takes) -> Iterator[Samples]:
    """A track up to where the next begins: every take in its place, silence between. Block by block, since a track may
    be hours long."""
    at = track.begin
    for place in places:
        yield np.zeros(place.begin - at, dtype=np.int16)
        yield takes.samples((place.utterance.words, place.utterance.language))
        at = place.end
    yield np.zeros(track.until - at, dtype=np.int16)


def samples_of(track: Track, places: Iterable[Place], takes: Takes) -> Samples:
    """A track in one piece."""
    return np.concatenate(list(blocks_of(track, places, takes)))
