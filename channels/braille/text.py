"""Turns a sentence into cells: its words, the spaces that hold a value together, the words that are emphasised.

Only **strong** words are emphasised, since authors use them for what must not be missed. Italics are only looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from channels.braille import louis
from channels.braille.louis import Cells
from model.inlines import Emphasis, Foreign, Inline, Link, Sentence, Strong, Text
from model.traverse import text_of

DOUBLE: Final = frozenset('“”"')
OPENING: Final = re.compile(r"(?<!\w)‘(?!\d0s\b)(?=\S)")
CLOSING: Final = re.compile(r"(?<=\S)’(?!\w)")


def cells_of(sentences: Iterable[Sentence], table: str, before: str = "") -> Cells:
    """Some sentences in cells, a blank between them, after the words `before`. No sign of emphasis or capitals goes on
    from one sentence to the next, so each has the same cells wherever it stands."""
    parts = [plain_cells(before, table), *(_cells(sentence, table) for sentence in sentences)]
    parts = [part for part in parts if part.text]
    breaks: tuple[bool, ...] = ()
    for part in parts:
        breaks += (True, *part.breaks) if breaks else part.breaks
    return Cells(text=" ".join(part.text for part in parts), breaks=breaks)


def plain_cells(text: str, table: str) -> Cells:
    """Words that are no sentence, such as fixed words, in cells. A sign that the code lacks is replaced or left out."""
    return louis.cells("".join(louis.spelt(sign, table) for sign in text), table)


@lru_cache(maxsize=2048)
def _cells(sentence: Sentence, table: str) -> Cells:
    """One sentence. It is written in lines, measured in columns and held against the finished file."""
    words: list[str] = []
    held: list[bool] = []
    kinds: list[int] = []
    for text, keeps, kind in _pieces(sentence.inlines, 0):
        written = "".join(louis.spelt(sign, table) for sign in text)
        words.append(written)
        held += [keeps] * len(written)
        kinds += [kind] * len(written)
    return louis.cells(quoted("".join(words)), table, tuple(held), tuple(kinds) if any(kinds) else ())


def quoted(text: str) -> str:
    """`text` with single quotation marks written as double ones, where it has no double ones: these have the cells for
    the marks that a text uses (Rules of UEB, 7.6.2). Every other ’ is an apostrophe. The library takes a closing mark
    behind an s for an apostrophe, and the apostrophe of ’90s for a closing mark."""
    if "’" not in text:
        return text
    signs = list(text)
    closed = set()
    for opening in OPENING.finditer(text):
        until = text.find("‘", opening.end())
        ends = list(CLOSING.finditer(text, opening.end(), until if until >= 0 else len(text)))
        if ends:
            closing = next((end for end in ends if text[end.start() - 1] not in "sS"), ends[0])
            closed.add(closing.start())
            if not DOUBLE & set(text):
                signs[opening.start()], signs[closing.start()] = "“", "”"
    return "".join("'" if sign == "’" and place not in closed else sign for place, sign in enumerate(signs))


def _pieces(inlines: tuple[Inline, ...], kind: int) -> Iterator[tuple[str, bool, int]]:
    """Words, whether their spaces hold them together, and their kind. Words of another language have no contractions
    (Rules of UEB, 13.2)."""
    for inline in inlines:
        match inline:
            case Strong():
                yield from _pieces(inline.children, kind | louis.BOLD)
            case Emphasis() | Link():
                yield from _pieces(inline.children, kind)
            case Text():
                yield inline.text, False, kind
            case Foreign():
                yield inline.text, False, kind | louis.UNCONTRACTED
            case _:
                yield text_of((inline,)), True, kind


def unwritten(sentence: Sentence, table: str) -> tuple[str, ...]:
    """The signs of a sentence for which the table has no cells."""
    signs = dict.fromkeys(text_of(sentence.inlines))
    return tuple(
        sign for sign in signs if not sign.isspace() and not louis.spelt(sign, table) and sign not in louis.IGNORED
    )
