"""A publication's title and publisher to a cover picture for players that show one: a square PNG."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = 600
MARGIN: Final = 48
FONTS: Final = Path(__file__).parent.parent / "design" / "fonts"
BOLD: Final = FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"
REGULAR: Final = FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"
FILES: Final = (BOLD, REGULAR)

# The tokens --accent-strong, --paper and --signal of channels/design/tokens.css. The picture is drawn in steps from the
# ground (0) to the ink (SHADES - 1), and the signal after them: a palette costs nothing, reducing colours 30 ms.
GROUND: Final = (0, 52, 61)
INK: Final = (255, 255, 255)
SIGNAL: Final = (255, 200, 69)
SHADES: Final = 255


def cover(title: str, publisher: str) -> bytes:
    """The cover: publisher above, a rule, the title as large as fits."""
    image = Image.new("L", (SIZE, SIZE), 0)
    draw = ImageDraw.Draw(image)
    draw.multiline_text(
        (MARGIN, MARGIN), _wrapped(publisher, _font(REGULAR, 34)), SHADES - 1, font=_font(REGULAR, 34), spacing=8
    )
    draw.rectangle((MARGIN, 170, MARGIN + 96, 180), fill=SHADES)
    for points in (76, 64, 54, 46, 40, 34, 28):
        font = _font(BOLD, points)
        text = _wrapped(title, font)
        box = draw.multiline_textbbox((MARGIN, 210), text, font=font, spacing=points // 4)
        if box[2] <= SIZE - MARGIN and box[3] <= SIZE - MARGIN:
            break
    draw.multiline_text((MARGIN, 210), text, SHADES - 1, font=font, spacing=points // 4)
    file = io.BytesIO()
    image.putpalette(_palette())
    image.save(file, "PNG")
    return file.getvalue()


def _palette() -> list[int]:
    shades = [
        round(ground + (ink - ground) * step / (SHADES - 1))
        for step in range(SHADES)
        for ground, ink in zip(GROUND, INK, strict=True)
    ]
    return [*shades, *SIGNAL]


def _font(path: Path, points: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), points, layout_engine=ImageFont.Layout.BASIC)


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> str:
    """`text` in lines no wider than the cover's measure."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= SIZE - 2 * MARGIN:
            lines[-1] = joined
        else:
            lines.append(word)
    return "\n".join(lines)
