"""Turns a source's language into the fixed words of its editions: ours, those of channels, and the publisher's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from languages.base import MESSAGES, has_words, languages
from languages.fixed_words import needed, read_words, words_in
from model.diagnostics import Diagnostic
from model.document import Words
from reader.publisher import words_of
from yaml_source.node import Node

MOST_NAMED: Final = 12


def fixed_words(node: Node, publisher: Node | None, files: Iterable[Path]) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The fixed words of the language in `node`, and their faults. `files` are those of channels. A publisher may bring
    all words of a language that we have none for. Words at fault are English ones, so that the rest can be read."""
    language = node.text
    own = words_of(publisher, language)
    if has_words(language):
        words, faults = read_words(language)
    else:
        words, faults = Words(entries=(), language=language), _lacking(node, own)
    if faults:
        words = read_words(MESSAGES)[0]
    of_channels = {key: words for file in files for key, words in words_in(file, language).items()}
    if of_channels or own:
        entries = {**of_channels, **dict(words.entries), **own}
        words = replace(words, entries=tuple(sorted(entries.items())))
    return words, faults


def _lacking(node: Node, own: dict[str, str]) -> tuple[Diagnostic, ...]:
    """A fault that names the words that are lacking in a language without words of ours."""
    lacking = sorted(key.partition(".")[0] for key in needed() - own.keys())
    if not lacking:
        return ()
    language = node.text
    message = f"the editions have no fixed words in “{language}”, such as Contents or Telephone"
    hint = (
        f"Write them in publisher.yaml, as in `words: {{ {language}: {{ contents: … }} }}`: a translation of each line"
        f" of languages/en/words.yaml. They are there for {', '.join(languages())}."
    )
    if own:
        named = ", ".join(lacking[:MOST_NAMED]) + (" …" if len(lacking) > MOST_NAMED else "")
        message = f"{len(lacking)} of the fixed words in “{language}” are missing"
        hint = f"Add them in publisher.yaml, under `words:` and `{language}:`, as in languages/en/words.yaml: {named}."
    return (Diagnostic(severity="error", code="no-words", message=message, mark=node.mark, hint=hint),)
