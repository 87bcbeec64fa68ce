"""The check finds nothing wrong with a good recording, and each damage to its sound, chapters, captions or words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from channels.audio.encode import decode, encode, sound_of, split, write
from channels.audio.id3 import Chapter
from channels.audio.render import AudioChannel
from channels.base import Rendering
from model.document import Document
from narration.assemble import samples_of
from narration.render import Narration
from narration.takes import takes_of
from narration.timeline import NAME, timeline_of
from narration.voices import load_voice
from proof.prove import prove
from tests.channels.audio.test_edition import WHOLE, clips, named
from tests.narration.conftest import recorded


def faults(channel: AudioChannel, rendering: Rendering, path: str, data: bytes) -> set[str]:
    """The codes of the faults after the file at `path` was replaced by `data`."""
    files = tuple(replace(file, data=data) if file.path == path else file for file in rendering.files)
    return {fault.code for fault in channel.check(replace(rendering, files=files))}


def test_the_check_finds_nothing_wrong(channel: AudioChannel, recording: Rendering) -> None:
    assert channel.check(recording) == ()


SAID = "It is our priority to break this damaging chain."


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace(SAID, ""), "sentence-missing"),
        (lambda text: text.replace(SAID, f"{SAID} {SAID}"), "sentence-twice"),
        (lambda text: f"{SAID} {text.replace(SAID, '')}", "sentence-moved"),
        (lambda text: text.replace("£9.50", "£9.40"), "sentence-differs"),
        (lambda text: text, None),
    ],
    ids=["cut", "doubled", "moved", "figure", "whole"],
)
def test_the_transcript_is_proved_as_the_captions_are(
    channel: AudioChannel, seed: Document, recording: Rendering, change: Callable[[str], str], code: str | None
) -> None:
    damaged = tuple(
        replace(file, data=change(file.data.decode()).encode()) if file.path.endswith("transcript.txt") else file
        for file in recording.files
    )
    proof, faults = prove(seed, channel.read_back(replace(recording, files=damaged)), channel.departures(seed))
    assert [file for file, _ in proof] == ["audio/drug-related-crime.vtt", "audio/transcript.txt"]
    assert {fault.code for fault in faults} == ({code} if code else set())
    assert all("transcript.txt" in fault.message for fault in faults)


@pytest.fixture(scope="session")
def few_sentences(seed: Document) -> Document:
    return replace(seed, introduction=seed.introduction[:1], sections=(), related=None, notice=None)


@pytest.fixture(scope="session")
def short(channel: AudioChannel, few_sentences: Document) -> Rendering:
    """An edition of a few sentences, to be damaged."""
    return recorded(channel, few_sentences)


@pytest.fixture(scope="session")
def first_track(channel: AudioChannel, few_sentences: Document) -> np.ndarray[Any, Any]:
    """The sound of the short edition's first track before it was encoded: encoded twice, words of some voices are a
    tenth quieter."""
    made = {NAME: Narration(channel.settings, channel.store).render(few_sentences, {})}
    timeline = timeline_of(made)
    assert timeline is not None
    track, places = next(iter(timeline.divided()))
    return samples_of(track, places, takes_of(timeline, load_voice(channel.settings), channel.store))


def test_a_sentence_silenced_swapped_or_cut_is_caught(
    channel: AudioChannel, short: Rendering, first_track: np.ndarray[Any, Any]
) -> None:
    track = "audio/01-introduction.mp3"
    heard = decode(named(short, track).data)
    heard = replace(heard, samples=first_track[: heard.samples.size])
    own = [clip for clip in clips(short)["clips"] if clip["track"] == track.removeprefix("audio/")]
    places = [(round(c["track_begin"] * heard.rate), round(c["track_end"] * heard.rate)) for c in own]

    def altered(samples: np.ndarray[Any, Any]) -> set[str]:
        return faults(channel, short, track, write(encode([samples], heard.rate), heard.rate, {}))

    begin, end = places[2]
    assert altered(heard.samples) == set()
    silenced = heard.samples.copy()
    silenced[begin:end] = 0
    assert altered(silenced) == {"audio-missing"}
    cut = heard.samples.copy()
    cut[begin + (end - begin) * 4 // 5 : end] = 0
    assert altered(cut) == {"audio-missing"}
    (b1, e1), (b2, e2) = places[1], places[2]
    swapped = np.concatenate(
        [heard.samples[:b1], heard.samples[b2:e2], heard.samples[e1:b2], heard.samples[b1:e1], heard.samples[e2:]]
    )
    assert "audio-missing" in altered(swapped)
    late = np.concatenate([np.zeros(heard.rate // 20, dtype=np.int16), heard.samples])
    assert "audio-offset" in altered(late)
    quiet = (heard.samples // 2).astype(np.int16)
    assert altered(quiet) == {"audio-level"}
    hum = heard.samples.copy()
    hum[end + 2000 : end + 3000] = 4000
    assert "audio-noise" in altered(hum)
    assert faults(channel, short, track, b"no sound at all") == {"audio-file"}


def test_wrong_chapters_and_captions_are_caught(channel: AudioChannel, short: Rendering) -> None:
    whole = named(short, WHOLE).data
    heard = decode(whole)
    moved = tuple(replace(c, begin=c.begin + heard.rate) for c in heard.chapters)
    renamed = tuple(Chapter(title="Part", begin=c.begin, end=c.end) for c in heard.chapters)
    frames = split(sound_of(whole))
    for chapters in (moved, renamed, heard.chapters[:-1]):
        assert faults(channel, short, WHOLE, write(frames, heard.rate, {}, chapters)) == {"audio-chapters"}
    vtt = named(short, "audio/drug-related-crime.vtt").data
    assert "captions-words" in faults(channel, short, "audio/drug-related-crime.vtt", vtt.replace(b"summary\n", b"x\n"))
    late = vtt.replace(b"00:00:00.250", b"00:59:00.250")
    assert "captions-order" in faults(channel, short, "audio/drug-related-crime.vtt", late)
    assert faults(channel, short, "audio/drug-related-crime.vtt", vtt.replace(b"2008", b"2009")) == {"captions-words"}
    joined = vtt.replace(b"crime,\nand", b"crime, and")
    assert joined != vtt and faults(channel, short, "audio/drug-related-crime.vtt", joined) == {"captions-size"}
