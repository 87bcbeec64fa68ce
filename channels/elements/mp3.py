"""Turns the bytes of an MP3 file into what its frames say (bit rate, sampling frequency, channels, length), and into
the picture in its tag.

The frames are read and not decoded (ISO 11172-3, 2.4.1.3; ISO 13818-3, 2.4.2.3). The Info frame (LAME's "Info tag")
says how many samples at both ends a player skips.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

TAG: Final = b"ID3"
INFO: Final = 4 + 9, 4 + 17, 4 + 32
"""Where the name of an Info frame can stand, after the header and the side information."""

NAMES: Final = (b"Info", b"Xing")
SKIPPED: Final = 141
"""Where an Info frame with all its fields says how many samples are skipped: so many bytes after its name."""

LATE: Final = 529
"""The samples by which every decoder is late, and which players skip where there is an Info frame."""

KILOBITS: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""The bit rates of Layer III, of MPEG-1 and of MPEG-2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp3:
    """A file of MPEG Layer III with one bit rate and one sampling frequency. `samples` are those of a frame, `seconds`
    is how long it is heard."""

    bits_a_second: int
    rate: int
    channels: int
    samples: int
    seconds: float = 0.0


def mp3_of(data: bytes) -> Mp3:
    """What the frames of a file say. Raises ValueError if it is anything but frames of one kind from end to end."""
    begin = _after_tag(data)
    kind, size = _header(data[begin : begin + 4], begin)
    info = next((begin + at for at in INFO if data[begin + at : begin + at + 4] in NAMES), 0)
    if info and data[info : info + 4] == b"Xing":
        raise ValueError("its bit rate varies (Xing)")
    frames = _count(data, begin + size if info else begin, kind)
    skipped = int.from_bytes(data[info + SKIPPED : info + SKIPPED + 3], "big") if info else 0
    late = (skipped >> 12) + LATE if info else 0
    samples = frames * kind.samples - late - max(0, (skipped & 0xFFF) - LATE)
    return replace(kind, seconds=samples / kind.rate)


def picture_in(data: bytes) -> bytes:
    """The first picture in the ID3v2.3 tag of a file, empty where it has none."""
    end = _after_tag(data)
    at = 10
    while at + 10 < end and data[at]:
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data.startswith(b"APIC", at):
            # The encoding, the media type up to a zero, the kind, and the description up to a zero come first.
            kind = data.index(b"\0", at + 11) + 1
            return data[data.index(b"\0", kind + 1) + 1 : at + 10 + size]
        at += 10 + size
    return b""


def _after_tag(data: bytes) -> int:
    """The place after an ID3v2 tag, whose length has seven bits a byte."""
    if not data.startswith(TAG):
        return 0
    return 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))


def _count(data: bytes, at: int, first: Mp3) -> int:
    """How many frames stand from `at` to the end. All are like `first`, but where the sampling frequency does not
    divide the bits, some are a byte longer. There are few headers, so each is read once."""
    count, end, sizes = 0, len(data), dict[bytes, int]()
    while at < end:
        bits = data[at : at + 4]
        if bits not in sizes:
            kind, sizes[bits] = _header(bits, at)
            if kind != first:
                raise ValueError(f"frame {count + 1} has another bit rate, sampling frequency or number of channels")
        at += sizes[bits]
        count += 1
    if at > end:
        raise ValueError("its last frame is not whole")
    return count


def _header(bits: bytes, at: int) -> tuple[Mp3, int]:
    """What the header of the frame at byte `at` says, and the bytes of the frame."""
    whole = int.from_bytes(bits, "big")
    version, layer = whole >> 19 & 3, whole >> 17 & 3
    index, hertz = whole >> 12 & 15, whole >> 10 & 3
    if len(bits) < 4 or whole >> 21 != 0x7FF or version == 1 or layer != 1 or index in (0, 15) or hertz == 3:
        raise ValueError(f"no frame of MPEG Layer III at byte {at}")
    speed = KILOBITS[version == 3][index] * 1000
    rate = (44_100, 48_000, 32_000)[hertz] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 1152 if version == 3 else 576
    kind = Mp3(bits_a_second=speed, rate=rate, channels=1 if whole >> 6 & 3 == 3 else 2, samples=samples)
    return kind, samples // 8 * speed // rate + (whole >> 9 & 1)
