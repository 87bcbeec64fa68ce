"""Turns `languages/<language>/words.yaml` into Words: what the editions say around the author's text."""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from languages.base import folder_of
from languages.plurals import CATEGORIES
from model.blocks import NoticeKind
from model.diagnostics import Diagnostic
from model.document import Words
from yaml_source.load import load
from yaml_source.own_files import read_texts

MONTHS: Final = 12


def notice_word(kind: NoticeKind) -> str:
    """The key of the fixed words that name a kind of notice."""
    return f"notice_{kind.replace('-', '_')}"


def says_kind(words: Words, kind: NoticeKind, title: str) -> bool:
    """True if the title of a notice begins with the words for its kind: "Urgent advice: …", "Example"."""
    return title.casefold().startswith(str(words[notice_word(kind)]).casefold())


def words_file(language: str) -> Path:
    """The path of the fixed words of `language`."""
    return folder_of(language) / "words.yaml"


def is_fixed(key: str) -> bool:
    """True if the editions have words for `key`, which may end in a category of numbers."""
    name, _, category = key.partition(".")
    return key in _english() or (category in CATEGORIES and f"{name}.other" in _english())


@functools.cache
def _english() -> dict[str, str]:
    """The English words by key. They say which keys every language needs and what is filled into each."""
    return {key: str(words) for key, words in flat(read_texts(words_file("en"))).items()}


def needed() -> frozenset[str]:
    """The keys of the words that every language has."""
    return frozenset(key for key in _english() if key.partition(".")[2] in ("", "other"))


def flat(entries: Mapping[str, object]) -> dict[str, object]:
    """The entries in one level. A form that goes with a number is at `key.category`."""
    flat: dict[str, object] = {}
    for key, words in entries.items():
        if isinstance(words, dict) and words and all(category in CATEGORIES for category in words):
            flat |= {f"{key}.{category}": form for category, form in words.items()}
        else:
            flat[key] = words
    return flat


def _filled_in(words: str) -> list[str] | None:
    """The names that are filled into some words, as written: `["{day}", "{month}"]`. None where a brace has no
    partner."""
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError:
        return None
    how = [(name, f"!{kind}" if kind else "", f":{form}" if form else "") for _, name, form, kind in parts]
    return sorted(f"{{{name}{kind}{form}}}" for name, kind, form in how if name is not None)


def fault_of(key: str, words: object) -> tuple[str, str, str] | None:
    """Code, message and hint if the words for `key` cannot be used. None if they can."""
    if isinstance(words, dict):
        hint = f"Write a form for each category that the language tells apart: {', '.join(CATEGORIES)}."
        return "wrong-value", f"`{key}` has forms that are no plural categories", hint
    if not isinstance(words, str) or not words.strip():
        hint = "Write the words after the colon, in quotes where they hold a colon themselves."
        return "empty", f"`{key}` has no words", hint
    name, _, category = key.partition(".")
    if category and f"{name}.other" not in _english():
        return "wrong-value", f"`{name}` goes with no number", f"Write the words directly after `{name}:`."
    model = f"{name}.other" if category else key
    if model not in _english():
        return None
    wanted = _filled_in(_english()[model]) or []
    if (found := _filled_in(words)) != wanted and not (category not in ("", "other") and found == []):
        message = f"`{key}` has {_listed(found)} to fill in, and in English it has {_listed(wanted)}"
        if found is None:
            message = f"a brace in `{key}` opens or closes nothing"
        hint = f"Write {_listed(wanted)} in it, once." if wanted else "Leave out the braces: nothing is filled in here."
        return "wrong-value", message, hint
    if key == "months" and (count := len(words.split(", "))) != MONTHS:
        return "wrong-value", f"`months` has {count} names", "Write all twelve, a comma and a space between them."
    return None


def _listed(names: list[str] | None) -> str:
    return " and ".join(names or ()) or "nothing"


@functools.cache
def _read(path: Path, _changed_ns: int) -> tuple[Words, tuple[Diagnostic, ...]]:
    loaded = load(path)
    found = list(loaded.diagnostics)
    entries = flat(loaded.data) if isinstance(loaded.data, dict) else {}
    for key, words in entries.items():
        if fault := fault_of(key, words):
            code, message, hint = fault
            name, _, category = key.partition(".")
            mark = loaded.mark((name, category) if category else (name,))
            found.append(Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint))
    for key in sorted(needed() - entries.keys()) if not found else ():
        message = f"there are no words for `{key}`"
        hint = f"Add `{key.partition('.')[0]}:`, as in languages/en/words.yaml."
        found.append(Diagnostic(severity="error", code="missing-key", message=message, mark=loaded.mark(()), hint=hint))
    kept = tuple(sorted((key, words) for key, words in entries.items() if isinstance(words, str)))
    return Words(entries=kept, language=path.parent.name), tuple(found)


@functools.cache
def words_in(file: Path, language: str) -> Mapping[str, str]:
    """The words for `language`, or for it without its country, in a channel's `file`, which has some by language and
    key. Empty where it has none."""
    found = read_texts(file)
    own = found.get(language) or found.get(language.partition("-")[0], {})
    return {key: str(words) for key, words in flat(own).items()}


def read_words(language: str) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The fixed words of `language`, one of `languages()`, and the faults of their file."""
    path = words_file(language)
    return _read(path, path.stat().st_mtime_ns)
