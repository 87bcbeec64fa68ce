"""Turns a text as one edition has it into its letters alone, which are the same in all of them, and compares these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

UNSEEN: Final = re.compile("[\\s\u00ad\u200b-\u200f\u2060\u2066-\u2069]+")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Text without white space and invisible signs, since each edition breaks its own lines. Letters of
    right-to-left scripts are also left out, since a PDF may hold them in the order in which they are drawn."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    if seen.isascii():
        return seen
    return "".join(letter for letter in seen if unicodedata.bidirectional(letter) not in ("R", "AL", "AN"))


def in_order(parts: Iterable[str], text: str) -> bool:
    """True if all `parts` stand in `text`, one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
