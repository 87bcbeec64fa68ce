"""Turns layouts at different type sizes into the one at the largest size that fits.

The smallest size is 12 points, which RNIB's Clear Print asks for in all print. Large print begins at 16.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

SMALLEST, LARGEST, STEP = 12.0, 16.0, 0.25
SIZES = tuple(SMALLEST + STEP * step for step in range(int((LARGEST - SMALLEST) / STEP) + 1))

T = TypeVar("T")


def fit(
    lay_out: Callable[[float], T], fits: Callable[[T], bool], guess: Callable[[T], float], first: float = SMALLEST
) -> T:
    """The layout at the largest of SIZES that fits. At the smallest where none does.

    The search begins at `first`. Then `guess` sees each layout and estimates the answer. The next size is that, and
    at least a step on: one size, and twice as many each time, from the third step in the same direction on. A layout
    one size larger that does not fit proves the result. So two layouts are enough for a good beginning, three for a
    good guess, and bisection needs four or five.
    """
    low, high, best = -1, len(SIZES) - 1, None
    at, before, same = SIZES.index(first), None, 0
    while low < high:
        at = max(low + 1, min(at, high))
        layout = lay_out(SIZES[at])
        fitting = fits(layout)
        if fitting:
            low, best = at, layout
        else:
            high = at - 1
        same = same + 1 if fitting is before else 0
        step, guessed = 2 ** max(same - 1, 0), round((guess(layout) - SMALLEST) / STEP)
        at = max(guessed, at + step) if fitting else min(guessed, at - step)
        before = fitting
    return layout if best is None else best
