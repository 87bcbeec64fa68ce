"""Turns Inter's OTF files and Atkinson Hyperlegible Next into Paper Companion, a typeface with the signs that Atkinson
lacks.

    .venv/bin/python setup/companion.py FOLDER-OF-INTER

FOLDER-OF-INTER holds Inter-Regular.otf, -Bold and -Black, version 3.19. The same files give the same bytes. Inter's
outlines are scaled until figures and small letters are as high as Atkinson's. The lines get Atkinson's ascent and
descent, so that no sign moves a line. channels/design/fonts/FONTLOG.txt tells readers of the fonts the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "channels" / "design" / "fonts"
FAMILY = "Paper Companion"
# The units of an em; Inter's size relative to Atkinson's that gives equal x-heights and figures of equal height.
EM, FIT = 1000, 0.915
STYLES = {"Regular": "Bold", "Bold": "Black"}  # each style with the next heavier one
CHOSEN = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω¹²³★☆●○■□▪▲▶►▼◀◆♥✓✗"
# From these blocks, every sign that Inter has and Atkinson lacks is taken: letters of names, currencies, superscript
# and subscript figures, letterlike signs, fractions, arrows, mathematical signs.
BLOCKS = ((0x100, 0x250), (0x1E00, 0x1F00), (0x2010, 0x2047), (0x2070, 0x20C0), (0x2100, 0x2300))
# Signs that are copied from Atkinson.
OWN = {" ": " ", "\u00a0": "\u00a0", "µ": "μ", "‐": "-", "‑": "-", "‒": "–", "―": "—", "∆": "Δ"}
HEAVIER = {"✔": "✓", "✘": "✗"}
FRACTIONS = {"⅔": "23", "⅕": "15", "⅖": "25", "⅗": "35", "⅘": "45", "⅙": "16", "⅚": "56"}
BOXED = {"☐": "", "☑": "✓", "☒": "✗"}
INSET = 0.62  # the share of its box that a tick fills
# A cross gets the size of the tick beside it, so that it is not taken for a multiplication sign; the height of capitals
# in units.
CROSS, CAPITALS = 1.3, 668
ALIKE = (
    *("usWeightClass", "fsSelection", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    *("usWinAscent", "usWinDescent", "sxHeight", "sCapHeight"),
)
NOTICE = "Copyright 2020 The Inter Project Authors (https://github.com/rsms/inter). {}"
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


class Source:
    """A font to take outlines from. They become quadratic, with EM units to the em, scaled by `fit`."""

    def __init__(self, path: Path, fit: float) -> None:
        self.font = TTFont(path)
        self.glyphs = self.font.getGlyphSet()
        self.cmap: Mapping[int, str] = self.font.getBestCmap()
        self.scale = fit * EM / self.font["head"].unitsPerEm

    def width(self, name: str) -> float:
        """The advance of a glyph in units."""
        return float(self.glyphs[name].width * self.scale)

    def edges(self, name: str) -> list[float]:
        """The left, bottom, right and top edge of a glyph in units."""
        pen = BoundsPen(self.glyphs)
        self.glyphs[name].draw(pen)
        return [edge * self.scale for edge in pen.bounds]

    def draw(self, part: Part, pen: TTGlyphPen) -> None:
        """Adds a part of a glyph to the drawing of `pen`."""
        turned = "glyf" not in self.font  # PostScript outlines run the other way round
        quadratic = Cu2QuPen(pen, max_err=0.5, reverse_direction=turned) if turned else pen
        scale = self.scale * part.size
        self.glyphs[part.name].draw(TransformPen(quadratic, (scale, 0, 0, scale, part.x, part.y)))

    def single(self, feature: str) -> Mapping[str, str]:
        """The substitute that a feature of single substitutions gives for each glyph."""
        table = self.font["GSUB"].table
        records = (record for record in table.FeatureList.FeatureRecord if record.FeatureTag == feature)
        found: dict[str, str] = {}
        for index in sorted({index for record in records for index in record.Feature.LookupListIndex}):
            for sub in table.LookupList.Lookup[index].SubTable:
                found.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
        return found


@dataclass(frozen=True, kw_only=True)
class Part:
    """An outline of `source`, scaled by `size` and then moved by x and y units."""

    source: Source
    name: str
    x: float = 0
    y: float = 0
    size: float = 1


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A character of the new typeface."""

    character: str
    width: float
    parts: list[Part] = field(default_factory=list)


def signs(inter: Source, heavier: Source, atkinson: Source) -> Iterator[Sign]:
    """All characters of one weight."""
    lacking = {code for low, high in BLOCKS for code in range(low, high)} - atkinson.cmap.keys()
    plain = sorted({*map(ord, CHOSEN), *(lacking & inter.cmap.keys())} - set(map(ord, OWN)))
    yield from (_whole(character, inter, character) for character in map(chr, plain))
    yield from (_whole(character, heavier, sign) for character, sign in HEAVIER.items())
    yield from (_whole(character, atkinson, sign) for character, sign in OWN.items())
    yield from (_fraction(character, inter, *figures) for character, figures in FRACTIONS.items())
    yield from (_boxed(character, inter, sign) for character, sign in BOXED.items())


def _whole(character: str, source: Source, sign: str) -> Sign:
    name = source.cmap[ord(sign)]
    size = CROSS if sign == "✗" else 1
    # Centred on the middle of the capitals.
    part = Part(source=source, name=name, y=(1 - size) * CAPITALS / 2, size=size)
    return Sign(character=character, width=source.width(name) * size, parts=[part])


def _fraction(character: str, source: Source, over: str, under: str) -> Sign:
    bar = source.cmap[ord("⁄")]
    at, parts = 0.0, []
    for name in (source.single("numr")[source.cmap[ord(over)]], bar, source.single("dnom")[source.cmap[ord(under)]]):
        parts.append(Part(source=source, name=name, x=at))
        at += source.width(name)
    return Sign(character=character, width=at, parts=parts)


def _boxed(character: str, source: Source, sign: str) -> Sign:
    box = source.cmap[ord("□")]
    parts = [Part(source=source, name=box)]
    if sign:
        name = source.cmap[ord(sign)]
        left, bottom, right, top = source.edges(box)
        a, b, c, d = source.edges(name)
        size = INSET * (right - left) / max(c - a, d - b)
        x, y = (left + right - (a + c) * size) / 2, (bottom + top - (b + d) * size) / 2
        parts.append(Part(source=source, name=name, x=x, y=y, size=size))
    return Sign(character=character, width=source.width(box), parts=parts)


def build(made: list[Sign], beside: Any, style: str) -> Any:
    """A font with the signs `made`, and with the line height, the weight and the dates of the font `beside`."""
    names = {ord(sign.character): f"uni{ord(sign.character):04X}" for sign in sorted(made, key=lambda s: s.character)}
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    widths = {".notdef": EM // 2}
    for sign in made:
        pen = TTGlyphPen(None)
        for part in sign.parts:
            part.source.draw(part, pen)
        glyphs[names[ord(sign.character)]] = pen.glyph()
        widths[names[ord(sign.character)]] = round(sign.width)
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({name: (width, getattr(table[name], "xMin", 0)) for name, width in widths.items()})
    hhea = beside["hhea"]
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent, lineGap=hhea.lineGap)
    builder.setupNameTable(_names(beside, style))
    builder.setupOS2(version=4, fsType=0, **{key: getattr(beside["OS/2"], key) for key in ALIKE})
    builder.setupPost(keepGlyphNames=False)
    head = builder.font["head"]
    head.macStyle, head.created, head.modified = beside["head"].macStyle, beside["head"].created, beside["head"].created
    builder.font.recalcTimestamp = False
    return builder.font


def _names(beside: Any, style: str) -> dict[str, str]:
    return {
        "copyright": NOTICE.format(beside["name"].getDebugName(0)),
        "familyName": FAMILY,
        "styleName": style,
        "uniqueFontIdentifier": f"{FAMILY} {style} 1",
        "fullName": f"{FAMILY} {style}",
        "psName": f"{FAMILY.replace(' ', '')}-{style}",
        "version": "Version 1.000",
        "licenseDescription": LICENCE,
        "licenseInfoURL": "https://openfontlicense.org",
    }


def main(folder: Path) -> None:
    for style, heavier in STYLES.items():
        atkinson = Source(FONTS / f"AtkinsonHyperlegibleNext-{style}.ttf", 1)
        own, next_one = (Source(folder / f"Inter-{weight}.otf", FIT) for weight in (style, heavier))
        font = build(list(signs(own, next_one, atkinson)), atkinson.font, style)
        font.save(FONTS / f"{FAMILY.replace(' ', '')}-{style}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
