"""Turns names that are not said as written into words that sound right in every voice: "Southwark" into "suthuck"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from languages.en.phrases import Phrases
from languages.ipa import respelt
from yaml_source.own_files import read_texts

FILE: Final = Path(__file__).parent / "names.yaml"
CAPITAL: Final = re.compile(r"[A-ZÀ-Þ]")


Pronunciation = str | Mapping[str, str]
"""The pronunciation of a name: words, or sounds in `ipa` and perhaps words in `say`."""


@functools.cache
def listed() -> Mapping[str, Pronunciation]:
    """Every name in names.yaml with its pronunciation."""
    loaded: Mapping[str, Pronunciation] = read_texts(FILE)
    return loaded


def words_of(pronunciation: Pronunciation) -> str:
    """The words of a name's pronunciation."""
    if isinstance(pronunciation, str):
        return pronunciation
    return pronunciation.get("say") or respelt(pronunciation["ipa"])


@functools.cache
def names() -> dict[str, str]:
    """Every name in names.yaml with the words that speak it."""
    return {name: words_of(entry) for name, entry in listed().items()}


class Names:
    """The names of names.yaml and of a lexicon. The lexicon's win."""

    def __init__(self, own: Mapping[str, Pronunciation]) -> None:
        self.said = {**names(), **{name: words_of(entry) for name, entry in own.items()}}
        both = {**listed(), **own}.values()
        self.sounds = {words_of(entry): entry["ipa"] for entry in both if not isinstance(entry, str)}
        self.phrases = Phrases((name for name in self.said if CAPITAL.match(name)), not_after="-")

    def say(self, words: str, present: frozenset[str]) -> str:
        """`words` with each name as it is said. `present` are those words one by one."""
        return self.phrases.replace(words, lambda _text, _at, name: self.said[name], present)
