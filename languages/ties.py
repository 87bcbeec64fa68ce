"""A language's tag to what stays on a line with a figure: the signs and words of its `ties.yaml`, where it has one."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import yaml

from languages.base import folder_of


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
    loaded = yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 (texts only)
    return Ties(before=frozenset(loaded["before"]), after=tuple(loaded["after"]))
