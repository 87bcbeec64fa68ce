"""A few words of Kokoro end with their last consonant, and all other sound stays as the model made it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from narration.voices.last_consonant import EARLY, FRAME, LENGTHS, OWN, with_lengths, without_vowel

RATE = 24_000
LOW, HIGH = 200, 4000
RISK = "ɹˈɪsk."
LENGTHS_OF_RISK = (15, 2, 4, 5, 4, 11, 18, 1)


def humming(seconds: float) -> npt.NDArray[np.float32]:
    """A hum and a hiss that last."""
    at = np.arange(round(seconds * RATE)) * 2 * np.pi / RATE
    return (0.3 * np.sin(LOW * at) + 0.3 * np.sin(HIGH * at)).astype(np.float32)


def level(wave: npt.NDArray[np.float32], pitch: int) -> float:
    """The height of the tone of that pitch."""
    at = np.arange(len(wave)) * 2 * np.pi / RATE
    return float(2 * abs(np.mean(wave * np.exp(-1j * pitch * at))))


def cleaned(sounds: str, lengths: tuple[int, ...]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    wave = humming(sum(lengths) * FRAME / RATE)
    return wave, without_vowel(wave, sounds, np.array(lengths, dtype=np.float32), RATE)


def test_in_the_last_consonant_only_a_hiss_is_left() -> None:
    wave, made = cleaned(RISK, LENGTHS_OF_RISK)
    begin = round(30 * FRAME + (OWN - EARLY) * RATE)
    assert len(made) == len(wave) and np.array_equal(made[:begin], wave[:begin])
    rest = made[begin + 2400 : begin + 7200]
    assert level(rest, LOW) < 0.01 and level(rest, HIGH) == pytest.approx(0.3, rel=0.02)


@pytest.mark.parametrize(
    ("sounds", "lengths"),
    [
        ("sˈiː ˈɔːlsQ.", (15,) * 14),
        (RISK, (15, 2, 4, 5, 4, 3, 18, 1)),
        ("a" * 40 + "k.", (15,) * 44),
        ("bˈɛl.", (15,) * 7),
        ("…", (15,) * 3),
        ("", (15, 1)),
    ],
    ids=["vowel", "short consonant", "sentence", "voiced consonant", "no sound", "nothing"],
)
def test_whatever_else_a_voice_says_stays(sounds: str, lengths: tuple[int, ...]) -> None:
    wave, made = cleaned(sounds, lengths)
    assert np.array_equal(made, wave)


def test_what_is_added_to_the_model_is_the_name_of_an_output() -> None:
    added = with_lengths(b"model").removeprefix(b"model")
    assert added[0] == 0x3A and added[1] == len(added) - 2 and added.endswith(LENGTHS.encode())
