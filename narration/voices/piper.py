"""Turns words into sound by Piper, a neural voice, offline, from a voice file that the user names. An optional extra.

setup/locked/piper.txt installs it. Piper is GPL-3, so it runs as a program of its own and is never imported here.
Both noise scales are 0: with noise, the same words would sound different every time, and nothing could be kept or
compared.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from model.errors import ToolMissing, UsageError, VoiceError
from narration.voices import program
from narration.voices.base import NO_SOUNDS, Sound, longest

LOADING = 60.0
"""Seconds that a large voice may take to load."""


class Piper:
    """The voice in the ONNX file `voice_file`. Its configuration stands beside it as `<voice_file>.json`."""

    name = "piper"
    programs: tuple[str, ...] = ()  # a Python package that runs as a program
    at_once = 2
    takes_sounds = False

    def __init__(self, voice_file: Path | None, pace: float = 1.0) -> None:
        if voice_file is None:
            raise UsageError(
                "the voice piper needs a voice file", "Name the .onnx file, with its .onnx.json beside it."
            )
        self.file = voice_file
        self.files = (voice_file, voice_file.with_name(f"{voice_file.name}.json"))
        self.stretch = f"{1 / pace:.3f}"

    def identity(self) -> str:
        _require()
        return f"piper-tts {version('piper-tts')} {_digest(self.file)} stretch {self.stretch}"

    def speaks(self, language: str) -> bool:
        """True if the configuration says that this is a voice for `language`."""
        config = _config(self.file)
        code = str(config.get("language", {}).get("code") or config.get("espeak", {}).get("voice", ""))
        return code.lower().replace("_", "-").partition("-")[0] == language.lower().partition("-")[0]

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:  # noqa: ARG002
        _require()
        command = [sys.executable, "-P", "-m", "piper", "--model", str(self.file.resolve()), "--output-file", "-"]
        quiet = ["--noise-scale", "0", "--noise-w-scale", "0", "--length-scale", self.stretch]
        heard = program.run([*command, *quiet], f"{words}\n".encode(), LOADING + longest(words), self.name)
        return program.wave(heard, words)


def _require() -> None:
    if find_spec("piper") is None:
        raise ToolMissing("the voice piper is not installed", "pip install --require-hashes -r setup/locked/piper.txt")


def _config(file: Path) -> dict[str, Any]:
    beside = file.with_name(f"{file.name}.json")
    try:
        config = json.loads(beside.read_bytes())
    except OSError as fault:
        raise VoiceError(f"the voice's configuration cannot be read: {fault}", f"Piper wants {beside.name}.") from fault
    except ValueError as fault:
        raise VoiceError(f"{beside} is not JSON: {fault}") from fault
    if not isinstance(config, dict):
        raise VoiceError(f"{beside} is not a voice's configuration")
    return config


def _digest(file: Path) -> str:
    """The SHA-256 of the voice and its configuration."""
    try:
        stamps = tuple(path.stat().st_mtime_ns for path in (file, file.with_name(f"{file.name}.json")))
    except OSError as fault:
        raise VoiceError(f"the voice file cannot be read: {fault}", "Name the .onnx file of a Piper voice.") from fault
    return _digest_of(file, stamps)


@functools.cache
def _digest_of(file: Path, _stamps: tuple[int, ...]) -> str:
    state = hashlib.sha256(file.with_name(f"{file.name}.json").read_bytes())
    with file.open("rb") as stream:
        state.update(hashlib.file_digest(stream, "sha256").digest())
    return state.hexdigest()
