"""Turns the tiles of a repeated picture into tiles that overlap by a hair. Viewers that draw one tile after the other
(poppler, and what prints with it) would show the ground between them as hairlines."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

OVERLAP: Final = 0.5
"""Points, which are a dot and more on paper and hide every line from 72 dots an inch on."""

SHARE: Final = 0.02
"""The part of a small tile's side that may overlap, so that it looks as it did."""


def overlap(pdf: pikepdf.Pdf) -> None:
    """Draws each tile that touches its neighbours a little larger, at the same distances. Not one that the ground is
    seen through, since it would be darker or lighter where two lie above each other."""
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.get("/PatternType") == 1 and not _is_seen_through(thing):
            across, turned, leant, down, *place = map(float, thing.Matrix)
            left, bottom, right, top = map(float, thing.BBox)
            steps = float(thing.XStep), float(thing.YStep)
            if (turned, leant) == (0, 0) and steps == (right - left, top - bottom):
                wide, high = _larger(steps[0] * across), _larger(steps[1] * down)
                thing.Matrix = Array([_number(across * wide), 0, 0, _number(down * high), *map(_number, place)])
                thing.XStep, thing.YStep = _number(steps[0] / wide), _number(steps[1] / high)


def _is_seen_through(drawn: Object) -> bool:
    """True if something is drawn in a tile, or in what stands in it, with less than full opacity."""
    resources = drawn.get("/Resources", Dictionary())
    states, within = (resources.get(kind, Dictionary()).values() for kind in ("/ExtGState", "/XObject"))
    faint = any("/SMask" in state or state.get("/ca", 1) != 1 or state.get("/CA", 1) != 1 for state in states)
    return faint or any(map(_is_seen_through, within))


def _larger(side: float) -> float:
    """How many times as long the side of a tile is drawn, given in points."""
    return 1 + min(SHARE, OVERLAP / abs(side))


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.9f}")
