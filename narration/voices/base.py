"""What a voice is: one utterance of plain words goes in, sound comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

LONGEST_CHARACTER: Final = 0.25
"""Seconds of sound for a character of words: more is a voice gone astray."""

SHORTEST_CHARACTER: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Mono sound: `pcm` is signed 16-bit little-endian samples, `rate` of them a second."""

    pcm: bytes
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate


class Voice(Protocol):
    """A voice. `programs` are those outside Python that it uses, `files` those that its user names; `at_once` is how
    many utterances it may be given at a time."""

    name: str
    programs: tuple[str, ...]
    files: tuple[Path, ...]
    at_once: int

    def identity(self) -> str:
        """Engine, version and settings: whatever changes the sound of the same words. Cheap to ask."""
        ...

    def speaks(self, language: str) -> bool:
        """Whether this voice has the language (a BCP 47 tag)."""
        ...

    def speak(self, words: str, language: str) -> Sound:
        """The sound of `words`. Raises VoiceError where it cannot be had; never returns part of it."""
        ...


USUAL_RATE: Final = 150
"""Words a minute at which every voice speaks unless another rate is chosen."""


def longest(words: str) -> float:
    """The seconds that `words` may take at most."""
    return 2 + LONGEST_CHARACTER * len(words)


def shortest(words: str) -> float:
    """The seconds that `words` must take at least."""
    return SHORTEST_CHARACTER * len(words)
