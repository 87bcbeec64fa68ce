"""The tri-fold leaflet: how six pages in reading order lie on the two sides of an A4 sheet, and when they fit.

A roll fold closes with the flap inside, so the flap and its neighbour are 97 mm wide and the other panels 100 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.pdf.impose import Sheet, Spot

WIDTH, HEIGHT = 297, 210
BLEED, SLUG = 3, 12
FLOW = ("inside 1", "inside 2", "inside 3", "flap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel's place: which side of the sheet (0 outside, 1 inside), its left edge and width in millimetres."""

    side: int
    x: float
    width: float


PANELS = {
    "cover": Panel(side=0, x=197, width=100),
    "inside 1": Panel(side=1, x=0, width=100),
    "inside 2": Panel(side=1, x=100, width=100),
    "inside 3": Panel(side=1, x=200, width=97),
    "flap": Panel(side=0, x=0, width=97),
    "back": Panel(side=0, x=97, width=100),
}
FOLDS = ((97, 197), (100, 200))


def sheets(panels: Sequence[str], *, marks: bool) -> tuple[Sheet, Sheet]:
    """Both sides, outside first; `panels` names the panel of each laid-out page. `marks` adds bleed and slug."""
    sides: tuple[list[Spot], list[Spot]] = ([], [])
    for page, name in enumerate(panels):
        panel = PANELS[name]
        sides[panel.side].append(
            Spot(
                page=page,
                x=panel.x,
                y=0,
                width=panel.width,
                height=HEIGHT,
                bleed=_bleed(panel) if marks else (0, 0, 0, 0),
            )
        )
    outside, inside = (
        Sheet(
            width=WIDTH,
            height=HEIGHT,
            spots=tuple(spots),
            slug=SLUG if marks else 0,
            bleed=BLEED if marks else 0,
            folds=folds if marks else (),
        )
        for spots, folds in zip(sides, FOLDS, strict=True)
    )
    return outside, inside


def _bleed(panel: Panel) -> tuple[float, float, float, float]:
    """Ink runs over the sheet's outer edges only: over a fold it would show on the next panel."""
    return (BLEED if panel.x == 0 else 0, BLEED, BLEED if panel.x + panel.width == WIDTH else 0, BLEED)
