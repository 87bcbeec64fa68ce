"""Turns Kokoro's sound of a few words into one without the vowel that the model adds to their last consonant.

Alone, "Risk." sounds like "risk-uh". The model says how long each of its sounds is, so the place of the last consonant
is known. From its middle on, only what is higher than a vowel is kept: a hiss or a burst.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

LENGTHS: Final = "/encoder/Clip_output_0"
"""The model's tensor with the length of each sound, in frames."""

FRAME: Final = 600
"""Samples of a frame."""

FEW: Final = 40
"""The most sounds for which the model adds a vowel. In a whole sentence it adds none that is heard."""

CONSONANTS: Final = frozenset("ptkfθsʃʧz")
LONG: Final = 6
"""The fewest frames of a consonant that has a vowel in it."""

EARLY: Final = 0.13
"""Seconds by which sounds begin before their frames."""

OWN: Final = 0.06
"""Seconds of the consonant that are left as they are."""

LOWEST: Final = 1000.0
WHOLE: Final = 1600.0
"""Between these frequencies the filter opens."""

FADE: Final = 0.02


def with_lengths(model: bytes) -> bytes:
    """The ONNX file `model`, which gives the lengths, too. In protobuf, bytes that are added are merged: here, an
    output of the graph that has only a name."""
    added = LENGTHS.encode()
    for field in (0x0A, 0x62, 0x3A):  # a name, in an output of a graph, in a model
        added = bytes((field, len(added))) + added
    return model + added


def without_vowel(
    wave: npt.NDArray[np.float32], sounds: Sequence[str], lengths: npt.NDArray[np.float32], rate: int
) -> npt.NDArray[np.float32]:
    """`wave` of these `sounds`, each with its length in frames. The first and the last length are those of silence."""
    last = max((at for at, sound in enumerate(sounds) if sound.isalpha()), default=None)
    if last is None or len(sounds) > FEW or sounds[last] not in CONSONANTS or lengths[last + 1] < LONG:
        return wave
    begin = max(0, round(float(lengths[: last + 1].sum()) * FRAME + (OWN - EARLY) * rate))
    end = wave[begin:]
    size = 1 << max(1, end.size).bit_length()
    open_at = np.clip((np.fft.rfftfreq(size, 1 / rate) - LOWEST) / (WHOLE - LOWEST), 0, 1)
    high = np.fft.irfft(np.fft.rfft(end, size) * open_at)[: end.size]
    blend = np.minimum(1, np.arange(end.size) / (FADE * rate))
    return np.concatenate([wave[:begin], end * (1 - blend) + high * blend]).astype(np.float32)
