"""An utterance: what is said in one go, with the silence after it. Lists the parts of a recording and prints its
script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from model.document import Document
from model.inlines import NOWHERE, Ambiguous, Mark
from model.traverse import text_of

SENTENCE: Final = 0.35
BLOCK: Final = 0.7
SECTION: Final = 1.5
"""Seconds of silence after a sentence, a block and a section."""

OPENING: Final = "introduction"
CLOSING: Final = "other-formats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Words that a voice speaks in one go.

    `id` is that of the sentence or row, or "" for words that only the recording says. `words` is the spoken form,
    `shown` the written form, for captions and transcript. `pause` is the silence after it, in seconds. `section` is
    the id of its part. `unclear` are its figures that only the author understands. `own` are those of its words that
    are spoken nowhere else: a row's cells without the headers, which are utterances of their own.
    """

    id: str
    language: str
    words: str
    shown: str
    pause: float
    section: str
    unclear: tuple[Ambiguous, ...] = ()
    own: str = ""
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the recording, which is a track and a chapter."""

    id: str
    title: str


def parts(document: Document) -> tuple[Part, ...]:
    """The parts of the recording in order: the opening, each section, how to get other formats."""
    inner = [*document.sections, *(s for s in (document.glossary, document.related) if s is not None)]
    taken = {section.id for section in inner}
    return (
        Part(id=_free(OPENING, taken), title=document.words["introduction"]),
        *(Part(id=section.id, title=text_of(section.title.inlines)) for section in inner),
        Part(id=_free(CLOSING, taken), title=document.words["other_formats"]),
    )


def _free(name: str, taken: set[str]) -> str:
    return name if name not in taken else _free(f"recording-{name}", taken)


def show(utterances: tuple[Utterance, ...]) -> str:
    """The script as text for an editor: one utterance a line, after the number of the source line that it comes
    from."""
    width = max((len(_place(utterance)) for utterance in utterances), default=0)
    return "".join(f"{_place(utterance):>{width}}  {utterance.words}\n" for utterance in utterances)


def _place(utterance: Utterance) -> str:
    return str(utterance.mark.line) if utterance.id else "–"
