"""What is said in one go, the silence after it, and the parts of a recording that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from model.document import Document
from model.inlines import NOWHERE, Ambiguous, Mark
from model.traverse import text_of

SENTENCE: Final = 0.35
BLOCK: Final = 0.7
SECTION: Final = 1.5
"""Seconds of silence after each."""

OPENING: Final = "introduction"
CLOSING: Final = "other-formats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What a voice says in one go. `id` is the sentence's or row's, or "" for what is said only by ear; `shown` is how
    it is written, for captions and transcript; `pause` the silence after it, in seconds; `section` its part's id.
    `unclear` are its figures that only the author knows; `own` those of its words that are said nowhere else: a row's
    cells without the headers, which are utterances of their own."""

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
    """A part of the recording: a track and a chapter."""

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
    """The script as text, one utterance a line after the source line it comes from: for an editor's eye."""
    width = max((len(_place(utterance)) for utterance in utterances), default=0)
    return "".join(f"{_place(utterance):>{width}}  {utterance.words}\n" for utterance in utterances)


def _place(utterance: Utterance) -> str:
    return str(utterance.mark.line) if utterance.id else "–"
