"""Turns the title on a leaflet's cover into one whose lines break well, by a size that is a little smaller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from PIL import ImageFont

from channels.design.typeface import HOUSE_BOLD
from channels.pdf.frames import LEAST_SCALE
from channels.pdf.measure import UNSEEN

LINE = 82 / 25.4 * 72  # points of the cover's width for text
LARGE = 2.6  # the title's size in that of the text (cover.css)
SHARES = (100, 96, 92, 88, 84, 80)  # per cent of its usual size that are tried
SHORT = 5  # characters; a shorter word alone on a line looks forgotten


def set_title(root: Any, size: float) -> None:
    """Sets the title below the HTML element `root` for type of `size` points. Of the sizes at which it has the fewest
    lines and words that stand alone, it gets the largest. None is below the smallest type allowed."""
    for title in root.iter("div"):
        if title.get("class") == "title":
            scale = int(title.get("data-scale"))
            words = re.findall(r"[^\s-]+-?|-", "".join(title.itertext()).translate(UNSEEN))
            scales = [scale * share / 100 for share in SHARES if scale * share / 100 >= LEAST_SCALE]
            best = min(scales, key=lambda scale: _blemishes(words, LINE / (LARGE * size * scale / 100)))
            title.set("style", f"font-size: {best:g}%")


def _blemishes(words: Sequence[str], width: float) -> int:
    """The number of lines beyond two, and of short words that have a line of their own, if a line holds `width` em."""
    lines: list[list[str]] = []
    for word in words:
        if lines and _width(_joined([*lines[-1], word])) <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
    alone = sum(len(line) == 1 and len(line[0]) < SHORT for line in lines) if len(lines) > 1 else 0
    return max(2, len(lines)) + alone


def _joined(words: Sequence[str]) -> str:
    """The words of a line with a space after each, since the engine makes room for the last one too."""
    return "".join(word if word.endswith("-") else f"{word} " for word in words)


def _width(words: str) -> float:
    """The width of words in em."""
    return _typeface().getlength(words) / 100


@cache
def _typeface() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(HOUSE_BOLD), 100)
