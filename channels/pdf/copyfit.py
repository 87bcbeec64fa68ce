"""Turns layouts at different type sizes into the one at the largest size that fits.

The smallest size is 12 points, which RNIB's Clear Print asks for in all print. Large print begins at 16.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

SMALLEST, LARGEST, STEP = 12.0, 16.0, 0.25
FIRST = 13.0  # the middle of usual leaflets: six panels of ordinary text, pictures and contacts
SIZES = tuple(SMALLEST + STEP * step for step in range(int((LARGEST - SMALLEST) / STEP) + 1))

T = TypeVar("T")


def fit(lay_out: Callable[[float], T], fits: Callable[[T], bool], guess: Callable[[T], float]) -> T:
    """The layout at the largest of SIZES that fits. At the smallest where none does.

    `guess` sees the layout at FIRST and estimates the answer. The search goes on from there in steps that double (1,
    2, 4 sizes) and turn with each answer. A layout one size larger that does not fit proves the result. So two
    layouts are the fewest, and three are enough for a good guess, where bisection needs four or five.
    """
    low, high, step = -1, len(SIZES) - 1, 0
    at, best = SIZES.index(FIRST), None
    while low < high:
        at = max(low + 1, min(at, high))
        layout = lay_out(SIZES[at])
        fitting = fits(layout)
        if fitting:
            low, best = at, layout
        else:
            high = at - 1
        if step == 0:
            at, step = round((guess(layout) - SMALLEST) / STEP), 1
        else:
            at, step = at + (step if fitting else -step), 2 * step
    return layout if best is None else best
