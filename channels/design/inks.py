"""Turns the colours of a publication on paper into the four inks that print them on coated paper (FOGRA39)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from PIL import Image, ImageChops, ImageCms

from channels.design.brand import paper_tokens
from model.document import Document

HERE: Final = Path(__file__).parent
COATED: Final = HERE / "colour" / "FOGRA39L_coated.icc"
SRGB: Final = HERE / "colour" / "sRGB.icc"
MOST: Final = 300.0
"""Per cent of all four inks together. More does not dry."""
RISKY: Final = 275.0
"""Where the conversion of `separation` comes to this, the one of another program may come to more than MOST."""

NEUTRAL: Final = ("ink", "ink-soft", "paper", "rule")
"""Tokens whose inks never follow from a publisher's colours: they are black alone, or no ink."""

BLACK_POINT: Final = ImageCms.Flags.BLACKPOINTCOMPENSATION
DECLARED: Final = re.compile(r"--([\w-]+):\s*device-cmyk\((\d+)% (\d+)% (\d+)% (\d+)%\)")
Inks: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in per cent."""


def inks(document: Document, tokens: Mapping[str, str]) -> dict[str, Inks]:
    """The inks of each colour (#rrggbb) that a document may have on paper. The inks of the design's own `tokens`
    stand in inks.css. A publisher's are converted by the profile of the paper, except those in black alone."""
    ours, theirs = read_inks(), paper_tokens(document)
    made = {"#000000": ours["ink"], "#ffffff": ours["paper"], **{tokens[name]: ink for name, ink in ours.items()}}
    made |= {colour: converted(colour) for name, colour in theirs.items() if name not in NEUTRAL}
    made |= {theirs[name]: ours[name] for name in NEUTRAL if name in theirs}
    return made | dict(_named(document))


def _named(document: Document) -> Iterator[tuple[str, Inks]]:
    """A publisher's two colours, which its logo may have, with the inks that the publisher names or else converted
    ones."""
    colours = document.publisher.colours
    if colours is None:
        return
    for colour, named in ((colours.brand, colours.brand_inks), (colours.accent, colours.accent_inks)):
        if named is None:
            yield colour, converted(colour)
        else:
            cyan, magenta, yellow, black = named
            yield colour, within(cyan, magenta, yellow, black)


def read_inks() -> dict[str, Inks]:
    """The inks of the design's tokens, by name."""
    text = (HERE / "inks.css").read_text(encoding="utf-8")
    return {name: (float(c), float(m), float(y), float(k)) for name, c, m, y, k in DECLARED.findall(text)}


def converted(colour: str) -> Inks:
    """A screen colour in inks, converted by the profile. One per cent is left for the rounding on plates."""
    return within(*_separated(colour), most=MOST - 1)


def has_much_ink(colour: str) -> bool:
    """True if a screen colour might be printed with more ink than can dry."""
    return sum(_separated(colour)) > RISKY


@cache
def _separated(colour: str) -> Inks:
    cyan, magenta, yellow, black = separation().apply(Image.new("RGB", (1, 1), colour)).tobytes()
    return cyan / 2.55, magenta / 2.55, yellow / 2.55, black / 2.55


def within(cyan: float, magenta: float, yellow: float, black: float, most: float = MOST) -> Inks:
    """The inks with at most so many per cent together. The excess is taken from the three colours in equal parts."""
    inks = round(cyan), round(magenta), round(yellow), round(black)
    over = max(0, math.ceil((sum(inks) - most) / 3))
    return inks[0] - over, inks[1] - over, inks[2] - over, inks[3]


@cache
def separation() -> ImageCms.ImageCmsTransform:
    """How a screen's colours become the inks of coated paper."""
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(str(SRGB), str(COATED), "RGB", "CMYK", intent, BLACK_POINT)


def lessened(image: Image.Image, most: float) -> Image.Image:
    """An image in four inks with at most so many per cent of them at each dot. Black stays, and the three colours are
    lessened in proportion."""
    import numpy as np  # noqa: PLC0415 (70 ms, for photographs only)

    inks = np.array(image)
    dark = inks.sum(axis=2, dtype=np.uint16) > most * 2.55
    if not dark.any():
        return image
    colours, black = inks[dark, :3], inks[dark, 3:]
    inks[dark, :3] = colours * ((most * 2.55 - black) / colours.sum(axis=1, keepdims=True))
    return Image.fromarray(inks, "CMYK")


def as_printed(image: Image.Image, *, inverted: bool) -> Image.Image:
    """A JPEG in four inks that Pillow has opened, as a PDF reads it. Pillow takes each for `inverted`: for one that
    holds what is not inked, as Adobe's do."""
    return image if inverted else ImageChops.invert(image)


def most_ink(image: Image.Image) -> float:
    """The per cent of all inks at the darkest dot of an image in four inks."""
    import numpy as np  # noqa: PLC0415 (70 ms, for photographs only)

    return float(np.asarray(image).sum(axis=2, dtype=np.uint16).max()) / 2.55
