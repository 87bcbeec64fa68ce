"""Keeps what Kokoro has said in a folder, so that all tests with that voice, and the next run of them, share one take
of each sentence. A take costs a second or more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from narration.voices.base import NO_SOUNDS, Sound
from narration.voices.kokoro import Kokoro


def keep_takes(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Makes Kokoro say only what `folder` does not have. A voice that would sound otherwise has another identity, and
    speaks anew."""
    real = Kokoro.speak

    def speak(voice: Kokoro, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        said = json.dumps([voice.identity(), language, words, sorted(sounds.items())])
        file = folder / hashlib.sha256(said.encode()).hexdigest()
        if file.is_file():
            rate, _, pcm = file.read_bytes().partition(b"\n")
            return Sound(pcm=pcm, rate=int(rate))
        sound = real(voice, words, language, sounds)
        folder.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_bytes(b"%d\n" % sound.rate + sound.pcm)
        new.replace(file)
        return sound

    patch.setattr(Kokoro, "speak", speak)
