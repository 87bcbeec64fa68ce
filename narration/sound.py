"""Turns a voice's Sound into a take that can be joined to others: trimmed, at an even level, as samples or as bytes.

Loudness follows ITU-R BS.1770-5: K-weighting, blocks of 400 ms that overlap by three quarters, gates at -70 LUFS and
10 LU under the mean. The weighting is applied as a power response to each block's spectrum, so no filter has to run
sample by sample.
"""

from __future__ import annotations

import functools
import struct
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from model.errors import VoiceError
from narration.voices.base import Sound

Samples: TypeAlias = npt.NDArray[np.int16]
Reals: TypeAlias = npt.NDArray[np.float32]

LOUDNESS: Final = -18.4
"""LUFS of a take. A recording comes to -19, since the measure counts the edges of the pauses as quiet speech."""

CEILING: Final = 10 ** (-4.0 / 20)
"""The highest sample before encoding. MP3 adds up to a decibel, and the promise is -3 dBFS."""

PAD: Final = 0.02
SILENCE: Final = 10 ** (-50.0 / 20)
FAINT: Final = 10 ** (-38.0 / 20)
"""A part of a take's own peak. What is quieter before and after the words counts as silence."""

ROWS: Final = 32
"""How many spectra are worked on at a time. More do not fit into a processor's cache."""

FULL: Final = 32768.0

HEAD: Final = struct.Struct("<4sI")
"""What a take begins with in the store: MARK, and the samples a second. The samples follow, 16 bits each, the lower
byte first. FLAC would be three fifths of the size, but packing it was a twentieth of the cost of a recording."""

MARK: Final = b"take"


def take(sound: Sound, words: str) -> Samples:
    """The samples of `words` between pads of 20 ms, at the loudness of every other take. Raises VoiceError for
    silence."""
    wave = wave_of(np.frombuffer(sound.pcm, dtype="<i2"))
    peak = float(max(wave.max(initial=0.0), -wave.min(initial=0.0)))
    if peak <= SILENCE:
        raise VoiceError(f"the voice was silent for “{words[:80]}”")
    loud = np.flatnonzero(np.abs(wave) > FAINT * peak)
    pad = round(PAD * sound.rate)
    wave = wave[max(0, loud[0] - pad) : loud[-1] + 1 + pad]
    wave = _levelled(wave, sound.rate)
    ramp = np.linspace(0.0, 1.0, min(pad // 2, wave.size // 2), dtype=np.float32)
    wave[: ramp.size] *= ramp
    wave[wave.size - ramp.size :] *= ramp[::-1]
    samples: Samples = np.rint(wave * np.float32(FULL)).astype(np.int16)
    return samples


def wave_of(samples: Samples) -> Reals:
    """Samples as real numbers between -1 and 1."""
    return samples.astype(np.float32) / np.float32(FULL)


def to_bytes(samples: Samples, rate: int) -> bytes:
    """A take as the store keeps it."""
    return HEAD.pack(MARK, rate) + samples.astype("<i2", copy=False).tobytes()


def from_bytes(data: bytes) -> tuple[Samples, int] | None:
    """The samples (read-only) and the rate of a take. None if `data` is anything else."""
    if len(data) <= HEAD.size or len(data) % 2 or data[: len(MARK)] != MARK:
        return None
    return np.frombuffer(data, dtype="<i2", offset=HEAD.size), HEAD.unpack_from(data)[1]


def loudness(wave: Reals, rate: int) -> float:
    """The integrated loudness in LUFS of a mono wave between -1 and 1."""
    return integrated(powers(wave, rate))


def tenth(rate: int) -> int:
    """The samples of a tenth of a second."""
    return round(0.1 * rate)


def powers(wave: Reals, rate: int) -> Reals:
    """The K-weighted power of each tenth of a second. The last one is filled up with silence."""
    step = tenth(rate)
    tenths = np.zeros(max(1, -(-wave.size // step)) * step, dtype=np.float32)
    tenths[: wave.size] = wave
    rows, weights = tenths.reshape(-1, step), _weights(step, rate)
    found: Reals = np.concatenate([_power(rows[at : at + ROWS]) @ weights for at in range(0, len(rows), ROWS)])
    return found / np.float32(step**2)


def integrated(power: Reals) -> float:
    """The integrated loudness in LUFS of sound whose tenths of a second have these powers."""
    blocks = np.convolve(np.pad(power, (0, max(0, 4 - power.size))), np.full(4, 0.25), "valid")
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not blocks.size:
        return -70.0
    blocks = blocks[blocks > blocks.mean() / 10]
    return float(-0.691 + 10 * np.log10(blocks.mean()))


def _power(rows: Reals) -> npt.NDArray[np.floating[Any]]:
    spectra = np.fft.rfft(rows)
    return spectra.real**2 + spectra.imag**2


@functools.cache
def _weights(size: int, rate: int) -> Reals:
    """The power response of the K-weighting at the bins of a real spectrum. Each bin also counts for its mirror
    image. These are the two filters of BS.1770 annex 1, which gives them for 48 kHz, evaluated at the frequencies of
    `rate`."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / rate) / 48000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response = np.abs(shelf * high) ** 2
    mirrored = np.full(response.size, 2.0)
    mirrored[0] = 1.0
    if size % 2 == 0:
        mirrored[-1] = 1.0
    return np.asarray(response * mirrored, dtype=np.float32)


def _levelled(wave: Reals, rate: int) -> Reals:
    """`wave` at LOUDNESS. Limiting lowers it a little; the gain is raised once to make up for that."""
    wave = wave * np.float32(10 ** ((LOUDNESS - loudness(wave, rate)) / 20))
    limited = _limited(wave, rate)
    lost = float(np.dot(wave, wave) / np.dot(limited, limited))
    return limited if lost < 1.02 else _limited(wave * np.float32(lost**0.75), rate)


def _limited(wave: Reals, rate: int) -> Reals:
    """`wave` with its peaks below the ceiling. The gain moves slowly enough not to be heard: it is found for each
    stretch of 2 ms, held for 4 ms on either side, and joined by straight lines."""
    loud = np.flatnonzero(np.abs(wave) > CEILING)
    if not loud.size:
        return wave
    step = round(0.002 * rate)
    count = -(-wave.size // step)
    stretches = np.zeros((count, step), dtype=np.float32)
    stretches.reshape(-1)[: wave.size] = wave
    rows = loud // step
    rows = rows[np.diff(rows, prepend=-1) > 0]  # each once (np.unique would import masked arrays: 4 ms)
    needed = np.ones(count + 8, dtype=np.float32)
    needed[rows + 4] = CEILING / np.abs(stretches[rows]).max(axis=1)
    held = np.minimum.reduce([needed[at : at + count + 4] for at in range(5)])
    gain = np.pad((held[1:-3] + held[2:-2] + held[3:-1]) / np.float32(3), 1, mode="edge")
    edges = (gain[:-1] + gain[1:]) / 2
    begins, ends = edges[:-1, None], edges[1:, None]
    moved = np.flatnonzero((begins < 1) | (ends < 1))
    slope = np.linspace(0.0, 1.0, step, endpoint=False, dtype=np.float32)
    stretches[moved] *= begins[moved] + (ends[moved] - begins[moved]) * slope
    return stretches.reshape(-1)[: wave.size]
