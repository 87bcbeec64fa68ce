"""Turns `lists.yaml` into the word lists by which English text is read. How words are said stands in the lexicon."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from yaml_source.own_files import read_texts

WORD_LIST: Final = Path("/usr/share/dict/british-english")
"""The word list of Debian's package `wbritish`. It tells which words in capitals are words."""
FILE: Final = Path(__file__).parent / "lists.yaml"


@functools.cache
def lists() -> dict[str, list[str]]:
    """Every list by its name. Loaded as texts only, so that "NO" is a word and not a flag."""
    loaded: dict[str, list[str]] = read_texts(FILE)
    return loaded


def words(name: str) -> tuple[str, ...]:
    """The list called `name`, in its order."""
    return tuple(lists()[name])


def address_signs() -> Mapping[str, str]:
    """The name of each sign of an address."""
    return cast("Mapping[str, str]", lists()["address_signs"])


@functools.cache
def vague_links() -> frozenset[str]:
    """Words of a link that do not say where it leads."""
    return frozenset(words("vague_links"))
