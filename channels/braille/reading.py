"""Turns finished braille into what fingers find in it: its pages, and the figures that a reader takes from cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from lxml import etree

from channels.base import File, Passage
from channels.braille.lines import CONTINUES
from channels.braille.pages import CELLS, NAMESPACE
from channels.braille.text import cells_of
from model.document import Document
from model.inlines import Sentence
from model.traverse import sentences_of, text_of

SIGNS: Final = {ord(cell): sign for sign, cell in CELLS.items()}
RANK: Final = {letter: str(number % 10) for number, letter in enumerate("abcdefghij", 1)}
NUMERIC: Final = re.compile(r"#[a-j14/\"]+")


def passages(file: File) -> Iterator[Passage]:
    """The cells of each page in braille ASCII, without its first line, which has the page's number."""
    for page in _pef(file.data) if file.path.endswith(".pef") else _brf(file.data):
        lines = (line.removesuffix(CONTINUES) for line in page[1:])
        yield Passage(file=file.path, id="", text="".join(lines))


def _brf(data: bytes) -> Iterator[list[str]]:
    for page in data.decode("ascii").lower().split("\f")[:-1]:
        yield page.split("\r\n")[:-1]


def _pef(data: bytes) -> Iterator[list[str]]:
    for page in etree.fromstring(data).iter(f"{{{NAMESPACE}}}page"):
        yield [(row.text or "").translate(SIGNS) for row in page]


def written(document: Document, table: str) -> dict[str, str]:
    """The cells of each sentence, by its id."""
    return {sentence.id: cells_of((sentence,), table).text for sentence in sentences_of(document)}


def misread(document: Document, table: str) -> Iterator[tuple[Sentence, str]]:
    """The sentences in whose cells other figures are read than stand in the source, with the figures that are read.
    Only UEB is held to this: the Welsh code writes the sign between hours and minutes, and addresses, in cells of
    which only the words around them say that they are figures."""
    if not table.startswith("ueb"):
        return
    for sentence in sentences_of(document):
        text = text_of(sentence.inlines)
        if not figures(text):
            continue
        read = figures_in(cells_of((sentence,), table).text)
        if read != figures(text):
            yield sentence, read


def figures_in(cells: str) -> str:
    """The figures that a reader takes from cells in braille ASCII, in their order. The numeric indicator `#` makes
    figures of the letters a to j behind it, until a cell that is no figure, comma, point, fraction line or numeric
    space (UEB rulebook 2024, 6.1 to 6.4)."""
    return "".join(RANK[letter] for number in NUMERIC.findall(cells) for letter in number if letter in RANK)


def figures(text: str) -> str:
    """The figures of a text, in their order; raised ones (²) are figures, too, and so are those of a fraction (½)."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(sign)) for sign in whole if sign.isdigit())
