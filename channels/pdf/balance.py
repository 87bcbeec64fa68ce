"""Pages laid out → the same at other settings, where one is nearly empty, a sheet half blank or the last a single line.

Few settings are tried, the likeliest first, and what has the fewest blemishes is taken; mostly that is the first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from channels.pdf.measure import Measured

FEWEST = 0.35  # a page less full than this is a blemish, but for the last
MOST_PAGES = 40  # what is longer is laid out once more at most: each time takes seconds
MOST_TRIES, MOST_SIZES = 4, 2
STEP = 0.25  # points
SPOILT = 1000  # what has no room at a setting, against any number of blemishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The size of type in points, whether the text begins below its contents, whether what stays whole may part."""

    size: float
    flowing: bool = False
    parting: bool = False


class Laid(Protocol):
    """Pages that were measured, and the setting that they are laid out at."""

    @property
    def setting(self) -> Setting: ...

    @property
    def measured(self) -> tuple[Measured, ...]: ...


T = TypeVar("T", bound=Laid)


def balanced(first: T, sizes: Sequence[float], lay_out: Callable[[Setting], T], *, folded: bool) -> T:
    """The pages with the fewest blemishes, of `first` and at most MOST_TRIES other settings: with the text below its
    contents, at others of `sizes`, with whole things in parts. `folded` where four pages are a sheet."""
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
    for size in list(_likely(best, sizes, folded=folded))[:MOST_SIZES]:
        better(replace(best.setting, size=size))
    better(replace(best.setting, parting=True))
    return best


def _likely(pages: Laid, sizes: Sequence[float], *, folded: bool) -> Iterator[float]:
    """The sizes, those first at which the text would just fill whole sheets if it grew with the square of its size."""
    if not folded:
        yield from sizes
        return
    size, text = pages.setting.size, length(pages.measured)
    aims = [size * math.sqrt((sheets * 4 - 2) / text) for sheets in range(1, len(pages.measured) // 4 + 3)]
    for aim in sorted(aims, key=lambda aim: abs(aim - size)):
        yield from [known for known in reversed(sizes) if aim - 2 * STEP < known <= aim and known != size]


def length(pages: Sequence[Measured]) -> float:
    """How many pages the text of a booklet takes, without its cover and back."""
    inner = pages[1:-1]
    return max(1, len(inner) - 1) if not inner else len(inner) - 1 + inner[-1].fill


def blemishes(pages: Sequence[Measured], *, folded: bool) -> int:
    """How many pages are nearly empty, blank pages of a sheet beyond one, and last lines alone."""
    inner = pages[1:-1] if folded else pages[:-1]
    thin = sum(page.fill < FEWEST for page in inner)
    blank = max(0, -len(pages) % 4 - 1) if folded else 0
    alone = len({scrap.top for scrap in pages[-1].scraps}) < 2 and len(pages) > 1
    spoilt = any(page.too_low or page.too_wide for page in pages)
    return thin + blank + alone + SPOILT * spoilt
