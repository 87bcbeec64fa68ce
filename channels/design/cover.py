"""A publication's title and publisher to a cover picture for players that show one: a square PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from channels.design import FONTS

SIZE: Final = 600
MARGIN: Final = 48
WIDTH: Final = SIZE - 2 * MARGIN
LATIN: Final = "ÿ"  # up to here every typeface has all
NONE: Final = "\uffff"
BOLD: Final = (FONTS / "AtkinsonHyperlegibleNext-Bold.ttf", FONTS / "PaperCompanion-Bold.ttf")
REGULAR: Final = (FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", FONTS / "PaperCompanion-Regular.ttf")

# The tokens --accent-strong, --paper and --signal of channels/design/tokens.css. The picture is drawn in steps from the
# ground (0) to the ink (SHADES - 1), and the signal after them: a palette costs nothing, reducing colours 30 ms.
GROUND: Final = (0, 52, 61)
INK: Final = (255, 255, 255)
SIGNAL: Final = (255, 200, 69)
SHADES: Final = 255


def cover(title: str, publisher: str, tokens: Mapping[str, str] = MappingProxyType({}), scale: int = 1) -> bytes:
    """The cover: publisher above, a rule, the title as large as fits; in the colours of a publisher's `tokens`. It has
    `scale` times SIZE pixels a side."""
    image = Image.new("L", (SIZE * scale, SIZE * scale), 0)
    draw = ImageDraw.Draw(image)
    small = Face(REGULAR, 34, spacing=8, scale=scale)
    small.write(draw, MARGIN, small.wrapped(publisher))
    draw.rectangle(tuple(edge * scale for edge in (MARGIN, 170, MARGIN + 96, 180)), fill=SHADES)
    for points in (76, 64, 54, 46, 40, 34, 28):
        face = Face(BOLD, points, spacing=points // 4, scale=scale)
        lines = face.wrapped(title)
        if 210 * scale + len(lines) * face.line <= (SIZE - MARGIN) * scale and face.widest(lines) <= WIDTH * scale:
            break
    face.write(draw, 210, lines)
    file = io.BytesIO()
    image.putpalette(_palette(_rgb(tokens, "accent-strong", GROUND), _rgb(tokens, "signal", SIGNAL)))
    image.save(file, "PNG")
    return file.getvalue()


def _rgb(tokens: Mapping[str, str], name: str, otherwise: tuple[int, int, int]) -> tuple[int, int, int]:
    """A token as red, green and blue."""
    return ImageColor.getrgb(tokens[name])[:3] if name in tokens else otherwise


def _palette(paper: tuple[int, int, int], signal: tuple[int, int, int]) -> list[int]:
    shades = [
        round(ground + (ink - ground) * step / (SHADES - 1))
        for step in range(SHADES)
        for ground, ink in zip(paper, INK, strict=True)
    ]
    return [*shades, *signal]


class Face:
    """A typeface at a size, and the companion that has the signs which it lacks."""

    def __init__(self, files: tuple[Path, ...], points: int, spacing: int, scale: int = 1) -> None:
        size, layout = points * scale, ImageFont.Layout.BASIC
        self._fonts = [ImageFont.truetype(str(file), size, layout_engine=layout) for file in files]
        self._scale = scale
        self.line = round(self._fonts[0].getbbox("A")[3]) + spacing * scale

    def widest(self, lines: list[str]) -> float:
        """Pixels of the longest line."""
        return max(map(self.length, lines), default=0.0)

    def length(self, line: str) -> float:
        """Pixels from the beginning of `line` to its end."""
        return sum(font.getlength(run) for font, run in self._runs(line))

    def wrapped(self, text: str) -> list[str]:
        """`text` in lines no wider than the cover's measure, but for a word that is."""
        lines: list[str] = []
        for word in text.split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.length(joined) <= WIDTH * self._scale:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines

    def write(self, draw: ImageDraw.ImageDraw, top: int, lines: list[str]) -> None:
        """Draw `lines` from the left margin, the first `top` units down."""
        ascent = self._fonts[0].getmetrics()[0]
        for number, line in enumerate(lines):
            left = float(MARGIN * self._scale)
            for font, run in self._runs(line):
                draw.text(
                    (left, top * self._scale + ascent + number * self.line), run, SHADES - 1, font=font, anchor="ls"
                )
                left += font.getlength(run)

    def _runs(self, line: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """`line` in pieces, each with the first font that has its characters."""
        for font, run in groupby(line, key=self._font_of):
            yield font, "".join(run)

    def _font_of(self, character: str) -> ImageFont.FreeTypeFont:
        first, *others = self._fonts
        return next((font for font in others if _lacks(first, character) and not _lacks(font, character)), first)


def _lacks(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether `font` draws `character` as it draws what is no character at all."""
    return character > LATIN and bytes(font.getmask(character)) == bytes(font.getmask(NONE))
