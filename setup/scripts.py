"""Debian's Noto fonts → channels/design/fonts/scripts, the typefaces of letters that are not Latin.

    .venv/bin/python setup/scripts.py FOLDER

FOLDER holds the NotoSans…-Regular.ttf and -Bold.ttf of Debian's fonts-noto-core 20201225-1. What is kept has every
letter and every way to join them, and no hints, which PDF has no use for: a third of the bytes. The same files give
the same bytes. Of Noto Sans itself only Greek and Cyrillic are kept, with the spaces and signs between their words.
"""

from __future__ import annotations

import sys
from collections.abc import Set
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SCRIPTS: Final = Path(__file__).parent.parent / "channels" / "design" / "fonts" / "scripts"
WHOLE: Final = ("Arabic", "Hebrew", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Tamil", "Ethiopic", "Thai")
GREEK_AND_CYRILLIC: Final = frozenset(range(0x370, 0x530)) | {0x2116}
BETWEEN: Final = frozenset(range(0x20, 0x40)) | frozenset((0xA0, 0x200B, 0x2013, 0x2014, 0x2019, 0x2060))
NAMES: Final = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""Of a font's own names: copyright, family, style, version, licence."""


def reduced(source: Path, target: Path, letters: Set[int] | None = None) -> None:
    """Write the `letters` of a font, all where none are named."""
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
    """Write all of them."""
    SCRIPTS.mkdir(exist_ok=True)
    for style in ("Regular", "Bold"):
        for script in WHOLE:
            name = f"NotoSans{script}-{style}.ttf"
            reduced(folder / name, SCRIPTS / name)
        name = f"NotoSans-{style}.ttf"
        reduced(folder / name, SCRIPTS / name, GREEK_AND_CYRILLIC | BETWEEN)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
