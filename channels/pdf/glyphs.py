"""Turns the shipped typefaces into the characters that can be printed, and other characters into faults.

No engine is imported, so that a source can be checked for what paper cannot show before anything is made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from channels.design import FONTS
from model.blocks import Figure, Statistic
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark
from model.traverse import blocks_of, sentences_of, text_of

SCRIPTS = FONTS / "scripts"  # for letters that are not Latin: a line of Arabic, Bengali, Punjabi, Ukrainian
# White space and characters that are never drawn need no glyph.
UNDRAWN = frozenset("\t\n \u00a0\u00ad\u2002\u2003\u2009\u200b\u200c\u200d\u202f\u2060\ufe0e\ufe0f")
UNDRAWN |= {chr(tag) for tag in range(0xE0020, 0xE0080)}  # those of the flags of England, Scotland and Wales
# Characters that nearly all texts consist of, and that have glyphs. A text of these needs no font opened, which takes
# 60 ms.
ORDINARY = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)))) | set("ŴŵŶŷ–—‘’“”…•€")
INSTEAD = {
    **dict.fromkeys("☎✆📞", "Telephone"),
    **dict.fromkeys("✉📧", "Email"),
    **dict.fromkeys("➔➜➡⟶", "→"),
    **dict.fromkeys("⬅⟵", "←"),
    **dict.fromkeys("✅🗸", "✓"),
    **dict.fromkeys("❌✖❎", "✗"),
    **{"⚠": "Warning", "ℹ": "Information", "♿": "Step-free access", "⭐": "★", "❤": "♥"},
    **{"♀": "female", "♂": "male", "∴": "therefore", "∝": "proportional to"},
}

LONGEST_NAME = 40
"""The longest name of a language, a person or a place. Boxes in its place are a pity; boxes in place of a sentence
are a loss."""


@cache
def read_glyphs() -> frozenset[int]:
    """The code points that a font family has in each of its weights. The import is late since it takes 40 ms."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415, 40 ms, and an ordinary text never asks

    def points(file: Path) -> set[int]:
        return set(TTFont(file, lazy=True).getBestCmap())

    def both(file: Path) -> set[int]:
        bold = file.with_name(file.name.replace("-Regular", "-Bold"))
        return points(file) & points(bold) if bold.exists() else points(file)

    regular = (*FONTS.glob("*-Regular.ttf"), *SCRIPTS.glob("*-Regular.ttf"))
    return frozenset().union(*map(both, regular))


def lacking(text: str) -> Iterator[str]:
    """The characters of `text` that no typeface has, each once, in order."""
    for character in dict.fromkeys(text):
        if character not in ORDINARY and character not in UNDRAWN and ord(character) not in read_glyphs():
            yield character


def unprintable(document: Document) -> tuple[Diagnostic, ...]:
    """The faults of characters in the author's words that no typeface has. A build finds the same on the pages, and
    also those in the fixed words of the language."""
    first: dict[str, Mark] = {}
    for text, mark in printed(document):
        for character in lacking(text):
            first.setdefault(character, mark)
    return tuple(no_glyphs(first, document))


def no_glyphs(first: Mapping[str, Mark], document: Document) -> Iterator[Diagnostic]:
    """A warning for each sign, and one for all letters of a script, at their first place: print shows boxes. An
    error for a sentence of only such characters that is longer than a name."""
    if not first:
        return
    scripts: dict[str, list[str]] = {}
    for character in first:
        script = _script(character) if unicodedata.category(character)[0] in "LM" else character
        scripts.setdefault(script, []).append(character)
    for script, characters in scripts.items():
        mark = first[characters[0]]
        yield no_glyph(characters[0], mark) if len(characters) == 1 else _no_script(script, characters, mark)
    for text, mark in printed(document):
        letters = {letter for letter in text if letter.isalnum()}
        if len(text) > LONGEST_NAME and letters <= {*lacking(text)}:
            yield _no_sentence(text, mark)


def _script(letter: str) -> str:
    """The script of a letter, or of a mark on one, from the first word of its Unicode name: Arabic, CJK."""
    word = unicodedata.name(letter, "UNKNOWN").split()[0]
    return word if word == "CJK" else word.capitalize()


def _no_script(script: str, letters: Iterable[str], mark: Mark) -> Diagnostic:
    return Diagnostic(
        severity="warning",
        code="no-glyph",
        message=f"the typefaces of the PDF have no {script} letters, print shows boxes: “{'”, “'.join(letters)}”",
        mark=mark,
        hint="Write the name of the language in English, or leave it out.",
    )


def _no_sentence(text: str, mark: Mark) -> Diagnostic:
    return Diagnostic(
        severity="error",
        code="unprintable-text",
        message=f"“{text[:LONGEST_NAME]}…” would be boxes alone: the typefaces of the PDF have none of its letters",
        mark=mark,
        hint="Say it in other letters, or keep it from print with `only: [page]` on its block.",
    )


def no_glyph(character: str, mark: Mark) -> Diagnostic:
    """The fault of a character that no typeface has."""
    name = unicodedata.name(character, "a character without a name")
    instead = INSTEAD.get(character) or unicodedata.normalize("NFKC", character)
    other = f"write “{instead}”" if not list(lacking(instead)) else "write it in another way"
    return Diagnostic(
        severity="warning",
        code="no-glyph",
        message=f"the typefaces of the PDF have no “{character}” (U+{ord(character):04X}, {name}): print shows a box",
        mark=mark,
        hint=f"{other[0].upper()}{other[1:]}, or leave it out.",
    )


def printed(document: Document) -> Iterator[tuple[str, Mark]]:
    """The author's words that stand on paper, each with its place. Descriptions of images are spoken and not
    printed."""
    blocks = list(blocks_of(document))
    told = {block.alternative.id for block in blocks if isinstance(block, Figure) and block.alternative is not None}
    yield text_of(document.publisher.name.inlines), document.publisher.name.mark
    for sentence in sentences_of(document):
        if sentence.id not in told:
            yield text_of(sentence.inlines), sentence.mark
    for block in blocks:
        if isinstance(block, Statistic):
            yield f"{block.label} {block.compared_label} {block.period}", block.mark
