"""Turns a spoken sentence into caption cues that can be read in time: at most two lines of 42 characters, seven
seconds.

A long sentence is cut where a reader would pause, at the end of a clause. A figure is not separated from the word
after it ("£1.2 million", "0800 77 66 00"). A word is cut only if it is an address too long for a line.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Final

LINE: Final = 42
LINES: Final = 2
LONGEST: Final = 7.0
"""Seconds. Two lines of 42 characters for up to seven seconds are the BBC's and Netflix's rule for subtitles."""

ADDRESS: Final = 20
"""Characters. A longer word may be cut after a sign within it."""

FIGURE: Final = 4
"""A figure takes this many times as long to say as a letter."""

CLAUSE: Final = re.compile(r"""(?:[.;:?!][”’"')\]]*|[—–])\Z""")
PHRASE: Final = re.compile(r"""(?:,|[)\]”"])\Z""")
WITHIN: Final = re.compile(r"(?<=[/@_?&=-])(?=\w)|(?<=\.)(?=[^\W\d])")

CUE, AT_CLAUSE, AT_PHRASE, AT_WORD, AT_FIGURE, IN_WORD = 6.0, 0.0, 1.0, 4.0, 12.0, 16.0
"""The cost of one more cue, and the cost of ending a cue at each kind of place."""

TOO_LONG: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A caption that is on the screen from `begin` to `end` (seconds). `id` is the sentence's, or ""."""

    id: str
    begin: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stretch of text that stays whole. `after` is the cost of ending a cue or a line after it."""

    text: str
    space: str
    after: float

    @property
    def weight(self) -> int:
        """The time that it takes to say, measured in letters."""
        return len(self.text) + 1 + (FIGURE - 1) * sum(map(str.isdigit, self.text))


def cues(own: str, text: str, begin: float, end: float) -> tuple[Cue, ...]:
    """The cues of the sentence with the id `own`, which is heard from `begin` to `end` (seconds). All have its id."""
    atoms = list(_atoms(text))
    moments = [0, *accumulate(atom.weight for atom in atoms)]
    second = (end - begin) / max(1, moments[-1])
    bounds = _cut(atoms, [moment * second for moment in moments])
    return tuple(
        Cue(
            id=own,
            begin=begin + moments[first] * second,
            end=end if last == len(atoms) else begin + moments[last] * second,
            lines=_lines(atoms[first:last]),
        )
        for first, last in bounds
    )


def _atoms(text: str) -> Iterator[_Atom]:
    for word in text.split():
        *pieces, last = _pieces(word)
        yield from (_Atom(piece, "", IN_WORD) for piece in pieces)
        yield _Atom(last, " ", _price(last))


def _pieces(word: str) -> list[str]:
    """A word, or an address in pieces that fit a line."""
    if len(word) <= ADDRESS:
        return [word]
    return [piece[at : at + LINE] for piece in WITHIN.split(word) for at in range(0, len(piece), LINE)]


def _price(word: str) -> float:
    if CLAUSE.search(word):
        return AT_CLAUSE
    if PHRASE.search(word):
        return AT_PHRASE
    return AT_FIGURE if word[-1].isdigit() else AT_WORD


def _cut(atoms: list[_Atom], moments: list[float]) -> list[tuple[int, int]]:
    """The places where the cues begin and end. There are as few as fit, cut where it costs least. Each atom is
    compared only with the few before it that fit on the same screen, so twice the text takes twice the time."""
    places = [0, *accumulate(len(atom.text) + len(atom.space) for atom in atoms)]
    cheapest: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(atoms) + 1):
        found = [(inf, 0)]
        for first in range(last - 1, -1, -1):
            seconds = moments[last] - moments[first]
            alone = first == last - 1
            if not alone and (seconds > LONGEST or not _fits(places, first, last)):
                break
            empty = 1 - (places[last] - places[first]) / (LINES * LINE)
            over = TOO_LONG * max(0.0, seconds - LONGEST)
            found.append((cheapest[first][0] + CUE + over + 2 * empty * empty, first))
        price, first = min(found)
        cheapest.append((price + (atoms[last - 1].after if last < len(atoms) else 0.0), first))
    bounds, last = [], len(atoms)
    while last:
        bounds.append((cheapest[last][1], last))
        last = cheapest[last][1]
    return bounds[::-1]


def _fits(places: list[int], first: int, last: int) -> bool:
    """True if the atoms from `first` to `last` fit on two lines: as many as possible on the first, the rest on the
    second."""
    upper = bisect(places, places[first] + LINE + 1, first, last + 1) - 1
    return places[last] - places[upper] <= LINE + 1


def _lines(atoms: list[_Atom]) -> tuple[str, ...]:
    """One line, or two lines that are as short as possible."""
    whole = _joined(atoms)
    if len(whole) <= LINE:
        return (whole,)
    pairs = [(_joined(atoms[:at]), _joined(atoms[at:]), atoms[at - 1].after) for at in range(1, len(atoms))]
    if not pairs:
        return (whole,)
    upper, lower, _ = min(
        pairs, key=lambda pair: (max(LINE, len(pair[0]), len(pair[1])), pair[2] + abs(len(pair[0]) - len(pair[1])) / 4)
    )
    return upper, lower


def _joined(atoms: list[_Atom]) -> str:
    return "".join(atom.text + atom.space for atom in atoms).rstrip()
