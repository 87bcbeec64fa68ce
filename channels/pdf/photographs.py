"""Turns the photographs of a file for a print shop into inks, with no more of them than can dry."""

from __future__ import annotations

import io

from pikepdf import Array, Name, Object
from PIL import Image

from channels.design.inks import MOST, RISKY, as_printed, lessened, most_ink, separation

ROUNDING = 10.0  # per cent; a JPEG may give a dot that much more ink than was put in
INVERTED = (1, 0) * 4  # the Decode array of a JPEG in four inks, which holds what is not inked (Adobe)
BEST = {"quality": 95, "subsampling": 0}


def separate(image: Object) -> None:
    """Makes an image of a PDF that might be printed with too much ink one in four inks. A JPEG stays a JPEG."""
    jpeg = image.get("/Filter") == Name.DCTDecode
    if image.ColorSpace not in (Name.DeviceRGB, Name.DeviceCMYK):
        return
    with _opened(image, jpeg=jpeg) as seen:
        inks, most = (seen, MOST) if seen.mode == "CMYK" else (separation().apply(seen), RISKY)
        if most_ink(inks) <= most:
            return
        inks = lessened(inks, MOST - ROUNDING * jpeg)
    image.ColorSpace = Name.DeviceCMYK
    if not jpeg:
        image.write(inks.tobytes())
        return
    made = io.BytesIO()
    inks.save(made, "JPEG", **BEST)
    image.write(made.getvalue(), filter=Name.DCTDecode)
    image.Decode = Array(INVERTED)


def _opened(image: Object, *, jpeg: bool) -> Image.Image:
    if not jpeg:
        return Image.frombytes("RGB", (int(image.Width), int(image.Height)), image.read_bytes())
    seen = Image.open(io.BytesIO(image.read_raw_bytes()))
    return as_printed(seen, inverted="/Decode" in image) if seen.mode == "CMYK" else seen
