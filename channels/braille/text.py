"""Turns a sentence into cells: its words, the spaces that hold a value together, the words that are emphasised.

Only **strong** words are emphasised, since authors use them for what must not be missed. Italics are only looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from channels.braille import louis
from channels.braille.louis import Cells
from model.inlines import Emphasis, Inline, Link, Sentence, Strong, Text
from model.traverse import text_of


def cells_of(sentences: Iterable[Sentence], table: str, before: str = "") -> Cells:
    """Some sentences in cells, a blank between them, after the words `before`. No sign of emphasis or capitals goes on
    from one sentence to the next, so each has the same cells wherever it stands."""
    parts = [louis.cells(before, table), *(_cells(sentence, table) for sentence in sentences)]
    parts = [part for part in parts if part.text]
    breaks: tuple[bool, ...] = ()
    for part in parts:
        breaks += (True, *part.breaks) if breaks else part.breaks
    return Cells(text=" ".join(part.text for part in parts), breaks=breaks)


@lru_cache(maxsize=2048)
def _cells(sentence: Sentence, table: str) -> Cells:
    """One sentence. It is written in lines, measured in columns and held against the finished file."""
    words: list[str] = []
    held: list[bool] = []
    bold: list[bool] = []
    for text, keeps, strong in _pieces(sentence.inlines, strong=False):
        written = "".join(louis.spelt(sign, table) for sign in text)
        words.append(written)
        held += [keeps] * len(written)
        bold += [strong] * len(written)
    return louis.cells("".join(words), table, tuple(held), tuple(bold) if any(bold) else ())


def _pieces(inlines: tuple[Inline, ...], *, strong: bool) -> Iterator[tuple[str, bool, bool]]:
    """Words, whether their spaces hold them together, and whether they are strong."""
    for inline in inlines:
        match inline:
            case Strong():
                yield from _pieces(inline.children, strong=True)
            case Emphasis() | Link():
                yield from _pieces(inline.children, strong=strong)
            case Text():
                yield inline.text, False, strong
            case _:
                yield text_of((inline,)), True, strong


def unwritten(sentence: Sentence, table: str) -> tuple[str, ...]:
    """The signs of a sentence for which the table has no cells."""
    signs = dict.fromkeys(text_of(sentence.inlines))
    return tuple(
        sign for sign in signs if not sign.isspace() and not louis.spelt(sign, table) and sign not in louis.IGNORED
    )
