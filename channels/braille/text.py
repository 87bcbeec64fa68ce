"""A sentence to what is written in cells: its words, which of its spaces hold a value together, which are emphasised.

Emphasis is kept for **strong** words only, which an author uses for what must not be missed; italics are looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from channels.braille import louis
from channels.braille.louis import Cells
from model.inlines import Emphasis, Inline, Link, Sentence, Strong, Text
from model.traverse import text_of


def cells_of(sentences: Iterable[Sentence], table: str, before: str = "") -> Cells:
    """Some sentences in cells, a space between them, after the words `before`."""
    words: list[str] = [before]
    held: list[bool] = [True] * len(before)
    bold: list[bool] = [False] * len(before)
    for sentence in sentences:
        if words[-1]:
            words.append(" ")
            held.append(False)
            bold.append(False)
        for text, keeps, strong in _pieces(sentence.inlines, strong=False):
            written = "".join(louis.spelt(sign, table) for sign in text)
            words.append(written)
            held += [keeps] * len(written)
            bold += [strong] * len(written)
    marks = tuple(bold) if any(bold) else ()
    return louis.cells("".join(words), table, tuple(held), marks)


def _pieces(inlines: tuple[Inline, ...], *, strong: bool) -> Iterator[tuple[str, bool, bool]]:
    """Words, whether their spaces hold together, whether they are strong."""
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
    """The signs of a sentence that the table has no cells for."""
    signs = dict.fromkeys(text_of(sentence.inlines))
    return tuple(
        sign for sign in signs if not sign.isspace() and not louis.spelt(sign, table) and sign not in louis.IGNORED
    )
