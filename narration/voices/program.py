"""Turns text into sound by a program that reads its standard input and writes a WAV file to its standard output."""

from __future__ import annotations

import functools
import os
import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from model.errors import ToolMissing, VoiceError
from narration.voices.base import Sound, longest

PATIENCE: Final = 10.0
"""Seconds that a program may take to say its version."""

KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "ESPEAK_DATA_PATH", "SYSTEMROOT", "TMPDIR")
NO_SOUND_SYSTEM: Final = {
    "HOME": os.devnull,  # no folder can be made in it
    "PULSE_SERVER": f"unix:{os.devnull}/none",  # else PulseAudio's client starts a server of its own
    "LC_ALL": "C.UTF-8",
}


def quiet_environment() -> dict[str, str]:
    """The environment of a program that speaks into a file. At its start espeak-ng asks PulseAudio for a device,
    which would write to the user's home and send the user's cookie to any server that the environment names."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | NO_SOUND_SYSTEM


@functools.cache
def version(program: str, option: str) -> str:
    """The answer of `program option` about its version, even if the program then fails, as flite does. Raises
    ToolMissing if it is not installed, VoiceError if it does not answer."""
    told = finished([require(program), option], b"", PATIENCE, program).stdout.decode("utf-8", "replace")
    return next((line.strip() for line in told.splitlines() if "ersion" in line or "eSpeak" in line), "")


def require(program: str) -> str:
    """The path of `program`. Raises ToolMissing."""
    found = shutil.which(program)
    if found is None:
        raise missing(program)
    return found


def missing(program: str) -> ToolMissing:
    """The error that says that a voice is not installed."""
    return ToolMissing(f"the voice {program} is not installed", f"On Debian and Ubuntu: apt-get install {program}")


def run(command: Sequence[str], stdin: bytes, timeout: float, name: str = "") -> bytes:
    """The output of `command`. Raises VoiceError, which says what was being spoken, for a failure or a time-out."""
    name = name or Path(command[0]).name
    done = finished(command, stdin, timeout, name)
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = next((line for line in lines if "Error" in line), lines[-1] if lines else "it gives no reason")
        raise VoiceError(f"{name} failed ({done.returncode}) at “{_said(command, stdin)}”: {reason[:200]}")
    return done.stdout


def finished(command: Sequence[str], stdin: bytes, timeout: float, name: str) -> subprocess.CompletedProcess[bytes]:
    """`command` after it ended, well or not. Raises VoiceError if it cannot start or does not end in time."""
    try:
        return subprocess.run(
            command, input=stdin, capture_output=True, timeout=timeout, check=False, env=quiet_environment()
        )
    except subprocess.TimeoutExpired as fault:
        raise VoiceError(f"{name} took more than {timeout:.0f} seconds to say “{_said(command, stdin)}”") from fault
    except OSError as fault:
        raise VoiceError(f"{name} cannot be started: {fault}") from fault


def _said(command: Sequence[str], stdin: bytes) -> str:
    """The beginning of what was being spoken; if nothing was, what was asked."""
    return (stdin.decode("utf-8", "replace").strip() or command[-1])[:80]


def wave(data: bytes, words: str) -> Sound:
    """The sound of a WAV file, 16-bit mono. The length in its header is ignored, since a program that writes to a
    pipe cannot know it. Raises VoiceError for sound that is empty or longer than the words can take."""
    at = 12
    rate = 0
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", data, at + 8)
            if (kind, channels, bits) != (1, 1, 16):
                raise VoiceError(f"sound of an unexpected form: {channels} channels of {bits} bits")
        if name == b"data":
            pcm = data[at + 8 :]
            return plausible(Sound(pcm=pcm[: len(pcm) // 2 * 2], rate=rate), words)
        at += 8 + size + size % 2
    raise VoiceError(f"no sound came back for “{words[:80]}”")


def plausible(sound: Sound, words: str) -> Sound:
    """`sound`. Raises VoiceError if it is empty or too long for `words`."""
    if not sound.pcm or not sound.rate:
        raise VoiceError(f"no sound came back for “{words[:80]}”")
    if sound.seconds > longest(words):
        raise VoiceError(f"{sound.seconds:.0f} seconds of sound came back for “{words[:80]}”")
    return sound
