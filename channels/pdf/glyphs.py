"""The shipped typefaces → the characters that all of them can draw."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fontTools.ttLib import TTFont

from channels.pdf.engine import FONTS


@cache
def read_glyphs() -> Mapping[int, str]:
    """Code point → glyph name, for what every weight has."""
    maps = [TTFont(file, lazy=True).getBestCmap() for file in sorted(FONTS.glob("*.ttf"))]
    return {point: name for point, name in maps[0].items() if all(point in other for other in maps)}
