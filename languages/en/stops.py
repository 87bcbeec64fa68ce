"""Turns a stop within a word into what is said: the end of a sentence whose space is missing, or "dot" as in a file
name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from languages.base import Remark
from languages.en.letters import spell
from languages.en.patterns import later

WITHIN: Final = re.compile(r"\.[^\W\d_]")
STOPPED: Final = later(r"(?<![\w.])[^\W\d_]\w*(?:\.[^\W\d_]\w*)+(?!\w)")
SENTENCE: Final = later(r"(?<=[a-z]{2})\.(?=[A-Z])")


def say(said: str, address: Callable[[str], str]) -> tuple[str, tuple[Remark, ...]]:
    """`said` with words for its stops, and remarks on them. `address` says a name with dots."""
    if not WITHIN.search(said):
        return said, ()
    remarks: dict[str, Remark] = {}

    def one(match: re.Match[str]) -> str:
        letters = match[0].split(".")
        if all(len(letter) == 1 for letter in letters):
            return spell("".join(letters))
        words = ". ".join(part if "." not in part else address(part) for part in SENTENCE.split(match[0]))
        remarks[match[0]] = Remark(code="stop-in-word", written=match[0], said=words)
        return words

    return STOPPED.sub(one, said), tuple(remarks.values())
