"""Turns words into samples by espeak-ng's library, in a process started as `espeak_server.py VOICE RATE`.

A library that has spoken before gives other samples. So this process makes the library ready once and never speaks;
a fork speaks each utterance and then ends.

Standard input is a socket. For each utterance another socket arrives on it, with the seconds that the utterance may
take. The fork reads the words from that socket to their end, and writes HEADER and samples to it once it has all of
them. An alarm ends a fork that takes too long; the end of standard input ends this process. So nothing stays behind,
whatever happens to the other side.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import struct
import sys
from typing import Final

LIBRARY: Final = "libespeak-ng.dylib" if sys.platform == "darwin" else "libespeak-ng.so.1"
NO_LIBRARY: Final = 3
NO_VOICE: Final = 4
"""Exit codes of this process if it cannot begin."""

HEADER: Final = struct.Struct("<II")
"""The samples a second, and the number of bytes that follow. It is the same as in speaking_process.py, which is not
imported here."""

LIMIT: Final = struct.Struct("<I")

# Constants of speak_lib.h.
SYNCHRONOUS: Final = 2
DO_NOT_EXIT: Final = 0x8000
SPEED: Final = 1
BY_CHARACTER: Final = 1
PLAIN: Final = 0x0001 | 0x0100 | 0x1000
"""The text is UTF-8, has phonemes in [[ and ]], and ends with a pause. 0x10 is not set: it would allow markup, which
can name programs to run."""

Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def main(voice: str, speed: str) -> int:
    """Waits for utterances until standard input ends. Returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent decides
    signal.signal(signal.SIGCHLD, _clean_up)
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        return NO_LIBRARY
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, None, DO_NOT_EXIT)
    if rate <= 0 or library.espeak_SetVoiceByName(voice.encode()) != 0:
        return NO_VOICE
    library.espeak_SetParameter(SPEED, int(speed), 0)
    gc.disable()  # collecting would touch, and so copy, every page of a fork
    with socket.socket(fileno=0) as asked:
        while True:
            limit, lines, _, _ = socket.recv_fds(asked, LIMIT.size, 1)
            if not lines:
                break
            if os.fork() == 0:
                try:
                    speak(library, rate, lines[0], *LIMIT.unpack(limit))
                finally:
                    os._exit(0)
            os.close(lines[0])
    return 0


def _clean_up(*_: object) -> None:
    """Waits for the forks that have ended. The system would do that, too, but their time would then count nowhere."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:  # none is left
        return


def speak(library: ctypes.CDLL, rate: int, line: int, limit: int) -> None:
    """Answers on the socket `line` within `limit` seconds, with at most as many seconds of sound. Else ends without
    an answer."""
    signal.alarm(limit)
    pcm = bytearray()

    def hear(samples: int | None, count: int, _events: int | None) -> int:
        """Keeps the samples. Any result except 0 stops the voice."""
        if samples:
            pcm.extend(ctypes.string_at(samples, 2 * count))
        return int(len(pcm) > 2 * rate * limit)

    with socket.socket(fileno=line) as asked:
        words = b"".join(iter(lambda: asked.recv(65536), b""))
        heard = Heard(hear)
        library.espeak_SetSynthCallback(heard)
        size = ctypes.c_size_t(len(words))
        if library.espeak_Synth(words, size, 0, BY_CHARACTER, 0, PLAIN, None, None) == 0:
            asked.sendall(HEADER.pack(rate, len(pcm)) + pcm)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
