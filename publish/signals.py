"""Ctrl-C and SIGTERM: noted, and obeyed where nothing is half done.

A handler that raises does so wherever the program is: in an import, whose finaliser swallows it so that the run goes
on, or in the middle of a step. So this one raises nothing, and whoever works asks, ten times a second. Where nobody
does, as nobody reads what the run writes, an alarm ends it: a run may be killed at any moment.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 5  # seconds


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether a signal has asked this process to stop since, as a question that may be put at any time. One that was
    ignored before, as Ctrl-C by what a script has put into the background, is so still."""
    noted: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if not noted:
            signal.alarm(PATIENCE)
        noted.append(number)

    heard = [number for number in STOPS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, note) for number in heard}
    try:
        yield lambda: bool(noted)
    finally:
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)
