"""Turns a publication's title, publisher and logo into a cover picture for players that show one: a square PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from channels.design import FONTS
from channels.design.brand import logo_for, paper_tokens
from channels.design.pixels import pixels
from channels.design.typeface import files_of_family
from model.document import Document, Logo
from model.traverse import text_of

SIZE: Final = 600
MARGIN: Final = 48
WIDTH: Final = SIZE - 2 * MARGIN
LATIN: Final = "ÿ"  # every typeface has all letters up to this one
NONE: Final = "\uffff"
BOLD: Final = (FONTS / "AtkinsonHyperlegibleNext-Bold.ttf", FONTS / "PaperCompanion-Bold.ttf")
REGULAR: Final = (FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", FONTS / "PaperCompanion-Regular.ttf")

LOGO: Final = 104
"""The height of a logo in units. It is less where the logo would then be wider than the text."""

BELOW: Final = 16
PLATE: Final = (255, 255, 255)
RULE, TITLE = 170, 210
"""The top of the rule and of the title in units. Both move down if the logo and the name take more."""

# The tokens --accent-strong, --paper and --signal of channels/design/tokens.css. The picture is drawn in steps from the
# ground (0) to the ink (SHADES - 1), and the signal after them. A palette costs nothing; reducing colours would take 30
# ms.
GROUND: Final = (0, 52, 61)
INK: Final = (255, 255, 255)
SIGNAL: Final = (255, 200, 69)
SHADES: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Emblem:
    """A logo on a cover. `plate` is true if a light plate stands behind it."""

    file: Path
    shape: Logo
    plate: bool

    @property
    def below(self) -> float:
        """Units between the logo and what stands below it."""
        return BELOW if self.plate else max(BELOW, self.shape.clear_space * LOGO)

    def drawn(self, scale: int) -> Image.Image:
        """The logo with its plate and space as RGBA, at `scale`. It is at most LOGO units high and at most as wide
        as the text."""
        space = self.shape.clear_space
        ratio = self.shape.width / self.shape.height
        height = min(LOGO, WIDTH / (ratio + 2 * space if self.plate else ratio))
        height = height / (1 + 2 * space) if self.plate else height
        size = max(1, round(height * ratio * scale)), max(1, round(height * scale))
        picture = pixels(self.file, size)
        if not self.plate:
            return picture
        edge = round(height * space * scale)
        ground = Image.new("RGBA", (size[0] + 2 * edge, size[1] + 2 * edge), PLATE)
        ground.alpha_composite(picture, (edge, edge))
        return ground


def cover_of(document: Document, scale: int = 1) -> bytes:
    """The cover of a publication, in its publisher's colours and with its logo."""
    return _of(document, text_of(document.title.inlines), text_of(document.publisher.name.inlines), scale)


def cover_of_all(document: Document, scale: int = 1) -> bytes:
    """The cover of a series, such as a podcast, of the publisher of `document`. The publisher's name is its title."""
    return _of(document, text_of(document.publisher.name.inlines), "", scale)


def _of(document: Document, title: str, name: str, scale: int) -> bytes:
    logo, emblem = document.publisher.logo, None
    if logo is not None:
        file, plate = logo_for(document, "dark")
        emblem = Emblem(file=file, shape=logo, plate=plate)
    tokens, face = paper_tokens(document), document.publisher.typeface
    if face is not None and face.family:
        tokens = tokens | {"font": face.family}
    return cover(title, name, tokens, scale, emblem)


def cover(
    title: str,
    publisher: str,
    tokens: Mapping[str, str] = MappingProxyType({}),
    scale: int = 1,
    emblem: Emblem | None = None,
) -> bytes:
    """The cover: logo and publisher at the top, a rule, the title as large as fits, in the colours of a publisher's
    `tokens`, and in the typeface of ours that is their `font`. It has `scale` times SIZE pixels a side."""
    regular: tuple[Path, ...] = REGULAR
    bold: tuple[Path, ...] = BOLD
    if "font" in tokens:
        own = files_of_family(tokens["font"])
        regular, bold = (own[0], *REGULAR), (own[1], *BOLD)
    image = Image.new("L", (SIZE * scale, SIZE * scale), 0)
    draw = ImageDraw.Draw(image)
    logo, top = None, MARGIN
    if emblem is not None:
        logo = emblem.drawn(scale)
        top += logo.height // scale + round(emblem.below)
    small = Face(regular, 34, spacing=8, scale=scale)
    named = small.wrapped(publisher)
    small.write(draw, top, named)
    down = max(0, top + len(named) * small.line // scale + 24 - RULE) if logo is not None else 0
    draw.rectangle(tuple(edge * scale for edge in (MARGIN, RULE + down, MARGIN + 96, RULE + 10 + down)), fill=SHADES)
    _write_title(draw, title, TITLE + down, scale, bold)
    image.putpalette(_palette(_rgb(tokens, "accent-strong", GROUND), _rgb(tokens, "signal", SIGNAL)))
    return _png(image, logo, scale)


def _write_title(draw: ImageDraw.ImageDraw, title: str, top: int, scale: int, bold: tuple[Path, ...]) -> None:
    """Draws the title as large as the room from `top` units down allows. If it fits at no size, it has the smallest."""
    for points in (76, 64, 54, 46, 40, 34, 28, 22, 18):
        face = Face(bold, points, spacing=points // 4, scale=scale)
        lines = face.wrapped(title)
        if top * scale + len(lines) * face.line <= (SIZE - MARGIN) * scale and face.widest(lines) <= WIDTH * scale:
            break
    face.write(draw, top, lines)


def _png(image: Image.Image, logo: Image.Image | None, scale: int) -> bytes:
    """The picture as a PNG file. With a logo it is in true colours, since no palette has the logo's colours."""
    file = io.BytesIO()
    if logo is not None:
        image = image.convert("RGB")
        image.paste(logo, (MARGIN * scale, MARGIN * scale), logo)
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
    """A typeface at a size, with a companion for the signs that it lacks."""

    def __init__(self, files: tuple[Path, ...], points: int, spacing: int, scale: int = 1) -> None:
        size, layout = points * scale, ImageFont.Layout.BASIC
        self._fonts = [ImageFont.truetype(str(file), size, layout_engine=layout) for file in files]
        self._scale = scale
        self.line = round(self._fonts[0].getbbox("A")[3]) + spacing * scale

    def widest(self, lines: list[str]) -> float:
        """The length of the longest line in pixels."""
        return max(map(self.length, lines), default=0.0)

    def length(self, line: str) -> float:
        """The length of `line` in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(line))

    def wrapped(self, text: str) -> list[str]:
        """`text` in lines no wider than the cover allows. Only a single word may be wider."""
        lines: list[str] = []
        for word in text.split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.length(joined) <= WIDTH * self._scale:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines

    def write(self, draw: ImageDraw.ImageDraw, top: int, lines: list[str]) -> None:
        """Draws `lines` from the left margin. The first is `top` units down."""
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
    """True if `font` draws `character` as it draws a missing character."""
    return character > LATIN and bytes(font.getmask(character)) == bytes(font.getmask(NONE))
