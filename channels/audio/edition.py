"""A document and its takes to the files of the audio edition."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from channels.audio import captions
from channels.audio.assemble import Recording, assemble
from channels.audio.cover import cover
from channels.audio.encode import Chapter, encode
from channels.audio.script import Part, Utterance, parts, script, whole_minutes
from channels.audio.takes import Takes, record
from channels.audio.voices.base import Voice
from channels.base import Clip, File, Rendering, Settings, Store
from document.model import Document, text_of

FOLDER: Final = "audio"
ISO_639: Final = {"en": "eng", "cy": "cym", "gd": "gla", "ga": "gle", "fr": "fra", "de": "deu", "pl": "pol"}
ENCODERS: Final = 2
"""Files encoded side by side; the whole recording takes as long as its tracks together."""


def make(
    document: Document, utterances: tuple[Utterance, ...], settings: Settings, voice: Voice, store: Store
) -> Rendering:
    """The rendering of `document`. The recording says how long it is: where the estimate was wrong by a minute, that
    one utterance is said anew."""
    takes = record(utterances, voice, store)
    spoken, minutes = takes.spoken, whole_minutes(_length(utterances, takes))
    told = script(document, settings, minutes)
    if told != utterances:
        utterances, takes = told, record(told, voice, store)
        spoken += takes.spoken
    divided = parts(document)
    recording = assemble(utterances, takes, divided)
    files = _Edition(document=document, recording=recording, parts=divided, voice=voice.name).files()
    count = len(takes.samples)
    notes = [f"{min(spoken, count)} of {count} sentences spoken, {max(0, count - spoken)} from the store"]
    if spoken and voice.notice:
        notes.append(voice.notice)
    return Rendering(channel="audio", files=files, clips=_clips(recording, document.id), notes=tuple(notes))


def _length(utterances: tuple[Utterance, ...], takes: Takes) -> float:
    return sum(
        len(takes.samples[utterance.words, utterance.language]) / takes.rate + utterance.pause
        for utterance in utterances
    )


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
    voice: str

    def files(self) -> tuple[File, ...]:
        """All files, the whole recording first."""
        name, fixed = self.document.id, self.document.words
        tracks = self.track_names()
        jobs: list[Callable[[], File]] = [self.whole, *(lambda n=n: self.track(n) for n in range(len(tracks)))]
        with ThreadPoolExecutor(max_workers=ENCODERS) as pool:
            sounds = [future.result() for future in [pool.submit(job) for job in jobs]]
        return (
            *sounds,
            self.text(
                f"{name}.m3u8", captions.playlist(self.recording, tracks, self.title), "application/vnd.apple.mpegurl"
            ),
            self.text(f"{name}.vtt", captions.captions(self.recording), "text/vtt"),
            self.text("transcript.txt", captions.transcript(self.recording), "text/plain", fixed["transcript"]),
            self.text("clips.json", captions.clips(self.recording, f"{name}.mp3", tracks), "application/json"),
        )

    def whole(self) -> File:
        chapters = tuple(
            Chapter(title=track.part.title, begin=track.begin, end=following)
            for track, following in zip(
                self.recording.tracks,
                [*(track.begin for track in self.recording.tracks[1:]), len(self.recording.samples)],
                strict=True,
            )
        )
        picture = cover(self.title, self.publisher)
        data = encode(self.recording.samples, self.recording.rate, self.tags(self.title), chapters, picture)
        title = self.document.words["recording"]
        return self.sound(f"{self.document.id}.mp3", data, self.recording.seconds, title)

    def track(self, number: int) -> File:
        track = self.recording.tracks[number]
        samples = self.recording.samples[track.begin : track.end]
        tags = self.tags(track.part.title, f"{number + 1}/{len(self.parts)}")
        data = encode(samples, self.recording.rate, tags)
        return self.sound(self.track_names()[number], data, len(samples) / self.recording.rate, track.part.title)

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

    def sound(self, name: str, data: bytes, seconds: float, title: str) -> File:
        return File(path=f"{FOLDER}/{name}", data=data, media_type="audio/mpeg", title=title, seconds=seconds)

    def text(self, name: str, data: str, media_type: str, title: str = "") -> File:
        return File(path=f"{FOLDER}/{name}", data=data.encode(), media_type=media_type, title=title)
