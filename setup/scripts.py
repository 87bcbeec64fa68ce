"""Turns Debian's Noto fonts into channels/design/fonts/scripts, the typefaces of scripts other than Latin, and into
channels/design/families, which a publisher may choose in place of the house's typeface.

    .venv/bin/python setup/scripts.py FOLDER

FOLDER holds the Noto…-Regular.ttf and -Bold.ttf of Debian's fonts-noto-core 20201225-1, and the
DroidSansFallback.ttf of its fonts-droid-fallback 1:6.0.1r16-1.1. The results keep every letter and every way to join
letters, but no hints, which PDF does not need: they have a third of the bytes. The same files give the same bytes. Of
Noto Sans itself, only Greek and Cyrillic are kept, with the spaces and signs between their words. The families have the
Latin letters and signs of the house's typeface and its companion.
"""

from __future__ import annotations

import sys
from collections.abc import Set
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

DESIGN: Final = Path(__file__).parent.parent / "channels" / "design"
SCRIPTS: Final = DESIGN / "fonts" / "scripts"
FAMILIES: Final = DESIGN / "families"
CHOSEN: Final = ("NotoSans", "NotoSerif")
HOUSE: Final = ("AtkinsonHyperlegibleNext-Regular.ttf", "PaperCompanion-Regular.ttf")
WHOLE: Final = (
    *("Arabic", "Hebrew", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Tamil", "Sinhala", "Ethiopic", "Thai"),
    *("Armenian", "Georgian"),
)
GREEK_AND_CYRILLIC: Final = frozenset(range(0x370, 0x530)) | {0x2116}
EAST_ASIAN: Final = frozenset((*range(0x2E80, 0xA000), *range(0xAC00, 0xD7B0), *range(0xF900, 0xFB00)))
FULL_WIDTH: Final = frozenset((*range(0xFE30, 0xFE50), *range(0xFF00, 0xFFF0)))
BETWEEN: Final = frozenset(range(0x20, 0x40)) | frozenset((0xA0, 0x200B, 0x2013, 0x2014, 0x2019, 0x2060))
NAMES: Final = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""The names of a font that are kept: copyright, family, style, version and licence."""


def reduced(source: Path, target: Path, letters: Set[int] | None = None) -> None:
    """Writes a font with the `letters`, or with all letters if None."""
    font = TTFont(source, recalcTimestamp=False)
    known = set(font.getBestCmap())
    options = Options()
    options.hinting, options.layout_features, options.name_IDs = False, ["*"], list(NAMES)
    options.notdef_outline, options.recalc_timestamp = True, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=known if letters is None else known & letters)
    subsetter.subset(font)
    font.save(target)


def main(folder: Path) -> None:
    """Writes all the fonts."""
    SCRIPTS.mkdir(exist_ok=True)
    FAMILIES.mkdir(exist_ok=True)
    latin = frozenset[int]().union(*(TTFont(DESIGN / "fonts" / name, lazy=True).getBestCmap() for name in HOUSE))
    for style in ("Regular", "Bold"):
        for script in WHOLE:
            name = f"NotoSans{script}-{style}.ttf"
            reduced(folder / name, SCRIPTS / name)
        name = f"NotoSans-{style}.ttf"
        reduced(folder / name, SCRIPTS / name, GREEK_AND_CYRILLIC | BETWEEN)
        for family in CHOSEN:
            name = f"{family}-{style}.ttf"
            reduced(folder / name, FAMILIES / name, latin)
    reduced(
        folder / "DroidSansFallback.ttf", SCRIPTS / "DroidSansFallback-Regular.ttf", EAST_ASIAN | FULL_WIDTH | BETWEEN
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
