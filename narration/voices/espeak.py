"""espeak-ng: offline, the same sound on every machine, and the default.

Its library speaks in another process (espeak_server.py), which is started with the first utterance, kept for those that
follow, and ends when this process does. The text is plain, never markup, which can name programs to run.
"""

from __future__ import annotations

import functools
import hashlib
import math
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from model.errors import PipelineError, VoiceError
from narration.voices import espeak_server, program
from narration.voices.base import Sound, longest

RATE: Final = 148
"""espeak-ng's own figure; measured, the seed page is spoken at 150 words a minute with it."""

FILES: Final = {"en": "gmw/en", "en-gb": "gmw/en"}
"""Languages by the file of their voice. By its name, a voice is found by reading all hundred and thirty: 4 ms of 14."""

RESPELT: Final = (
    (re.compile(r"\bay\b"), "eh"),
    (re.compile(r"(?<=\b[A-Z] )I\b|\bI(?= [A-Z]\b)"), "eye"),
)
"""What espeak-ng reads wrong: its "ay" is "eye" and its "eh" the letter A; its I among letters is the pronoun."""

SPEAKER: Final = Path(espeak_server.__file__)
PATIENCE: Final = 10.0
"""Seconds that an utterance may take, beside what its sound would."""


class Espeak:
    """The voice of espeak-ng."""

    name = "espeak-ng"
    at_once = 4

    def identity(self) -> str:
        version = program.version("espeak-ng", "--version").partition("  Data at")[0]
        respelt = [(pattern.pattern, respelt) for pattern, respelt in RESPELT]
        return f"{version} rate {RATE} respelt {hashlib.sha256(repr(respelt).encode()).hexdigest()[:12]}"

    def speaks(self, language: str) -> bool:
        return language.lower() in FILES or language.lower() in _files()

    def speak(self, words: str, language: str) -> Sound:
        for pattern, respelt in RESPELT:
            words = pattern.sub(respelt, words)
        text = words.replace("[", " ").replace("]", " ")
        file = FILES.get(language.lower()) or _files().get(language.lower(), language)
        try:
            sound = _speaker(file).speak(text, PATIENCE + longest(words))
        except OSError as fault:
            raise VoiceError(f"espeak-ng cannot be asked: {fault}") from fault
        return program.plausible(sound, words)


class _Speaker:
    """The process that speaks with one voice, as several threads may ask it at a time."""

    def __init__(self, voice: str) -> None:
        self.voice = voice
        self.line, there = socket.socketpair()
        self.line.settimeout(PATIENCE)
        command = [sys.executable, "-I", "-S", str(SPEAKER), voice, str(RATE)]
        with there:
            self.process = subprocess.Popen(
                command,
                stdin=there.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=program.quiet_environment(),
            )

    def speak(self, text: str, seconds: float) -> Sound:
        """The sound of `text`, within `seconds`: whole, or a VoiceError."""
        try:
            sound = self._ask(f"{text}\n".encode(), seconds)
        except TimeoutError as fault:
            self.process.kill()  # the next utterance gets another
            raise VoiceError(f"espeak-ng took more than {seconds:.0f} seconds to say “{text[:80]}”") from fault
        except ConnectionError:
            sound = None
        if sound is None:
            raise self._fault(text)
        return sound

    def _ask(self, text: bytes, seconds: float) -> Sound | None:
        """The answer to `text`; None where it ends too early. No more of it is read than it announces: somebody else
        may hold the other end, too, and it never read as closed."""
        here, there = socket.socketpair()
        here.settimeout(seconds)
        with here:
            with there:
                limit = espeak_server.LIMIT.pack(math.ceil(seconds) + 1)
                socket.send_fds(self.line, [limit], [there.fileno()])
            here.sendall(text)
            here.shutdown(socket.SHUT_WR)
            with here.makefile("rb") as answer:
                header = answer.read(espeak_server.HEADER.size)
                if len(header) < espeak_server.HEADER.size:
                    return None
                rate, size = espeak_server.HEADER.unpack(header)
                pcm = answer.read(size)
                return Sound(pcm=pcm, rate=rate) if len(pcm) == size else None

    def _fault(self, text: str) -> PipelineError:
        """Why there is no answer: by what the process ended with, if it has."""
        try:
            code = self.process.wait(1)
        except subprocess.TimeoutExpired:
            return VoiceError(f"espeak-ng failed at “{text[:80]}”")
        if code == espeak_server.NO_LIBRARY:
            return program.missing("espeak-ng")
        if code == espeak_server.NO_VOICE:
            return VoiceError(f"espeak-ng cannot read its voice {self.voice}")
        return VoiceError(f"espeak-ng ended ({code}) before it could say “{text[:80]}”")


_speakers: Final[dict[str, _Speaker]] = {}
_door: Final = threading.Lock()


def _speaker(voice: str) -> _Speaker:
    """The one that has `voice`, started where there is none yet or it has ended."""
    with _door:
        found = _speakers.get(voice)
        if found is None or found.process.poll() is not None:
            found = _speakers[voice] = _Speaker(voice)
        return found


def _forget() -> None:
    """In a fork of this process: the speakers are its parent's, and end with it if nobody else can ask them."""
    for found in _speakers.values():
        found.line.close()
    _speakers.clear()
    _door.release()


os.register_at_fork(before=_door.acquire, after_in_parent=_door.release, after_in_child=_forget)


@functools.cache
def _files() -> dict[str, str]:
    """The file of each language's voice."""
    table = program.run([program.require("espeak-ng"), "--voices"], b"", 10).decode("utf-8", "replace")
    rows = [line.split() for line in table.splitlines()[1:]]
    return {row[1]: row[4] for row in reversed(rows) if len(row) > 4}  # the first row of a language counts
