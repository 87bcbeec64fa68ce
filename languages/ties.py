"""Turns a language's tag into the signs and words of its `ties.yaml`, which stay on one line with a figure."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from languages.base import folder_of
from yaml_source.own_files import read_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """The words and signs that stay with the figure after them, and those that stay with the figure before them. The
    latter have the space that stands before them."""

    before: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()


@functools.cache
def ties_of(tag: str) -> Ties:
    """The ties of the language `tag`. Empty where it has no `ties.yaml`."""
    file = folder_of(tag) / "ties.yaml"
    if not file.is_file():
        return Ties()
    loaded = read_texts(file)
    return Ties(before=frozenset(loaded["before"]), after=tuple(f" {words}" for words in loaded["after"]))
