"""Turns an image beside a source into what a Document says of it, its digest and size, or into a fault."""

from __future__ import annotations

import hashlib
import struct
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.drawings import drawing_of

Report = Callable[[str, str, str], None]
"""Called as report(code, message, hint)."""
Size = tuple[int | None, int | None]

PNG: Final = b"\x89PNG\r\n\x1a\n"
PNG_END: Final = b"IEND\xaeB`\x82"
JPEG: Final = b"\xff\xd8\xff"
JPEG_END: Final = b"\xff\xd9"
MOST_DOTS: Final = 178_000_000
"""A photograph with more would take more memory than it is worth, and Pillow refuses it."""
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The SHA-256 of an image's bytes, and its width and height in pixels, None where it does not say."""

    digest: str = ""
    width: int | None = None
    height: int | None = None


def read_image(folder: Path, name: str, report: Report) -> Image:
    """The image `name` in the folder of a source. Faults go to `report`; an image that cannot be read is an empty
    Image."""
    path = folder / name
    try:
        if not path.is_file():
            hint = "Put the file into the folder images beside this file."
            report("no-such-image", f"there is no image {name}", hint)
            return Image()
        if folder.resolve() not in path.resolve().parents:
            report("no-such-image", f"{name} leads out of the publication's folder", "Copy the image itself there.")
            return Image()
        data = path.read_bytes()
    except OSError as error:
        hint = "Check that the file can be opened, and that its name is not too long."
        report("bad-image", f"the image {_short(name)} cannot be read: {error.strerror}", hint)
        return Image()
    kind, whole = kind_of(data)
    named = path.suffix[1:].lower().replace("jpeg", "jpg")
    if kind != named:
        report("bad-image", f"{name} is not the {named.upper()} image that its name says", "Export it again.")
    elif not whole:
        report("bad-image", f"{name} ends before the image does", "Export or copy it again.")
    elif kind == "svg":
        return _drawing(name, data, report)
    width, height = size(data)
    if width and height and width * height > MOST_DOTS:
        report(
            "bad-image", f"{name} has {width} × {height} dots, which is too many", "Save it with at most 4000 × 4000."
        )
    return Image(digest=hashlib.sha256(data).hexdigest(), width=width, height=height)


def _drawing(name: str, data: bytes, report: Report) -> Image:
    drawing = drawing_of(data)
    if drawing.fault:
        report("bad-image", f"{name} {drawing.fault[0]}", drawing.fault[1])
    width, height = drawing.size or (None, None)
    return Image(digest=hashlib.sha256(data).hexdigest(), width=width, height=height)


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"


def kind_of(data: bytes) -> tuple[str, bool]:
    """The kind of image that `data` is ("png", "jpg", "svg" or ""), and whether its end is there too."""
    if data.startswith(PNG):
        return "png", PNG_END in data
    if data.startswith(JPEG):
        return "jpg", JPEG_END in data
    if data.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        return "svg", b"</" in data or b"/>" in data
    return "", False


def size(data: bytes) -> Size:
    """Width and height of a PNG or JPEG in pixels, None where it does not say. The page keeps this space free."""
    if data.startswith(PNG):
        width, height = struct.unpack(">II", data[16:24]) if len(data) >= 24 else (None, None)
        return width, height
    return _jpeg_size(data) if data.startswith(JPEG) else (None, None)


def _jpeg_size(data: bytes) -> Size:
    """The size in the first frame header of a JPEG (ITU-T T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None, None
