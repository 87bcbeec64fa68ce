"""Loads WeasyPrint and opens it up. Every part of it that it does not promise to keep stands here, and has a test.

This is the only module that imports it (0.2 s), so other modules import this one only when there is something to lay
out. WeasyPrint does not get the machine's fonts and compiler, files that nobody listed, and modules that it would
load for nothing.
"""

from __future__ import annotations

import base64
import ctypes.util
import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote_to_bytes
from weakref import finalize

from PIL import ImageFile

from channels.design import FONTS
from channels.design.typeface import embedded
from channels.pdf.pictures import drawable, in_known_colours
from model.errors import ToolMissing

__all__ = [
    "CounterStyle",
    "FatalURLFetchingError",
    "Fonts",
    "Images",
    "Page",
    "TracedPage",
    "WholePage",
    "weasyprint",
]

UNUSED = ("fontTools.subset", "fontTools.varLib.instancer")
OWN_SHEETS = ("html5_ua.css", "html5_ua_form.css", "html5_ph.css")
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
FILTERS = frozenset({"feOffset", "feBlend"})  # the filters of drawings that are applied
APART = 1.001  # times the side of a tile
WITHIN = re.compile(r"data:(image/(?:png|jpe?g))(?:;[^;,]+)*;base64,")
FOOT = "FootnoteAreaBox"
LATER = "images_of_backgrounds"  # the attribute of a page's box whose backgrounds are laid out when it is drawn
SIDES = ("top", "right", "bottom", "left")
HANGING = 0.3  # em; the space at the end of a line may stand outside it
AS_WIDE = 0.01  # px by which words may be wider or narrower than others that are as wide


@contextmanager
def shipped_fonts() -> Iterator[None]:
    """Shows fontconfig only the fonts of this repository, so that no substitute can replace a missing glyph."""
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
def _replaced(owner: ModuleType | type, name: str, function: Callable[..., Any]) -> Iterator[None]:
    """Puts `function` in the place of the one that `owner` calls `name`."""
    before = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _libraries_by_soname() -> AbstractContextManager[None]:
    """Lets WeasyPrint open its libraries by their sonames, which it tries last. Before that it asks `find_library`,
    which runs ldconfig and gcc dozens of times on Linux: 0.4 s more to import."""
    find_library = _nothing if sys.platform == "linux" else ctypes.util.find_library
    return _replaced(ctypes.util, "find_library", find_library)


def _missing(*_: object, **__: object) -> None:
    raise ToolMissing("HarfBuzz's library to subset fonts cannot be loaded", "Run `make`, which installs it.")


class _Unused(ModuleType):
    """Replaces a module whose names are imported, but used only if HarfBuzz is missing or a font is variable.
    Neither happens here."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _missing


@contextmanager
def _nothing_unused() -> Iterator[None]:
    """Saves 0.15 s of WeasyPrint's import. It leaves out fontTools, a second way to subset a font that WeasyPrint
    announces by a warning (here an error), and WeasyPrint's own stylesheets, which ELEMENTS replaces."""
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
    with shipped_fonts(), _libraries_by_soname(), _nothing_unused(), redirect_stdout(io.StringIO()):
        import weasyprint
        import weasyprint.layout as layouts
        import weasyprint.pdf as writer
        import weasyprint.svg as drawings
        import weasyprint.svg.defs as definitions
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Page as LaidOutPage
        from weasyprint.matrix import Matrix
        from weasyprint.text.ffi import ffi, pangoft2
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.text.line_break import create_layout, line_size
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:  # a missing system library, such as Pango, is an OSError
    reason = str(error).partition("\n")[0]
    raise ToolMissing(f"WeasyPrint cannot be loaded: {reason}", "Run `make`, which installs it.") from error


ImageFile.LOAD_TRUNCATED_IMAGES = (
    False  # WeasyPrint lets Pillow pass over damage in pictures, which clean.py has to find
)


class Fonts(FontConfiguration):  # type: ignore[misc]
    """The shipped fonts, and those that style sheets bring. Pango keeps what it has read of them (0.26 MB) for ever,
    unless it is told to forget it. It is told when nobody has them any more."""

    def __init__(self) -> None:
        with shipped_fonts():
            super().__init__()
        finalize(self, _forget, self.font_map).atexit = False


def _forget(font_map: Any) -> None:
    pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", font_map), ffi.NULL)


class Images(URLFetcher):  # type: ignore[misc]
    """Serves `image:<name>` for the names that it was given, the publisher's fonts, and a PNG or JPEG within a
    drawing. It refuses everything else: no network, no other file."""

    _fail_on_errors = True

    def __init__(self, images: Mapping[str, Path]) -> None:
        self.images = images

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002, the base class has it
        if within := WITHIN.match(url):
            return URLFetcherResponse(
                url,
                in_known_colours(base64.b64decode(unquote_to_bytes(url[within.end() :]))),
                {"Content-Type": within[1]},
            )
        font = embedded(url)
        if font is not None:
            return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
        path = self.images.get(url.removeprefix("image:")) if url.startswith("image:") else None
        if path is None or path.suffix.lower() not in MEDIA_TYPES:
            raise FatalURLFetchingError(f"the leaflet may not read {url}")
        return URLFetcherResponse(url, drawable(path), {"Content-Type": MEDIA_TYPES[path.suffix.lower()]})


class Page(weasyprint.HTML):  # type: ignore[misc]
    """HTML whose elements look as `elements` says: a stylesheet, and the counter styles that it names."""

    def __init__(self, elements: tuple[Any, Any], html: str, images: Mapping[str, Path]) -> None:
        self.elements = elements
        super().__init__(string=html, base_url="image:", url_fetcher=Images(images))

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002, the base class has it
        return [self.elements[0]]

    def _ua_counter_style(self) -> list[Any]:
        return [self.elements[1].copy()]


class WholePage(LaidOutPage):  # type: ignore[misc]
    """A laid-out page with its backgrounds, ready to be drawn."""

    def __init__(self, page: Any) -> None:
        box = page_box(page)
        if images := vars(box).pop(LATER, None):
            layouts.layout_backgrounds(box, images)
        super().__init__(box)

    def cut(self) -> WholePage:
        """The page without its bleed."""
        self.bleed: dict[str, float] = dict.fromkeys(SIDES, 0)
        return self


class TracedPage(WholePage):
    """A page that remembers, once it is drawn, which marked content of its stream drew which box."""

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        self.drawn: dict[Any, int] = {box: tag["mcid"] for box, tag in stream._tags.items()}


def backgrounds_later() -> AbstractContextManager[None]:
    """Leaves the backgrounds of pages to WholePage: they are a tenth of a layout, and most layouts are not drawn."""
    return _replaced(layouts, "layout_backgrounds", lambda page, images: setattr(page, LATER, images))


def marked_alone() -> AbstractContextManager[None]:
    """Draws marked content and builds no tree of tags. Ours replaces it (tagging.py)."""
    return _replaced(writer, "add_tags", lambda *_: None)


class _Turned(Matrix):  # type: ignore[misc]
    """The transformation of a gradient. WeasyPrint covers what lies between two opposite corners of a shape, turned
    back. Where these come to lie above each other, that is nothing. This gives the corners of what covers all four."""

    corners: Iterator[tuple[float, float]]

    @property
    def invert(self) -> _Turned:
        return self

    def transform_point(self, _: float, __: float) -> tuple[float, float]:
        return next(self.corners)


def _turned(transform: Callable[..., Any], box: tuple[float, float, float, float], *how: Any) -> _Turned:
    matrix = transform(*how)
    x, y, width, height = box
    back, edges = matrix.invert, ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
    xs, ys = zip(*(back.transform_point(*edge) for edge in edges), strict=True)
    turned = _Turned(matrix=matrix)
    turned.corners = iter(((min(xs), min(ys)), (max(xs), max(ys))))
    return turned


def _apart(add_pattern: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the tile of a gradient, which is as large as what it fills, beside its neighbours. Tiles that touch are made
    to overlap (tiles.py): its colours would be moved, and the other end of a gradient would be seen as a line."""

    def added(stream: Any, x: float, y: float, width: float, height: float, *steps_and_matrix: Any) -> Any:
        steps = width * APART, height * APART
        return add_pattern(stream, x, y, width, height, *steps, steps_and_matrix[-1])

    return added


def _gradient(svg: Any, node: Any, gradient: Any, font_size: float, *how: Any, stroke: bool) -> Any:
    """Draws with a gradient over all of a shape, wherever the gradient is turned to."""
    _set_width(svg, node, font_size, stroke=stroke)
    own = gradient.get("gradientUnits") == "userSpaceOnUse"
    box = svg.calculate_bounding_box(node, font_size, stroke) if own else (0, 0, 1, 1)
    turned, apart = partial(_turned, definitions.transform, box), _apart(type(svg.stream).add_pattern)
    with _replaced(definitions, "transform", turned), _replaced(type(svg.stream), "add_pattern", apart):
        return definitions.draw_gradient(svg, node, gradient, font_size, *how, stroke=stroke)


def _pattern(svg: Any, node: Any, pattern: Any, font_size: float, *how: Any, stroke: bool) -> Any:
    _set_width(svg, node, font_size, stroke=stroke)
    return definitions.draw_pattern(svg, node, pattern, font_size, *how, stroke=stroke)


def _set_width(svg: Any, node: Any, font_size: float, *, stroke: bool) -> None:
    """Sets the width of a line, which WeasyPrint does only for lines in one colour."""
    if stroke:
        svg.stream.set_line_width(svg.length(node.get("stroke-width", "1px"), font_size))


def _filtered(svg: Any, node: Any, filters: Any, font_size: float) -> None:
    """Applies filters that WeasyPrint knows all of. Of a shadow it knows only how far the shadow lies from the shape,
    and would move the shape."""
    if {child.tag for child in filters} <= FILTERS:
        definitions.apply_filters(svg, node, filters, font_size)


drawings.apply_filters, drawings.draw_gradient, drawings.draw_pattern = _filtered, _gradient, _pattern


def page_box(page: Any) -> Any:
    """The box of a laid-out page, which holds all others."""
    return page._page_box


def boxes(page: Any) -> Iterator[Any]:
    """All boxes of a laid-out page, those within what is out of the flow as well."""
    yield from page_box(page).descendants(placeholders=True)


def real(box: Any) -> Any:
    """The box itself, where `box` is a placeholder for one outside the flow."""
    return getattr(box, "_box", box)


def in_margin(box: Any) -> bool:
    """True for a margin box, such as a running head."""
    return hasattr(box, "at_keyword")


def drop_head(page: Any, words: str) -> None:
    """Takes the running head off a laid-out page if it has these words."""
    box = page_box(page)
    box.children = [child for child in box.children if not (in_margin(child) and _words(child) == words)]


def _words(box: Any) -> str:
    return "".join(getattr(inner, "text", "") for inner in box.descendants())


def is_foot(box: Any) -> bool:
    """True for the box of a page's footnotes."""
    return type(box).__name__ == FOOT


def hanging(box: Any) -> float:
    """The width in pixels by which a box may stand outside its line: that of a space at the end of its text."""
    ends = (getattr(box, "text", None) or "").endswith(" ")
    return float(box.style["font_size"] * HANGING) if ends else 0.0


def reword(box: Any, words: str) -> bool:
    """Replaces the words of a text box by `words`, if they are as wide and fit on one line. Returns whether they do."""
    layout = create_layout(words, box.style, None, None, 0)  # the line lives as long as it does
    line, after = layout.get_first_line()
    if after is not None or abs(line_size(line, box.style)[0] - box.width) > AS_WIDE:
        return False
    box.text = box.pango_layout.text = words
    return True


def link_of(box: Any) -> int | None:
    """The object number of the link annotation of a drawn box, None without one."""
    annotation = getattr(box, "link_annotation", None)
    return annotation.number if annotation else None


def picture_of(box: Any) -> Any:
    """The photograph that a box shows, or None."""
    picture = getattr(box, "replacement", None)
    return picture if hasattr(picture, "image_data") else None


def data_of(picture: Any) -> bytes:
    """The file of a photograph."""
    data: bytes = picture.image_data.data
    return data


@contextmanager
def shown_as(picture: Any, data: bytes, size: tuple[int, int]) -> Iterator[None]:
    """Draws another file, of `size` dots, in place of a photograph."""
    was = picture.image_data, picture.width, picture.height
    picture.image_data = picture.cache_image_data(data, slot=f"of {size[0]} dots")
    picture.width, picture.height = size
    try:
        yield
    finally:
        picture.image_data, picture.width, picture.height = was
