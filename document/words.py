"""`source/words.<language>.yaml` to Words: what the editions say around what the author wrote."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from document.diagnostics import Diagnostic
from document.load import load
from document.model import Words

FOLDER: Final = Path(__file__).parent.parent / "source"


def words_file(language: str) -> Path:
    """Where the fixed words of `language` stand."""
    return FOLDER / f"words.{language}.yaml"


def languages() -> tuple[str, ...]:
    """The languages that have fixed words."""
    return _languages(FOLDER, FOLDER.stat().st_mtime_ns)


@functools.cache
def _languages(folder: Path, _changed_ns: int) -> tuple[str, ...]:
    return tuple(sorted(path.name.split(".")[1] for path in folder.glob("words.*.yaml")))


@functools.cache
def _keys() -> frozenset[str]:
    """What every language must have words for."""
    return frozenset(load(words_file("en")).data)


@functools.cache
def _read(path: Path, _changed_ns: int) -> tuple[Words, tuple[Diagnostic, ...]]:
    loaded = load(path)
    found = list(loaded.diagnostics)
    entries = loaded.data if isinstance(loaded.data, dict) else {}
    for key, value in entries.items():
        if not isinstance(value, str) or not value.strip():
            message = f"`{key}` has no words"
            hint = "Write the words after the colon, in quotes where they hold a colon themselves."
            found.append(
                Diagnostic(severity="error", code="empty", message=message, mark=loaded.mark((key,)), hint=hint)
            )
    for key in sorted(_keys() - set(entries)) if not found else ():
        message = f"there are no words for `{key}`"
        hint = f"Add `{key}:`, as in {words_file('en').name}."
        found.append(Diagnostic(severity="error", code="missing-key", message=message, mark=loaded.mark(()), hint=hint))
    return Words(entries=tuple(sorted((k, v) for k, v in entries.items() if isinstance(v, str)))), tuple(found)


def read_words(language: str) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The fixed words of `language`, which is one of `languages()`."""
    path = words_file(language)
    return _read(path, path.stat().st_mtime_ns)
