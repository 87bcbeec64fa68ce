"""Turns a language's remarks on a document into warnings: one for each kind, which lists the words concerned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from languages.base import Remark, Speech
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Inline, Mark
from model.traverse import sentences_of

LISTED: Final = 60
"""How many words a warning lists. An author with more has enough to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The texts of one kind of remark: `one` for a single word, `many` for several, and what to do about it."""

    one: str
    many: str
    hint: str


TERMS: Final = "If that is wrong, put it under `terms:` with `say:`, or with `expansion:`, which also explains it."
KINDS: Final = {
    "spelt-out": Kind(
        one="initials that are not known are said letter by letter",
        many="{count} initials that are not known are said letter by letter",
        hint=TERMS,
    ),
    "capitals-as-word": Kind(
        one="a long word in capitals that is not known is said as a word",
        many="{count} long words in capitals that are not known are said as words",
        hint=TERMS,
    ),
    "roman-numeral": Kind(
        one="capitals that look like a Roman numeral are said as a number",
        many="{count} capitals that look like Roman numerals are said as numbers",
        hint=TERMS,
    ),
    "other-script": Kind(
        one="words in another script are named and not said",
        many="{count} runs of words in another script are named and not said",
        hint="Put them under `terms:` with `say:` for what a listener should hear.",
    ),
    "sign-left-out": Kind(
        one="a sign that has no words is left out of the recording",
        many="{count} signs that have no words are left out of the recording",
        hint="If a listener needs it, write it in words, or put it under `terms:` with `say:`.",
    ),
    "stop-in-word": Kind(
        one="a stop within a word is said as a dot, or as the end of a sentence",
        many="{count} stops within a word are said as a dot, or as the end of a sentence",
        hint="Put a space after a full stop.",
    ),
    "two-sounds": Kind(
        one="a word that is said in two ways is left to the voice, since nothing beside it decides",
        many="{count} words that are said in two ways are left to the voice, since nothing beside them decides",
        hint="Say it for one place: `[lead]{say: led}`, or everywhere under `terms:` with `say:`.",
    ),
}


def remarks_on(document: Document, speech: Speech) -> Iterator[Diagnostic]:
    """One warning for each kind of remark, at its first place."""
    found: dict[str, dict[str, list[tuple[Remark, Mark]]]] = {}
    for inlines, mark in _texts(document):
        for remark in speech.remarks(inlines):
            found.setdefault(remark.code, {}).setdefault(remark.written, []).append((remark, mark))
    for code, by_word in found.items():
        yield _warning(code, by_word)


def _texts(document: Document) -> Iterator[tuple[tuple[Inline, ...], Mark]]:
    yield document.version_inlines, document.mark
    for sentence in sentences_of(document):
        yield sentence.inlines, sentence.mark


def _warning(code: str, by_word: dict[str, list[tuple[Remark, Mark]]]) -> Diagnostic:
    kind = KINDS[code]
    lines = [_line(places) for places in by_word.values()]
    more = [f"… and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    first = kind.one if len(lines) == 1 else kind.many.format(count=len(lines))
    mark = next(iter(by_word.values()))[0][1]
    message = "\n".join([first, *lines[:LISTED], *more])
    return Diagnostic(severity="warning", code=code, message=message, mark=mark, hint=kind.hint)


def _line(places: list[tuple[Remark, Mark]]) -> str:
    """One line of a warning: “TUC”: T U C (4 times, first in line 12)."""
    remark, mark = places[0]
    said = f": {remark.said}" if remark.said else ""
    where = f"line {mark.line}" if len(places) == 1 else f"{len(places)} times, first in line {mark.line}"
    return f"“{remark.written}”{said} ({where})"
