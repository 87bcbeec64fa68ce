"""Samples to MP3 frames, and back, to hear what was made.

A recording is encoded once, section by section, by an encoder that begins anew with each (lameenc); the whole and the
tracks are written from the same frames (mp3.py).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import lameenc
import numpy as np
import soundfile

from channels.audio.mp3 import BITS_A_SECOND, Chapter, Frames, chapters_of, frame_size, split
from channels.audio.sound import Reals, Samples

QUALITY: Final = 7
"""LAME's quality: 5 costs twice as much and is further from the original (23.0 dB, not 24.9); 9 is the same."""

DELAY: Final = 529
"""Samples by which every decoder is late, and which every player that reads the Info frame skips."""

ENCODER_DELAY: Final = 576
"""Samples of silence that LAME puts before the first. As many are left out of the silence that sections begin with."""


def encode(samples: Samples, rate: int) -> Frames:
    """Frames of 64 kbit/s mono, of samples that begin with at least ENCODER_DELAY of silence. Sample n is heard DELAY
    samples late: from frame (n + DELAY) // frame_size on. The first frame needs none before it."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BITS_A_SECOND // 1000)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return split(bytes(encoder.encode(samples[ENCODER_DELAY:].tobytes())) + bytes(encoder.flush()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a player gets from a file that lasts `seconds`."""

    samples: Samples
    rate: int
    seconds: float
    chapters: tuple[Chapter, ...]


def decode(data: bytes, seconds: float | None = None) -> Decoded:
    """An MP3 file as a player hears it, or its first `seconds`: encoder delay and padding skipped, chapters in the
    order of the file. Raises ValueError where it is none."""
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate, length = int(file.samplerate), file.frames
            samples = file.read(-1 if seconds is None else round(seconds * rate), dtype="int16")
    except soundfile.LibsndfileError as fault:
        raise ValueError(str(fault)) from fault
    heard = length if seconds is not None else len(samples)
    return Decoded(samples=samples, rate=rate, seconds=heard / rate, chapters=chapters_of(data, rate))


def hear(frames: Sequence[bytes], rate: int) -> Reals:
    """The sound of `frames`, the first of which begins anew, from its first sample on: float32 in
    -1..1. Raises ValueError where they are no MP3."""
    sound = np.zeros(DELAY + len(frames) * frame_size(rate), dtype=np.float32)
    if frames:
        try:
            soundfile.read(io.BytesIO(b"".join(frames)), out=sound)
        except soundfile.LibsndfileError as fault:
            raise ValueError(str(fault)) from fault
    return sound[DELAY:]
