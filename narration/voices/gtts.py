"""gTTS: Google's voice through the network. The words leave this machine; no other voice does that.

gTTS builds the requests; google.py sends them, since gTTS leaves TLS unverified, has no time-out, retries nothing, and
takes an empty or a cut answer for sound.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol, cast

from narration.voices.base import Sound

TLD: Final = "co.uk"
"""Google's British voice for English."""

RATE: Final = 24_000
"""Samples a second. An answer at another rate is resampled, so that it joins takes that are kept."""


class _Google(Protocol):
    def speaks(self, language: str) -> bool: ...

    def speak(self, words: str, language: str, tld: str) -> Sound: ...


class Gtts:
    """Google's voice. Two utterances in flight: with more, Google soon answers 429."""

    name = "gtts"
    programs: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    at_once = 2

    def identity(self) -> str:
        return f"gTTS {version('gTTS')} {TLD} {RATE} samples a second"

    def speaks(self, language: str) -> bool:
        return _google().speaks(language)

    def speak(self, words: str, language: str) -> Sound:
        return _google().speak(words, language, TLD)


def _google() -> _Google:
    """The wire, imported when it is used: gTTS and requests take 120 ms, which a fingerprint need not pay."""
    return cast(_Google, import_module("narration.voices.google"))
