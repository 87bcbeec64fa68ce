"""Turns a YAML file of our own into plain data without places, from PyYAML's events: half its constructor's time.

What authors write is read by load.py, which trusts nothing. These files are the product's: word lists and schemas.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


def read_texts(file: Path) -> Any:
    """Mappings and lists of texts: "NO" is a word here, and no flag. Raises ValueError for a key that stands twice and
    for a part that is repeated by its name, yaml.YAMLError for what is no YAML."""
    return _plain(file, lambda event: event.value)


def read_data(file: Path) -> Any:
    """The same with whole numbers, `true`, `false` and `null` as such, where no quotes stand around them."""
    return _plain(file, _typed)


def _plain(file: Path, scalar: Callable[[Any], Any]) -> Any:
    filled: list[Any] = []
    open_within: list[list[Any]] = [filled]
    for event in yaml.parse(file.read_bytes(), Loader=yaml.CBaseLoader):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            open_within[-1].append(scalar(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            open_within.append([])
        elif kind is yaml.SequenceEndEvent:
            found = open_within.pop()
            open_within[-1].append(found)
        elif kind is yaml.MappingEndEvent:
            flat = open_within.pop()
            mapping = dict(zip(flat[::2], flat[1::2], strict=True))
            if 2 * len(mapping) != len(flat):
                raise ValueError(f"{file} has a key twice")
            open_within[-1].append(mapping)
        elif kind is yaml.AliasEvent:
            raise ValueError(f"{file} repeats a part")
    return filled[0]


def _typed(event: Any) -> Any:
    words: str = event.value
    if not event.implicit[0]:
        return words
    if words.isdecimal():
        return int(words)
    return {"true": True, "false": False, "null": None}.get(words, words)
