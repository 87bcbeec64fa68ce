"""Turns the characters of a Document that no typeface has into a font in which each is a box, as CSS for paper.

A reader sees that something stands there. A listener, or somebody who copies from the PDF, gets the character
itself, because each has a glyph of its own. A font holds 256 neighbours, whichever of them a document uses, so that
the same letters give the same bytes.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Final

from channels.design import FONTS
from channels.design.typeface import embed
from channels.pdf.glyphs import UNDRAWN, lacking, printed
from model.document import Document

if TYPE_CHECKING:
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY: Final = "Boxes"
NEIGHBOURS: Final = 256
WIDTH: Final = 800  # thousandths of an em, as are all the figures below
SPACE: Final = 250
EDGES: Final = (80, 0, 720, 700)  # left, bottom, right, top
LINE: Final = 50


def boxes_css(document: Document) -> str:
    """CSS that embeds the fonts; "" for a text that has all its glyphs."""
    found = {character for text, _ in printed(document) for character in lacking(text)}
    return "".join(_rule(number) for number in sorted({ord(character) // NEIGHBOURS for character in found}))


@cache
def _rule(number: int) -> str:
    address = embed(_font(number))
    return f'@font-face {{ font-family: "{FAMILY} U{number:X}x"; src: url("{address}") format("truetype") }} '


def _font(number: int) -> bytes:
    """A TrueType font with a box for each of the NEIGHBOURS characters from `number` times NEIGHBOURS on. Its lines
    are as high as those of the text."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415, 60 ms, and an ordinary text never asks
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415, the same
    from fontTools.ttLib import TTFont  # noqa: PLC0415, the same

    box = _outline(TTGlyphPen(None))
    codes = range(number * NEIGHBOURS, (number + 1) * NEIGHBOURS)
    boxes = {code: f"box{code:X}" for code in codes}
    unseen = {ord(character): f"unseen{ord(character):X}" for character in sorted(UNDRAWN)}
    text = TTFont(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", lazy=True)
    scale = 1000 / text["head"].unitsPerEm
    ascent, descent = (round(edge * scale) for edge in (text["hhea"].ascent, text["hhea"].descent))
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", *boxes.values(), *unseen.values()])
    font.setupCharacterMap(boxes | unseen)  # a run of boxes may hold spaces
    nothing = dict.fromkeys(unseen.values(), TTGlyphPen(None).glyph())
    font.setupGlyf(dict.fromkeys([".notdef", *boxes.values()], box) | nothing)
    widths = {name: (SPACE if chr(code).isspace() else 0, 0) for code, name in unseen.items()}
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", *boxes.values()], (WIDTH, EDGES[0])) | widths)
    font.setupHorizontalHeader(ascent=ascent, descent=descent)
    font.setupNameTable({"familyName": f"{FAMILY} U{number:X}x", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    font.setupPost()
    font.font.recalcTimestamp = False
    font.font["head"].created = font.font["head"].modified = 0
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _outline(pen: TTGlyphPen) -> Glyph:
    left, bottom, right, top = EDGES
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    within = [(x + LINE if x == left else x - LINE, y + LINE if y == bottom else y - LINE) for x, y in corners]
    for contour in (corners, within[::-1]):
        pen.moveTo(contour[0])
        for corner in contour[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
