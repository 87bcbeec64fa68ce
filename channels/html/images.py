"""The images that a Document names, as files of the edition and as what the page says of them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from channels.base import File
from channels.html.markup import Image
from document.model import Document, Figure, blocks_of

MEDIA_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
VIEW_BOX = re.compile(rb"""<svg[^>]*\sviewBox=["'][-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)""")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_files(document: Document) -> dict[str, Path]:
    """Each image that the author names with its file, in the order of the text."""
    folder = Path(document.mark.file).parent
    return {figure.image: folder / figure.image for figure in _figures(document)}


def read_images(document: Document) -> tuple[dict[str, Image], tuple[File, ...]]:
    """What the page says of each image, and the images as files of the edition."""
    shown, files = {}, []
    for name, path in image_files(document).items():
        data = path.read_bytes()
        width, height = size(data)
        shown[name] = Image(source=name, width=width, height=height)
        files.append(File(path=name, data=data, media_type=MEDIA_TYPES[path.suffix.lower()]))
    return shown, tuple(files)


def size(data: bytes) -> tuple[int | None, int | None]:
    """Width and height of a PNG, JPEG or SVG, so that the page keeps its place free; None where it does not say."""
    if data.startswith(PNG):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(JPEG):
        return _jpeg_size(data)
    return _svg_size(data)


def _jpeg_size(data: bytes) -> tuple[int | None, int | None]:
    """The size in the first frame header (ITU-T T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None, None


def _svg_size(data: bytes) -> tuple[int | None, int | None]:
    """The size of an SVG's view box."""
    box = VIEW_BOX.search(data)
    return (round(float(box[1])), round(float(box[2]))) if box else (None, None)


def _figures(document: Document) -> Iterator[Figure]:
    return (block for block in blocks_of(document) if isinstance(block, Figure))
