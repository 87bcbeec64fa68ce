"""Turns figures whose meaning only their author knows (5m, 13pm, £1,00) into terms that spell them out, with a
remark for a person. So a published page passes as it is: nothing is guessed, and nobody hears a wrong figure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from importer.draft import Draft, Remarked, Value
from importer.reading import LONGEST_TERM
from languages.base import Language, Speech, language_of, lexicon_of, nowhere
from model.diagnostics import has_errors
from model.document import Document
from model.inlines import Ambiguous
from model.traverse import sentences_of, walk

LOOK: Final = "{message}. Until a person decides it is said sign by sign. {hint}"


def with_unclear_said(draft: Draft, document: Document | None) -> Draft:
    """The draft, with a term for each figure of its `document` that only its author can read out."""
    language = language_of(draft.language)
    if document is None or language.verbalise is None:
        return draft
    speech = language.verbalise(lexicon_of(draft.language))
    known = draft.data.get("terms", {})
    said = {
        unclear.text: _said(unclear, speech, language)
        for unclear in _unclear(document)
        if isinstance(known, Mapping) and unclear.text not in known and len(unclear.text) <= LONGEST_TERM
    }
    terms: dict[str, Value] = {text: value for text, value in said.items() if value is not None}
    if not terms or not isinstance(known, Mapping):
        return draft
    data: dict[str, Value] = {}
    for key, value in draft.data.items():
        if key in ("introduction", "sections") and "terms" not in data:
            data["terms"] = {**known, **terms}
        data.setdefault(key, value)
    return replace(draft, data={**data, "terms": {**known, **terms}})


def _unclear(document: Document) -> Iterator[Ambiguous]:
    for sentence in sentences_of(document):
        yield from (inline for inline in walk(sentence.inlines) if isinstance(inline, Ambiguous))


def _said(unclear: Ambiguous, speech: Speech, language: Language) -> Value | None:
    """The term, or None if even its signs cannot be spoken."""
    spelt = "".join(
        f" {speech.words(language.recognise(sign)).rstrip('.')} " if unicodedata.category(sign) == "Sc" else sign
        for sign in unclear.text
    )
    say = " ".join(speech.address(spelt).split())
    if has_errors(speech.faults(speech.finish(say), nowhere, say)):
        return None
    fault = speech.faults(speech.finish(say), nowhere, unclear.text, (unclear,))[0]
    return Remarked(value={"say": say}, look=(LOOK.format(message=fault.message, hint=fault.hint),))
