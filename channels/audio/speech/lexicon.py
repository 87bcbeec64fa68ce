"""`source/lexicon.<language>.yaml` to a Lexicon: how written words are said, whatever the voice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from channels.audio.speech import letters
from document.diagnostics import Diagnostic
from document.load import Loaded, load
from document.model import Mark

NAMES: Final = ("say", "letters", "address_letters", "signs", "before_figures", "units")
NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`say`: a word as written to the words said; `signs` the same for single signs, wherever they stand.
    `address_letters` are parts of web addresses spelt out; `before_figures` what is said only before a number ("p. 5");
    `units` the singular and plural of a unit's sign."""

    say: Mapping[str, str]
    signs: Mapping[str, str]
    address_letters: frozenset[str]
    before_figures: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    pattern: re.Pattern[str] | None

    def apply(self, text: str) -> str:
        """`text` with every word of the lexicon as it is said; the longest entry wins."""
        return self.pattern.sub(lambda match: self.say[match[0]], text) if self.pattern else text


def path_of(folder: Path, language: str) -> Path:
    """Where the lexicon of `language` stands: that of "en-GB" is that of "en"."""
    return folder / f"lexicon.{language.partition('-')[0]}.yaml"


def read_lexicon(path: Path) -> tuple[Lexicon, tuple[Diagnostic, ...]]:
    """The lexicon at `path`; its faults as diagnostics, with what could be read."""
    loaded = load(path)
    if loaded.diagnostics:
        return make(), tuple(loaded.diagnostics)
    faults = tuple(_faults(loaded))
    if faults:
        return make(), faults
    data: dict[str, Any] = loaded.data
    say = {word: letters.spell(word) for word in data.get("letters") or ()}
    say |= data.get("say") or {}
    return make(
        say=say,
        signs=data.get("signs") or {},
        address_letters=frozenset(data.get("address_letters") or ()),
        before_figures=data.get("before_figures") or {},
        units={sign: (one, many) for sign, (one, many) in (data.get("units") or {}).items()},
    ), ()


def make(
    *,
    say: Mapping[str, str] = NONE,
    signs: Mapping[str, str] = NONE,
    address_letters: frozenset[str] = frozenset(),
    before_figures: Mapping[str, str] = NONE,
    units: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Lexicon:
    """A Lexicon with the pattern that finds its words: whole words, also those that end in a full stop."""
    longest_first = sorted(say, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if say else None
    return Lexicon(
        say=say,
        signs=signs,
        address_letters=address_letters,
        before_figures=before_figures,
        units=units,
        pattern=pattern,
    )


def _faults(loaded: Loaded) -> list[Diagnostic]:
    data = loaded.data
    if not isinstance(data, dict):
        return [_fault("the lexicon is not a mapping", f"Its keys are {', '.join(NAMES)}.", loaded.mark(()))]
    found = []
    for name, entries in data.items():
        at = loaded.mark((name,))
        if name not in NAMES:
            found.append(_fault(f"no part of a lexicon is called `{name}`", f"Its keys are {', '.join(NAMES)}.", at))
        elif name in ("letters", "address_letters"):
            if not (isinstance(entries, list) and all(isinstance(word, str) and word for word in entries)):
                found.append(_fault(f"`{name}` is not a list of words", "Write [NHS, UK].", at))
        elif not isinstance(entries, dict):
            found.append(_fault(f"`{name}` is not a mapping", "Write `written: said`, one a line.", at))
        else:
            wants = _is_pair if name == "units" else _is_words
            found += [
                _fault(f"`{key}` has no words to be said", "Write them after the colon.", loaded.mark((name, key)))
                for key, words in entries.items()
                if not (isinstance(key, str) and key.strip() and wants(words))
            ]
    return found


def _is_words(words: object) -> bool:
    return isinstance(words, str) and bool(words.strip())


def _is_pair(words: object) -> bool:
    return isinstance(words, list) and len(words) == 2 and all(_is_words(word) for word in words)


def _fault(message: str, hint: str, mark: Mark) -> Diagnostic:
    return Diagnostic(severity="error", code="bad-lexicon", message=message, mark=mark, hint=hint)
