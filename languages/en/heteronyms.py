"""Turns words that can be said in two ways into the one that the words beside them ask for, or remarks on them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from languages.base import Remark
from languages.en.patterns import later
from yaml_source.own_files import read_texts

FILE: Final = Path(__file__).parent / "heteronyms.yaml"
FAR: Final = 40
"""How many characters before and after a word may decide how it is said."""
NAME_BEFORE: Final = later(r"(?<![\w'-])[A-Z][\w'-]+ \Z")
OPENS: Final = later(r"(?:\A|[.!?:] )[“‘(]?\Z")
NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One way to say a word, and the words beside it that ask for it. `say` is "" for the voice's own way. `start`
    is true where the word is so said at the start of a sentence, `otherwise` where nothing else decides."""

    say: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    start: bool
    otherwise: bool


@functools.cache
def sounds() -> dict[str, tuple[Sound, ...]]:
    """Each word with its ways of being said."""
    loaded = read_texts(FILE)
    return {word: tuple(map(_sound, listed)) for word, listed in loaded.items()}


def _sound(entry: dict[str, str]) -> Sound:
    before, after = entry.get("before"), entry.get("after")
    return Sound(
        say=entry["say"],
        before=later(rf"(?<![\w'-]){before}[ ]\Z", re.IGNORECASE) if before else NEVER,
        after=later(rf"[ -]{after}(?![\w'])", re.IGNORECASE) if after else NEVER,
        start="start" in entry,
        otherwise="otherwise" in entry,
    )


@functools.cache
def _forms() -> frozenset[str]:
    """These words with small letters, with a capital, and in capitals."""
    return frozenset(form for word in sounds() for form in (word, word.capitalize(), word.upper()))


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(sounds())})(?![\w'])", re.IGNORECASE)


def say(said: str, words: frozenset[str]) -> tuple[str, tuple[Remark, ...]]:
    """`said` with each such word as it is meant, and remarks on those that no word beside them decides. `words` are
    all words of `said`."""
    if _forms().isdisjoint(words):
        return said, ()
    remarks: dict[str, Remark] = {}

    def one(match: re.Match[str]) -> str:
        word = match[0]
        before = match.string[max(0, match.start() - FAR) : match.start()]
        after = match.string[match.end() : match.end() + FAR]
        if word[0].isupper() and NAME_BEFORE.search(before):
            return word  # part of a name: "Acacia Close"
        opens = word.istitle() and after.startswith(" ") and OPENS.search(before) is not None
        for sound in sounds()[word.lower()]:
            if (sound.start and opens) or sound.otherwise or sound.before.search(before) or sound.after.match(after):
                return sound.say or word
        remarks[word.lower()] = Remark(code="two-sounds", written=word.lower(), said="")
        return word

    return _pattern().sub(one, said), tuple(remarks.values())
