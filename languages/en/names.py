"""Letters and figures that are one name: postcodes, roads, grid references; each said as people say it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from languages.en import numbers
from languages.en.letters import spell
from languages.en.tokens import Leaf, Said
from model.document import Number, Text, Year

POSTCODE: Final = r"(?P<area>[A-Z]{1,2})(?P<district>\d[\dA-Z]?)[ \u00a0](?P<sector>\d)(?P<unit>[A-Z]{2})"
ROAD: Final = r"(?P<road>[ABM])(?P<number>\d{1,4})(?:\((?P<motorway>M)\)|(?![\w(]))"
GRID: Final = (
    r"(?P<square>[HJNOST][A-HJ-Z])(?P<gap>[ \u00a0]?)"
    r"(?P<east>\d{3}[ \u00a0]\d{3}|\d{4}[ \u00a0]\d{4}|\d{5}[ \u00a0]\d{5})(?![ \u00a0]?\d)"
)
NAME: Final = re.compile(rf"(?<![\w.-])(?:{POSTCODE}|{GRID}|{ROAD})(?![\w-])")
PART: Final = (Text, Number, Year)


def named(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The leaves, each name among them as one, with its words."""
    found: list[Leaf] = []
    run: list[Leaf] = []
    for leaf in leaves:
        if isinstance(leaf, PART):
            run.append(leaf)
            continue
        found += [*_names(run), leaf]
        run = []
    return [*found, *_names(run)]


def _names(run: list[Leaf]) -> Iterator[Leaf]:
    """A run of text and numbers with its names put together; what no name has is left as it is."""
    texts = [leaf.text for leaf in run if isinstance(leaf, PART)]
    text = "".join(texts)
    ends = list(accumulate(map(len, texts), initial=0))
    whole = {at for n, leaf in enumerate(run) if not isinstance(leaf, Text) for at in range(ends[n] + 1, ends[n + 1])}
    names = [match for match in NAME.finditer(text) if match.start() not in whole and match.end() not in whole]
    waiting = deque(names)
    for leaf, begin, end in zip(run, ends, ends[1:], strict=False):
        at = begin
        while at < end:
            name = waiting[0] if waiting else None
            if name is not None and name.start() <= at:
                if name.start() == at:
                    yield Said(text=name[0], words=_words(name))
                at = min(end, name.end())
                if at == name.end():
                    waiting.popleft()
            else:
                stop = min(end, name.start()) if name is not None else end
                yield leaf if (at, stop) == (begin, end) else Text(text=text[at:stop])
                at = stop


def _words(name: re.Match[str]) -> str:
    if name["sector"]:
        district = " ".join(_figures_or_letters(name["district"]))
        sector = numbers.DIALLED[int(name["sector"])]
        return f"{spell(name['area'])} {district} {sector} {spell(name['unit'])}"
    if name["square"]:
        return f"{spell(name['square'])}, {numbers.code(name['east'])}"
    figures = name["number"]
    number = numbers.cardinal(int(figures)) if len(figures) < 3 else " ".join(numbers.DIALLED[int(d)] for d in figures)
    return f"{spell(name['road'])} {number}{' M' if name['motorway'] else ''}"


def _figures_or_letters(district: str) -> Iterator[str]:
    """ "33" as thirty-three, "1A" as one ay."""
    for piece in re.findall(r"\d+|[A-Z]", district):
        yield numbers.cardinal(int(piece)) if piece.isdigit() else spell(piece)
