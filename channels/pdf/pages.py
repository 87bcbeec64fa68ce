"""Editions of plain pages, as many as the text takes: factsheet and large print on A4, a booklet of folded sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from channels.base import File
from channels.design.brand import paper_css
from channels.pdf import layout_diagnostics
from channels.pdf.edition import Plan
from channels.pdf.engine import Drawing, Press
from channels.pdf.frames import Arrangement, frame, full_title, stylesheet
from channels.pdf.images import image_files
from channels.pdf.impose import Sheet, Spot
from channels.pdf.measure import Measured, measure
from channels.pdf.page_numbers import pages_of_names, write_numbers
from channels.pdf.write_pdf import bind
from model.diagnostics import Diagnostic
from model.document import Document
from model.traverse import sentences_of, text_of

A4 = (210.0, 297.0)
LEAF = (148.5, 210.0)  # half an A4 sheet
SHORT = 4  # pages; what is longer has contents, running heads, and the page of what it refers to
UNKNOWN = 88  # stands for a page's number until that is known
MOST_TIMES = 3  # that numbers of pages may move what they stand behind to another page


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """An edition's name, the key of what readers call it, its size of type in points, its page in millimetres, and how
    many words are more than SHORT pages in any case."""

    name: str
    title: str
    size: float
    page: tuple[float, float] = A4
    long: int = 2200


LARGE_PRINT = Style(name="large-print", title="large_print", size=18, long=900)  # UKAAF asks for 16 to 18, RNIB for 18
FACTSHEET = Style(name="factsheet", title="factsheet", size=12.5)
BOOKLET = Style(name="booklet", title="booklet", size=13, page=LEAF)


@dataclass(frozen=True, slots=True)
class Pages:
    """An edition's pages laid out, and what was measured on them."""

    press: Press
    laid_out: Any
    measured: tuple[Measured, ...]

    def numbered(self, style: Style, on_page: str) -> Pages:
        """The pages laid out again until the numbers of their contents and references are those of the pages."""
        laid_out = self.laid_out
        for _ in range(MOST_TIMES):
            if not write_numbers(self.press.root, pages_of_names(laid_out.pages), on_page):
                break
            laid_out = self.press.lay_out(style.size)
        return Pages(self.press, laid_out, measure(laid_out.pages))

    def drawing(self, style: Style, on_page: str) -> Drawing:
        return self.press.draw(self.numbered(style, on_page).laid_out)


def large_print(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`large-print.pdf`: A4 upright, 18 pt, in the order of the source. `editions` are all that are made."""
    return _singly(LARGE_PRINT, document, editions)


def factsheet(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`factsheet.pdf`: A4 upright in standard print, in the order of the source."""
    return _singly(FACTSHEET, document, editions)


def booklet(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`booklet.pdf`, pages in reading order, and `booklet-print.pdf`, two to a side, ready to print and staple."""
    pages = lay_out(BOOKLET, document, editions)

    def draw() -> tuple[File, ...]:
        drawing, words = pages.drawing(BOOKLET, document.words["on_page"]), document.words
        count, title = len(drawing.pages), full_title(document, words["booklet"])
        read = bind(drawing, singly(count, *LEAF), document, title)
        sides, title = stapled(count), full_title(document, words["booklet_print"])
        fold = bind(drawing, sides, document, title, folded=True)
        return (
            _file("booklet.pdf", words["booklet"], read, count),
            _file("booklet-print.pdf", words["booklet_print"], fold, len(sides)),
        )

    notes = (f"booklet.pdf: {_extent(pages.measured)}",)
    return Plan(name="booklet", diagnostics=_faults(BOOKLET, pages, document), draw=draw, notes=notes)


def lay_out(style: Style, document: Document, editions: Sequence[str]) -> Pages:
    """The pages of an edition. What has more than SHORT is laid out with what helps readers to find their way: with
    room for the numbers of pages, which are written when it is drawn."""
    if _words(document) < style.long:
        press = _press(style, document, editions, long=False)
        laid_out = press.lay_out(style.size)
        if len(laid_out.pages) <= SHORT:
            return Pages(press, laid_out, measure(laid_out.pages))
    press = _press(style, document, editions, long=True)
    write_numbers(press.root, defaultdict(lambda: UNKNOWN), document.words["on_page"])
    laid_out = press.lay_out(style.size)
    return Pages(press, laid_out, measure(laid_out.pages))


def _words(document: Document) -> int:
    return sum(len(text_of(sentence.inlines).split()) for sentence in sentences_of(document))


def _press(style: Style, document: Document, editions: Sequence[str], *, long: bool) -> Press:
    title = document.words[style.title]
    html = frame(f"{style.name}.html", document, title, editions, Arrangement(contents=long))
    css = (stylesheet(style.name, "long") if long else stylesheet(style.name)) + paper_css(document)
    return Press(html, css, image_files(document))


def _singly(style: Style, document: Document, editions: Sequence[str]) -> Plan:
    pages = lay_out(style, document, editions)
    path, title = f"{style.name}.pdf", document.words[style.title]

    def draw() -> tuple[File, ...]:
        drawing = pages.drawing(style, document.words["on_page"])
        count = len(drawing.pages)
        data = bind(drawing, singly(count, *style.page), document, full_title(document, title))
        return (_file(path, title, data, count),)

    return Plan(name=style.name, diagnostics=_faults(style, pages, document), draw=draw)


def _faults(style: Style, pages: Pages, document: Document) -> tuple[Diagnostic, ...]:
    names = [f"page of the {style.name} edition"] * len(pages.measured)
    return (
        *layout_diagnostics.of_pages(pages.measured, names, document),
        *layout_diagnostics.of_lost(pages.press.root, pages.laid_out, document),
    )


def _extent(pages: Sequence[Measured]) -> str:
    """How many pages and sheets, and where blank pages follow, how many lines before the back cover are too many."""
    count = len(pages)
    said = f"{count} pages on {-(-count // 4)} sheets"
    over = count % 4
    if not over or count < 5:
        return said
    lines = len({(number, scrap.top) for number, page in enumerate(pages[-1 - over : -1]) for scrap in page.scraps})
    blanks = 4 - over
    return f"{said}, {blanks} blank page{'s' if blanks > 1 else ''}; about {lines} lines less saves a sheet"


def stapled(count: int) -> tuple[Sheet, ...]:
    """The sides of the folded sheets that hold `count` pages. Blank pages fill them up to a multiple of four; they go
    before the last page, which is the back cover."""
    total = -(-count // 4) * 4
    order: list[int | None] = [*range(count - 1), *[None] * (total - count), count - 1]
    sides = []
    for sheet in range(total // 4):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        sides += [_pair(order[last], order[first]), _pair(order[first + 1], order[last - 1])]
    return tuple(sides)


def _pair(left: int | None, right: int | None) -> Sheet:
    width, height = LEAF
    spots = [
        Spot(page=page, x=x, y=0, width=width, height=height)
        for page, x in ((left, 0.0), (right, width))
        if page is not None
    ]
    return Sheet(width=2 * width, height=height, spots=tuple(spots))


def singly(count: int, width: float, height: float) -> tuple[Sheet, ...]:
    """Each page on a sheet of its own."""
    return tuple(
        Sheet(width=width, height=height, spots=(Spot(page=page, x=0, y=0, width=width, height=height),))
        for page in range(count)
    )


def _file(path: str, title: str, data: bytes, pages: int) -> File:
    return File(path=path, data=data, media_type="application/pdf", role="download", title=title, pages=pages)
