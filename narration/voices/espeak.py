"""Turns words into sound by espeak-ng: offline, the same sound in every run, and the default voice.

Its library speaks in another process (espeak_server.py). That starts with the first utterance, stays for the
following ones, and ends when this process does. The text is plain and never markup, which can name programs to run.
Its brackets are taken away: in [[ and ]] stand only the sounds that are known.
"""

from __future__ import annotations

import functools
import hashlib
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from model.errors import VoiceError
from narration.voices import espeak_server, program
from narration.voices.base import NO_SOUNDS, Sound, longest
from narration.voices.phonemes import for_espeak
from narration.voices.speaking_process import SpeakingProcesses, Start

RATE: Final = 148
"""espeak-ng's own figure. Measured, it speaks the seed page at 150 words a minute."""

FILES: Final = {"en": "gmw/en", "en-gb": "gmw/en"}
"""The file of each language's voice. To find a voice by its name, espeak-ng reads all hundred and thirty: 4 ms of
14."""

RESPELT: Final = (
    (re.compile(r"(?i)\bay\b"), "eh"),
    (re.compile(r"(?<=\b[A-Z] )I\b|\bI(?= [A-Z]\b)"), "eye"),
)
"""Words that espeak-ng reads wrong, and what it is given instead. It says "ay" as "eye" and "eh" as the letter A; an
I among letters it takes for the pronoun."""

SPEAKER: Final = Path(espeak_server.__file__)
PATIENCE: Final = 10.0
"""Seconds that an utterance may take, in addition to the length of its sound."""


class Espeak:
    """The voice of espeak-ng."""

    name = "espeak-ng"
    programs = ("espeak-ng", espeak_server.LIBRARY)
    files: tuple[Path, ...] = ()
    at_once = 4
    takes_sounds = True

    def __init__(self, pace: float = 1.0) -> None:
        self.rate = round(RATE * pace)

    def identity(self) -> str:
        version = program.version("espeak-ng", "--version").partition("  Data at")[0]
        respelt = [(pattern.pattern, respelt) for pattern, respelt in RESPELT]
        return f"{version} rate {self.rate} respelt {hashlib.sha256(repr(respelt).encode()).hexdigest()[:12]}"

    def speaks(self, language: str) -> bool:
        return language.lower() in FILES or language.lower() in _files()

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        text = words.replace("[", " ").replace("]", " ")
        if language.lower().partition("-")[0] == "en":  # the mnemonics are those of its voices
            text = for_espeak(text, sounds)
        for pattern, respelt in RESPELT:
            text = pattern.sub(respelt, text)
        file = FILES.get(language.lower()) or _files().get(language.lower(), language)
        try:
            sound = _speakers.of(f"{file} {self.rate}").speak(text, PATIENCE + longest(words))
        except OSError as fault:
            raise VoiceError(f"espeak-ng cannot be asked: {fault}") from fault
        return program.plausible(sound, words)


def _start(of: str) -> Start:
    """The way to start espeak-ng's library. `of` is the file of a voice and a rate, with a space between them."""
    voice, _, rate = of.rpartition(" ")
    return Start(
        name="espeak-ng",
        command=[sys.executable, "-I", "-S", str(SPEAKER), voice, rate],
        environment=program.quiet_environment(),
        ended={
            espeak_server.NO_LIBRARY: program.missing("espeak-ng"),
            espeak_server.NO_VOICE: VoiceError(f"espeak-ng cannot read its voice {voice}"),
        },
        patience=PATIENCE,
    )


_speakers: Final = SpeakingProcesses(_start)


@functools.cache
def _files() -> dict[str, str]:
    """The file of each language's voice."""
    table = program.run([program.require("espeak-ng"), "--voices"], b"", 10).decode("utf-8", "replace")
    rows = [line.split() for line in table.splitlines()[1:]]
    return {row[1]: row[4] for row in reversed(rows) if len(row) > 4}  # the first row of a language wins
