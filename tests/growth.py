"""Measures how the time for some work grows with the size of its input, also on a busy machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

FACTOR: Final = 4
MOST: Final = 2.5**2
"""Twice the input may take at most two and a half times as long. Four times the input gives a clearer result, but
takes sixteen times as long if each piece asks for all others."""
TRIES: Final = 6
SHORTEST: Final = 0.01
"""Seconds. A shorter time cannot be told from noise."""

Prepared = Callable[[], object]


def growth(prepare: Callable[[int], Prepared], size: int) -> float:
    """How many times longer an input takes that is FACTOR times as long as `size`. A busy machine only adds to a
    time, so the least of several tries is the best. Trying ends once the ratio is below MOST."""
    few, many = prepare(size), prepare(FACTOR * size)
    few()  # the first call also compiles and reads word lists
    short = min(_seconds(few), _seconds(few))
    long = _seconds(many)
    for _ in range(TRIES - 1):
        if _ratio(short, long) < MOST:
            break
        short, long = min(short, _seconds(few)), min(long, _seconds(many))
    return _ratio(short, long)


def _ratio(short: float, long: float) -> float:
    return long / max(short, SHORTEST)


def _seconds(work: Prepared) -> float:
    """Processor time without the garbage collector, which would run at any time."""
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()
