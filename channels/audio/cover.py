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

# The tokens --accent-strong, --paper and --signal of channels/design/tokens.css.
GROUND: Final = (0, 52, 61)
INK: Final = (255, 255, 255)
SIGNAL: Final = (255, 200, 69)


def cover(title: str, publisher: str) -> bytes:
    """The cover: publisher above, a rule, the title as large as fits."""
    image = Image.new("RGB", (SIZE, SIZE), GROUND)
    draw = ImageDraw.Draw(image)
    draw.multiline_text(
        (MARGIN, MARGIN), _wrapped(publisher, _font(REGULAR, 34)), INK, font=_font(REGULAR, 34), spacing=8
    )
    draw.rectangle((MARGIN, 170, MARGIN + 96, 180), fill=SIGNAL)
    for points in (76, 64, 54, 46, 40, 34, 28):
        font = _font(BOLD, points)
        text = _wrapped(title, font)
        box = draw.multiline_textbbox((MARGIN, 210), text, font=font, spacing=points // 4)
        if box[2] <= SIZE - MARGIN and box[3] <= SIZE - MARGIN:
            break
    draw.multiline_text((MARGIN, 210), text, INK, font=font, spacing=points // 4)
    file = io.BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=False)
    return file.getvalue()


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
