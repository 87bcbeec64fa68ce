"""Turns names that are not said as written into words that sound right in every voice: "Southwark" into "suthuck"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from languages.en.phrases import Phrases
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
        self.phrases = Phrases((name for name in self.said if CAPITAL.match(name)), not_after="-")

    def say(self, words: str) -> str:
        """`words` with each name as it is said."""
        return self.phrases.replace(words, lambda _text, _at, name: self.said[name])
