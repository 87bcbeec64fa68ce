"""Notes Ctrl-C and SIGTERM. They are obeyed at a moment when nothing is half done.

A handler that raises does so wherever the program is: in an import, whose finaliser swallows the exception so that
the run goes on, or in the middle of a step. So this handler raises nothing, and the working code asks ten times a
second. If it does not ask, for example since nobody reads what the run writes, an alarm ends the process. That is
safe, since a run may be killed at any moment.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from model.errors import Interrupted

STOPS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 5  # seconds
RESTED = "What was finished is kept, and the next run goes on from there."


def interrupted() -> Interrupted:
    """The end of a run that was asked to stop."""
    return Interrupted("stopped; what stands in the output folder is whole", RESTED)


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """A function that tells whether a signal has asked this process to stop; it may be called at any time. A signal
    that was ignored before stays ignored, such as Ctrl-C for what a script has put into the background."""
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
