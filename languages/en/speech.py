"""Turns a lexicon's path into English speech, for `languages/base.py`: words, faults, and remarks to the author."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from languages.base import Remark, Where
from languages.en.lexicon import read_lexicon
from languages.en.numbers import cardinal, date_words
from languages.en.tidying import finish
from languages.en.unspeakable import PUNCTUATION, faults
from languages.en.verbalise import English, english
from model.diagnostics import Diagnostic
from model.inlines import Ambiguous, Inline


class EnglishSpeech:
    """English as one lexicon says it."""

    def __init__(self, english: English, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.english = english
        self.diagnostics = diagnostics
        self.sounds: Mapping[str, str] = english.names.sounds

    def words(self, inlines: tuple[Inline, ...]) -> str:
        return self.english.words(inlines)

    def address(self, text: str) -> str:
        return self.english.address(text)

    def count(self, number: int) -> str:
        return cardinal(number)

    def day(self, day: date) -> str:
        return date_words(day)

    def finish(self, said: str) -> str:
        return finish(said)

    def is_silent(self, words: str) -> bool:
        return PUNCTUATION.issuperset(words)

    def faults(
        self, words: str, where: Where, shown: str, unclear: tuple[Ambiguous, ...] = ()
    ) -> tuple[Diagnostic, ...]:
        return faults(words, where, shown, unclear)

    def remarks(self, inlines: tuple[Inline, ...]) -> tuple[Remark, ...]:
        return self.english.said(inlines)[1]


def speech_of(path: Path) -> EnglishSpeech:
    """The speech of the lexicon at `path`. An unchanged lexicon always gives the same object, which remembers what
    it said."""
    lexicon, found = read_lexicon(path)
    return _speech(english(lexicon), found)


@functools.lru_cache(maxsize=8)
def _speech(speech: English, found: tuple[Diagnostic, ...]) -> EnglishSpeech:
    return EnglishSpeech(speech, found)
