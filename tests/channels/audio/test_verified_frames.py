"""The same bytes are not decoded twice, and a fault is found whatever was checked before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from channels.audio import verified_frames
from channels.audio.encode import begins_anew, decode, encode, hear, sound_of, split, write
from channels.audio.render import AudioChannel
from channels.base import Rendering, Settings
from model.document import Document
from narration.sound import to_bytes, wave_of
from narration.takes import key
from narration.timeline import frame_size
from narration.voices import load_voice
from tests.narration.conftest import recorded
from tests.narration.fakes import MemoryStore

Frames = tuple[bytes, ...]


@pytest.fixture
def proved(channel: AudioChannel, recording: Rendering) -> AudioChannel:
    """A channel whose store holds everything for the seed page's recording, and the result of its check."""
    assert channel.check(recording) == ()
    store = MemoryStore()
    assert isinstance(channel.store, MemoryStore)
    store.kept = dict(channel.store.kept)
    return AudioChannel(channel.settings, store)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of frames that were decoded for each section, each with the first frame of the next."""
    counts: list[int] = []

    def counted(frames: Sequence[bytes], rate: int) -> Any:
        counts.append(len(frames))
        return hear(frames, rate)

    monkeypatch.setattr(verified_frames, "hear", counted)
    return counts


def clips(rendering: Rendering) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendering.files[-1].data)
    return found


def sections(rendering: Rendering) -> list[Frames]:
    """The frames of each section of the whole recording."""
    whole = decode(rendering.files[0].data)
    frames = split(sound_of(rendering.files[0].data))
    parts = next(json.loads(file.data)["parts"] for file in rendering.files if file.path.endswith("clips.json"))
    bounds = [round(part["begin"] * whole.rate / frame_size(whole.rate)) for part in parts]
    return [frames[begin:end] for begin, end in pairwise([*bounds, len(frames)])]


def with_whole(rendering: Rendering, data: bytes) -> Rendering:
    first, *others = rendering.files
    return replace(rendering, files=(replace(first, data=data), *others))


def with_sections(rendering: Rendering, made: list[Frames]) -> Rendering:
    """The rendering with other frames in its whole recording, and with the same chapters."""
    whole = decode(rendering.files[0].data)
    return with_whole(
        rendering, write([frame for section in made for frame in section], whole.rate, {}, whole.chapters)
    )


def faults(channel: AudioChannel, rendering: Rendering) -> set[str]:
    return {fault.code for fault in channel.check(rendering)}


def test_a_section_sounds_the_same_wherever_it_stands(recording: Rendering) -> None:
    whole, at = decode(recording.files[0].data), 0
    made = sections(recording)
    for frames, after in zip(made, [*made[1:], ()], strict=True):
        assert begins_anew(frames[0]), "or it could not be proved alone"
        alone = np.concatenate(list(hear(frames + after[:1], whole.rate)))[: len(frames) * frame_size(whole.rate)]
        there = wave_of(whole.samples[at : at + alone.size])
        assert np.abs(alone[: there.size] - there).max() < 1 / 32768
        at += len(frames) * frame_size(whole.rate)
    assert at > whole.seconds * whole.rate


def test_what_was_proved_is_not_decoded_again(proved: AudioChannel, recording: Rendering, heard: list[int]) -> None:
    assert proved.check(recording) == () and heard == []


def test_a_changed_section_is_the_only_one_decoded(proved: AudioChannel, seed: Document, heard: list[int]) -> None:
    first, *others = seed.sections
    changed = recorded(proved, replace(seed, sections=(replace(first, blocks=first.blocks[:1]), *others)))
    assert proved.check(changed) == ()
    lengths = [len(section) for section in sections(changed)]
    assert lengths[1] + 1 in heard and len(heard) <= 2, "one section, and perhaps the opening, which tells the length"


def test_damage_is_found_though_the_sound_recording_was_proved(proved: AudioChannel, recording: Rendering) -> None:
    made, rate = sections(recording), decode(recording.files[0].data).rate
    clip = next(clip for clip in clips(recording)["clips"] if clip["track"] == recording.files[3].path[6:])
    begin, end = (round(clip[f"track_{side}"] * rate) for side in ("begin", "end"))

    def altered(change: Any) -> Rendering:
        samples = np.rint(np.concatenate(list(hear(made[2], rate))) * 32768).astype(np.int16)
        change(samples)
        return with_sections(recording, [*made[:2], encode([samples], rate)[: len(made[2])], *made[3:]])

    def silence(samples: Any) -> None:
        samples[begin:end] = 0

    def hum(samples: Any) -> None:
        samples[end + 2000 : end + 3000] = 4000

    def after(samples: Any) -> None:
        samples[-5000:-4000] = 4000

    assert faults(proved, altered(lambda _: None)) == set()
    for _ in range(2):  # a section with a fault is never taken for checked
        assert faults(proved, altered(silence)) == {"audio-missing"}
        assert faults(proved, altered(hum)) == {"audio-noise"}
        assert faults(proved, altered(after)) == {"audio-noise"}


def test_proved_sections_in_another_order_are_a_fault(proved: AudioChannel, recording: Rendering) -> None:
    first, second, third, *others = sections(recording)
    assert "audio-missing" in faults(proved, with_sections(recording, [first, third, second, *others]))


def test_sections_that_lean_on_one_another_are_proved_as_one(
    proved: AudioChannel, recording: Rendering, heard: list[int]
) -> None:
    whole = decode(recording.files[0].data)
    frames = encode([whole.samples], whole.rate)
    found = faults(proved, with_sections(recording, [frames]))
    assert found <= {"audio-level"}, "encoded twice, three short sentences are a tenth quieter; all are there"
    assert heard == [len(frames)]


def test_another_take_under_the_same_words_is_a_fault(proved: AudioChannel, recording: Rendering) -> None:
    words = clips(recording)["clips"][-1]["text"]
    noise = (np.random.default_rng(1).standard_normal(40_000) * 3000).astype(np.int16)
    proved.store.put(key((words, "en"), load_voice(Settings())), to_bytes(noise, 22_050))
    assert "audio-missing" in faults(proved, recording)


def test_a_file_that_begins_late_or_ends_early_is_a_fault(proved: AudioChannel, recording: Rendering) -> None:
    data = recording.files[0].data
    bare = sound_of(data)
    found = faults(proved, with_whole(recording, bare))
    assert found == {"audio-offset", "audio-chapters"}, "no Info frame: players begin 50 ms late"
    assert {"audio-length", "audio-missing"} <= faults(proved, with_whole(recording, data[: len(data) // 2]))
    assert "audio-file" in faults(proved, with_whole(recording, b"no sound at all"))


def test_another_prover_believes_nothing_that_was_proved(
    proved: AudioChannel, recording: Rendering, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verified_frames, "_prover", lambda: b"another version of the code or of the decoder")
    assert proved.check(recording) == () and sum(heard) > sum(map(len, sections(recording)))


def test_the_loudness_of_the_whole_is_held_against_its_bounds_each_time(
    proved: AudioChannel, recording: Rendering, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verified_frames, "LOUDNESS", (-30.0, -25.0))
    (fault,) = proved.check(recording)
    assert fault.code == "audio-loudness" and "is at -19." in fault.message and heard == []
