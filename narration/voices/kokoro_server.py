"""Turns words into samples that were heard, by Kokoro in a process started as `kokoro_server FOLDER VOICE SPEED`.

Standard input is a socket, on which a socket arrives for each utterance (speaking_process.py). The model is loaded
once. Utterances are spoken side by side, each on one thread, so that the samples do not depend on how many there
are.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from model.errors import PipelineError
from narration.voices.base import NO_SOUNDS, Sound
from narration.voices.heard_take import Listener
from narration.voices.kokoro_model import Kokoro
from narration.voices.speaking_process import HEADER, LIMIT

SLOWER = 0.9
"""The part of the usual speed at which an utterance is spoken again that was not heard right."""


class Unheard(Exception):
    """An utterance in which the recogniser does not hear its words at either speed."""


def main(folder: str, voice: str, speed: str) -> int:
    """Answers until standard input ends. Returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent decides
    with socket.socket(fileno=os.dup(0)) as asked, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        ready = pool.submit(_load, Path(folder), voice)
        while True:
            _, lines, _, _ = socket.recv_fds(asked, LIMIT.size, 1)
            if not lines:
                return 0
            pool.submit(_answer, lines[0], ready.result, float(speed))


def _load(folder: Path, voice: str) -> tuple[Kokoro, Listener]:
    kokoro = Kokoro(folder, voice)
    return kokoro, Listener(kokoro.phonemes)


def _answer(line: int, ready: object, speed: float) -> None:
    """Answers the words on the socket `line` with their sound, or with the reason why there is none."""
    with socket.socket(fileno=line) as asked:
        words = b"".join(iter(lambda: asked.recv(65536), b"")).decode("utf-8", "replace").strip()
        try:
            kokoro, listener = ready()  # type: ignore[operator]
            words, _, sounds = words.partition("\n")
            sound = speak(words, kokoro, listener, speed, json.loads(sounds or "{}"))
            answer = HEADER.pack(sound.rate, len(sound.pcm)) + sound.pcm
        except (PipelineError, Unheard) as fault:
            said = str(fault).encode()
            answer = HEADER.pack(0, len(said)) + said
        asked.sendall(answer)


def speak(words: str, kokoro: Kokoro, listener: Listener, speed: float, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
    """The sound of `words`, if the recogniser hears them in it. Else they are spoken again, slower, and then Unheard
    is raised. `sounds` are those of the words whose sounds are known."""
    heard = ""
    for way in (speed, speed * SLOWER):
        sound = kokoro.speak(words, way, sounds)
        verdict = listener.hear(sound, words)
        if verdict.right:
            return sound
        heard = verdict.heard
    raise Unheard(f"kokoro does not say “{words[:120]}” so that it is understood: “{heard[:120]}” is heard, twice")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
