"""Turns a language's tag into what editions say of it: the direction of its script and its own name."""

from __future__ import annotations

from typing import Final, Literal

from model.document import Words

RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction_of(language: str) -> Literal["rtl", "ltr"]:
    """`rtl` or `ltr`, as the HTML attribute `dir` needs it."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def name_of(language: str, words: Words) -> str:
    """A language's name for itself, or its tag where the fixed words have no name for it."""
    return words.get(f"language_{language}") or language
