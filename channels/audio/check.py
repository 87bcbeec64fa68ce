"""Turns a finished audio edition into its faults: compares every file with what should be heard.

The whole recording is opened as a player opens it, and its sections are proved one by one. A track needs no proof if
its frames are, byte for byte, those of the whole recording at its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Any, Final

from channels.audio.alignment import OFFSET, Placed, fault, presence
from channels.audio.captions import read_captions, unspaced
from channels.audio.cues import LINE, LINES, LONGEST
from channels.audio.encode import BITS_A_SECOND, Decoded, decode, sound_of, split
from channels.audio.verified_frames import Stretch, prove
from channels.base import File, Rendering, Store
from model.diagnostics import Diagnostic
from model.inlines import NOWHERE
from narration.sound import wave_of
from narration.takes import Takes, record
from narration.timeline import frame_size
from narration.utterance import Utterance
from narration.voices.base import Voice

LONGEST_FRAME: Final = 418
"""Bytes. At 64 kbit/s a frame has 96 to 418, depending on the sample rate."""

BEYOND: Final = 0.25
"""Seconds after the first words in which these are searched for if a file begins late. Less than any pause."""

CHARACTER: Final = (0.03, 0.2)
"""The fewest and the most seconds that a character of words takes."""

SHORT: Final = 10
"""An utterance with fewer characters has its own minimum, SHORTEST, and the maximum of one with SHORT, or half of SHORT
more than it has: even "A." takes its time, and a voice spells out what it cannot say."""

SHORTEST: Final = 0.12
"""Seconds: the pads of 20 ms, and a vowel."""

WORDS_A_MINUTE: Final = (120, 165)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expected:
    """The expected content of one MP3. It begins `begin` seconds into the recording. `chapters` are titles and
    beginnings in seconds."""

    name: str
    placed: tuple[Placed, ...]
    begin: float
    seconds: float
    chapters: tuple[tuple[str, float], ...] = ()


def check_edition(rendering: Rendering, voice: Voice, store: Store) -> tuple[Diagnostic, ...]:
    """All faults of the files of `rendering`. Its takes come from the store."""
    files = {file.path.rpartition("/")[2]: file for file in rendering.files}
    if not files:
        return ()
    data = json.loads(files["clips.json"].data)
    said = tuple(_utterance(clip, data["language"]) for clip in data["clips"])
    takes = record(said, voice, store, sounds=data.get("sounds", {}))
    found: list[Diagnostic] = []
    whole, *tracks = _expected(data)
    found += _whole(files, whole, tracks, takes, store)
    sound = sound_of(files[whole.name].data) if whole.name in files else b""
    for track in tracks:
        if not _same(files, track, sound):
            found += _track(files, track, takes)
    found += _captions(data, files)
    found += _pace(data["clips"])
    return tuple(dict.fromkeys(found))


def _expected(data: dict[str, Any]) -> Iterator[_Expected]:
    """The expected content of the whole recording, then of each track."""

    def placed(clip: dict[str, Any], prefix: str) -> Placed:
        said = (clip["text"], data["language"])
        return Placed(said=said, begin=clip[f"{prefix}begin"], end=clip[f"{prefix}end"])

    yield _Expected(
        name=data["file"],
        placed=tuple(placed(clip, "") for clip in data["clips"]),
        begin=0.0,
        seconds=data["seconds"],
        chapters=tuple((heading["title"], heading["begin"]) for heading in data["headings"]),
    )
    for part in data["parts"]:
        own = tuple(placed(clip, "track_") for clip in data["clips"] if clip["track"] == part["file"])
        within = [h for h in data["headings"] if part["begin"] <= h["begin"] < part["end"]]
        yield _Expected(
            name=part["file"],
            placed=own,
            begin=part["begin"],
            seconds=part["end"] - part["begin"],
            chapters=tuple((h["title"], h["begin"] - part["begin"]) for h in within) if len(within) > 1 else (),
        )


def _utterance(clip: Mapping[str, Any], language: str) -> Utterance:
    return Utterance(id=clip["id"] or "", language=language, words=clip["text"], shown="", pause=0, section="")


def _same(files: Mapping[str, File], track: _Expected, sound: bytes) -> bool:
    """True if the frames of a track are those of the recording, at the right place and of the right length."""
    if track.name not in files:
        return False
    own = sound_of(files[track.name].data)
    due, second = round(track.begin * BITS_A_SECOND / 8), BITS_A_SECOND / 8
    at = sound.find(own, max(0, due - 2 * LONGEST_FRAME), due + 2 * LONGEST_FRAME + len(own))
    return at >= 0 and abs(len(own) / second - track.seconds) < 0.1


def _whole(
    files: Mapping[str, File], expected: _Expected, tracks: Sequence[_Expected], takes: Takes, store: Store
) -> Iterator[Diagnostic]:
    """The faults of the whole recording. It is opened as a player opens it, up to its first words; then the sound of
    each section is proved."""
    name = expected.name
    if name not in files:
        yield fault("audio-file", f"{name} was not made")
        return
    data = files[name].data
    try:
        opened = decode(data, expected.placed[0].end + BEYOND)
        frames = split(sound_of(data))
        # The length that the file states, and the length that it has.
        lasts = min(opened.seconds, len(frames) * frame_size(takes.rate) / takes.rate)
        yield from _length(expected, opened.rate, lasts, takes)
        yield from presence(name, wave_of(opened.samples), expected.placed[:1], takes)
        yield from prove(name, frames, _stretches(expected, tracks, len(frames), takes.rate), takes, store)
    except ValueError as unreadable:
        yield fault("audio-file", f"{name} cannot be decoded: {unreadable}")
        return
    yield from _chapters(name, opened, expected.chapters)


def _stretches(whole: _Expected, tracks: Sequence[_Expected], frames: int, rate: int) -> list[Stretch]:
    """The sections of the recording. Each goes up to where the next begins."""
    bounds = [*(round(track.begin * rate / frame_size(rate)) for track in tracks), frames]
    placed = iter(whole.placed)
    return [
        Stretch(begin=begin, end=end, placed=tuple(islice(placed, len(track.placed))))
        for track, (begin, end) in zip(tracks, pairwise(bounds), strict=True)
    ]


def _track(files: Mapping[str, File], expected: _Expected, takes: Takes) -> Iterator[Diagnostic]:
    """The faults of a track that is not a part of the whole recording. It is heard from beginning to end."""
    name = expected.name
    if name not in files:
        yield fault("audio-file", f"{name} was not made")
        return
    try:
        heard = decode(files[name].data)
    except ValueError as unreadable:
        yield fault("audio-file", f"{name} cannot be decoded: {unreadable}")
        return
    yield from _length(expected, heard.rate, heard.seconds, takes)
    yield from presence(name, wave_of(heard.samples), expected.placed, takes)
    yield from _chapters(name, heard, expected.chapters)


def _length(expected: _Expected, rate: int, seconds: float, takes: Takes) -> Iterator[Diagnostic]:
    if rate != takes.rate or abs(seconds - expected.seconds) > 0.1:
        yield fault("audio-length", f"{expected.name} lasts {seconds:.2f} s, not {expected.seconds:.2f} s")


def _chapters(name: str, heard: Decoded, wanted: tuple[tuple[str, float], ...]) -> Iterator[Diagnostic]:
    made = [(chapter.title, chapter.begin / heard.rate) for chapter in heard.chapters]
    if [title for title, _ in made] != [title for title, _ in wanted]:
        yield fault("audio-chapters", f"{name} has the chapters {[title for title, _ in made]}")
        return
    for (title, begin), (_, due) in zip(made, wanted, strict=True):
        if abs(begin - due) > OFFSET:
            yield fault("audio-chapters", f"{name}: the chapter “{title}” begins at {begin:.3f} s, not {due:.3f} s")


def _captions(data: dict[str, Any], files: Mapping[str, File]) -> Iterator[Diagnostic]:
    """The faults of the captions. Together the cues must be the words of the clips, in ascending order, each small
    enough to be read."""
    name = f"{data['file'].removesuffix('.mp3')}.vtt"
    made = list(read_captions(files[name].data.decode()))
    shown = [(cue.id, unspaced("".join(cue.lines))) for cue in made]
    if _joined(shown) != _joined([(clip["id"] or "", unspaced(clip["shown"])) for clip in data["clips"]]):
        yield fault("captions-words", f"{name}: the cues are not the words of the clips")
    moments = [moment for cue in made for moment in (cue.begin, cue.end)]
    if moments != sorted(moments) or (moments and moments[-1] > data["seconds"]):
        yield fault("captions-order", f"{name}: the cues do not ascend, or go on after the recording's end")
    for cue in made:
        if len(cue.lines) > LINES or max(map(len, cue.lines)) > LINE or cue.end - cue.begin > LONGEST + 0.002:
            size = f"{LINES} lines of {LINE} characters or {LONGEST:g} s"
            message = f"{name}: the cue “{' '.join(cue.lines)}” is more than {size}"
            yield replace(fault("captions-size", message), severity="warning")


def _joined(shown: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Texts in a row that have the same id, joined."""
    return [(own, "".join(text for _, text in group)) for own, group in groupby(shown, key=itemgetter(0))]


def _pace(clips: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    """The faults of the speed. If an utterance is too short, words are lost; if it is too long, something else is in
    it."""
    for clip in clips:
        length, seconds = len(clip["text"]), clip["end"] - clip["begin"]
        least = CHARACTER[0] * length if length >= SHORT else SHORTEST
        if not least <= seconds <= CHARACTER[1] * max(SHORT, length + SHORT // 2):
            yield fault("audio-pace", f"“{clip['text'][:60]}” takes {clip['end'] - clip['begin']:.2f} s")
    spoken = sum(clip["end"] - clip["begin"] for clip in clips)
    words = sum(len(clip["text"].split()) for clip in clips)
    rate = words * 60 / spoken if spoken else 0
    if not WORDS_A_MINUTE[0] <= rate <= WORDS_A_MINUTE[1]:
        message = (
            f"the voice speaks {rate:.0f} words a minute; {WORDS_A_MINUTE[0]} to {WORDS_A_MINUTE[1]} are easy to follow"
        )
        yield Diagnostic(
            severity="warning",
            code="audio-rate",
            message=message,
            mark=NOWHERE,
            hint="Listen to it: another voice may be easier to follow.",
        )
