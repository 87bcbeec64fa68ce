"""Turns the bold nought of Atkinson Hyperlegible Next into a typeface of this one letter, without its stroke, for large
figures on the page and on paper.

    .venv/bin/python setup/nought.py

The inner edge becomes a smaller copy of the outer edge. The outer edge and the width stay, so that no figure moves.
The same file gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

CHANNELS: Final = Path(__file__).parent.parent / "channels"
FAMILY: Final = "Plain Nought"
STEM, ARM = 144, 105  # the thickness of the bowl at its sides, and above and below, in units of the em


def plain(font: TTFont) -> None:
    """Removes the stroke from the nought of `font`."""
    table = font["glyf"]
    glyph = table["zero"]
    points, ends, flags = glyph.getCoordinates(table)
    size = ends[0] + 1
    outer, on_curve = list(points[:size]), list(flags[:size])
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*outer, strict=True))
    across, up = 1 - 2 * STEM / (right - left), 1 - 2 * ARM / (high - low)
    middle, height = (left + right) / 2, (low + high) / 2
    inner = [(round(middle + (x - middle) * across), round(height + (y - height) * up)) for x, y in reversed(outer)]
    glyph.coordinates = GlyphCoordinates([*outer, *inner])
    glyph.flags = type(glyph.flags)([*on_curve, *reversed(on_curve)])
    glyph.endPtsOfContours = [size - 1, 2 * size - 1]
    glyph.numberOfContours = 2
    glyph.removeHinting()
    glyph.recalcBounds(table)


def main() -> None:
    """Writes the font file."""
    font = TTFont(CHANNELS / "design" / "fonts" / "AtkinsonHyperlegibleNext-Bold.ttf", recalcTimestamp=False)
    options = Options(layout_features=[], notdef_outline=False, name_IDs=[0, 1, 2, 4, 6, 13, 14], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord("0")])
    subsetter.subset(font)
    plain(font)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = FAMILY
        elif record.nameID == 6:
            record.string = FAMILY.replace(" ", "")
    font.save(CHANNELS / "design" / "fonts" / "PlainNought-Bold.ttf")
    font.flavor = "woff2"
    font.save(CHANNELS / "html" / "fonts" / "plain-nought.woff2")


if __name__ == "__main__":
    main()
