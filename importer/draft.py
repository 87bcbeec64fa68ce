"""The result of an import before it is written: the data of a source file with remarks, its images, and what was
left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A value about which a person has something to decide. `look` holds lines for that person. With `off`, the
    value is written as a comment that can be turned into a value."""

    value: Value
    look: tuple[str, ...] = ()
    off: bool = False


Value: TypeAlias = str | bool | Mapping[str, "Value"] | tuple["Value", ...] | Remarked


def is_on(value: Value) -> bool:
    """True if a value will be written as more than a comment."""
    return not (isinstance(value, Remarked) and value.off)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Words of the page that its source does not hold, and the reason."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One source file before it is written: its data in the order of its keys, the images that it names, what was
    left out, and `warnings` about the whole page for a person."""

    data: Mapping[str, Value]
    language: str
    images: Mapping[str, bytes] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading among the blocks of a page: its level from 1, its text in Markdown and in plain words, the id that
    it had, and its number among all headings of the page, from 1."""

    level: int
    title: str
    plain: str
    id: str = ""
    number: int = 0
