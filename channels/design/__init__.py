"""The look that channels share: tokens, typefaces, and the colours that follow from a publisher's brand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"


def fonts_of_cover() -> tuple[Path, ...]:
    """The font files with which a cover's words are drawn."""
    return tuple(sorted(FONTS.glob("*.ttf")))
