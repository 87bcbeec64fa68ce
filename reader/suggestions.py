"""Turns a misspelt name into the known name that was most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Final

MOST: Final = 100
"""How many suggestions one file gets. An author with more slips than these needs no more suggestions."""
MOST_KNOWN: Final = 1_000
LONGEST: Final = 60


class Suggestions:
    """Finds the name that was meant. The number of searches is limited, since comparing a thousand names with a
    thousand takes a minute."""

    def __init__(self, known: Collection[str] = (), cutoff: float = 0.5) -> None:
        self.known = sorted(known)
        self.cutoff = cutoff
        self.asked = 0

    def near(self, word: str, known: Collection[str] | None = None) -> str:
        """The known name most similar to `word`. "" where none is similar."""
        self.asked += 1
        if self.asked > MOST:
            return ""
        names = self.known[:MOST_KNOWN] if known is None else known
        return next(iter(difflib.get_close_matches(word[:LONGEST], names, n=1, cutoff=self.cutoff)), "")
