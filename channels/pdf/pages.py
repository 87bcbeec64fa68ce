"""Turns a Document into editions of as many pages as the text takes: factsheet and large print on A4, a folded
booklet."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from channels.base import File
from channels.pdf import layout_diagnostics
from channels.pdf.balance import Setting, balanced, blemishes, length
from channels.pdf.edition import Plan
from channels.pdf.engine import Drawing, Typesetter
from channels.pdf.frames import Arrangement, frame, styles_of
from channels.pdf.images import image_files
from channels.pdf.impose import Placement, Sheet, alone
from channels.pdf.measure import Measured, measure
from channels.pdf.page_numbers import pages_of_names, show_numbers, write_numbers
from channels.pdf.recipe import Recipe, Sketch, follow, recipe_of
from channels.pdf.resolution import for_the_shop
from channels.pdf.spread import ANEW, spread_best
from channels.pdf.weasyprint_parts import drop_head
from channels.pdf.write_pdf import file_of
from model.counted import number_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.traverse import sentences_of, text_of

A4 = (210.0, 297.0)
LEAF = (148.5, 210.0)  # half an A4 sheet
LEAF_HEIGHT = 177.0  # mm of a leaf for text
MUCH = 0.7  # how full a cover is whose words larger type would fill
WELL_FULL = 0.8  # how full pages are at best that a text is spread over
BLEED, SLUG = 3, 12  # mm
SHORT = 4  # pages; a longer edition has contents, running heads, and page numbers after references
UNKNOWN = (8, 88)  # replace the number of a page until that is known, in an edition of few pages and of many
MOST_TIMES = 3  # how often page numbers may move the text after them to another page


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """An edition: its name, the key of readers' name for it, its type size in points, other sizes to balance its
    pages, its page in millimetres. A text of more than `likely` words mostly takes more than SHORT pages; one of more
    than `long` words always does."""

    name: str
    title: str
    size: float
    sizes: tuple[float, ...]
    page: tuple[float, float] = A4
    likely: int = 1300
    long: int = 2200


# UKAAF asks for 16 to 18 points, RNIB for 18.
LARGE_PRINT = Style(name="large-print", title="large_print", size=18, sizes=(18.5, 19, 19.5), likely=495, long=900)
FACTSHEET = Style(name="factsheet", title="factsheet", size=12.5, sizes=(12.25, 12, 12.75, 13, 13.5))
BOOKLET = Style(
    name="booklet", title="booklet", size=13, sizes=tuple(12 + 0.25 * n for n in range(17)), page=LEAF, likely=400
)


@dataclass(frozen=True, slots=True)
class Pages:
    """An edition's pages laid out at a setting, and what was measured on them."""

    typesetter: Typesetter
    how: Arrangement
    setting: Setting
    laid_out: Any
    measured: tuple[Measured, ...]

    def recipe(self, editions: Sequence[str]) -> str:
        """What the search for the best setting has found. `editions` are all that are made."""
        _set(self.typesetter, self.setting)
        return recipe_of(self.typesetter, self.setting.size, editions, self.how)

    def drawing(self, on_page: str) -> Drawing:
        return self.typesetter.draw(self.finished(on_page))

    def finished(self, on_page: str) -> Any:
        """The pages with the right page numbers in contents and references, and without running heads that repeat
        the heading below them. They are laid out again only if the numbers need more or less room than the numbers
        in their place."""
        pages = self
        _set(self.typesetter, self.setting)
        for _ in range(MOST_TIMES):
            places = write_numbers(self.typesetter.root, pages_of_names(pages.laid_out.pages), on_page)
            if show_numbers(pages.laid_out.pages, places):
                break
            pages = _at(pages, self.setting)
        for page, measured in zip(pages.laid_out.pages, pages.measured, strict=True):
            drop_head(page, _first_heading(measured))
        return pages.laid_out


def _first_heading(page: Measured) -> str:
    """The heading with which a page begins, "" without one."""
    block = page.scraps[0].block if page.scraps else None
    return "".join(block.itertext()) if block is not None and block.tag == "h2" else ""


def large_print(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`large-print.pdf`: A4, 18 pt, in the order of the source. `editions` are all that are made."""
    return _singly(LARGE_PRINT, document, editions)


def factsheet(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`factsheet.pdf`: A4 in standard print, in the order of the source."""
    return _singly(FACTSHEET, document, editions)


def booklet(document: Document, editions: Sequence[str] = ()) -> Plan:
    """`booklet.pdf`, with pages in reading order; `booklet-office.pdf`, two pages to a side, to print and staple;
    and `booklet-print.pdf`, with bleed and marks for a print shop, which arranges the pages itself."""
    pages = lay_out(BOOKLET, document, editions)

    def draw() -> tuple[File, ...]:
        drawing, words = pages.drawing(document.words["on_page"]), document.words
        count = len(drawing.pages)
        return (
            file_of(drawing, "booklet.pdf", words["booklet"], singly([LEAF] * count), document),
            file_of(drawing, "booklet-office.pdf", words["booklet_office"], stapled(count), document),
            file_of(drawing, "booklet-print.pdf", words["booklet_print"], trimmed(count), document),
        )

    notes = (f"booklet.pdf: {_extent(pages.measured)}",)
    found = (*_faults(BOOKLET, pages, document), *for_the_shop(pages.laid_out.pages, document))
    return Plan(name="booklet", diagnostics=found, draw=draw, recipe=pages.recipe(editions), notes=notes)


def lay_out(style: Style, document: Document, editions: Sequence[str]) -> Pages:
    """The pages of an edition, with as few nearly empty ones as possible. A title without room beside the cover's
    picture has the whole cover."""
    pages = _first(style, document, editions, full_cover=False)
    if style is not BOOKLET:
        return balanced(pages, style.sizes, partial(_at, pages), folded=False)
    if full := _cover_is_full(pages):
        pages = _first(style, document, editions, full_cover=True)
    pages = balanced(pages, style.sizes, partial(_at, pages), folded=True)
    if blemishes(pages.measured, folded=True) and not full and pages.measured[0].fill > MUCH:
        larger = _first(style, document, editions, full_cover=True)
        pages = _at(larger, pages.setting)
    return _over_whole_sheets(pages) if blemishes(pages.measured, folded=True) else pages


def _cover_is_full(pages: Pages) -> bool:
    return pages.measured[1].name == "cover" or bool(pages.measured[0].too_low)


def _over_whole_sheets(pages: Pages) -> Pages:
    """The text of a booklet over all pages of its sheets, or all except one. Its type is larger, and sections begin
    on new pages."""
    inner, known, text = pages.laid_out.pages[1:-1], pages.measured[1:-1], length(pages.measured)
    whole, most = -(-len(pages.measured) // 4) * 4 - 2, (BOOKLET.sizes[-1] / pages.setting.size) ** 2
    larger = max(1.0, min(most, WELL_FULL * whole / text))
    size = max(size for size in BOOKLET.sizes if size <= pages.setting.size * math.sqrt(larger))
    inside = next(element for element in pages.typesetter.root.iter("div") if element.get("class") == "inside")
    best, least, kept = pages, blemishes(pages.measured, folded=True), list[Any]()
    counts = (whole, whole - 1, whole - 2)
    for tried, over in ((size, counts), (size, counts[1:]), (size + 0.5, ()), (size - 0.5, ())):
        if not least or tried not in BOOKLET.sizes:
            continue
        begun = spread_best(inside, inner, known, over, LEAF_HEIGHT / larger) if over else []
        spaced = _at(pages, replace(pages.setting, size=tried))
        for element in begun:
            element.attrib.pop("style")
        if (found := blemishes(spaced.measured, folded=True)) < least:
            best, least, kept = spaced, found, begun
    for element in kept:
        element.set("style", ANEW)
    return best


def _first(style: Style, document: Document, editions: Sequence[str], *, full_cover: bool) -> Pages:
    """The pages at the edition's usual size. An edition of more than SHORT pages has contents, running heads and page
    numbers. Where that is likely it is laid out with them first, and is long if its pages are more than SHORT and a
    page for the contents."""
    words, setting = _words(document), Setting(size=style.size, flowing=True)
    usual, long = Arrangement(full_cover=full_cover), None
    if words >= style.likely:
        long = _with_contents(style, document, editions, replace(usual, contents=True))
        if words >= style.long or len(long.measured) > SHORT + 1:
            return long
    short = _laid_out(_typesetter(style, document, editions, usual), usual, setting)
    if len(short.measured) <= SHORT:
        return short
    return long or _with_contents(style, document, editions, replace(usual, contents=True))


def _with_contents(style: Style, document: Document, editions: Sequence[str], how: Arrangement) -> Pages:
    """The pages with contents and running heads, and with room for the page numbers, which are shown when the edition
    is drawn."""
    return _laid_out(_numbered(style, document, editions, how), how, Setting(size=style.size))


def _numbered(style: Style, document: Document, editions: Sequence[str], how: Arrangement) -> Typesetter:
    """The text with numbers in place of those of its pages."""
    typesetter = _typesetter(style, document, editions, how)
    unknown = UNKNOWN[_words(document) > 2 * style.likely]
    write_numbers(typesetter.root, defaultdict(lambda: unknown), document.words["on_page"])
    return typesetter


def _at(pages: Pages, setting: Setting) -> Pages:
    """The same text at another setting."""
    return _laid_out(pages.typesetter, pages.how, setting)


def _laid_out(typesetter: Typesetter, how: Arrangement, setting: Setting) -> Pages:
    """The pages at a setting."""
    _set(typesetter, setting)
    laid_out = typesetter.lay_out(setting.size)
    return Pages(typesetter, how, setting, laid_out, measure(laid_out.pages))


def sketch(document: Document, recipe: Recipe, *, style: Style) -> Sketch:
    """The pages by a recipe, with the right page numbers."""
    how = recipe.how
    typesetter = (_numbered if how.contents else _typesetter)(style, document, recipe.editions, how)
    follow(recipe, typesetter)
    pages = _laid_out(typesetter, how, _setting_of(typesetter, recipe.size))
    return Sketch(typesetter, pages.finished(document.words["on_page"]))


def _set(typesetter: Typesetter, setting: Setting) -> None:
    """Sets classes of the body that tell the styles of a setting."""
    kinds = [name for name, on in (("flowing", setting.flowing), ("parting", setting.parting)) if on]
    typesetter.root.find("body").set("class", " ".join(kinds))


def _setting_of(typesetter: Typesetter, size: float) -> Setting:
    """The setting whose classes the body has."""
    kinds = typesetter.root.find("body").get("class", "").split()
    return Setting(size=size, flowing="flowing" in kinds, parting="parting" in kinds)


def _words(document: Document) -> int:
    return sum(len(text_of(sentence.inlines).split()) for sentence in sentences_of(document))


def _typesetter(style: Style, document: Document, editions: Sequence[str], how: Arrangement) -> Typesetter:
    title = document.words[style.title]
    html = frame(f"{style.name}.html", document, title, editions, how)
    more = [name for name, on in (("long", how.contents), ("full-cover", how.full_cover)) if on]
    return Typesetter(html, styles_of(document, style.name, *more), image_files(document), turns=style.page == A4)


def _singly(style: Style, document: Document, editions: Sequence[str]) -> Plan:
    pages = lay_out(style, document, editions)
    path, title = f"{style.name}.pdf", document.words[style.title]

    def draw() -> tuple[File, ...]:
        drawing = pages.drawing(document.words["on_page"])
        width, height = style.page
        sizes = [(height, width) if page.width > page.height else style.page for page in drawing.pages]
        return (file_of(drawing, path, title, singly(sizes), document),)

    found, recipe = _faults(style, pages, document), pages.recipe(editions)
    return Plan(name=style.name, diagnostics=found, draw=draw, recipe=recipe)


def _faults(style: Style, pages: Pages, document: Document) -> tuple[Diagnostic, ...]:
    names = [f"page of the {style.name} edition"] * len(pages.measured)
    return (
        *layout_diagnostics.of_pages(pages.measured, names, document),
        *layout_diagnostics.of_lost(pages.typesetter.root, pages.laid_out, document),
    )


def _extent(pages: Sequence[Measured]) -> str:
    """The number of pages and sheets. If blank pages follow, also how many lines less would save a sheet."""
    count = len(pages)
    sheets = -(-count // 4)
    said = f"{count} pages on {number_of(sheets, 'sheet')}"
    over = count % 4
    if not over or count < 5:
        return said
    lines = len({(number, scrap.top) for number, page in enumerate(pages[-1 - over : -1]) for scrap in page.scraps})
    return f"{said}, {number_of(4 - over, 'blank page')}; about {lines} lines less saves a sheet"


def stapled(count: int) -> tuple[Sheet, ...]:
    """The sides of the folded sheets for `count` pages. Blank pages fill them up to a multiple of four. They stand
    before the last page, which is the back cover."""
    order = _filled(count)
    total, sides = len(order), []
    for sheet in range(total // 4):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        sides += [_pair(order[last], order[first]), _pair(order[first + 1], order[last - 1])]
    return tuple(sides)


def trimmed(count: int) -> tuple[Sheet, ...]:
    """The pages and the blank ones, each with bleed and marks."""
    return tuple(alone(page, *LEAF, bleed=BLEED, slug=SLUG) for page in _filled(count))


def _filled(count: int) -> list[int | None]:
    """The pages in order, with blank ones before the last, up to a multiple of four."""
    return [*range(count - 1), *[None] * (-count % 4), count - 1]


def _pair(left: int | None, right: int | None) -> Sheet:
    width, height = LEAF
    placements = [
        Placement(page=page, x=x, y=0, width=width, height=height)
        for page, x in ((left, 0.0), (right, width))
        if page is not None
    ]
    return Sheet(width=2 * width, height=height, placements=tuple(placements))


def singly(sizes: Sequence[tuple[float, float]]) -> tuple[Sheet, ...]:
    """Each page on its own sheet, of its own size."""
    return tuple(alone(page, *size) for page, size in enumerate(sizes))
