"""Gives `languages/base.py` the rules of English: how text is recognised, cut and said, and what its authors are
told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from languages.en.hints import contact_hint, figure_hint
from languages.en.letters import inflected, plural_category
from languages.en.lists import WORD_LIST, vague_links
from languages.en.recognise import dialled
from languages.en.recognise import values as recognise
from languages.en.sentence_boundaries import sentence_ends

if TYPE_CHECKING:
    from languages.base import Speech

__all__ = [
    "contact_hint",
    "dialled",
    "figure_hint",
    "files",
    "inflected",
    "plural_category",
    "recognise",
    "sentence_ends",
    "vague_links",
    "verbalise",
]


def files() -> tuple[Path, ...]:
    """The list of British words, which stands outside this folder."""
    return (WORD_LIST,)


def verbalise(lexicon: Path) -> Speech:
    """English speech that uses the lexicon at `lexicon`. The import is late since it takes 25 ms and a page needs no
    speech."""
    from languages.en.speech import speech_of  # noqa: PLC0415 (25 ms, which a page needs not)

    return speech_of(lexicon)
