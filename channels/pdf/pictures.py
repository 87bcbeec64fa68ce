"""Turns the file of an author's picture into the bytes for paper, in colours that any printer knows.

A picture with its own colour profile is converted to sRGB, or to coated paper if it is in four inks, since a PDF
says one thing of all its pictures.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageCms

from channels.design.inks import COATED, SRGB
from channels.pictures.clean import PNG, clean

CURRENT = re.compile(rb"\bcurrentcolor\b", re.IGNORECASE)  # CSS allows any case, WeasyPrint one
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
GREY_OF_16_BITS = b"\x10\x00"  # in a PNG's header: the depth, then the kind of colour
FINE = (4000, 4000)  # enough dots for a whole page
PROFILED = (b"ICC_PROFILE", b"iCCP")
TARGETS = {"RGB": SRGB, "RGBA": SRGB, "CMYK": COATED}
ALREADY = {SRGB: "srgb", COATED: "fogra39"}  # in the description of a profile that already is the target
BEST = {"quality": 95, "subsampling": 0}  # for a JPEG that is written again


def drawable(path: Path) -> bytes:
    """An image's bytes without notes and scripts, for paper. A damaged picture is a fault that is told elsewhere; a
    blank takes its place, so that all other faults of the page are found, too."""
    picture = clean(path.read_bytes())
    if path.suffix.lower() == ".svg":
        return BLANK if picture.is_damaged else CURRENT.sub(b"currentColor", picture.data)
    return _blank() if picture.is_damaged else in_known_colours(picture.data)


def in_known_colours(data: bytes) -> bytes:
    """A PNG or JPEG for paper. Grey of 16 bits, which WeasyPrint cannot write, becomes grey of 8 bits, which looks the
    same."""
    if data.startswith(PNG) and data[24:26] == GREY_OF_16_BITS:
        return _grey(data)
    return _converted(data) if any(sign in data[:65536] for sign in PROFILED) else data


def _blank() -> bytes:
    made = io.BytesIO()
    Image.new("1", FINE, 1).save(made, "PNG")
    return made.getvalue()


def _grey(data: bytes) -> bytes:
    made = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.point(lambda value: value / 256).convert("L").save(made, "PNG")
    return made.getvalue()


def _converted(data: bytes) -> bytes:
    """A picture in the colours of its target. It stays as it is if its profile is already the target or cannot be
    read."""
    with Image.open(io.BytesIO(data)) as image:
        kind, own = image.format or "PNG", image.info.get("icc_profile", b"")
        colours = image.convert("RGBA" if "transparency" in image.info else "RGB") if image.mode == "P" else image
        target = TARGETS.get(colours.mode)
        if target is None:
            return data
        try:
            given = ImageCms.getOpenProfile(io.BytesIO(own))
            if ALREADY[target] in ImageCms.getProfileDescription(given).lower():
                return data
            intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
            known = ImageCms.buildTransform(given, str(target), colours.mode, colours.mode, intent).apply(colours)
        except (OSError, ImageCms.PyCMSError):
            return data
    made = io.BytesIO()
    known.save(made, kind, icc_profile=None, **(BEST if kind == "JPEG" else {}))
    return made.getvalue()
