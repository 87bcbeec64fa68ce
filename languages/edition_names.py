"""Turns the name of an edition into what readers call it in a sentence: "a leaflet to print"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from model.document import Words

KEYS: Final = {"page": "audio_web_page", "recording": "paper_recording"}


def called(editions: Iterable[str], words: Words) -> tuple[str, ...]:
    """What readers call each of `editions`, in their order. One for which the language has no words is passed over."""
    keys = (KEYS.get(name, f"audio_{name.replace('-', '_')}") for name in editions)
    return tuple(found for key in keys if (found := words.get(key)) is not None)
