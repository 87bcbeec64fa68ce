"""Players hear each sample in its place, and sections that were encoded apart as one. Damaged frames are an error."""

from __future__ import annotations

import numpy as np
import pytest

from channels.audio.encode import decode, encode, split, write
from narration.timeline import frame_size


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_players_hear_the_first_sample_first(rate: int) -> None:
    wave = np.random.default_rng(3).standard_normal(rate)
    samples = (np.convolve(wave, np.ones(16) / 16, "same") * 8000).astype(np.int16)
    heard = decode(write(encode([samples], rate), rate, {})).samples.astype(float)
    size = 1 << 17
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(samples.astype(float), size))
    assert int(np.argmax(np.fft.irfft(product))) == 0


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_sections_encoded_apart_are_heard_as_one(rate: int) -> None:
    noise = np.random.default_rng(5).standard_normal(rate)
    speech = (np.convolve(noise, np.ones(16) / 16, "same") * 8000).astype(np.int16)
    lead, size = np.zeros(rate // 4, dtype=np.int16), frame_size(rate)
    section = np.concatenate([lead, speech, lead])
    section = section[: len(section) // size * size]
    frames = encode([section], rate)[: len(section) // size] + encode([section], rate)
    heard = decode(write(frames, rate, {})).samples[: 2 * len(section)].astype(float)
    expected = np.concatenate([section, section]).astype(float)
    assert np.corrcoef(heard, expected)[0, 1] > 0.98
    assert np.abs(heard[len(section) - len(lead) // 2 : len(section) + len(lead) // 2]).max() < 50


def test_frames_are_told_apart_and_damage_is_an_error() -> None:
    frames = encode([np.zeros(5000, dtype=np.int16)], 22_050)
    assert split(b"".join(frames)) == frames and {len(frame) for frame in frames} <= {208, 209}
    for damaged in (b"ab", b"".join(frames)[1:], b"\xff" * 50):
        with pytest.raises(ValueError, match="no MP3 frame"):
            split(damaged)
