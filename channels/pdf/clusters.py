"""Turns the fonts of a PDF into fonts with a character behind every glyph (ISO 14289-1, 7.21.7).

Several glyphs may stand for one character together, such as a Devanagari letter with its vowel. The engine then
gives the character to the first glyph and none to the others. The others get a zero width space here, so that
readers who copy or hear the text get it whole.

A glyph has one character in all of a font. So where a script draws letters in another order than it writes them, each
line has its words beside it (`ActualText`, ISO 32000-1, 14.9.4). So has a line that ends within a word, with a soft
hyphen in place of the one that is drawn there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Array, Object, Pdf

from channels.pdf.long_words import SOFT_HYPHEN
from channels.pdf.markup import seen

MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <[0-9A-Fa-f]+>")
END = b"endcmap"
MOST = 100  # characters in one block of a CMap (Adobe Technical Note 5411)
NOTHING = "200B"
PARTING = re.compile(f"{SOFT_HYPHEN}+-$")
REORDERED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
"""A letter from Devanagari to Myanmar, or of Khmer. Not of Arabic or Hebrew: viewers turn their lines round, and some
would turn the words beside them round as well."""


def complete(pdf: Pdf) -> None:
    """Gives each glyph that is used and has no character an invisible one."""
    for font in _fonts(pdf):
        table = font.ToUnicode.read_bytes()
        known = {int(glyph, 16) for glyph in MAPPED.findall(table)}
        lacking = sorted(set(_used(font.DescendantFonts[0].get("/W", Array()))) - known - {0})
        blocks = [lacking[start : start + MOST] for start in range(0, len(lacking), MOST)]
        lines = "".join(
            f"{len(block)} beginbfchar\n{''.join(f'<{glyph:04x}> <{NOTHING}>' + chr(10) for glyph in block)}endbfchar\n"
            for block in blocks
        )
        if lines:
            font.ToUnicode.write(table.replace(END, lines.encode() + END, 1))


def spelt(pages: Sequence[Any]) -> dict[tuple[int, int], str]:
    """The words of each line whose glyphs do not give them, by page and marked content (of an engine.Drawing)."""
    lines = (
        (number, mcid, getattr(box, "text", ""))
        for number, page in enumerate(pages)
        for box, mcid in page.drawn.items()
    )
    return {
        (number, mcid): PARTING.sub(SOFT_HYPHEN, seen(words))
        for number, mcid, words in lines
        if PARTING.search(words) or REORDERED.search(words)
    }


def _fonts(pdf: Pdf) -> Iterator[Object]:
    seen = set()
    for page in pdf.pages:
        for font in dict(page.Resources.get("/Font", {})).values():
            if "/ToUnicode" in font and "/DescendantFonts" in font and font.objgen not in seen:
                seen.add(font.objgen)
                yield font


def _used(widths: Object) -> Iterator[int]:
    """The glyphs in an array of widths. The array holds a first glyph and the widths from there on, or a first and
    last glyph and one width (9.7.4.3)."""
    items = list(widths)
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            yield from range(first, first + len(items[at + 1]))
            at += 2
        else:
            yield from range(first, int(items[at + 1]) + 1)
            at += 3
