"""espeak-ng: offline, the same sound on every machine, and the default.

A fresh process for each utterance: the library, used again in one process, gives other samples at each call. The text
goes to standard input, and never with -m, whose markup can name programs to run. `[[` would start phoneme input.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import Final

from channels.audio.voices import program
from channels.audio.voices.base import Sound, longest

RATE: Final = 148
"""espeak-ng's own figure; measured, the seed page is spoken at 150 words a minute with it."""

FILES: Final = {"en": "gmw/en", "en-gb": "gmw/en"}
"""Languages by the file of their voice. By its name, a voice is found by reading all hundred and thirty: 4 ms of 14."""

RESPELT: Final = (
    (re.compile(r"\bay\b"), "eh"),
    (re.compile(r"(?<=\b[A-Z] )I\b|\bI(?= [A-Z]\b)"), "eye"),
)
"""What espeak-ng reads wrong: its "ay" is "eye" and its "eh" the letter A; its I among letters is the pronoun."""


class Espeak:
    """The voice of espeak-ng."""

    name = "espeak-ng"
    at_once = 4

    def identity(self) -> str:
        version = program.version("espeak-ng", "--version").partition("  Data at")[0]
        respelt = [(pattern.pattern, respelt) for pattern, respelt in RESPELT]
        return f"{version} rate {RATE} respelt {hashlib.sha256(repr(respelt).encode()).hexdigest()[:12]}"

    def speaks(self, language: str) -> bool:
        return language.lower() in FILES or language.lower() in _languages()

    def speak(self, words: str, language: str) -> Sound:
        for pattern, respelt in RESPELT:
            words = pattern.sub(respelt, words)
        text = words.replace("[", " ").replace("]", " ")
        voice = FILES.get(language.lower(), language.lower())
        command = [program.require("espeak-ng"), "-v", voice, "-s", str(RATE), "-b", "1", "--stdin", "--stdout"]
        return program.wave(program.run(command, f"{text}\n".encode(), 10 + longest(words)), words)


@functools.cache
def _languages() -> frozenset[str]:
    table = program.run([program.require("espeak-ng"), "--voices"], b"", 10).decode("utf-8", "replace")
    return frozenset(line.split()[1] for line in table.splitlines()[1:] if line.strip())
