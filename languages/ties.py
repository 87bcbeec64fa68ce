"""A language's tag to what stays on a line with a figure: the signs and words of its `ties.yaml`, where it has one."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from languages.base import folder_of
from yaml_source.own_files import read_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Words and signs that stay with the figure after them, and those that stay with the one before."""

    before: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()


@functools.cache
def ties_of(tag: str) -> Ties:
    """The ties of the language `tag`; none where it names none."""
    file = folder_of(tag) / "ties.yaml"
    if not file.is_file():
        return Ties()
    loaded = read_texts(file)
    return Ties(before=frozenset(loaded["before"]), after=tuple(loaded["after"]))
