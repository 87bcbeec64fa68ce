"""Turns laid-out pages into measures: how full each is, what runs over its edges, which characters no typeface has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from channels.design.cover_art import ART
from channels.pdf.engine import Typesetter, name_of
from channels.pdf.glyphs import lacking
from channels.pdf.weasyprint_parts import boxes, hanging, in_margin, is_foot, page_box, real

SVG = "{http://www.w3.org/2000/svg}"
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060")
MM_PER_PX = 25.4 / 96
SLACK = 0.5  # px; a rounding error is not an overflow


@dataclass(frozen=True, slots=True)
class Scrap:
    """A text box or picture of a page. `id` is that of the nearest element around it that has one. `block` is the
    nearest element that is not part of a line. The edges are in pixels."""

    text: str
    id: str
    left: float
    top: float
    right: float
    bottom: float
    block: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """A page: its name, its scraps in reading order, the scraps of its footnotes, how full it is (0 to 1), and the
    millimetres used and free."""

    name: str
    scraps: tuple[Scrap, ...]
    fill: float
    used: float
    free: float
    too_low: tuple[Scrap, ...]
    too_wide: tuple[Scrap, ...]
    foot: tuple[Scrap, ...] = ()

    @property
    def words(self) -> int:
        return len("".join(scrap.text for scrap in (*self.scraps, *self.foot)).split())


@dataclass(frozen=True, slots=True)
class Trial:
    """An edition laid out at a type size in points, and the measures of its pages."""

    size: float
    laid_out: Any
    pages: tuple[Measured, ...]


def at_size(typesetter: Typesetter, size: float) -> Trial:
    """The edition laid out at `size`, and measured."""
    laid_out = typesetter.lay_out(size)
    return Trial(size, laid_out, measure(laid_out.pages))


def measure(pages: Sequence[Any]) -> tuple[Measured, ...]:
    """The measures of every page of a weasyprint Document."""
    return tuple(_measured(page_box(page)) for page in pages)


def _measured(page: Any) -> Measured:
    foot_boxes = [box for box in page.children if is_foot(box)]
    scraps = tuple(scrap for box in page.children if box not in foot_boxes for scrap in _scraps(box, "", None))
    foot = tuple(scrap for box in foot_boxes for scrap in _scraps(box, "", None))
    left, top = page.content_box_x(), page.content_box_y()
    right, bottom = left + page.width, top + page.height
    lowest = max((scrap.bottom for scrap in scraps), default=top) + sum(box.margin_height() for box in foot_boxes)
    return Measured(
        name=page.page_type.name,
        scraps=scraps,
        fill=(lowest - top) / page.height,
        used=(lowest - top) * MM_PER_PX,
        free=(bottom - lowest) * MM_PER_PX,
        too_low=tuple(scrap for scrap in (*scraps, *foot) if scrap.bottom > bottom + SLACK),
        too_wide=tuple(s for s in (*scraps, *foot) if s.right > right + SLACK or s.left < left - SLACK),
        foot=foot,
    )


def _scraps(box: Any, around: str, block: Any) -> Iterator[Scrap]:
    """The scraps of text in `box`, without decoration, margin boxes and the picture of a cover."""
    box = real(box)
    if in_margin(box):
        return
    if box.element is not None:
        if box.element.get("aria-hidden") or box.element.get("class") == ART:
            return
        around = name_of(box.element) or around
        if box.style["display"][0] != "inline":
            block = box.element
    text = getattr(box, "text", None)
    if text is not None or not hasattr(box, "children"):
        if text is None or text.strip(" \u200b"):
            right = box.position_x + box.border_width() - hanging(box)
            bottom = box.position_y + box.border_height()
            yield Scrap(text or "", around, box.position_x, box.position_y, right, bottom, block)
        return
    for child in box.children:
        yield from _scraps(child, around, block)


def extents(pages: Sequence[Any]) -> dict[Any, float]:
    """The height that each element takes on its pages, in millimetres."""
    found: dict[Any, float] = {}
    for page in pages:
        edges: dict[Any, tuple[float, float]] = {}
        for box in boxes(page):
            if box.element is not None and isinstance(box.height, int | float):
                top, bottom = box.position_y, box.position_y + box.margin_height()
                above, below = edges.get(box.element, (top, bottom))
                edges[box.element] = min(top, above), max(bottom, below)
        for element, (top, bottom) in edges.items():
            found[element] = found.get(element, 0) + (bottom - top) * MM_PER_PX
    return found


def continues(before: Measured, page: Measured) -> bool:
    """True if `page` begins in the middle of a paragraph, a list item or another block that began on `before`."""
    return bool(before.scraps and page.scraps) and before.scraps[-1].block is page.scraps[0].block


def lost(root: Any, pages: Sequence[Any]) -> Iterator[str]:
    """The names of the elements below the HTML element `root` whose words are not all drawn on `pages`. Each is the
    nearest name around the words. Words that a page repeats, such as a table's header, may be drawn more often."""
    drawn: dict[Any, list[str]] = {}
    for page in pages:
        for box in boxes(page):
            if getattr(box, "text", None) and "::" not in (box.element_tag or "::"):
                drawn.setdefault(box.element, []).append(box.text)
    yield from dict.fromkeys(
        name
        for element, name in _named(root.find("body"), "")
        if not _own_words(element) <= Counter(bare("".join(drawn.get(element, ()))))
    )


def _named(element: Any, around: str) -> Iterator[tuple[Any, str]]:
    """Every element from `element` down that is not hidden from readers, each with the nearest name."""
    if not isinstance(element.tag, str) or element.get("aria-hidden") or element.tag.startswith(SVG):
        return
    around = name_of(element) or around
    yield element, around
    for child in element:
        yield from _named(child, around)


def _own_words(element: Any) -> Counter[str]:
    return Counter(bare("".join([element.text or "", *(child.tail or "" for child in element)])))


def bare(text: str) -> str:
    """Text without white space and without characters that are never drawn, which the end of a line may drop."""
    return "".join(text.translate(UNSEEN).split())


def missing(pages: Sequence[Measured]) -> Iterator[tuple[str, Scrap]]:
    """Each character that no typeface has, at every place. A list of contents repeats, without an id, what has one
    further on."""
    for page in pages:
        for scrap in (*page.scraps, *page.foot):
            for character in lacking(scrap.text):
                yield character, scrap
