"""Fakes behind the real interfaces: a store in memory, and a voice that speaks each word as a tone of its own."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from model.errors import VoiceUnreachable
from narration.voices.base import NO_SOUNDS, Sound

RATE = 16_000


class MemoryStore:
    """Keeps what it is given, and counts."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


class ToneVoice:
    """Speaks each word as a quarter of a second of a tone that depends on the word, between silences."""

    name = "tone"
    programs: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    at_once = 2
    takes_sounds = False

    def __init__(self, fails: Callable[[str], bool] = lambda _: False, loudness: float = 0.3, pitch: int = 120) -> None:
        self.heard: list[str] = []
        self.fails = fails
        self.loudness = loudness
        self.pitch = pitch

    def identity(self) -> str:
        return "tone 1"

    def speaks(self, language: str) -> bool:
        return language == "en"

    def speak(self, words: str, language: str, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        if self.fails(words):
            raise VoiceUnreachable("the line is down")
        self.heard.append(words)
        wave = [0.0] * (RATE // 10)
        for word in words.split():
            pitch = self.pitch + zlib.crc32(word.encode()) % 600
            wave += [self.loudness * math.sin(2 * math.pi * pitch * n / RATE) for n in range(RATE // 4)]
        wave += [0.0] * (RATE // 5)
        return Sound(pcm=struct.pack(f"<{len(wave)}h", *(round(32767 * sample) for sample in wave)), rate=RATE)
