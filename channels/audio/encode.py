"""Samples to MP3 frames, frames to files with tags, chapters and cover; and back, to see what was made.

Every frame stands on its own (no bit reservoir), so a recording is encoded once, section by section, and the whole and
the tracks are written from the same frames. Why PyAV (FFmpeg's libmp3lame): docs/audio.md.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np
import soundfile
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Disposition

from channels.audio.sound import Samples

BITS_A_SECOND: Final = 64_000
OPTIONS: Final = {"compression_level": "7", "reservoir": "0"}
"""LAME's quality 7: 5 costs 1.7 times as much and is further from the original (23.0 dB, not 24.9)."""

DELAY: Final = 529
"""Samples by which every decoder is late, and which every player that reads the Info frame skips."""

ENCODER_DELAY: Final = 576
"""Samples of silence that LAME puts before the first, made up to a whole frame here, which is then left out."""

BITEXACT: Final = 0x400
"""AVFMT_FLAG_BITEXACT: no name of the writing program among the tags."""

BLOCK: Final = 1 << 16

Frames = tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, in samples from the beginning of the file."""

    title: str
    begin: int
    end: int


def frame_size(rate: int) -> int:
    """Samples in a frame: MPEG-1 from 32 kHz, MPEG-2 below (ISO 13818-3)."""
    return 1152 if rate >= 32_000 else 576


def encode(samples: Samples, rate: int) -> Frames:
    """Frames of 64 kbit/s mono. Sample n is heard DELAY samples late: from frame (n + DELAY) // frame_size on."""
    frames: list[bytes] = []
    samples = np.concatenate([np.zeros(frame_size(rate) - ENCODER_DELAY, dtype=np.int16), samples])
    with av.open(io.BytesIO(), "w", format="mp3") as container:
        stream = _stream(container, rate)
        for begin in range(0, len(samples), BLOCK):
            block = av.AudioFrame.from_ndarray(samples[begin : begin + BLOCK].reshape(1, -1), "s16p", "mono")
            block.sample_rate, block.pts = rate, begin
            frames += map(bytes, stream.encode(block))
        frames += map(bytes, stream.encode(None))
    return tuple(frames[1:])


def write(
    frames: Sequence[bytes], rate: int, tags: Mapping[str, str], chapters: tuple[Chapter, ...] = (), cover: bytes = b""
) -> bytes:
    """An MP3 file: ID3v2.3, an Info frame (players start at the first sample), the frames. `tags` by FFmpeg's names,
    `cover` a PNG. The same input gives the same bytes."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"id3v2_version": "3"}) as container:
        container.flags |= BITEXACT
        stream = _stream(container, rate)
        container.metadata.update({name: value for name, value in tags.items() if value})
        container.set_chapters(
            [
                {
                    "id": number,
                    "start": round(chapter.begin * 1000 / rate),
                    "end": round(chapter.end * 1000 / rate),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": chapter.title},
                }
                for number, chapter in enumerate(chapters)
            ]
        )
        if cover:
            _attach(container, cover)
        size, moment = frame_size(rate), Fraction(1, rate)
        for number, frame in enumerate(frames):
            packet = av.Packet(frame)
            packet.stream, packet.time_base = stream, moment
            packet.pts = packet.dts = number * size
            packet.duration = size
            container.mux(packet)
    return file.getvalue()


def pack(frames: Frames) -> bytes:
    """Frames as bytes for a store."""
    return struct.pack(f"<I{len(frames)}H", len(frames), *map(len, frames)) + b"".join(frames)


def unpack(data: bytes) -> Frames | None:
    """Frames from a store; None where the data is damaged."""
    if len(data) < 4:
        return None
    count = int.from_bytes(data[:4], "little")
    at = 4 + 2 * count
    if len(data) < at:
        return None
    frames = []
    for length in struct.unpack_from(f"<{count}H", data, 4):
        frames.append(data[at : at + length])
        at += length
    return tuple(frames) if at == len(data) else None


def _stream(container: OutputContainer, rate: int) -> AudioStream:
    stream = container.add_stream("libmp3lame", rate=rate, layout="mono", format="s16p", options=OPTIONS)
    stream.bit_rate = BITS_A_SECOND
    return stream


def _attach(container: OutputContainer, cover: bytes) -> None:
    """The cover as an attached picture, which FFmpeg takes as a stream of one packet."""
    with av.open(io.BytesIO(cover), "r") as image:
        source = image.streams.video[0]
        picture = container.add_stream_from_template(source)
        picture.disposition = Disposition.attached_pic
        picture.metadata.update({"title": "Cover", "comment": "Cover (front)"})
        container.start_encoding()
        for packet in image.demux(source):
            if packet.size:
                packet.stream = picture
                container.mux(packet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a player gets from a file."""

    samples: Samples
    rate: int
    chapters: tuple[Chapter, ...]


def decode(data: bytes) -> Decoded:
    """An MP3 file as a player hears it: encoder delay and padding skipped, chapters in the order of the file. Raises
    ValueError where it is none."""
    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="int16")
        with av.open(io.BytesIO(data), "r", format="mp3") as container:
            chapters = tuple(_chapter(chapter, rate) for chapter in container.chapters())
    except (soundfile.LibsndfileError, av.FFmpegError) as fault:
        raise ValueError(str(fault)) from fault
    return Decoded(samples=samples, rate=int(rate), chapters=chapters)


def sound_of(data: bytes) -> bytes:
    """The frames of an MP3 file of ours, without its ID3 tag and Info frame."""
    at = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]) if data[:3] == b"ID3" else 0
    info = data.find(b"Info", at, at + 64)
    return data[data.find(data[at : at + 2], info) :] if info > 0 else data[at:]


def _chapter(chapter: Mapping[str, Any], rate: int) -> Chapter:
    def samples(moment: int) -> int:
        return int(moment * chapter["time_base"] * rate + Fraction(1, 2))

    title = str(chapter["metadata"].get("title", ""))
    return Chapter(title=title, begin=samples(chapter["start"]), end=samples(chapter["end"]))
