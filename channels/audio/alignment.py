"""Decoded sound, held against the takes that should be in it: each whole, at its very place, and silence between.

A normalised correlation near 1 says that a take is there, whole, and within a fraction of a millisecond. Only where it
is not is it searched for, to say how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE
from narration.sound import Reals, wave_of
from narration.takes import Said, Takes

ALIKE: Final = 0.95
"""Correlation of an utterance with itself after 64 kbit/s is 0.99; a tenth of it silenced makes 0.94, another 0.1."""

GAIN: Final = (0.9, 1.1)
REACH: Final = 0.5
OFFSET: Final = 0.010
PEAK: Final = 10 ** (-3.0 / 20)
QUIET: Final = 10 ** (-45.0 / 20)
EDGE: Final = 0.06
"""Seconds after an utterance and before the next in which its echo in the encoder may be heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An utterance, and where it should be in a file (seconds)."""

    said: Said
    begin: float
    end: float


def presence(
    name: str, heard: Reals, placed: tuple[Placed, ...], takes: Takes, begins: int = 0
) -> Iterator[Diagnostic]:
    """What is wrong with `heard`, which begins `begins` samples into the file `name`, if it should hold `placed`."""

    def at(seconds: float) -> int:
        return max(0, round(seconds * takes.rate) - begins)

    silent_from = 0
    for place in placed:
        begin = at(place.begin)
        yield from _take(name, heard, place, begin, takes)
        yield from _pause(name, heard[silent_from : at(place.begin - EDGE)], place.begin, "before")
        silent_from = at(place.end + EDGE)
    if placed:
        yield from _pause(name, heard[silent_from:], placed[-1].end, "after")
    if heard.size and (peak := max(heard.max(), -heard.min())) > PEAK:
        yield fault("audio-peak", f"{name} peaks at {20 * np.log10(peak):.1f} dBFS, above -3")


def _take(name: str, heard: Reals, place: Placed, begin: int, takes: Takes) -> Iterator[Diagnostic]:
    said = place.said[0][:60]
    sample = wave_of(takes.by_words[place.said].samples())
    likeness, gain = _likeness(sample, heard[begin : begin + sample.size])
    if likeness >= ALIKE and not GAIN[0] < gain < GAIN[1]:
        yield fault("audio-level", f"{name}: “{said}” is {gain:.2f} times as loud as it was made")
    elif likeness < ALIKE:
        offset = _search(sample, heard, begin, takes.rate)
        if offset is None:
            yield fault("audio-missing", f"{name}: “{said}” is not heard at {place.begin:.2f} s")
        elif abs(offset) > OFFSET:
            yield fault("audio-offset", f"{name}: “{said}” is {offset * 1000:+.0f} ms out of place")


def _pause(name: str, gap: Reals, moment: float, side: str) -> Iterator[Diagnostic]:
    if gap.size and max(gap.max(), -gap.min()) > QUIET:
        yield fault("audio-noise", f"{name}: something is heard in the pause {side} {moment:.2f} s")


def _likeness(sample: Reals, heard: Reals) -> tuple[float, float]:
    """The normalised correlation of a sample with what is heard, and how much louder that is; 0 where it is shorter."""
    if heard.size != sample.size:
        return 0.0, 0.0
    own, common, theirs = (float(np.dot(a, b)) for a, b in ((sample, sample), (sample, heard), (heard, heard)))
    return (common / (own * theirs) ** 0.5, common / own) if own and theirs else (0.0, 0.0)


def _search(sample: Reals, heard: Reals, begin: int, rate: int) -> float | None:
    """How many seconds from `begin` the sample is, looking half a second either way; None where it is not there."""
    reach = round(REACH * rate)
    low = max(0, begin - reach)
    window = heard[low : begin + sample.size + reach]
    if window.size < sample.size:
        return None
    size = 1 << (window.size + sample.size).bit_length()
    product = np.fft.rfft(window, size) * np.conj(np.fft.rfft(sample, size))
    at = int(np.argmax(np.fft.irfft(product, size)[: window.size - sample.size + 1]))
    if _likeness(sample, window[at : at + sample.size])[0] < ALIKE:
        return None
    return (low + at - begin) / rate


def fault(code: str, message: str) -> Diagnostic:
    """An error in a file: it has no place in the source."""
    return Diagnostic(severity="error", code=code, message=message, mark=NOWHERE, hint=OURS)
