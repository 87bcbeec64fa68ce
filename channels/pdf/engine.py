"""Turns HTML and CSS into laid-out pages and those into the bytes of a PDF, by WeasyPrint. Every warning is an
error."""

from __future__ import annotations

import gc
import logging
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from channels.pdf.long_words import LONG, part, too_wide_words
from channels.pdf.resolution import no_finer_than_needed
from channels.pdf.stacked import stack, too_wide
from channels.pdf.tables import headless, loosen, tighten
from channels.pdf.turned import suits, too_wide_lists, turn, turn_back
from channels.pdf.weasyprint_parts import (
    CounterStyle,
    FatalURLFetchingError,
    Fonts,
    Images,
    Page,
    TracedPage,
    WholePage,
    backgrounds_later,
    boxes,
    marked_alone,
    weasyprint,
)
from model.errors import RenderError

HERE = Path(__file__).parent
ELEMENTS = HERE / "styles" / "elements.css"
ALONE = '@page { size: 100mm } html { font-family: "Atkinson Hyperlegible Next", "Paper Companion" }'
FACES = re.compile(r"@font-face \{[^}]*\}")
NO_FIGURE = re.compile(rb"[\s\[]-?(nan(?=[\s\]])|inf(?=[\s\]])|\d{30})")
SHEETS, SETS_OF_FONTS = 64, 8  # how many a process keeps: with fonts of its own, a sheet takes 1.3 MB
TIMES_PARTED = 2  # by syllables, then anywhere
HIDDEN = "data-id"  # the attribute that keeps an id hidden from WeasyPrint


class _Warnings(logging.Handler):
    """Collects the warnings that WeasyPrint would only log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _strictly(doing: str) -> Iterator[None]:
    """Raises RenderError if WeasyPrint warns, or asks for a file that it may not have."""
    heard = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        yield
    except FatalURLFetchingError as error:
        raise RenderError(str(error.__cause__ or error)) from error
    finally:
        logger.removeHandler(heard)
    if heard.messages:
        raise RenderError(f"WeasyPrint warned while {doing}: {'; '.join(dict.fromkeys(heard.messages))}")


def warnings_of(drawing: Path) -> list[str]:
    """The warnings of WeasyPrint for one drawing, set alone. Also what it does not notice: that the drawing takes no
    room, or that a figure in the PDF is none, because the drawing says `nan` or more than a number can be."""
    heard, logger = _Warnings(), logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        html = f'<html lang="en"><title>x</title><body><img src="image:{drawing.suffix.lower()}" alt="x">'
        page = Page(_elements(), html, {drawing.suffix.lower(): drawing})
        sheet, fonts = _sheet(ALONE)
        laid_out = page.render(font_config=fonts, stylesheets=[sheet])
        [image] = (box for box in boxes(laid_out.pages[0]) if box.element_tag == "img")
        if not (0 < image.width < math.inf and 0 < image.height < math.inf):
            heard.messages.append("it takes no room")
        if found := NO_FIGURE.search(laid_out.write_pdf(uncompressed_pdf=True)):
            heard.messages.append(f"{found[1].decode()} is no figure that a PDF can hold")
    except FatalURLFetchingError as error:
        heard.messages.append(str(error.__cause__ or error))
    finally:
        logger.removeHandler(heard)
    return list(dict.fromkeys(heard.messages))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A PDF with its marked content, and the traced pages that tell what was marked."""

    data: bytes
    pages: list[TracedPage]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Switches the garbage collector off during a layout. It would search again and again through boxes that all
    stay, which takes a sixth of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@lru_cache(SETS_OF_FONTS)
def _fonts(faces: str = "") -> Fonts:  # noqa: ARG001, one for each
    """The shipped fonts, read once for each set of `faces`, which no other text may be set in: a publisher's typeface,
    and boxes for characters without a glyph."""
    return Fonts()


@lru_cache(SHEETS)
def _sheet(css: str) -> tuple[Any, Fonts]:
    """A stylesheet, parsed once (20 ms for the leaflet's), and the fonts for it, which have those that its rules bring.
    It may refer to no file."""
    fonts = _fonts("".join(FACES.findall(css)))
    with _strictly("reading the stylesheet"):
        return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=Images({})), fonts


def read_style(css: str) -> None:
    """Reads a style sheet and does nothing else. Raises RenderError, which names what is not understood."""
    _sheet(css)


@cache
def _elements() -> tuple[Any, Any]:
    """The stylesheet ELEMENTS, and the counter styles that it names."""
    counting = CounterStyle()
    with _strictly("reading the stylesheet"):
        css, none = ELEMENTS.read_text(encoding="utf-8"), Images({})
        return weasyprint.CSS(string=css, font_config=_fonts(), counter_style=counting, url_fetcher=none), counting


def _hide_names(root: Any) -> None:
    """Hides the ids that nothing links to from WeasyPrint. An element with an id shares its styles with no other,
    and every sentence has an id; that takes a tenth of a layout. Tagging, destinations and measure use `name_of`."""
    needed = {"", *(link.get("href", "").removeprefix("#") for link in root.iter("a"))}
    for element in root.iter():
        if element.get("id", "") not in needed:
            element.set(HIDDEN, element.attrib.pop("id"))


def name_of(element: Any) -> str:
    """The id that the HTML gave to an element of a laid-out box. "" where it has none."""
    name: str = element.get(HIDDEN) or element.get("id", "")
    return name


@dataclass(slots=True)
class Typesetter:
    """Lays out one page of HTML many times (for copyfit). HTML, stylesheet and images are read once. `smallest` is
    the smallest type size that is tried, if there are several. `turns` says whether a page may lie on its side for a
    table."""

    html: str
    css: str
    images: Mapping[str, Path]
    smallest: float | None = None
    turns: bool = False
    _page: Any = field(init=False)
    _styles: Any = field(init=False)
    _font_config: Fonts = field(init=False)
    _cache: dict[str, Any] = field(init=False, default_factory=dict)
    _long: bool = field(init=False)

    def __post_init__(self) -> None:
        with _strictly("reading"):
            self._page = Page(_elements(), self.html, self.images)
        _hide_names(self._page.etree_element)
        self._long = any(map(LONG.search, self._page.etree_element.itertext()))
        self._styles, self._font_config = _sheet(self.css)

    @property
    def root(self) -> Any:
        """The root element of the HTML."""
        return self._page.etree_element

    def lay_out(self, size: float) -> Any:
        """A weasyprint Document with the root's type `size` points large. If a table lost its header, the page is
        laid out again with looser rules. A table that is wider than its page even at the smallest size stands on a
        page on its side, or becomes a list of its rows."""
        laid_out = self._kept_headers(size)
        if wide := list(too_wide(laid_out.pages)):
            if self.smallest is not None and self.smallest < size:
                wide = list(too_wide(self._kept_headers(self.smallest).pages))
            laid_out = self._narrowed(wide, size) if wide else laid_out
        return self._parted(laid_out, size) if self._long else laid_out

    def _parted(self, laid_out: Any, size: float) -> Any:
        """The pages without words that are wider than they are. In type that may be smaller, no word is parted."""
        for _ in range(TIMES_PARTED):
            smaller = self.smallest is not None and self.smallest < size
            wide = [] if smaller else list(too_wide_words(laid_out.pages))
            if not wide:
                break
            part(self.root, wide)
            laid_out = self._kept_headers(size)
        return laid_out

    def _narrowed(self, wide: Sequence[Any], size: float) -> Any:
        """The pages with each table of `wide` turned on its side, or else stacked. A stacked table with a word that is
        wider than its page is turned too."""
        for table in wide:
            if self.turns and suits(table):
                turn(self.root, table)
            else:
                stack(table)
        laid_out = self._kept_headers(size)
        if self.turns and (still := list(too_wide(laid_out.pages))):
            for table in still:
                turn_back(self.root, table)
                stack(table)
            laid_out = self._kept_headers(size)
        if self.turns and (lists := list(too_wide_lists(laid_out.pages))):
            for stacked in lists:
                turn(self.root, stacked)
            laid_out = self._kept_headers(size)
        return laid_out

    def _kept_headers(self, size: float) -> Any:
        tighten(self.root)
        sized, _ = _sheet(f":root {{ font-size: {size}pt }}")
        while True:
            with _strictly("laying out"), _uncollected(), backgrounds_later():
                laid_out = self._page.render(
                    font_config=self._font_config, stylesheets=[self._styles, sized], cache=self._cache
                )
            looser = [loosen(table) for table in headless(self.root, laid_out.pages)]
            if not any(looser):
                return laid_out

    def draw(self, laid_out: Any) -> Drawing:
        """The pages as a PDF without tags, with every piece of text and every picture in its own marked content."""
        with _strictly("drawing"), no_finer_than_needed(laid_out.pages), marked_alone():
            pages = [TracedPage(page) for page in laid_out.pages]
            data = laid_out.copy(pages).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
            return Drawing(data, pages)

    def draw_plainly(self, laid_out: Any) -> bytes:
        """The pages as a PDF to look at, each cut to its size: no tags, no marked content, nothing for an archive."""
        with _strictly("drawing"):
            pages = [WholePage(page).cut() for page in laid_out.pages]
            data: bytes = laid_out.copy(pages).write_pdf(uncompressed_pdf=True)
            return data
