"""The protocol of a voice, which turns one utterance of plain words into sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

NO_SOUNDS: Final[Mapping[str, str]] = MappingProxyType({})
LONGEST_CHARACTER: Final = 0.25
"""Seconds of sound for each character of words. If there is more, the voice has gone astray."""

SHORTEST_CHARACTER: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Mono sound: `pcm` holds signed 16-bit little-endian samples, `rate` of them a second."""

    pcm: bytes
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate


class Voice(Protocol):
    """A voice. `programs` are the programs outside Python that it uses, `files` the files that its user names. It
    may get `at_once` utterances at a time. `takes_sounds` is true if it speaks the sounds that it gets with the
    words, in IPA by the words as they are spoken (phonemes.py)."""

    name: str
    programs: tuple[str, ...]
    files: tuple[Path, ...]
    at_once: int
    takes_sounds: bool

    def identity(self) -> str:
        """Engine, version and settings: everything that changes the sound of the same words. Must be quick."""
        ...

    def speaks(self, language: str) -> bool:
        """True if this voice has the language (a BCP 47 tag)."""
        ...

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        """The sound of `words`, never a part of it. Raises VoiceError where it cannot be had."""
        ...


USUAL_RATE: Final = 150
"""The words a minute at which every voice speaks unless another rate is chosen."""


def longest(words: str) -> float:
    """The most seconds that `words` may take."""
    return 2 + LONGEST_CHARACTER * len(words)


def shortest(words: str) -> float:
    """The fewest seconds that `words` must take."""
    return SHORTEST_CHARACTER * len(words)
