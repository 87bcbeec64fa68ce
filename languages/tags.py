"""Turns a language's tag into what editions say of it: the direction of its script and its own name."""

from __future__ import annotations

from typing import Final, Literal

from model.document import Words

RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


THREE_LETTERS: Final = {
    **{"ar": "ara", "bn": "ben", "cy": "cym", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "ga": "gle"},
    **{"gd": "gla", "gu": "guj", "hi": "hin", "it": "ita", "lt": "lit", "nl": "nld", "pa": "pan", "pl": "pol"},
    **{"pt": "por", "ro": "ron", "so": "som", "ta": "tam", "tr": "tur", "uk": "ukr", "ur": "urd", "zh": "zho"},
}
"""The codes of ISO 639-2/T, which sound files have, for languages that are read in these islands."""


def three_letters(language: str) -> str:
    """The code of a language in three letters, "und" where it is not known."""
    first = language.split("-", maxsplit=1)[0]
    return first if len(first) == 3 else THREE_LETTERS.get(first, "und")


def direction_of(language: str) -> Literal["rtl", "ltr"]:
    """`rtl` or `ltr`, as the HTML attribute `dir` needs it."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def name_of(language: str, words: Words) -> str:
    """A language's name for itself, or its tag where the fixed words have no name for it."""
    return words.get(f"language_{language}") or language
