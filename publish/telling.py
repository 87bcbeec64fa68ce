"""Turns the steps of a rendering that takes long into its progress, told from time to time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from publish.results import Progress

TELLING: Final = 1.0


class Teller:
    """Tells how far a rendering is, every TELLING seconds at most: of what is quick, nothing."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.begin(lambda _: None)

    def begin(self, tell: Callable[[Progress], None]) -> None:
        """A rendering begins, whose progress `tell` hears."""
        self.tell = tell
        self.began = self.last = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """`done` of so many are done; called from any thread."""
        with self.lock:
            now = time.monotonic()
            if now - self.last >= TELLING and done < of:
                self.last = now
                self.tell(Progress(done=done, of=of, seconds=now - self.began))
