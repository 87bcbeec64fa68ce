"""Turns a short text on its pages into the elements that begin a new page, so that no page is left empty.

The pages become as evenly full as possible. A page preferably begins with a section and not within one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from channels.pdf.measure import MM_PER_PX, Measured
from channels.pdf.weasyprint_parts import boxes, page_box

ANEW = "break-before: page"
THIN, ENOUGH = 0.7, 0.6  # how full a page is that could hold more, and at least the page that gives it up
# The cost of a page that begins with a section in a section, or within one; squares of fullness.
INNER, WITHIN = (0.03, 0.08)
SPARSE, HALF = 0.5, 0.6  # the cost of a page that has less than this part of the mean
SPARSEST = 0.42  # of a page, as estimated here; a page with less may be less full than pages should be
HELD = frozenset(("addresses", "source"))  # classes of what stays with the element before it
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
LISTS = frozenset(("ul", "ol"))


@dataclass(frozen=True, slots=True)
class Unit:
    """An element that may begin a page, its cost, and the height from it to the next such element, in millimetres."""

    element: Any
    cost: float
    height: float


def spread(text: Any, pages: Sequence[Any], measured: Sequence[Measured], count: int, height: float) -> list[Any]:
    """Lets elements of `text`, which stands on `pages`, begin new ones of `count` pages, each `height` mm high.
    Returns these elements. Empty where all is one block."""
    return begin_anew(_units(text, pages, measured), count, height)


def spread_best(
    text: Any, pages: Sequence[Any], measured: Sequence[Measured], counts: Sequence[int], height: float
) -> list[Any]:
    """Like `spread`, over the best of `counts`: the count with the fewest pages nearly empty or blank. The first of
    `counts` is the number of pages to fill."""
    units = _units(text, pages, measured)

    def empty(count: int) -> int:
        fills = [sum(unit.height for unit in part) / height for part in _parts(units, count, height)]
        return sum(fill < SPARSEST for fill in fills) + max(0, counts[0] - len(fills) - 1)

    return begin_anew(units, min(counts, key=empty), height)


def fuller(text: Any, pages: Sequence[Any], measured: Sequence[Measured], height: float) -> Any:
    """The last section of `text` on a page before a thin one, if that page has room for all that the section has on
    the page before. None where there is no such section. The last page may be thin."""
    tops: dict[Any, tuple[int, float]] = {}
    for number, page in enumerate(pages):
        edge = page_box(page).content_box_y()
        for box in boxes(page):
            if box.element is not None and box.element.tag == "section":
                tops.setdefault(box.element, (number, (box.position_y - edge) * MM_PER_PX))
    for number in range(1, len(pages) - 1):
        before, page = measured[number - 1], measured[number]
        low = [element for element in text.iter("section") if tops.get(element, (-1,))[0] == number - 1]
        if page.used < THIN * height and low:
            top = tops[low[-1]][1]
            if top >= ENOUGH * height and page.used + before.used - top <= height:
                return low[-1]
    return None


def begin_anew(units: Sequence[Unit], count: int, height: float) -> list[Any]:
    """Marks the elements that begin the pages after the first, and returns them."""
    begun = [part[0].element for part in _parts(units, count, height)[1:]]
    for element in begun:
        element.set("style", ANEW)
    return begun


def _parts(units: Sequence[Unit], count: int, height: float) -> list[Sequence[Unit]]:
    """The units of each page."""
    edges = (0, *_division(units, count, height), len(units))
    return [units[start:end] for start, end in pairwise(edges)]


def _units(text: Any, pages: Sequence[Any], measured: Sequence[Measured]) -> Sequence[Unit]:
    tops = _tops(pages, measured)
    begin = [(element, cost, tops[element]) for element, cost in _beginnings(text) if element in tops]
    below = [(None, 0.0, sum(page.used for page in measured))]
    return [Unit(element, cost, after - top) for (element, cost, top), (*_, after) in pairwise([*begin, *below])]


def _tops(pages: Sequence[Any], measured: Sequence[Measured]) -> dict[Any, float]:
    """The height in millimetres at which each element begins, if the pages were one strip without their empty ends."""
    found: dict[Any, float] = {}
    above = 0.0
    for page, known in zip(pages, measured, strict=True):
        top = page_box(page).content_box_y()
        for box in boxes(page):
            if box.element is not None:
                found.setdefault(box.element, above + (box.position_y - top) * MM_PER_PX)
        above += known.used
    return found


def _beginnings(text: Any) -> Iterator[tuple[Any, float]]:
    """The elements that may begin a page within `text`, in order, each with its cost."""
    before = None
    for child in text:
        held = child.tag in HEADINGS or child.get("class") in HELD or (child.tag in LISTS and before is not None)
        if child.tag == "section":
            yield child, 0 if text.tag == "div" else INNER
            yield from _beginnings(child)
        elif not held and child.get("style") is None and not (before is not None and before.tag in HEADINGS):
            yield child, WITHIN
        if child.tag in LISTS:
            yield from ((item, 2 * WITHIN) for item in child[2:-1])
        before = child


def _division(units: Sequence[Unit], count: int, height: float) -> tuple[int, ...]:
    """The numbers of the units that begin the pages after the first. There are `count` pages, or as many as the
    units allow."""
    mean = sum(unit.height for unit in units) / max(count, 1)

    @cache
    def best(start: int, pages: int) -> tuple[float, tuple[int, ...]]:
        """The least cost of dividing what follows `start` among `pages`, and where each page ends."""
        if pages == 0:
            return (0.0, ()) if start == len(units) else (float("inf"), ())
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in range(start + 1, len(units) + 1):
            used = sum(unit.height for unit in units[start:end])
            over = max(1, math.ceil(used / height))  # a unit taller than a page goes over several pages by itself
            if over > pages or (over > 1 and end > start + 1):
                break
            cost, ends = best(end, pages - over)
            cost += ((used - mean) / height) ** 2 + (units[end].cost if end < len(units) else 0)
            cost += SPARSE if used < mean * HALF else 0
            if cost < found[0]:
                found = cost, (end, *ends)
        return found

    ways = (best(0, pages) for pages in range(count, 0, -1))
    return next((ends for cost, ends in ways if cost < float("inf")), ())[:-1]
