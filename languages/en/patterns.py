"""Turns regular expressions into patterns that are compiled at first use: two hundred take 50 ms, and a page needs
few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast


class _Later:
    """Stands for a pattern. After its first use it has the methods of the compiled pattern."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._source)
        for method in ("search", "match", "fullmatch", "sub", "finditer", "findall"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, but compiles at first use."""
    return cast("re.Pattern[str]", _Later(pattern, flags))


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first, and of one length in order: it is always the same text."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
