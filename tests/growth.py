"""Work on an input of any size → how its time grows with the size, told also on a machine that is busy."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final

FACTOR: Final = 4
MOST: Final = 2.5**2
"""Twice the input takes at most two and a half times as long. Four times as much is told from noise more surely, and
would take sixteen times as long where each piece asks for all others."""
TRIES: Final = 6
SHORTEST: Final = 0.01
"""Seconds: a shorter time cannot be told from noise."""

Prepared = Callable[[], object]


def growth(prepare: Callable[[int], Prepared], size: int) -> float:
    """How many times as long an input FACTOR times as long as `size` takes. A busy machine only ever adds to a time, so
    the least of several tries is the nearest; there are no more of them than it takes to come below MOST."""
    few, many = prepare(size), prepare(FACTOR * size)
    few()  # what the first call alone does: compiling, reading word lists
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
    """Processor time without the garbage collector, which comes when it likes."""
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()
