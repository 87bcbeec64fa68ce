"""Layouts at different sizes of type → the largest that fits.

The floor is 12 points, which RNIB's Clear Print asks of everything printed; 16 is where large print begins.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

SMALLEST, LARGEST, STEP = 12.0, 16.0, 0.25
SIZES = tuple(SMALLEST + STEP * step for step in range(int((LARGEST - SMALLEST) / STEP) + 1))

T = TypeVar("T")


def fit(lay_out: Callable[[float], T], fits: Callable[[T], bool], guess: Callable[[T], float]) -> tuple[float, T]:
    """The largest of SIZES whose layout fits, with that layout; the smallest where none does.

    `guess` sees the smallest layout and says what might be the answer. The search goes from there in steps that double
    (1, 2, 4 sizes) and turn with each answer: three layouts for a guess that is right or one too large, where bisection
    needs five or six."""
    best = lay_out(SMALLEST)
    if not fits(best):
        return SMALLEST, best
    low, high, step = 0, len(SIZES) - 1, 1
    at = round((guess(best) - SMALLEST) / STEP)
    while low < high:
        at = max(low + 1, min(at, high))
        layout = lay_out(SIZES[at])
        if fits(layout):
            low, best, at = at, layout, at + step
        else:
            high, at = at - 1, at - step
        step *= 2
    return SIZES[low], best
