"""Turns laid-out pages into better ones at other settings: none nearly empty, no half-blank sheet, no last line alone.

Few settings are tried, the likeliest first, and the one with the fewest blemishes is taken. Mostly that is the
first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from channels.pdf.measure import Measured
from channels.pdf.turned import TURNED

FEWEST = 0.35  # a page less full than this is a blemish, except the last page
MOST_PAGES = 40  # a longer text is laid out at most once more, since that takes seconds
MOST_TRIES, MOST_SIZES = 4, 2
STEP = 0.25  # points
COVER = "cover"  # the name of the page that has the title, and has room for it
SPOILT = 1000  # blemishes of a setting at which the text has no room, more than any other sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The type size in points. `flowing` is true if the text begins below the contents, `parting` if blocks that
    should stay whole may be split."""

    size: float
    flowing: bool = False
    parting: bool = False


class Laid(Protocol):
    """Pages that were measured, and the setting at which they are laid out."""

    @property
    def setting(self) -> Setting: ...

    @property
    def measured(self) -> tuple[Measured, ...]: ...


T = TypeVar("T", bound=Laid)


def balanced(first: T, sizes: Sequence[float], lay_out: Callable[[Setting], T], *, folded: bool) -> T:
    """The pages with the fewest blemishes, of `first` and at most MOST_TRIES other settings: with the text below the
    contents, at others of `sizes`, with blocks split. `folded` is true where four pages make a sheet."""
    best, least = first, blemishes(first.measured, folded=folded)
    tries = MOST_TRIES if len(first.measured) <= MOST_PAGES else 1

    def better(setting: Setting) -> None:
        nonlocal best, least, tries
        if least and tries and setting != best.setting:
            tries -= 1
            other = lay_out(setting)
            found = blemishes(other.measured, folded=folded)
            if found < least or (found == least and setting.flowing != best.setting.flowing):
                best, least = other, found

    better(replace(first.setting, flowing=True))
    likely = list(_likely(best, sizes, folded=folded))[:MOST_SIZES]
    for size in likely:
        better(replace(best.setting, size=size))
    # A sheet is saved by the smallest of them, if by any.
    size = min(best.setting.size, *likely) if folded and likely else best.setting.size
    better(replace(best.setting, size=size, parting=True))
    return best


def _likely(pages: Laid, sizes: Sequence[float], *, folded: bool) -> Iterator[float]:
    """The sizes to try. First are those at which the text would just fill whole sheets, if it grew with the square
    of the size."""
    if not folded:
        yield from sizes
        return
    size, text = pages.setting.size, length(pages.measured)
    aims = [size * math.sqrt((sheets * 4 - 2) / text) for sheets in range(1, len(pages.measured) // 4 + 3)]
    for aim in sorted(aims, key=lambda aim: abs(aim - size)):
        yield from [known for known in reversed(sizes) if aim - 2 * STEP < known <= aim and known != size]


def length(pages: Sequence[Measured]) -> float:
    """How many pages the text of a booklet takes, without cover and back."""
    inner = pages[1:-1]
    return max(1, len(inner) - 1) if not inner else len(inner) - 1 + inner[-1].fill


def blemishes(pages: Sequence[Measured], *, folded: bool) -> int:
    """The number of blemishes: pages that are nearly empty, more than one blank page of a sheet, a last line alone. A
    page on its side and the page before it may be nearly empty."""
    inner = list(pairwise(pages))[1:] if folded else pairwise(pages)
    thin = sum(page.fill < FEWEST for page, after in inner if TURNED not in (page.name, after.name))
    blank = max(0, -len(pages) % 4 - 1) if folded else 0
    alone = len({scrap.top for scrap in pages[-1].scraps}) < 2 and len(pages) > 1
    spoilt = any(page.too_low or page.too_wide for page in pages) or any(page.name == COVER for page in pages[1:])
    return thin + blank + alone + SPOILT * spoilt
