"""Turns words into samples by a process that speaks and is kept from one utterance to the next.

On the process's standard input, a socket arrives for each utterance, with the seconds that it may take. The process
reads the words from that socket to their end. It answers with HEADER and samples, or with HEADER, a rate of 0 and
the reason in words.
"""

from __future__ import annotations

import math
import os
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from model.errors import PipelineError, VoiceError
from narration.voices.base import Sound

LIMIT: Final = struct.Struct("<I")
"""The seconds that an utterance may take."""

HEADER: Final = struct.Struct("<II")
"""The samples a second, and the number of bytes that follow. With 0 samples a second, the bytes say why there is no
sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The way to start a process. `name` is the voice as users know it. `ended` says what an exit code means.
    `patience` is in seconds."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    ended: Mapping[int, PipelineError]
    patience: float = 10.0


class SpeakingProcess:
    """The process that speaks with one voice. Several threads may use it at a time."""

    def __init__(self, start: Start) -> None:
        self.start = start
        self.line, there = socket.socketpair()
        self.line.settimeout(start.patience)
        with there:
            self.process = subprocess.Popen(
                start.command,
                stdin=there.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(start.environment),
            )

    def speak(self, text: str, seconds: float) -> Sound:
        """The whole sound of `text` within `seconds`. Raises VoiceError."""
        try:
            sound = self._ask(f"{text}\n".encode(), seconds)
        except TimeoutError as fault:
            self.process.kill()  # the next utterance gets a new process
            raise VoiceError(f"{self.start.name} took more than {seconds:.0f} seconds to say “{text[:80]}”") from fault
        except ConnectionError:
            sound = None
        if sound is None:
            raise self._fault(text)
        return sound

    def _ask(self, text: bytes, seconds: float) -> Sound | None:
        """The answer to `text`, None where it ends too early. Only as much is read as the answer announces: another
        process may hold the other end too, so it might never read as closed."""
        here, there = socket.socketpair()
        here.settimeout(seconds)
        with here:
            with there:
                socket.send_fds(self.line, [LIMIT.pack(math.ceil(seconds) + 1)], [there.fileno()])
            here.sendall(text)
            here.shutdown(socket.SHUT_WR)
            with here.makefile("rb") as answer:
                header = answer.read(HEADER.size)
                if len(header) < HEADER.size:
                    return None
                rate, size = HEADER.unpack(header)
                data = answer.read(size)
        if len(data) != size:
            return None
        if rate == 0:
            raise VoiceError(data.decode("utf-8", "replace"))
        return Sound(pcm=data, rate=rate)

    def _fault(self, text: str) -> PipelineError:
        """Why there is no answer, by the exit code of the process if it has ended."""
        try:
            code = self.process.wait(1)
        except subprocess.TimeoutExpired:
            return VoiceError(f"{self.start.name} failed at “{text[:80]}”")
        ended = VoiceError(f"{self.start.name} ended ({code}) before it could say “{text[:80]}”")
        return self.start.ended.get(code, ended)


class SpeakingProcesses:
    """The processes of a run, by the voice that they speak with. One is started where there is none yet or where it
    has ended."""

    def __init__(self, start: Callable[[str], Start]) -> None:
        self.start = start
        self.by_voice: dict[str, SpeakingProcess] = {}
        self.door = threading.Lock()
        os.register_at_fork(before=self.door.acquire, after_in_parent=self.door.release, after_in_child=self._forget)

    def of(self, voice: str) -> SpeakingProcess:
        with self.door:
            found = self.by_voice.get(voice)
            if found is None or found.process.poll() is not None:
                found = self.by_voice[voice] = SpeakingProcess(self.start(voice))
            return found

    def _forget(self) -> None:
        """Forgets the processes in a fork: they belong to the parent, and end with it once nobody else holds their
        sockets."""
        for found in self.by_voice.values():
            found.line.close()
        self.by_voice.clear()
        self.door.release()
