"""Turns `languages/<language>/lexicon.yaml` into a Lexicon, which says how written words are spoken, whatever the
voice."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from languages.en import letters
from languages.en.lists import words as listed
from languages.en.patterns import either, later
from languages.en.phrases import Phrases, words_in
from languages.en.pronunciation import Pronunciation
from languages.en.units import NO_CLAUSE, bracketed, each_one
from languages.ipa import HOW_TO_WRITE, strange_signs
from model.diagnostics import Diagnostic
from model.inlines import NOWHERE, Mark
from yaml_source.load import load
from yaml_source.node import Keys
from yaml_source.own_files import read_texts

NAMES: Final = (
    *("say", "letters", "names", "address_letters", "signs", "before_figures", "before_years", "before_amounts"),
    *("days_and_months", "words_too", "before_names", "after_names"),
)
ALONE: Final = later(rf"{NO_CLAUSE}[ \u00a0]\(({either(bracketed())})\)\Z")
TWICE: Final = later(r"\b([a-z]{4,20}?)(s?) \(\1s?\)")
"""A unit and its sign in brackets, which is said like it: "per hectare (ha)"."""
PER: Final = later(rf"(?<!\w)per[ \u00a0]({either(each_one())})(?![\w/])")
NAME_BEFORE: Final = later(
    r"(?<![\w'’-])(?!(?:The|Rev|Rev['’]?d|Prof|Sir|Dame|Lord|Lady|Your|Our|My|Dear|Ask|See|Is|Mr|Call)\b)"
    r"[A-Z][\w'’-]*[ \u00a0]\Z"
)
FAR: Final = 40
"""How many characters before a short word are searched for a name."""
NAME_AFTER: Final = later(r"[ \u00a0](?:[A-Z]\.|[A-Z][a-z])")
CAPITALS: Final = re.compile(r"[^\W\d_]*[A-ZÀ-ÖØ-Þ]{2}[^\W\d_]*|[A-Z][a-z]{1,2}[A-Z]s?")
LISTS: Final = ("letters", "address_letters", "words_too")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """How words are said, each a mapping from the word as written to the words said unless it says otherwise.

    `say` holds all words. `capitals` holds those of them in capitals; they are looked up after everything else is
    said, since one pattern of a thousand words would be slow. `names` are names beyond those of names.yaml. `signs`
    are single signs, wherever they stand. `address_letters` are the parts of web addresses that are spelt out.
    `before_figures` apply only before a number ("p. 5"); `before_years` before a year alone, together with those of
    `before_figures` that end in a stop; `before_amounts` before money, a percentage or a large number ("max £5").
    `before_names` and `after_names` apply only before or after a capitalised word ("St John", "High St").
    `days_and_months` are short names; those in `words_too` are also other words.
    """

    say: Mapping[str, str]
    capitals: Mapping[str, str]
    names: Mapping[str, Pronunciation]
    signs: Mapping[str, str]
    address_letters: frozenset[str]
    before_figures: Mapping[str, str]
    before_years: Mapping[str, str]
    before_amounts: Mapping[str, str]
    days_and_months: Mapping[str, str]
    words_too: frozenset[str]
    before_names: Mapping[str, str]
    after_names: Mapping[str, str]
    phrases: Phrases
    beside_names: tuple[str, ...]
    sign: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def apply(self, text: str, words: frozenset[str]) -> str:
        """`text` with every word of the lexicon as it is said. The longest entry wins. `words` are its words."""
        written = text
        if text.endswith("))") or (text.endswith(")") and text[text.rfind("(") + 1 : -1] in bracketed()):
            text = ALONE.sub(lambda match: f" ({bracketed()[match[1]]})", text)
        if "per" in text:
            text = PER.sub(lambda match: f"per {each_one()[match[1]]}", text)
        text = self.phrases.replace(text, self._word, words if text is written else words_in(text))
        if " (" in text:
            text = TWICE.sub(r"\1\2", text)
        if not any(map(text.__contains__, self.beside_names)):
            return text
        words = words if text is written else words_in(text)
        if self.before and not words.isdisjoint(self.before_names):
            text = self.before.sub(lambda match: self.before_names[match[1]], text)
        if self.after and not words.isdisjoint(self.after_names):
            text = self.after.sub(lambda match: match[1] + self.after_names[match[2]], text)
        return text

    def _word(self, text: str, at: int, word: str) -> str:
        """A word as it is said. "Dr" is "drive" after a name that no other name follows, and "doctor" elsewhere."""
        after = self.after_names.get(word.rstrip("."))
        if after and NAME_BEFORE.search(text, max(0, at - FAR), at) and not NAME_AFTER.match(text, at + len(word)):
            return after
        return self.say[word]


def read_lexicon(path: Path) -> tuple[Lexicon, tuple[Diagnostic, ...]]:
    """The lexicon at `path`, and its faults. Where there are faults the lexicon is empty. An unchanged file is read
    once. One without faults is read in a third of the time, without the places of its words."""
    state = path.stat() if path.exists() else None
    return _read(path, state.st_mtime_ns if state else 0, state.st_size if state else 0)


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> tuple[Lexicon, tuple[Diagnostic, ...]]:
    with suppress(OSError, ValueError, yaml.YAMLError):  # told by the slower reading, with their places
        data = read_texts(path)
        if not _faults(data, lambda _keys: NOWHERE):
            return make(data), ()
    loaded = load(path)
    faults = tuple(loaded.diagnostics or _faults(loaded.data, loaded.mark))
    return (make({}), faults) if faults else (make(loaded.data), ())


def make(data: Mapping[str, Any]) -> Lexicon:
    """A Lexicon with the patterns that find its words: whole words, also those that end in a full stop."""
    say = {word: letters.spell(word) for word in _letters(data.get("letters", ()))} | data.get("say", {})
    capitals = {word: said for word, said in say.items() if CAPITALS.fullmatch(word)}
    sought = say.keys() - capitals.keys()
    before_names, after_names = data.get("before_names", {}), data.get("after_names", {})
    capital = "[A-ZÀ-ÖØ-Þ]"
    opener = rf"\.[ \u00a0](?:{either(listed('openers'))})(?!\w)"  # matches "Elm St. The shop", not "St. Helens"
    named = rf"(?=[ \u00a0]{capital}(?:[\w.'’-]|[ \u00a0]{capital}))"  # matches "Rev J Smith", not "Rev C"
    before = rf"(?<![\w.])(?!(?<=\w )\w+{opener})({either(before_names)})\.?{named}"
    after = rf"((?<![\w'’-]){capital}[\w'’-]*[ \u00a0])({either(after_names)})(?![\w'’-])\.?"
    return Lexicon(
        say=say,
        capitals=capitals,
        names=data.get("names", {}),
        signs=(signs := data.get("signs", {})),
        address_letters=frozenset(data.get("address_letters", ())),
        before_figures=(before_figures := data.get("before_figures", {})),
        before_years={k: v for k, v in before_figures.items() if k.endswith(".")} | data.get("before_years", {}),
        before_amounts=data.get("before_amounts", {}),
        days_and_months=data.get("days_and_months", {}),
        words_too=frozenset(data.get("words_too", ())),
        before_names=before_names,
        after_names=after_names,
        beside_names=tuple({**before_names, **after_names}),
        phrases=Phrases(sought, not_after=".&"),
        sign=later(either(signs)) if signs else None,
        before=later(before) if before_names else None,
        after=later(after) if after_names else None,
    )


def _letters(entries: list[str] | dict[str, str]) -> Iterator[str]:
    """The initials of a list, or of lists by subject. Each entry is one text of initials."""
    for entry in entries.values() if isinstance(entries, dict) else entries:
        yield from entry.split()


def _faults(data: object, mark: Callable[[Keys], Mark]) -> list[Diagnostic]:
    if not isinstance(data, dict):
        return [_fault("the lexicon is not a mapping", f"Its keys are {', '.join(NAMES)}.", mark(()))]
    found = []
    for name, entries in data.items():
        at = mark((name,))
        if name not in NAMES:
            found.append(_fault(f"no part of a lexicon is called `{name}`", f"Its keys are {', '.join(NAMES)}.", at))
        elif name in LISTS and not (name == "letters" and isinstance(entries, dict)):
            if not (isinstance(entries, list) and all(isinstance(word, str) and word for word in entries)):
                found.append(_fault(f"`{name}` is not a list of words", "Write [NHS, UK].", at))
        elif not isinstance(entries, dict):
            found.append(_fault(f"`{name}` is not a mapping", "Write `written: said`, one a line.", at))
        else:
            for key, said in entries.items():
                if name == "names" and isinstance(said, dict):
                    found += _faults_of_sounds(key, said, mark((name, key)))
                elif not (isinstance(key, str) and key.strip() and _is_words(said)):
                    message = f"`{key}` has no words to be said"
                    found.append(_fault(message, "Write them after the colon.", mark((name, key))))
    return found


def _faults_of_sounds(name: str, said: Mapping[str, object], mark: Mark) -> Iterator[Diagnostic]:
    """The faults of a name with sounds, and perhaps words: `{ say: suthuck, ipa: ˈsʌðək }`."""
    if said.keys() not in ({"say", "ipa"}, {"ipa"}) or not all(map(_is_words, said.values())):
        yield _fault(f"`{name}` has no sounds, or something else", "Write { say: suthuck, ipa: ˈsʌðək }.", mark)
    elif strange := strange_signs(str(said["ipa"])):
        signs = ", ".join(f"“{sign}”" for sign in strange)
        yield _fault(f"{signs} in the sounds of `{name}` stands for no sound", HOW_TO_WRITE, mark)


def _is_words(words: object) -> bool:
    return isinstance(words, str) and bool(words.strip())


def _fault(message: str, hint: str, mark: Mark) -> Diagnostic:
    return Diagnostic(severity="error", code="bad-lexicon", message=message, mark=mark, hint=hint)
