"""Editions of plain pages: large print on A4, and a booklet of A4 sheets folded once and stapled in the fold."""

from __future__ import annotations

from collections.abc import Sequence

from channels.base import File
from channels.pdf import layout_diagnostics
from channels.pdf.edition import Made
from channels.pdf.engine import Drawing, Press
from channels.pdf.frames import frame, full_title, stylesheet
from channels.pdf.images import image_files
from channels.pdf.impose import Sheet, Spot
from channels.pdf.measure import Measured, measure
from channels.pdf.write_pdf import bind
from model.diagnostics import Diagnostic, has_errors
from model.document import Document

LARGE = 18.0  # points; UKAAF asks for 16 to 18, RNIB for 18
BOOK = 13.0
A4 = (210.0, 297.0)
LEAF = (148.5, 210.0)  # half an A4 sheet


def large_print(document: Document) -> Made:
    """`large-print.pdf`: A4 upright, 18 pt, in the order of the source."""
    title = document.words["large_print"]
    drawing, _, found = _draw("large-print", document, title, LARGE)
    if drawing is None:
        return Made(diagnostics=found)
    data = bind(drawing, _singly(len(drawing.pages), *A4), document.language, full_title(document, title))
    return Made(files=(_file("large-print.pdf", title, data, len(drawing.pages)),), diagnostics=found)


def booklet(document: Document) -> Made:
    """`booklet.pdf`, pages in reading order, and `booklet-print.pdf`, two to a side, ready to print and staple."""
    words = document.words
    drawing, pages, found = _draw("booklet", document, words["booklet"], BOOK)
    if drawing is None:
        return Made(diagnostics=found)
    count, title = len(drawing.pages), full_title(document, words["booklet"])
    sides = stapled(count)
    read = bind(drawing, _singly(count, *LEAF), document.language, title)
    title = full_title(document, words["booklet_print"])
    fold = bind(drawing, sides, document.language, title, folded=True)
    files = (
        _file("booklet.pdf", words["booklet"], read, count),
        _file("booklet-print.pdf", words["booklet_print"], fold, len(sides)),
    )
    return Made(files=files, diagnostics=found, notes=(f"booklet.pdf: {_extent(pages)}",))


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


def _singly(count: int, width: float, height: float) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(width=width, height=height, spots=(Spot(page=page, x=0, y=0, width=width, height=height),))
        for page in range(count)
    )


def _draw(
    edition: str, document: Document, title: str, size: float
) -> tuple[Drawing | None, Sequence[Measured], tuple[Diagnostic, ...]]:
    """The edition's pages, or None where something is wrong with them, and what was measured on them."""
    html = frame(f"{edition}.html", document, title)
    press = Press(html, stylesheet(edition), image_files(document))
    laid_out = press.lay_out(size)
    pages = measure(laid_out.pages)
    names: Sequence[str] = [f"page of the {edition} edition"] * len(pages)
    found = (
        *layout_diagnostics.of_pages(pages, names, document),
        *layout_diagnostics.of_lost(press.root, laid_out, document),
    )
    return (None if has_errors(found) else press.draw(laid_out)), pages, found


def _file(path: str, title: str, data: bytes, pages: int) -> File:
    return File(path=path, data=data, media_type="application/pdf", role="download", title=title, pages=pages)
