"""Turns words into sound by flite's voice slt: a second engine for the tests, which a recogniser understands.
English only."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from narration.voices import program
from narration.voices.base import NO_SOUNDS, Sound, longest

PLAIN = str.maketrans({"–": ",", "’": "'", "…": ","})


class Flite:
    """flite with the voice slt."""

    name = "flite"
    programs = ("flite",)
    files: tuple[Path, ...] = ()
    at_once = 2
    takes_sounds = False

    def identity(self) -> str:
        return f"{program.version('flite', '--version')} slt"

    def speaks(self, language: str) -> bool:
        return language.partition("-")[0].lower() == "en"

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:  # noqa: ARG002
        text = words.translate(PLAIN)
        with tempfile.TemporaryDirectory() as folder:
            written, spoken = Path(folder) / "words.txt", Path(folder) / "words.wav"
            written.write_text(f"{text}\n", encoding="utf-8")
            program.run(
                [program.require("flite"), "-voice", "slt", "-f", str(written), "-o", str(spoken)],
                b"",
                10 + longest(words),
            )
            return program.wave(spoken.read_bytes(), words)
