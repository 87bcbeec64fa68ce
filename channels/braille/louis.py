"""Turns words into cells and back, by liblouis through its C library (liblouis.h).

Two versions of the library are in use. They write numbers with spaces and with no-break spaces in different ways.
Here both give the same: a space within a telephone number is the numeric space (Rules of UEB, 6.6), and any other
space between figures ends the number.
"""

from __future__ import annotations

import ctypes
import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from model.errors import RenderError, ToolMissing

LIBRARY: Final = "liblouis.so.20"
DISPLAY: Final = "en-us-brf.dis"
"""Cells as the 64 signs of braille ASCII, which embossers and displays take."""

TABLES: Final = {"ueb-2": "en-ueb-g2.ctb", "ueb-1": "en-ueb-g1.ctb", "cy-1": "cy-cy-g1.utb", "cy-2": "cy-cy-g2.ctb"}
BOLD: Final = 0x4
UNCONTRACTED: Final = 0x1000
"""Kinds of letters: emphasised, and without contractions even in grade 2 (typeforms of liblouis.h)."""

FIGURES: Final = "abcdefghij"
LETTER_SIGN: Final = ";"
"""Keeps a letter behind a figure from being read as one more. The library's Welsh tables lack it. Its UEB lacks it in
a passage of capitals: NHS WALES SW1A 1AA."""

IGNORED: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
"""Signs that are invisible in print too."""

UNKNOWN: Final = "'\\"
"""How the library begins to write a sign that its table lacks; the sign's number follows."""

SPLIT: Final = "^' ^1"
"""The end of an emphasised passage, a space, and the sign of an emphasised word."""

WORD: Final = "^1"
PASSAGE: Final = "^7"
"""The sign before an emphasised word, and before three or more."""

THREE_WORDS: Final = re.compile(r"(?<!\S)(\^1[^ ^]+) (\^1[^ ^]+) (\^1[^ ^]+)\^'")

NUMERIC_SPACE: Final = '"'
NUMERIC: Final = "#"
PLAIN: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u2012": "–", "\u2015": "—"})
"""Signs of print that are the same in braille."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Braille ASCII. For each cell, `breaks` is true if a line may end at it: it is a blank for a space of the text
    that holds nothing together."""

    text: str
    breaks: tuple[bool, ...]


@functools.cache
def _library() -> Any:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as fault:
        raise ToolMissing(
            "liblouis, which writes braille, is not installed", "Run `make`, which installs it."
        ) from fault
    library.lou_version.restype = ctypes.c_char_p
    return library


def version() -> str:
    """The version of the library."""
    return str(_library().lou_version().decode())


def cells(text: str, table: str, held: tuple[bool, ...] = (), kinds: tuple[int, ...] = ()) -> Cells:
    """`text` in cells. `held` says for each character whether a space there holds a value together; `kinds` holds BOLD,
    UNCONTRACTED, both or 0. They are as long as the text, or empty. Raises RenderError if the library fails."""
    plain = text.translate(PLAIN)
    if not plain.strip():
        return Cells(text="", breaks=())
    written, places = _translate(plain, table, kinds)
    if any(kind & BOLD for kind in kinds):
        written, places = _whole_passages(written, places)
    out: list[str] = []
    breaks: list[bool] = []
    at = 0
    while at < len(written):
        cell, place = written[at], places[at]
        space = plain[place : place + 1] == " "
        keeps = space and place < len(held) and held[place]
        if space and _between_figures(plain, place):
            signs, at = _signs_before_figure(written, at + 1)
            lead = NUMERIC_SPACE if keeps else " "
            out += [lead, *signs] if keeps and not signs else [lead, *signs, NUMERIC]
            breaks += [not keeps] + [False] * (len(out) - len(breaks) - 1)
            continue
        if sign := _sign_behind_figure(cell, plain, place, out):
            out.append(sign)
            breaks.append(False)
        out.append(cell)
        breaks.append(cell == " " and space and not keeps)
        at += 1
    return Cells(text="".join(out), breaks=tuple(breaks))


def _signs_before_figure(written: str, at: int) -> tuple[str, int]:
    """The signs of emphasis from `at` to the next figure, and its place. The library writes the numeric indicator
    before them, after them, or not at all."""
    begin = at
    while at < len(written) and written[at] not in FIGURES:
        at += 1
    return written[begin:at].replace(NUMERIC, ""), at


def _sign_behind_figure(cell: str, plain: str, place: int, out: list[str]) -> str:
    """What the library leaves out behind a figure: the sign of a letter, or that of a figure where emphasis begins."""
    if not place or not plain[place - 1].isdigit() or cell not in FIGURES:
        return ""
    if cell == plain[place].lower():
        return LETTER_SIGN if out[-1] in FIGURES else ""
    return NUMERIC if plain[place].isdigit() and out[-1] not in FIGURES + NUMERIC else ""


def _whole_passages(written: str, places: list[int]) -> tuple[str, list[int]]:
    """Emphasis that goes on to the end of its passage. Where a stop follows the last word, the library up to 3.24 ends
    it before that word and marks the word anew; of three words, which are a passage (Rules of UEB, 9.4), it marks
    each."""
    while (at := written.find(SPLIT)) >= 0:
        kept = [n for n in range(len(written)) if not (at <= n < at + 2 or at + 3 <= n < at + 5)]
        written, places = "".join(written[n] for n in kept), [places[n] for n in kept]
    if three := THREE_WORDS.search(written):
        gone = {n for group in (2, 3) for n in range(three.start(group), three.start(group) + len(WORD))}
        kept = [n for n in range(len(written)) if n not in gone]
        places = [places[n] for n in kept]
        written = "".join(PASSAGE[1] if n == three.start(1) + 1 else written[n] for n in kept)
        return _whole_passages(written, places)
    return written, places


def _between_figures(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def has(sign: str, table: str) -> bool:
    """True if the table has cells for one sign."""
    return not _translate(sign, table, ())[0].startswith(UNKNOWN)


@functools.cache
def spelt(sign: str, table: str) -> str:
    """A sign that the table lacks, in signs that it has. "" where there are none."""
    if has(sign, table):
        return sign
    same = unicodedata.normalize("NFKC", str(unicodedata.digit(sign, sign)))  # ١ is 1
    if same != sign and all(has(part, table) for part in same):
        return same
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare if bare != sign and bare and all(has(part, table) for part in bare) else ""


def back(text: str, table: str) -> str:
    """Cells as the words that a reader takes from them."""
    return _call("lou_backTranslate", text, table, ())[0]


def _translate(text: str, table: str, kinds: tuple[int, ...]) -> tuple[str, list[int]]:
    return _call("lou_translate", text, table, kinds)


def _call(name: str, text: str, table: str, kinds: tuple[int, ...]) -> tuple[str, list[int]]:
    """The library's result for `text`, in lower case, and for each sign the place in the text that it comes from."""
    library = _library()
    wide = ctypes.c_uint16 if library.lou_charSize() == 2 else ctypes.c_uint32
    size, most = len(text), 8 * len(text) + 64
    given, made = (wide * size)(*map(ord, text)), (wide * most)()
    length, room = ctypes.c_int(size), ctypes.c_int(most)
    emphasis = (ctypes.c_uint16 * most)(*kinds) if kinds else None
    to, places = (ctypes.c_int * most)(), (ctypes.c_int * most)()
    tables = f"{DISPLAY},{TABLES[table]}".encode()
    call = getattr(library, name)
    done = call(tables, given, ctypes.byref(length), made, ctypes.byref(room), emphasis, None, to, places, None, 0)
    if not done or length.value != size:
        raise RenderError(f"liblouis could not write “{text[:60]}” in braille")
    written = "".join(map(chr, made[: room.value]))
    return (written.lower() if name == "lou_translate" else written), list(places[: room.value])
