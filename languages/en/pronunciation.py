"""Names that are not said as they are written to words that sound right in every voice: "Southwark" to "suthuck"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

FILE: Final = Path(__file__).parent / "names.yaml"
CAPITAL: Final = re.compile(r"[A-ZÀ-Þ]")


@functools.cache
def names() -> dict[str, str]:
    """Every name of names.yaml with how it is said."""
    loaded: dict[str, str] = yaml.load(FILE.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 (texts only)
    return loaded


class Names:
    """The names of names.yaml, and those of a lexicon, which come first."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.said = {**names(), **own}
        either = "|".join(map(re.escape, sorted(self.said, key=len, reverse=True)))
        self.pattern = re.compile(rf"(?<![\w-])(?=[A-ZÀ-Þ])(?:{either})(?!\w)")

    def say(self, words: str) -> str:
        """`words` with each name as it is said."""
        return self.pattern.sub(lambda match: self.said[match[0]], words) if CAPITAL.search(words) else words
