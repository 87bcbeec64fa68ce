"""Turns samples into MP3 frames, and frames into files with tags, chapters and cover. Decodes them again for the
checks.

A recording is encoded once, section by section, by an encoder that begins anew with each (lameenc). The whole and
the tracks are written from the same frames by PyAV, which also writes the Info frame. docs/audio.md says why these
two.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import av
import lameenc
import numpy as np
import soundfile
from av.audio.stream import AudioStream
from av.container import OutputContainer

from channels.audio import id3
from channels.audio.id3 import Chapter
from narration.sound import ROWS, Reals, Samples, tenth
from narration.timeline import frame_size

BITS_A_SECOND: Final = 64_000
QUALITY: Final = 7
"""LAME's quality. 5 costs twice as much and is further from the original (23.0 dB instead of 24.9); 9 is the same."""

DELAY: Final = 529
"""The samples by which every decoder is late. Every player that reads the Info frame skips them."""

ENCODER_DELAY: Final = 576
"""The samples of silence that LAME puts before the first. As many are removed from the silence at the start of a
section."""

BLOCK: Final = 10 * ROWS
"""How many tenths of a second are decoded at once."""

BITEXACT: Final = 0x400
"""AVFMT_FLAG_BITEXACT: the tags do not name the writing program."""

Frames = tuple[bytes, ...]


def encode(samples: Iterable[Samples], rate: int) -> Frames:
    """Frames of 64 kbit/s mono, made of blocks of samples. The first block begins with at least ENCODER_DELAY
    samples of silence. Sample n is heard DELAY samples late: from frame (n + DELAY) // frame_size on. The first
    frame needs none before it."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BITS_A_SECOND // 1000)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    encoder.silence()
    skipped, made = ENCODER_DELAY, bytearray()
    for block in samples:
        made += encoder.encode(block[skipped:].tobytes())
        skipped = max(0, skipped - block.size)
    return split(bytes(made + encoder.flush()))


def split(data: bytes) -> Frames:
    """The frames of 64 kbit/s in `data`, by their headers (ISO 11172-3, 2.4.1.3). Raises ValueError if `data` is
    anything else."""
    frames, at = [], 0
    while at < len(data):
        size = _size_by(data[at : at + 4])
        if not size:
            raise ValueError(f"no MP3 frame at byte {at}")
        frames.append(data[at : at + size])
        at += size
    return tuple(frames)


@functools.lru_cache
def _size_by(header: bytes) -> int:
    """The bytes of a frame of 64 kbit/s, by its header. 0 if it is not such a header."""
    bits = int.from_bytes(header, "big")
    version, rate, padding = bits >> 19 & 3, bits >> 10 & 3, bits >> 9 & 1
    if bits >> 21 != 0x7FF or rate == 3:
        return 0
    hertz = (44_100, 48_000, 32_000)[rate] >> {3: 0, 2: 1, 0: 2}[version]
    return frame_size(hertz) * BITS_A_SECOND // 8 // hertz + padding


def begins_anew(frame: bytes) -> bool:
    """True if a frame needs no bits of earlier frames: main_data_begin is 0 (ISO 11172-3, 2.4.1.7)."""
    return int.from_bytes(frame[4:6], "big") >> (7 if frame[1] & 8 else 8) == 0


def write(
    frames: Sequence[bytes], rate: int, tags: Mapping[str, str], chapters: Sequence[Chapter] = (), cover: bytes = b""
) -> bytes:
    """An MP3 file: ID3v2.3, an Info frame (players start at the first sample), the frames. `tags` are by the names
    of their ID3 frames, `cover` is a PNG. The same input gives the same bytes."""
    file, size = io.BytesIO(), frame_size(rate)
    with av.open(file, "w", format="mp3", options={"id3v2_version": "0"}) as container:
        container.flags |= BITEXACT
        stream = _stream(container, rate)
        for number, frame in enumerate(frames):
            packet = av.Packet(frame)
            packet.stream = stream
            packet.pts = packet.dts = number * size
            container.mux_one(packet)
    return id3.tag(tags, chapters, rate, cover) + file.getvalue()


def _stream(container: OutputContainer, rate: int) -> AudioStream:
    """A stream for frames that are already encoded. FFmpeg opens an encoder for it, which gets nothing."""
    stream = container.add_stream("libmp3lame", rate=rate, layout="mono", format="s16p")
    stream.bit_rate = BITS_A_SECOND
    return stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file as a player decodes it. `seconds` is its length."""

    samples: Samples
    rate: int
    seconds: float
    chapters: tuple[Chapter, ...]


def decode(data: bytes, seconds: float | None = None) -> Decoded:
    """An MP3 file as a player hears it, or its first `seconds`. Encoder delay and padding are skipped; chapters are
    in the order of the file. Raises ValueError if it is not an MP3."""
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate, length = int(file.samplerate), file.frames
            samples = file.read(-1 if seconds is None else round(seconds * rate), dtype="int16")
        with av.open(io.BytesIO(data), "r", format="mp3") as container:
            chapters = tuple(_chapter(chapter, rate) for chapter in container.chapters())
    except (soundfile.LibsndfileError, av.FFmpegError) as fault:
        raise ValueError(str(fault)) from fault
    heard = length if seconds is not None else len(samples)
    return Decoded(samples=samples, rate=rate, seconds=heard / rate, chapters=chapters)


class _Forward(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """A file that is read from beginning to end. Otherwise each read would end with a seek, and decode frames again."""

    def seekable(self) -> bool:
        return False


def hear(frames: Sequence[bytes], rate: int) -> Iterator[Reals]:
    """The sound of `frames` from its first sample on, in blocks of whole tenths of a second: float32 between -1 and
    1. The first frame must begin anew. Hours of sound are never in memory at once. Raises ValueError if they are not
    MP3."""
    if not frames:
        return
    due = len(frames) * frame_size(rate)
    try:
        with _Forward(io.BytesIO(b"".join(frames))) as file:
            file.read(out=np.zeros(DELAY, dtype=np.float32))
            for begin in range(0, due, block := BLOCK * tenth(rate)):
                sound = np.zeros(min(block, due - begin), dtype=np.float32)
                file.read(out=sound)
                yield sound
    except soundfile.LibsndfileError as fault:
        raise ValueError(str(fault)) from fault


def sound_of(data: bytes) -> bytes:
    """The frames of an MP3 file that `write` made, without its ID3 tag and Info frame."""
    at = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]) if data[:3] == b"ID3" else 0
    info = data.find(b"Info", at, at + 64)
    return data[data.find(data[at : at + 2], info) :] if info > 0 else data[at:]


def _chapter(chapter: Mapping[str, Any], rate: int) -> Chapter:
    def samples(moment: int) -> int:
        return int(moment * chapter["time_base"] * rate + Fraction(1, 2))

    title = str(chapter["metadata"].get("title", ""))
    return Chapter(title=title, begin=samples(chapter["start"]), end=samples(chapter["end"]))
