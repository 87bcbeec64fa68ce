"""HTML and CSS → laid-out pages → the bytes of a PDF, by WeasyPrint, with everything it might let slip made an error.

The one module that imports WeasyPrint (0.2 s), so everyone else imports this one only when there is something to lay
out. Kept from it: the machine's fonts and compiler, every file that nobody listed, and what it would load for nothing.
"""

from __future__ import annotations

import base64
import ctypes.util
import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote_to_bytes

from channels.design.typeface import embedded
from channels.pdf.glyphs import FONTS
from channels.pdf.pictures import drawable
from channels.pdf.resolution import no_finer_than_needed
from channels.pdf.stacked import stack, too_wide
from channels.pdf.tables import headless, loosen, tighten
from model.errors import RenderError, ToolMissing

HERE = Path(__file__).parent
ELEMENTS = HERE / "styles" / "elements.css"
WITHIN = re.compile(r"data:(image/(?:png|jpe?g))(?:;[^;,]+)*;base64,")
ALONE = '@page { size: 100mm } html { font-family: "Atkinson Hyperlegible Next", "Paper Companion" }'
HIDDEN = "data-id"  # where an element keeps an id that WeasyPrint is not to see
UNUSED = ("fontTools.subset", "fontTools.varLib.instancer")
OWN_SHEETS = ("html5_ua.css", "html5_ua_form.css", "html5_ph.css")
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@contextmanager
def _shipped_fonts() -> Iterator[None]:
    """Show fontconfig the fonts of this repository and no others: no substitute can stand in for a missing glyph."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _nothing(name: str) -> str | None:  # noqa: ARG001, stands in for find_library
    return None


@contextmanager
def _libraries_by_soname() -> Iterator[None]:
    """Let WeasyPrint open its libraries by their sonames, which it tries last. Before that it asks `find_library`,
    which runs ldconfig and gcc dozens of times on Linux: 0.4 s more to import."""
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


def _missing(*_: object, **__: object) -> None:
    raise ToolMissing("HarfBuzz's library to subset fonts cannot be loaded", "Run `make`, which installs it.")


class _Unused(ModuleType):
    """Stands in for a module whose names are imported, and used only where HarfBuzz is missing or a font is variable:
    none of ours is."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _missing


@contextmanager
def _nothing_unused() -> Iterator[None]:
    """Spare WeasyPrint 0.15 s of its import: fontTools, its second way to subset a font, which it announces by a
    warning (here an error), and its own stylesheets, in whose place stands ELEMENTS."""
    stand_ins = {name: _Unused(name) for name in UNUSED if name not in sys.modules}
    sys.modules |= stand_ins
    read_text = Path.read_text
    Path.read_text = lambda path, *how: "" if path.name in OWN_SHEETS else read_text(path, *how)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Path.read_text = read_text  # type: ignore[method-assign]
        for name in stand_ins:
            del sys.modules[name]


try:
    # It prints advice of its own.
    with _shipped_fonts(), _libraries_by_soname(), _nothing_unused(), redirect_stdout(io.StringIO()):
        import weasyprint
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Page as LaidOutPage
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:  # a library of the system that is missing, like Pango, is an OSError
    reason = str(error).partition("\n")[0]
    raise ToolMissing(f"WeasyPrint cannot be loaded: {reason}", "Run `make`, which installs it.") from error


class _Images(URLFetcher):  # type: ignore[misc]
    """Serves `image:<name>` for the names it was given, and a PNG or JPEG that stands within a drawing. It refuses all
    else: no network, no other file."""

    _fail_on_errors = True

    def __init__(self, images: Mapping[str, Path]) -> None:
        self.images = images

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002, the base class has it
        if within := WITHIN.match(url):
            return URLFetcherResponse(
                url, base64.b64decode(unquote_to_bytes(url[within.end() :])), {"Content-Type": within[1]}
            )
        font = embedded(url)
        if font is not None:
            return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
        path = self.images.get(url.removeprefix("image:")) if url.startswith("image:") else None
        if path is None or path.suffix.lower() not in MEDIA_TYPES:
            raise FatalURLFetchingError(f"the leaflet may not read {url}")
        return URLFetcherResponse(url, drawable(path), {"Content-Type": MEDIA_TYPES[path.suffix.lower()]})


class Page(weasyprint.HTML):  # type: ignore[misc]
    """HTML whose elements are what ELEMENTS says."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002, the base class has it
        return [_elements()[0]]

    def _ua_counter_style(self) -> list[Any]:
        return [_elements()[1].copy()]


class _Warnings(logging.Handler):
    """Keeps what WeasyPrint would only have said in passing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _strictly(doing: str) -> Iterator[None]:
    """Raise RenderError when WeasyPrint warns, or asks for a file that it may not have."""
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
    """What WeasyPrint has to say of one drawing, set alone."""
    heard, logger = _Warnings(), logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        html = f'<html lang="en"><title>x</title><body><img src="image:{drawing.suffix.lower()}" alt="x">'
        page = Page(string=html, base_url="image:", url_fetcher=_Images({drawing.suffix.lower(): drawing}))
        page.render(font_config=_fonts(), stylesheets=[_sheet(ALONE)]).write_pdf()
    except FatalURLFetchingError as error:
        heard.messages.append(str(error.__cause__ or error))
    finally:
        logger.removeHandler(heard)
    return list(dict.fromkeys(heard.messages))


class TracedPage(LaidOutPage):  # type: ignore[misc]
    """A page that remembers which marked content of its stream drew which box."""

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        self.drawn: dict[Any, int] = {box: tag["mcid"] for box, tag in stream._tags.items()}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A PDF with its marked content, and the traced pages that say what the marks are of."""

    data: bytes
    pages: list[TracedPage]


@cache
def _fonts() -> Any:
    """The shipped fonts, read once a process."""
    with _shipped_fonts():
        return FontConfiguration()


@cache
def _sheet(css: str) -> Any:
    """A stylesheet, parsed once a process: 20 ms for the leaflet's. It may refer to no file at all."""
    with _strictly("reading the stylesheet"):
        return weasyprint.CSS(string=css, font_config=_fonts(), url_fetcher=_Images({}))


@cache
def _elements() -> tuple[Any, Any]:
    """ELEMENTS, and the ways to count that it names."""
    counting = CounterStyle()
    with _strictly("reading the stylesheet"):
        css, none = ELEMENTS.read_text(encoding="utf-8"), _Images({})
        return weasyprint.CSS(string=css, font_config=_fonts(), counter_style=counting, url_fetcher=none), counting


def _hide_names(root: Any) -> None:
    """Keep the ids that nothing links to from WeasyPrint: an element with an id shares its styles with no other, and
    every sentence has one, which is a tenth of a layout. Tagging, destinations and measure ask `name_of`."""
    needed = {"", *(link.get("href", "").removeprefix("#") for link in root.iter("a"))}
    for element in root.iter():
        if element.get("id", "") not in needed:
            element.set(HIDDEN, element.attrib.pop("id"))


def name_of(element: Any) -> str:
    """The id that the HTML gave an element of a laid-out box; empty where it has none."""
    name: str = element.get(HIDDEN) or element.get("id", "")
    return name


@dataclass(slots=True)
class Press:
    """Lays out one page of HTML again and again (for copyfit); it, its stylesheet and its images are read once.
    `smallest` is the smallest of the sizes of type that are tried, where there are several."""

    html: str
    css: str
    images: Mapping[str, Path]
    smallest: float | None = None
    _page: Any = field(init=False)
    _styles: Any = field(init=False)
    _cache: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        with _strictly("reading"):
            self._page = Page(string=self.html, base_url="image:", url_fetcher=_Images(self.images))
        _hide_names(self._page.etree_element)
        self._styles = _sheet(self.css)

    @property
    def root(self) -> Any:
        """The HTML's root element."""
        return self._page.etree_element

    def lay_out(self, size: float) -> Any:
        """A weasyprint Document, the root's type `size` points large. A table that lost its header is laid out again by
        looser rules; one that is wider than its page, at the smallest size too, as a list of its rows."""
        laid_out = self._kept_headers(size)
        if wide := list(too_wide(laid_out.pages)):
            if self.smallest is not None and self.smallest < size:
                wide = list(too_wide(self._kept_headers(self.smallest).pages))
            for table in wide:
                stack(table)
            if wide:
                laid_out = self._kept_headers(size)
        return laid_out

    def _kept_headers(self, size: float) -> Any:
        tighten(self.root)
        styles = [self._styles, _sheet(f":root {{ font-size: {size}pt }}")]
        while True:
            with _strictly("laying out"):
                laid_out = self._page.render(font_config=_fonts(), stylesheets=styles, cache=self._cache)
            looser = [loosen(table) for table in headless(self.root, laid_out.pages)]
            if not any(looser):
                return laid_out

    def draw(self, laid_out: Any) -> Drawing:
        """The pages as PDF, every piece of text and every picture in marked content of its own."""
        with _strictly("drawing"), no_finer_than_needed(laid_out.pages):
            pages = [TracedPage(page._page_box) for page in laid_out.pages]
            data = laid_out.copy(pages).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
            return Drawing(data, pages)
