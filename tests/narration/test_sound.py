"""Takes are trimmed, levelled, kept under the ceiling, and stored without loss."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyloudnorm
import pytest

from model.errors import VoiceError
from narration.sound import CEILING, LOUDNESS, PAD, from_bytes, loudness, take, to_bytes
from narration.voices.base import Sound
from tests.conftest import ROOT
from tests.narration.fakes import RATE, ToneVoice

NOISE = np.random.default_rng(7)


def sound_of(wave: np.ndarray) -> Sound:
    return Sound(pcm=np.rint(wave * 32767).astype("<i2").tobytes(), rate=RATE)


@pytest.mark.parametrize("module", ["narration.takes", "channels.audio.edition", "channels.sound_files.telephone"])
def test_sums_are_made_by_one_thread_whatever_the_machine(module: str) -> None:
    program = f"import os, channels.base, {module}; print(len(os.listdir('/proc/self/task')))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_loudness_is_that_of_the_standard(rate: int) -> None:
    wave = np.concatenate([0.1 * NOISE.standard_normal(rate * 2), np.zeros(rate), 0.02 * NOISE.standard_normal(rate)])
    wave = np.convolve(wave, np.ones(8) / 8, "same")
    expected = pyloudnorm.Meter(rate).integrated_loudness(wave)
    assert loudness(wave.astype(np.float32), rate) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("strength", [0.01, 0.1, 0.9])
def test_every_take_is_at_the_same_level(strength: float) -> None:
    samples = take(ToneVoice(loudness=strength).speak("some words of a voice", "en"), "some words of a voice")
    assert loudness((samples / 32768).astype(np.float32), RATE) == pytest.approx(LOUDNESS, abs=0.7)


def test_peaks_stay_under_the_ceiling_without_clipping() -> None:
    wave = 0.02 * NOISE.standard_normal(RATE * 2)
    wave[::4000] = 0.99
    samples = take(sound_of(wave), "clicks")
    assert np.abs(samples).max() <= round(CEILING * 32768)
    assert np.count_nonzero(np.abs(samples) == np.abs(samples).max()) < 20


def test_silence_around_the_words_is_trimmed_to_the_pads() -> None:
    samples = take(ToneVoice().speak("word", "en"), "word")
    assert len(samples) / RATE == pytest.approx(0.25 + 2 * PAD, abs=0.005)


@pytest.mark.parametrize("pcm", [b"", b"\0\0" * 16_000])
def test_a_silent_voice_is_an_error(pcm: bytes) -> None:
    with pytest.raises(VoiceError, match="silent"):
        take(Sound(pcm=pcm, rate=RATE), "words")


def test_the_bytes_of_a_take_keep_every_sample_and_damage_counts_as_absent() -> None:
    samples = take(ToneVoice().speak("a few words", "en"), "a few words")
    data = to_bytes(samples, RATE)
    kept = from_bytes(data)
    assert kept is not None and kept[1] == RATE and np.array_equal(kept[0], samples)
    assert from_bytes(b"not sound") is None and from_bytes(b"") is None
    assert from_bytes(data[:-1]) is None and from_bytes(data[:8]) is None, "half a sample, none at all"
    assert from_bytes(b"fLaC" + data[4:]) is None
