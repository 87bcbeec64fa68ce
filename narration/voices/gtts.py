"""Turns words into sound by Google's voice, through the network. With no other voice do the words leave this machine.

gTTS builds the requests, and google.py sends them: gTTS leaves TLS unverified, has no time-out, retries nothing, and
takes an empty or a cut answer for sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol, cast

from narration.voices.base import NO_SOUNDS, Sound

TLD: Final = "co.uk"
"""Google's British voice for English."""

RATE: Final = 24_000
"""Samples a second. An answer at another rate is resampled, so that it can be joined with kept takes."""


class _Google(Protocol):
    def speaks(self, language: str) -> bool: ...

    def speak(self, words: str, language: str, tld: str) -> Sound: ...


class Gtts:
    """Google's voice. It gets two utterances at a time, since Google soon answers 429 to more."""

    name = "gtts"
    programs: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    at_once = 2
    takes_sounds = False

    def identity(self) -> str:
        return f"gTTS {version('gTTS')} {TLD} {RATE} samples a second"

    def speaks(self, language: str) -> bool:
        return _google().speaks(language)

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:  # noqa: ARG002
        return _google().speak(words, language, TLD)


def _google() -> _Google:
    """The module that sends requests. It is imported when it is used: gTTS and requests take 120 ms, which a
    fingerprint does not need."""
    return cast(_Google, import_module("narration.voices.google"))
