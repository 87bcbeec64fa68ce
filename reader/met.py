"""Turns the texts of a page, as they are read, into an answer: have readers met these words yet?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

TOKEN: Final = re.compile(r"\w+|[^\w\s]")
END: Final = ""
"""The key in a Branch that says that words end here. No token is empty."""

Branch: TypeAlias = "dict[str, Branch]"
"""What may follow some tokens, by the next token."""


class Met:
    """Which of some `names` the texts hold so far, in any case and as whole words.

    All names are sought at once, a token of the text at a time. To seek each by itself would take a dense page as
    many walks through its text as it has names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._first: Branch = {}
        self._longest = 0
        self._waiting: list[str] = []
        self._tokens: list[str] = []
        self._found: set[tuple[str, ...]] = set()

    def add(self, text: str) -> None:
        """Notes a text. It is searched when the next question comes, since most pages ask for few names."""
        self._waiting.append(text)

    def has(self, name: str) -> bool:
        """True if `name`, which is one of the names, stands in the texts so far."""
        if not self._first:
            self._plant()
        self._search()
        return tuple(_tokens(name)) in self._found

    def _plant(self) -> None:
        for tokens in map(_tokens, self._names):
            branch = self._first
            for token in tokens:
                branch = branch.setdefault(token, {})
            branch[END] = {}
            self._longest = max(self._longest, len(tokens))

    def _search(self) -> None:
        """Searches what was added. The last tokens stay, since the next text may go on with a name that they begin."""
        kept = self._tokens[-self._longest :]
        tokens = self._tokens = kept + _tokens(" ".join(self._waiting))
        self._waiting.clear()
        first = self._first
        for begin in [at for at, token in enumerate(tokens) if token in first]:
            branch = first
            for end in range(begin, len(tokens) + 1):
                if END in branch:
                    self._found.add(tuple(tokens[begin:end]))
                if end == len(tokens) or (following := branch.get(tokens[end])) is None:
                    break
                branch = following


def _tokens(text: str) -> list[str]:
    return TOKEN.findall(text.lower())
