"""Turns the timeline into its file and back. The timeline says what is spoken and when: it has every utterance with its
place in the whole and in its track.

The rendering of narration is this file, which no edition publishes. Every channel with sound is made from it. Nothing
here imports a voice or numpy, because a page needs the times but no sound.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Final

from channels.base import File, Rendering
from narration.utterance import Part, Utterance

NAME: Final = "narration"
"""The name of the rendering among those that a channel gets."""

PATH: Final = "timeline.json"
SAID: Final = ("id", "language", "words", "shown", "pause", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of an utterance in the whole, in samples from its beginning. `sound` is the digest of its take."""

    utterance: Utterance
    begin: int
    end: int
    sound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A part as a stretch of the whole, in whole frames. It sounds from `begin` to `end`, then is silent up to
    `until`, where the next one begins. All three are in samples. `name` is the name of its file in every format,
    without a suffix."""

    part: Part
    name: str
    begin: int
    end: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything that is spoken, in order. `length` is in samples, `rate` in samples a second. The tracks follow one
    another without a gap. `sounds` are pronunciations in IPA, by the words as they are spoken."""

    language: str
    rate: int
    length: int
    places: tuple[Place, ...]
    tracks: tuple[Track, ...]
    sounds: tuple[tuple[str, str], ...] = ()

    def divided(self) -> tuple[tuple[Track, tuple[Place, ...]], ...]:
        """Each track with its places, in order."""
        places: dict[str, list[Place]] = {track.part.id: [] for track in self.tracks}
        for place in self.places:
            places[place.utterance.section].append(place)
        return tuple((track, tuple(places[track.part.id])) for track in self.tracks)

    def seconds(self, samples: int) -> float:
        """Samples as seconds, exact to the sample, so that a check can look for each take at its very place."""
        return round(samples / self.rate, 5)


def frame_size(rate: int) -> int:
    """The samples in an MP3 frame: MPEG-1 from 32 kHz on, MPEG-2 below (ISO 13818-3)."""
    return 1152 if rate >= 32_000 else 576


def write(timeline: Timeline) -> bytes:
    """The timeline as JSON. Marks are left out, since where a sentence was written does not change how it sounds."""
    data: dict[str, object] = {
        "language": timeline.language,
        "rate": timeline.rate,
        "length": timeline.length,
        "tracks": [[*astuple(t.part), t.name, t.begin, t.end, t.until] for t in timeline.tracks],
        "places": [[*(getattr(p.utterance, name) for name in SAID), p.begin, p.end, p.sound] for p in timeline.places],
    }
    if timeline.sounds:
        data["sounds"] = timeline.sounds
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read(data: bytes) -> Timeline:
    """The timeline that `write` turned into `data`, without marks."""
    found = json.loads(data)
    return Timeline(
        language=found["language"],
        rate=found["rate"],
        length=found["length"],
        tracks=tuple(
            Track(part=Part(id=own, title=title), name=name, begin=begin, end=end, until=until)
            for own, title, name, begin, end, until in found["tracks"]
        ),
        places=tuple(
            Place(utterance=Utterance(**dict(zip(SAID, said, strict=True))), begin=begin, end=end, sound=sound)
            for *said, begin, end, sound in found["places"]
        ),
        sounds=tuple((words, ipa) for words, ipa in found.get("sounds", ())),
    )


def timeline_of(made: Mapping[str, Rendering]) -> Timeline | None:
    """The timeline among the renderings that a channel gets. None where nothing is spoken."""
    rendering = made.get(NAME)
    files: tuple[File, ...] = rendering.files if rendering is not None else ()
    return next((read(file.data) for file in files if file.path == PATH), None)
