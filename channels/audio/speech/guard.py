"""Words that are about to reach a voice: what in them no voice may be given, each with what to write instead.

Voices differ in what they make of a figure, a sign or capitals; so none ever sees one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from document.diagnostics import Diagnostic
from document.model import Mark

PUNCTUATION: Final = frozenset(".,;:!?'–-…")
LONGEST_WORD: Final = 60
"""Letters; Welsh place names have up to 58. Longer is no word, and voices hang on it or cut it off."""

CAPITALS: Final = re.compile(r"\w*[A-ZÀ-ÖØ-Þ]{2,}\w*")
ADDRESS: Final = re.compile(r"\w+://\S*|\bwww\.\S*|\w+(?:\.\w+)+")

Fault = tuple[str, str, str]
"""A code, what is wrong, what to write instead."""


def faults(words: str, mark: Mark) -> tuple[Diagnostic, ...]:
    """An error for each thing in `words` that must not reach a voice."""
    return tuple(
        Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint)
        for code, message, hint in dict.fromkeys(_found(words))
    )


def _found(words: str) -> Iterator[Fault]:
    if not any(character.isalpha() for character in words):
        yield "nothing-to-say", "there is nothing here that can be spoken", "Write it in words."
    for match in ADDRESS.finditer(words):
        yield (
            "unspoken-address",
            f"{_short(match[0])!r} would be spoken as an address",
            "Give it a `say:` under `terms:`.",
        )
    for match in CAPITALS.finditer(words):
        yield (
            "unspoken-capitals",
            f"{_short(match[0])!r} would be spoken as if it were a word",
            "Put it under `terms:` with an `expansion:` or a `say:`; what all publications use belongs in the lexicon.",
        )
    for word in words.split():
        if len(word) > LONGEST_WORD:
            yield "unspoken-word", f"a word of {len(word)} letters cannot be spoken: {_short(word)!r}", "Divide it."
    for character in dict.fromkeys(words):
        fault = _unspeakable(character)
        if fault is not None:
            yield fault


def _unspeakable(character: str) -> Fault | None:
    if character in PUNCTUATION or character == " ":
        return None
    kind = unicodedata.category(character)
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    if kind.startswith("N"):
        return (
            "unspoken-figure",
            f"the figure {character!r} would be left to the voice",
            "Give it a `say:` under `terms:`.",
        )
    if kind == "Sc" or character == "%":
        return "unspoken-sign", f"the sign {character!r} would be left to the voice", "Write it in words."
    if kind.startswith("L") and "latin" in name:
        return None
    return (
        "unspeakable-character",
        f"{character!r} ({name}) cannot be spoken",
        "Write it in words, or give it a `say:` under `terms:`; what all publications use belongs in the lexicon.",
    )


def _short(piece: str) -> str:
    return piece if len(piece) <= 40 else f"{piece[:40]}…"
