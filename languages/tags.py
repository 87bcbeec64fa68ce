"""A language's tag to what an edition says of it: which way it is written, what it calls itself."""

from __future__ import annotations

from typing import Final, Literal

from model.document import Words

RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction_of(language: str) -> Literal["rtl", "ltr"]:
    """`rtl` or `ltr`, as the HTML attribute `dir` wants it."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def name_of(language: str, words: Words) -> str:
    """What a language calls itself; its tag where the words do not say."""
    return dict(words.entries).get(f"language_{language}", language)
