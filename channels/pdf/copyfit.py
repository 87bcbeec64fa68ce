"""Layouts at different sizes of type → the largest that fits.

The floor is 12 points, which RNIB's Clear Print asks of everything printed; 16 is where large print begins. A layout is
kept by its size, so that the one that is chosen is not laid out again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

SMALLEST, LARGEST, STEP = 12.0, 16.0, 0.25
SIZES = tuple(SMALLEST + STEP * step for step in range(int((LARGEST - SMALLEST) / STEP) + 1))

T = TypeVar("T")


def fit(lay_out: Callable[[float], T], fits: Callable[[T], bool]) -> tuple[float, T]:
    """The largest of SIZES whose layout fits, with that layout; the smallest where none does. Bisects: five layouts."""
    low, high = 0, len(SIZES) - 1
    best = lay_out(SIZES[low])
    if not fits(best):
        return SIZES[low], best
    while low < high:
        middle = (low + high + 1) // 2
        layout = lay_out(SIZES[middle])
        if fits(layout):
            low, best = middle, layout
        else:
            high = middle - 1
    return SIZES[low], best
