"""Turns the text of a leaflet into the type size at which it should fill the panels, before anything is laid out.

The search for the size begins there (copyfit.py). So the estimate costs or saves layouts, and changes no result.
"""

from __future__ import annotations

import math
from typing import Any

from channels.pdf.copyfit import LARGEST, SMALLEST, STEP
from channels.pdf.measure import UNSEEN

# Millimetres of a panel at SMALLEST, fitted to 55 pages of GOV.UK, whose heights they give within a twentieth.
CHARACTER, IN_HEADING, BLOCK, ROW, PICTURE = 0.1425, 0.23, 5.1, 10.2, 32
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
BLOCKS = {"p": BLOCK, "li": BLOCK, "tr": ROW}
LEFT_EMPTY = 1.1  # times the room that a text would need if nothing had to stay together
LIKELIEST = 15.5  # points; beyond it the cover, which is not estimated, mostly has no more room


def first_size(text: Any, room: float) -> float:
    """The size at which the HTML element `text` should fill `room` millimetres of panels, if text grows with the
    square of the size."""
    size = SMALLEST * math.sqrt(room / max(LEFT_EMPTY * _height(text), 1))
    return min(max(SMALLEST, SMALLEST + STEP * round((size - SMALLEST) / STEP)), LIKELIEST, LARGEST)


def _height(element: Any, each: float = CHARACTER) -> float:
    """The millimetres that an element takes at SMALLEST. `each` is what a character takes."""
    if not isinstance(element.tag, str) or element.tag.endswith("svg"):
        return 0.0
    each = IN_HEADING if element.tag in HEADINGS else each
    own = BLOCKS.get(element.tag, 0.0) + (PICTURE if element.get("class") == "picture" else 0)
    return (
        own + each * _count(element.text) + sum(_height(child, each) + each * _count(child.tail) for child in element)
    )


def _count(text: str | None) -> int:
    """The characters that are drawn."""
    return len(text.translate(UNSEEN)) if text and not text.isspace() else 0
