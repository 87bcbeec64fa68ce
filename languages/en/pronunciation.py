"""Turns names that are not said as written into words that sound right in every voice: "Southwark" into "suthuck"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from languages.en.patterns import either
from yaml_source.own_files import read_texts

FILE: Final = Path(__file__).parent / "names.yaml"
CAPITAL: Final = re.compile(r"[A-ZÀ-Þ]")


@functools.cache
def names() -> dict[str, str]:
    """Every name of names.yaml, with how it is said."""
    loaded: dict[str, str] = read_texts(FILE)
    return loaded


class Names:
    """The names of names.yaml and of a lexicon. The lexicon's win."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.said = {**names(), **own}
        self.pattern = re.compile(rf"(?<![\w-])(?=[A-ZÀ-Þ])(?:{either(self.said)})(?!\w)")

    def say(self, words: str) -> str:
        """`words` with each name as it is said."""
        return self.pattern.sub(lambda match: self.said[match[0]], words) if CAPITAL.search(words) else words
