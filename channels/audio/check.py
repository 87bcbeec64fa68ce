"""A finished audio edition to what is wrong with it: every file is decoded and held against what should be heard.

Each utterance's own samples are looked for at its place in every file that has it: a normalised correlation near 1 says
that it is there, whole, and within a fraction of a millisecond. Only where it is not is it searched for, to say how.
A track whose frames are, byte for byte, those of the whole recording at its place is not decoded again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from channels.audio.encode import BITS_A_SECOND, Decoded, decode, sound_of
from channels.audio.script import Utterance
from channels.audio.sound import Samples, loudness
from channels.audio.takes import Said, Takes, record
from channels.audio.voices.base import Voice
from channels.base import File, Rendering, Store
from document.diagnostics import Diagnostic
from document.model import NOWHERE

ALIKE: Final = 0.95
"""Correlation of an utterance with itself after 64 kbit/s is 0.99; a tenth of it silenced makes 0.94, another 0.1."""

GAIN: Final = (0.9, 1.1)
REACH: Final = 0.5
OFFSET: Final = 0.010
LOUDNESS: Final = (-20.0, -18.0)
PEAK: Final = 10 ** (-3.0 / 20)
QUIET: Final = 10 ** (-45.0 / 20)
LONGEST_FRAME: Final = 418
"""Bytes: at 64 kbit/s a frame has 96 to 418, by the sample rate."""

CHARACTER: Final = (0.03, 0.2)
SHORT: Final = 10
"""Utterances with fewer characters are counted as having so many: "A." takes its time."""

WORDS_A_MINUTE: Final = (120, 165)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An utterance, and where it should be in a file (seconds)."""

    said: Said
    begin: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expected:
    """What one MP3 should hold, beginning `begin` seconds into the recording; `chapters` are titles and beginnings."""

    name: str
    placed: tuple[_Placed, ...]
    begin: float
    seconds: float
    whole: bool = False
    chapters: tuple[tuple[str, float], ...] = ()


def check_edition(rendering: Rendering, voice: Voice, store: Store) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the files of `rendering`."""
    files = {file.path.rpartition("/")[2]: file for file in rendering.files}
    if not files:
        return ()
    data = json.loads(files["clips.json"].data)
    takes = record(tuple(_utterance(clip, data["language"]) for clip in data["clips"]), voice, store)
    found: list[Diagnostic] = []
    whole, *tracks = _expected(data)
    found += _file(files, whole, takes)
    sound = sound_of(files[whole.name].data) if whole.name in files else b""
    for track in tracks:
        if not _same(files, track, sound):
            found += _file(files, track, takes)
    found += _captions(data, files)
    found += _pace(data["clips"])
    return tuple(found)


def _expected(data: dict[str, Any]) -> Iterator[_Expected]:
    """The whole recording, then each track."""

    def placed(clip: dict[str, Any], prefix: str) -> _Placed:
        said = (clip["text"], data["language"])
        return _Placed(said=said, begin=clip[f"{prefix}begin"], end=clip[f"{prefix}end"])

    yield _Expected(
        name=data["file"],
        placed=tuple(placed(clip, "") for clip in data["clips"]),
        begin=0.0,
        seconds=data["seconds"],
        whole=True,
        chapters=tuple((part["title"], part["begin"]) for part in data["parts"]),
    )
    for part in data["parts"]:
        own = tuple(placed(clip, "track_") for clip in data["clips"] if clip["track"] == part["file"])
        yield _Expected(name=part["file"], placed=own, begin=part["begin"], seconds=part["end"] - part["begin"])


def _utterance(clip: Mapping[str, Any], language: str) -> Utterance:
    return Utterance(id=clip["id"] or "", language=language, words=clip["text"], shown="", pause=0, section="")


def _same(files: Mapping[str, File], track: _Expected, sound: bytes) -> bool:
    """Whether the frames of a track are those of the recording, from the right frame on and for the right time."""
    if track.name not in files:
        return False
    own = sound_of(files[track.name].data)
    due, second = round(track.begin * BITS_A_SECOND / 8), BITS_A_SECOND / 8
    at = sound.find(own, max(0, due - 2 * LONGEST_FRAME), due + 2 * LONGEST_FRAME + len(own))
    return at >= 0 and abs(len(own) / second - track.seconds) < 0.1


def _file(files: Mapping[str, File], expected: _Expected, takes: Takes) -> Iterator[Diagnostic]:
    """One MP3 against what it should hold."""
    name, seconds = expected.name, expected.seconds
    if name not in files:
        yield _fault("audio-file", f"{name} was not made")
        return
    try:
        heard = decode(files[name].data)
    except ValueError as fault:
        yield _fault("audio-file", f"{name} cannot be decoded: {fault}")
        return
    if heard.rate != takes.rate or abs(len(heard.samples) / heard.rate - seconds) > 0.1:
        yield _fault("audio-length", f"{name} lasts {len(heard.samples) / heard.rate:.2f} s, not {seconds:.2f} s")
    yield from _presence(name, heard, expected.placed, takes)
    yield from _level(name, heard, expected.whole)
    yield from _chapters(name, heard, expected.chapters)


def _presence(name: str, heard: Decoded, placed: tuple[_Placed, ...], takes: Takes) -> Iterator[Diagnostic]:
    """Every utterance where it should be, and nothing between."""
    silent_from = 0.0
    for place in placed:
        sample = takes.by_words[place.said].samples().astype(np.float32)
        begin = round(place.begin * heard.rate)
        likeness, gain = _likeness(sample, heard.samples[begin : begin + sample.size])
        if likeness >= ALIKE and not GAIN[0] < gain < GAIN[1]:
            yield _fault("audio-level", f"{name}: “{place.said[0][:60]}” is {gain:.2f} times as loud as it was made")
        elif likeness < ALIKE:
            offset = _search(sample, heard.samples, begin, heard.rate)
            if offset is None:
                yield _fault("audio-missing", f"{name}: “{place.said[0][:60]}” is not heard at {place.begin:.2f} s")
            elif abs(offset) > OFFSET:
                yield _fault("audio-offset", f"{name}: “{place.said[0][:60]}” is {offset * 1000:+.0f} ms out of place")
        gap = heard.samples[round((silent_from + 0.06) * heard.rate) : round((place.begin - 0.06) * heard.rate)]
        if gap.size and np.abs(gap).max() > QUIET * 32768:
            yield _fault("audio-noise", f"{name}: something is heard in the pause before {place.begin:.2f} s")
        silent_from = place.end


def _likeness(sample: np.ndarray[Any, Any], heard: Samples) -> tuple[float, float]:
    """The normalised correlation of a sample with what is heard, and how much louder that is; 0 where it is shorter."""
    if heard.size != sample.size:
        return 0.0, 0.0
    other = heard.astype(np.float32)
    own, common, theirs = (float(np.dot(a, b)) for a, b in ((sample, sample), (sample, other), (other, other)))
    return (common / (own * theirs) ** 0.5, common / own) if own and theirs else (0.0, 0.0)


def _search(sample: np.ndarray[Any, Any], heard: Samples, begin: int, rate: int) -> float | None:
    """How many seconds from `begin` the sample is, looking half a second either way; None where it is not there."""
    reach = round(REACH * rate)
    low = max(0, begin - reach)
    window = heard[low : begin + sample.size + reach].astype(np.float32)
    if window.size < sample.size:
        return None
    size = 1 << (window.size + sample.size).bit_length()
    product = np.fft.rfft(window, size) * np.conj(np.fft.rfft(sample, size))
    at = int(np.argmax(np.fft.irfft(product, size)[: window.size - sample.size + 1]))
    if _likeness(sample, window[at : at + sample.size].astype(np.int16))[0] < ALIKE:
        return None
    return (low + at - begin) / rate


def _level(name: str, heard: Decoded, whole: bool) -> Iterator[Diagnostic]:
    """Loudness of the whole, whose stretches the tracks are; peaks of every file."""
    wave = heard.samples.astype(np.float32) / np.float32(32768)
    peak = float(max(wave.max(initial=0.0), -wave.min(initial=0.0)))
    if whole and not LOUDNESS[0] <= (level := loudness(wave, heard.rate)) <= LOUDNESS[1]:
        yield _fault("audio-loudness", f"{name} is at {level:.1f} LUFS, not {LOUDNESS[0]:g} to {LOUDNESS[1]:g}")
    if peak > PEAK:
        yield _fault("audio-peak", f"{name} peaks at {20 * np.log10(peak):.1f} dBFS, above -3")


def _chapters(name: str, heard: Decoded, wanted: tuple[tuple[str, float], ...]) -> Iterator[Diagnostic]:
    made = [(chapter.title, chapter.begin / heard.rate) for chapter in heard.chapters]
    if [title for title, _ in made] != [title for title, _ in wanted]:
        yield _fault("audio-chapters", f"{name} has the chapters {[title for title, _ in made]}")
        return
    for (title, begin), (_, due) in zip(made, wanted, strict=True):
        if abs(begin - due) > OFFSET:
            yield _fault("audio-chapters", f"{name}: the chapter “{title}” begins at {begin:.3f} s, not {due:.3f} s")


def _captions(data: dict[str, Any], files: Mapping[str, File]) -> Iterator[Diagnostic]:
    """One cue an utterance, ascending, within the recording, with the ids of the clips."""
    name = f"{data['file'].removesuffix('.mp3')}.vtt"
    cues = [cue.split("\n") for cue in files[name].data.decode().strip().split("\n\n")[1:]]
    ids = [cue[0] if " --> " not in cue[0] else None for cue in cues]
    if ids != [clip["id"] for clip in data["clips"]]:
        yield _fault("captions-ids", f"{name}: the cues are not those of the clips")
    moments = [
        _seconds(moment) for cue in cues for line in cue[:2] if " --> " in line for moment in line.split(" --> ")
    ]
    if moments != sorted(moments) or (moments and moments[-1] > data["seconds"]):
        yield _fault("captions-order", f"{name}: the cues do not ascend, or go on after the recording's end")


def _seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def _pace(clips: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    """Speech at a plausible speed: too short an utterance has lost words, too long a one has something else in it."""
    for clip in clips:
        pace = (clip["end"] - clip["begin"]) / max(SHORT, len(clip["text"]))
        if not CHARACTER[0] <= pace <= CHARACTER[1]:
            yield _fault("audio-pace", f"“{clip['text'][:60]}” takes {clip['end'] - clip['begin']:.2f} s")
    spoken = sum(clip["end"] - clip["begin"] for clip in clips)
    words = sum(len(clip["text"].split()) for clip in clips)
    rate = words * 60 / spoken if spoken else 0
    if not WORDS_A_MINUTE[0] <= rate <= WORDS_A_MINUTE[1]:
        message = (
            f"the voice speaks {rate:.0f} words a minute; {WORDS_A_MINUTE[0]} to {WORDS_A_MINUTE[1]} are easy to follow"
        )
        yield Diagnostic(severity="warning", code="audio-rate", message=message, mark=NOWHERE)


def _fault(code: str, message: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=NOWHERE)
