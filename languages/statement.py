"""Turns `languages/<language>/statement.yaml` into the words of a draft accessibility statement."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from languages.base import folder_of
from yaml_source.own_files import read_texts


@functools.cache
def read_statement(language: str) -> Mapping[str, Any] | None:
    """The words by key. None for a language for which nobody has put the law into such words."""
    file = folder_of(language) / "statement.yaml"
    if not file.is_file():
        return None
    loaded: Mapping[str, Any] = read_texts(file)
    return loaded
