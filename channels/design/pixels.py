"""Turns an image's file into pixels of a given size. Drawings are drawn by resvg in the design's typefaces only."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final
from xml.parsers import expat

from PIL import Image, ImageOps

from channels.design import fonts_of_cover
from channels.pictures.clean import clean
from model.errors import RenderError

WIDEST: Final = 6400
LENGTH: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
TYPE: Final = 'text, tspan, textPath { font-family: "Atkinson Hyperlegible Next", "Paper Companion" !important }'


def pixels(file: Path, size: tuple[int, int]) -> Image.Image:
    """The image in `file` as RGBA, whole and in its own shape, in the middle of `size`. Raises RenderError where it
    cannot be drawn."""
    picture = clean(file.read_bytes())
    if picture.is_damaged:
        raise RenderError(f"{file.name} is damaged: no program can show all of it", "Export it again.")
    data = drawn(picture.data, file.name, 2 * size[1]) if file.suffix.lower() == ".svg" else picture.data
    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGBA")
    shown = ImageOps.contain(shown, size, Image.Resampling.LANCZOS)
    whole = Image.new("RGBA", size)
    whole.alpha_composite(shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2))
    return whole


def drawn(data: bytes, name: str, height: int) -> bytes:
    """A drawing as a PNG of so many pixels in height. Whoever shows it smaller gets smooth edges. Raises RenderError
    where it cannot be drawn. The import is late since it takes 2 ms."""
    import resvg_py  # noqa: PLC0415 (a library of 3 MB, 2 ms, for drawings alone)

    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=data.decode("utf-8-sig"),
                height=_within(data, height),
                skip_system_fonts=True,
                font_files=list(map(str, fonts_of_cover())),
                style_sheet=TYPE,
            )
        )
    except (ValueError, UnicodeDecodeError, expat.ExpatError) as error:
        message = f"{name} cannot be drawn: {error}"
        raise RenderError(message, "Export it again as plain SVG, in UTF-8, or as PNG.") from error


def _within(data: bytes, height: int) -> int:
    """The height at which a drawing is at most WIDEST pixels wide: `height`, or less for one that is very long."""
    root: dict[str, str] = {}
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, given: root.update(given) if not root else None
    parser.Parse(data, True)
    box = root.get("viewBox", "").replace(",", " ").split()[2:]
    sides = [root.get("width", ""), root.get("height", "")]
    ratios = [_figure(pair[0]) / _figure(pair[1]) for pair in (box, sides) if len(pair) == 2]
    return max(1, min(height, round(WIDEST / max(ratios, default=1.0))))


def _figure(text: str) -> float:
    """The number that a length begins with. 1 where there is none."""
    found = LENGTH.match(text)
    return float(found[0]) or 1.0 if found else 1.0
