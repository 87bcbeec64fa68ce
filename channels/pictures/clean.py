"""Turns an image's bytes into the same picture without private notes (where, when and by whom it was taken) and
scripts.

A photograph that its camera turned only by a note (EXIF) is turned in its pixels, and keeps its colour profile.
Where there is nothing to remove, the bytes stay the same.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
PNG_NOTES: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
PNG_MOVING: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
JPEG: Final = b"\xff\xd8"
JPEG_NOTES: Final = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xE2, 0xEE}  # APPn and comments, except ICC and Adobe
PROFILE: Final = b"ICC_PROFILE\x00"
WARNED_OF: Final = 178_956_970
"""Dots of an image from which Pillow warns, and refuses twice as many. The reader refuses as many."""
ORIENTATION, PLACE = 0x0112, 0x8825  # EXIF tags (CIPA DC-008)
UPRIGHT, TURNED, ON_ITS_SIDE = 1, range(2, 9), range(5, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """An image that may be published, unless it `is_damaged`. `taken_off` says in plain words what was removed.
    `turned` is true if width and height changed places."""

    data: bytes
    taken_off: tuple[str, ...] = ()
    turned: bool = False
    is_damaged: bool = False

    def size(self, width: int | None, height: int | None) -> tuple[int | None, int | None]:
        """The width and height at which it is shown, of those that its file says."""
        return (height, width) if self.turned else (width, height)


@lru_cache(maxsize=16)
def clean(data: bytes) -> Cleaned:
    """A PNG, JPEG or SVG without notes and scripts. Anything else is damaged. The last ones are kept: each printed
    edition asks for the same images, and a photograph takes 60 ms."""
    if data.startswith(JPEG):
        return _raster(data, _jpeg(data), "JPEG")
    if data.startswith(PNG):
        return _raster(data, _png(data), "PNG")
    return _svg(data)


def _raster(data: bytes, bare: bytes, kind: str) -> Cleaned:
    """`data` as `bare`, upright. It is decoded once, since a damaged picture would be published as a grey field."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (40 ms, for photographs only)

    Image.MAX_IMAGE_PIXELS = WARNED_OF
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:  # of damaged notes
            notes = image.getexif() if bare != data else Image.Exif()
            turn = notes.get(ORIENTATION, UPRIGHT)
            if turn not in TURNED:  # or a note that says nothing
                image.draft("L", (1, 1))  # an eighth of a JPEG takes a fifth of the time
                image.load()
            else:
                upright, made = ImageOps.exif_transpose(image), io.BytesIO()
                options = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
                upright.save(made, kind, icc_profile=image.info.get("icc_profile"), exif=b"", **options)
                bare = _jpeg(made.getvalue()) if kind == "JPEG" else _png(made.getvalue())
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        Image.DecompressionBombError,
    ):  # Pillow's, for damaged files
        return Cleaned(data=bare, is_damaged=True)
    if bare == data:
        return Cleaned(data=data)
    chunks = {name for name, _ in _chunks(data)} if kind == "PNG" else PNG_NOTES
    told = {
        "the place where it was taken": PLACE in notes,
        "notes of camera, time or people": bool(chunks & PNG_NOTES),
        "its movement": bool(chunks & PNG_MOVING),
    }
    return Cleaned(
        data=bare, taken_off=tuple(said for said, found in told.items() if found), turned=turn in ON_ITS_SIDE
    )


def _jpeg(data: bytes) -> bytes:
    """A JPEG without the segments that hold notes (ITU-T T.81, B.1.1.4). The picture itself is not changed."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        segment = data[place : place + 2 + length]
        other = marker == 0xE2 and not segment[4:].startswith(PROFILE)
        if marker not in JPEG_NOTES and not other:
            kept.append(segment)
        place += 2 + length
    return b"".join((*kept, data[place:]))


def _png(data: bytes) -> bytes:
    """A PNG without the chunks that hold notes (PNG, 11.3.3), and without all images but the first (APNG)."""
    return PNG + b"".join(chunk for kind, chunk in _chunks(data) if kind not in PNG_NOTES | PNG_MOVING)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place + 8 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place : place + 12 + length]
        place += 12 + length
    if place < len(data):
        yield b"", data[place:]


def _svg(data: bytes) -> Cleaned:
    from channels.pictures.svg import only_shown  # noqa: PLC0415 (15 ms, for drawings only)

    try:
        drawing = only_shown(data, _photograph)
    except ValueError:
        return Cleaned(data=b"", is_damaged=True)
    return Cleaned(data=drawing.data, taken_off=drawing.taken_off)


def _photograph(data: bytes) -> bytes:
    """A PNG or JPEG within a drawing, without notes. Raises ValueError for anything else."""
    cleaned = clean(data) if data.startswith((PNG, JPEG)) else Cleaned(data=data, is_damaged=True)
    if cleaned.is_damaged:
        raise ValueError("no picture")
    return cleaned.data
