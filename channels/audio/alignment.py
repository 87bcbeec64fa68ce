"""Compares decoded sound with the takes that should be in it: each whole, at its very place, with silence between them.

A normalised correlation near 1 proves that a take is there, whole, and within a fraction of a millisecond. A take is
searched for only where it is not at its place, to say what is wrong.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE
from narration.sound import Reals, wave_of
from narration.takes import Said, Takes

ALIKE: Final = 0.95
"""The correlation of an utterance with itself after 64 kbit/s is 0.99. With a tenth of it silenced it is 0.94, with
another utterance 0.1."""

GAIN: Final = (0.9, 1.1)
REACH: Final = 0.5
OFFSET: Final = 0.010
PEAK: Final = 10 ** (-3.0 / 20)
QUIET: Final = 10 ** (-45.0 / 20)
EDGE: Final = 0.06
"""Seconds after an utterance and before the next in which its echo in the encoder may be heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An utterance, and its place in a file in seconds."""

    said: Said
    begin: float
    end: float


def presence(name: str, heard: Reals, placed: tuple[Placed, ...], takes: Takes) -> Iterator[Diagnostic]:
    """The faults of `heard`, the sound of the file `name` from its beginning, which should hold `placed`."""
    listener = Presence(name, placed, takes)
    yield from listener.hear(heard)
    yield from listener.end()


class Presence:
    """Listens to the file `name` for `placed`, block by block, from `begins` samples on. It keeps only as much sound
    as an utterance and what lies around it."""

    def __init__(self, name: str, placed: Iterable[Placed], takes: Takes, begins: int = 0) -> None:
        self._name, self._takes, self._begins = name, takes, begins
        self._waiting = deque(placed)
        self._silent_from = 0
        """The end of the utterance found last, with its echo. All places are in samples from `begins` on."""
        self._kept = np.zeros(0, dtype=np.float32)
        self._kept_from = 0
        self._peak = 0.0
        self._ended: float | None = None

    def hear(self, block: Reals) -> Iterator[Diagnostic]:
        """The faults that the next block shows."""
        if block.size:
            self._peak = max(self._peak, float(block.max()), -float(block.min()))
        self._kept = np.concatenate([self._kept, block])
        heard = self._kept_from + self._kept.size
        reach = round(REACH * self._takes.rate)
        while self._waiting and self._end(self._waiting[0]) + reach <= heard:
            yield from self._place(self._waiting.popleft())
        if self._waiting:
            needed = min(self._silent_from, self._at(self._waiting[0].begin) - reach)
        else:
            needed = heard if self._ended is None else self._silent_from
        if needed > self._kept_from:
            self._kept = self._kept[needed - self._kept_from :]
            self._kept_from = min(needed, heard)

    @property
    def kept(self) -> int:
        """The number of samples in memory."""
        return self._kept.size

    def end(self) -> Iterator[Diagnostic]:
        """The faults at the end of the sound."""
        while self._waiting:
            yield from self._place(self._waiting.popleft())
        if self._ended is not None:
            yield from _pause(self._name, self._stretch(self._silent_from, None), self._ended, "after")
        if self._peak > PEAK:
            yield fault("audio-peak", f"{self._name} peaks at {20 * np.log10(self._peak):.1f} dBFS, above -3")

    def _place(self, place: Placed) -> Iterator[Diagnostic]:
        begin = self._at(place.begin)
        yield from _take(self._name, self._kept, place, begin - self._kept_from, self._takes)
        before = self._stretch(self._silent_from, self._at(place.begin - EDGE))
        yield from _pause(self._name, before, place.begin, "before")
        self._silent_from, self._ended = self._at(place.end + EDGE), place.end

    def _at(self, seconds: float) -> int:
        return max(0, round(seconds * self._takes.rate) - self._begins)

    def _end(self, place: Placed) -> int:
        """The end of an utterance, by the length of its take."""
        return self._at(place.begin) + self._takes.by_words[place.said].length

    def _stretch(self, begin: int, end: int | None) -> Reals:
        """The kept sound between two places."""
        return self._kept[begin - self._kept_from : None if end is None else max(0, end - self._kept_from)]


def _take(name: str, heard: Reals, place: Placed, begin: int, takes: Takes) -> Iterator[Diagnostic]:
    said = place.said[0][:60]
    sample = wave_of(takes.samples(place.said))
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
    """The normalised correlation of a sample with what is heard, and how much louder that is. Both are 0 where it is
    shorter."""
    if heard.size != sample.size:
        return 0.0, 0.0
    own, common, theirs = (float(np.dot(a, b)) for a, b in ((sample, sample), (sample, heard), (heard, heard)))
    return (common / (own * theirs) ** 0.5, common / own) if own and theirs else (0.0, 0.0)


def _search(sample: Reals, heard: Reals, begin: int, rate: int) -> float | None:
    """The distance in seconds from `begin` at which the sample is found, at most half a second either way. None if
    it is not there."""
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
    """An error in a file. It has no place in the source."""
    return Diagnostic(severity="error", code=code, message=message, mark=NOWHERE, hint=OURS)
