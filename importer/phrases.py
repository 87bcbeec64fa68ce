"""Turns phrases.yaml into the words by which the importer knows the parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from yaml_source.own_files import read_texts

PHRASES: Final[dict[str, Any]] = read_texts(Path(__file__).with_suffix(".yaml"))


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of `words`."""
    return f"(?:{'|'.join(map(re.escape, words))})"
