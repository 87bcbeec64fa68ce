"""Ctrl-C and SIGTERM: noted, and obeyed where nothing is half done.

A handler that raises does so wherever the program is: in an import, whose finaliser swallows it so that the run goes
on, or in the middle of a step. So this one raises nothing, and whoever works asks, ten times a second.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether a signal has asked this process to stop since, as a question that may be put at any time."""
    noted: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        noted.append(number)

    before = {number: signal.signal(number, note) for number in STOPS}
    try:
        yield lambda: bool(noted)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
