"""Turns an image of a page into a figure with its file, or into a remark that tells a person what to do. Nothing is
invented: an image without a text alternative stays a comment until somebody writes one."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from PIL import Image, UnidentifiedImageError

from importer.draft import Remarked, Value
from importer.reading import Reading
from importer.runs import escaped, joined
from importer.tree import folded
from reader.images import kind_of

ENDINGS: Final = {"png": ".png", "jpg": ".jpg", "svg": ".svg"}
LONGEST_NAME: Final = 60
FAR: Final = "the picture is not in a file beside the page. Save it as {image}, then take away the # below."
WORDLESS: Final = (
    "the page does not say what this picture shows. Write it as the alternative, then take away the # below."
)
UNKNOWN: Final = (
    "the picture is no PNG, JPEG or SVG and cannot be made one. Export it as {image}, then take away the # below."
)


def figure(element: Element, caption: tuple[str, ...], reading: Reading) -> list[Value]:
    """The figure of an `img`. If the picture cannot be kept, its caption stays in the text."""
    source = element.get("src") or element.get("data-src") or ""
    alternative = element.get("alt")
    alternative = folded(alternative) if alternative is not None else None
    data = reading.image(source)
    if alternative == "" and data is None:
        reading.leave_out(_name(source, b""), "a decorative picture that is not in a file beside the page")
        return list(caption)
    kept, sound = _sound(data) if data is not None else (b"", False)
    name = _name(source, kept)
    fields: dict[str, Value] = {"type": "figure", "image": f"images/{name}"}
    if alternative == "":
        fields["decorative"] = True
    else:
        fields["alternative"] = escaped(alternative) if alternative else "…"
    remarks = ((data is None, FAR), (data is not None and not sound, UNKNOWN), (alternative is None, WORDLESS))
    look = tuple(text.format(image=f"images/{name}") for wanted, text in remarks if wanted)
    if sound:
        name = _kept(name, kept, reading)
        fields["image"] = f"images/{name}"
    if not look:
        return [{**fields, "caption": joined(caption)} if caption else fields]
    return [Remarked(value=fields, look=look, off=True), *caption]


def _kept(name: str, data: bytes, reading: Reading) -> str:
    """Keeps an image, and returns its name. If another image has the name already, a digest is added to it."""
    if reading.images.get(name, data) != data:
        stem, _, ending = name.rpartition(".")
        name = f"{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    reading.images[name] = data
    return name


def _sound(data: bytes) -> tuple[bytes, bool]:
    """The image as PNG, JPEG or SVG, and True; or the bytes as they are, and False."""
    kind, whole = kind_of(data)
    if kind:
        return data, whole
    try:
        with Image.open(io.BytesIO(data)) as image:
            made = io.BytesIO()
            image.convert("RGBA" if image.has_transparency_data else "RGB").save(made, "PNG")
    except (UnidentifiedImageError, OSError, ValueError):
        return data, False
    return made.getvalue(), True


def _name(source: str, data: bytes) -> str:
    """A file name for the image at `source`, with the ending of the format that `data` has."""
    said = "picture" if source.startswith("data:") else unquote(re.split("[?#]", source, maxsplit=1)[0])
    path = PurePosixPath(said.partition("://")[2].partition("/")[2] if "://" in said else said)
    ending = ENDINGS.get(kind_of(data)[0]) or (
        path.suffix.lower() if path.suffix.lower()[1:] in ("png", "jpg", "jpeg", "svg") else ".png"
    )
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-.")[:LONGEST_NAME] or "picture"
    return f"{stem}{ending}"
