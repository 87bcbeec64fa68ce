"""Turns a PDF into what it really shows and says: its marked content with words and sizes, and its tags in reading
order.

It is the opposite of structure.py and impose.py, and independent of them. It reads the finished file as a screen
reader does, and adds no spaces.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Object, Page, Pdf

BFCHAR = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI", "TJ", "Tj", "'", '"'}
SHOW = {"TJ", "Tj"}
KERNS = (int, Decimal)  # between the strings of a TJ; testing for strings would take twice as long
APART = {"P", "L", "Table", "BlockQuote", "Sect", "Figure", "Note"}
"""What is read by itself, before or after the lines that it stands in."""
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Run:
    """Marked content `mcid` of a page: its words, the place of its first line and its type size, in points. `spelt`
    is true if the file says them in place of those of the glyphs."""

    mcid: int
    text: str = ""
    spelt: bool = False
    x: float = 0
    y: float = 0
    size: float = 0


@dataclass(slots=True)
class Surface:
    """A page as drawn: its runs by mcid, and the faults of its marks. `sizes` has each shown text with its size,
    `owners` the mcid that it is shown in, in the same order."""

    runs: dict[int, Run] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    sizes: list[tuple[float, str]] = field(default_factory=list)
    owners: list[int | None] = field(default_factory=list)


@dataclass(slots=True)
class Tag:
    """A structure element as a reader meets it. `kids` are tags, and (page number, mcid) for words."""

    type: str
    element: Object
    kids: list[Tag | tuple[int, int]] = field(default_factory=list)
    annotations: list[Object] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def words(self) -> Iterator[tuple[int, int]]:
        """All marked content of this tag and below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.words()
            else:
                yield kid

    def own_pieces(self) -> list[list[tuple[int, int]]]:
        """The marked content of this tag's own lines, cut and left out where something is read by itself: a paragraph,
        a list, a picture, a note."""
        pieces: list[list[tuple[int, int]]] = [[]]
        for kid in self.kids:
            if not isinstance(kid, Tag):
                pieces[-1].append(kid)
            elif kid.type in APART:
                pieces.append([])
            else:
                first, *others = kid.own_pieces()
                pieces[-1] += first
                pieces += others
        return pieces


def tags(pdf: Pdf) -> Tag:
    """The tree of tags. Its root is the one element under the root of the structure tree."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    top = pdf.Root.StructTreeRoot.K
    return _tag(top[0] if isinstance(top, Array) else top, pages)


def _tag(element: Object, pages: dict[tuple[int, int], int]) -> Tag:
    tag = Tag(str(element.S)[1:], element)
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            tag.kids.append((pages[element.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            tag.kids.append((pages[(kid if "/Pg" in kid else element).Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            tag.annotations.append(kid.Obj)
        else:
            tag.kids.append(_tag(kid, pages))
    return tag


def surfaces(pdf: Pdf) -> list[Surface]:
    """Every page as drawn."""
    fonts: dict[tuple[int, int], dict[int, str]] = {}
    return [_Painter(page, fonts).paint() for page in pdf.pages]


def _letters(font: Object, known: dict[tuple[int, int], dict[int, str]]) -> dict[int, str]:
    """The characters of each glyph, from the font's ToUnicode map."""
    if font.objgen not in known:
        table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        known[font.objgen] = {
            int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
            for glyph, text in BFCHAR.findall(table)
        }
    return known[font.objgen]


@dataclass(slots=True)
class _Painter:
    """Goes through a page's content and keeps track of marks, matrices and fonts (ISO 32000-1, 8.2, 9.4, 14.6)."""

    page: Page
    fonts: dict[tuple[int, int], dict[int, str]]
    surface: Surface = field(default_factory=Surface)
    marks: list[int | str] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=lambda: [IDENTITY])
    line: Matrix = IDENTITY
    letters: dict[int, str] = field(default_factory=dict)
    size: float = 0

    def paint(self) -> Surface:
        for instruction in pikepdf.parse_content_stream(self.page):
            name = str(instruction.operator)
            match name:
                case "q":
                    self.matrices.append(self.matrices[-1])
                case "Q":
                    self.matrices.pop()
                case "cm":
                    self.matrices[-1] = _product(_matrix(list(instruction.operands)), self.matrices[-1])
                case "Tm":
                    self.line = _matrix(list(instruction.operands))
                case "Tf":
                    self.letters = _letters(self.page.Resources.Font[str(instruction.operands[0])], self.fonts)
                    self.size = float(instruction.operands[1])
                case "BMC" | "BDC":
                    self.begin(list(instruction.operands))
                case "EMC":
                    self.marks.pop()
            if name in PAINT and not any(isinstance(mark, int) or mark == "Artifact" for mark in self.marks):
                self.surface.faults.append(f"{name} paints outside all marked content")
            if name in SHOW:
                self.show(instruction.operands[0])
        return self.surface

    def begin(self, operands: Sequence[Object]) -> None:
        mark: int | str = str(operands[0])[1:]
        if len(operands) > 1 and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
            mark = int(operands[1].MCID)
        if isinstance(mark, int):
            if mark in self.surface.runs:
                self.surface.faults.append(f"marked content {mark} stands twice")
            if "Artifact" in self.marks or any(isinstance(other, int) for other in self.marks):
                self.surface.faults.append(f"marked content {mark} stands inside other marked content")
            actual = operands[1].get("/ActualText")  # replaces the characters of the glyphs (ISO 32000-1, 14.9.4)
            self.surface.runs[mark] = Run(mark, text="" if actual is None else str(actual), spelt=actual is not None)
        self.marks.append(mark)

    def show(self, operand: Object) -> None:
        strings = operand if isinstance(operand, Array) else [operand]
        codes = b"".join([bytes(item) for item in strings if not isinstance(item, KERNS)])
        glyphs = struct.unpack(f">{len(codes) // 2}H", codes)
        letters = [self.letters.get(glyph) for glyph in glyphs]
        if None in letters:
            self.surface.faults.append(f"glyph {glyphs[letters.index(None)]} has no character behind it")
        text = "".join([letter or "" for letter in letters])
        matrix = _product(self.line, self.matrices[-1])
        size = abs(matrix[3]) * self.size
        self.surface.sizes.append((size, text))
        self.surface.owners.append(next((mark for mark in self.marks if isinstance(mark, int)), None))
        mcid = next((mark for mark in reversed(self.marks) if isinstance(mark, int)), None)
        if mcid is not None:
            run = self.surface.runs[mcid]
            if not run.text or not run.size:
                run.x, run.y, run.size = matrix[4], matrix[5], size
            run.text += "" if run.spelt else text


def _matrix(operands: Sequence[Object]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return a, b, c, d, e, f


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
