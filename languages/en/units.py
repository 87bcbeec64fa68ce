"""What stands directly beside figures, to words: units, letters, "p. 5", a slash that means "per"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from languages.en.figures import INSURANCE, LETTERS
from languages.en.letters import spell
from languages.en.lexicon import Lexicon
from languages.en.tokens import Leaf, Said
from model.document import Date, Day, Money, Number, Percentage, Phone, Range, Text, Time, WebAddress, Year

FIGURES: Final = (Money, Percentage, Number, Date, Day, Time, Year, Range, Phone, Said)
COUNTING: Final = (Number, Range, Year, Said)

DIRECTLY: Final = (*FIGURES, WebAddress)

LAST_WORD: Final = re.compile(r"(?<![\w'’])([^\W\d_]{1,5}\.?)([ \u00a0]?)\Z")
CAPITALS_BEFORE: Final = re.compile(r"(?<!\w)([A-Z]{1,4})([-–]?)\Z")
LETTERS_AFTER: Final = re.compile(r"([A-Z]{1,4}|[a-oq-rt-wyz])(?!\w)")
GLUED_BEFORE: Final = re.compile(r"[^\W\d_]\.?\Z")
REFERENCE: Final = re.compile(r"[A-Z]-\d{3,}\Z")
TIMES: Final = re.compile("([ \u00a0]?)x(?=\\1\\Z|[ \u00a0][a-z])")
PER: Final = re.compile(r"/(?=[a-z]|[MG]Wh)")
ONE: Final = Number(text="1", value=Decimal(1))
EITHER: Final = re.compile(r"m(?![\w²³/])")
"""Metres or million: where it is metres, readings.py has put a space before it."""
LARGE: Final = 1000
INITIALS: Final = frozenset({"L", "g", "h", "l", "t"})
WITHOUT_SPACE: Final = frozenset({"in", "p", "V", "W"})
"""Units that are words too, and units only where no space is before them: 5in, but 1 in 3."""


class Beside:
    """The words beside figures, of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def after(self, figures: Leaf, text: str) -> tuple[str, int] | None:
        """The words for what follows figures, and how much of the text that is."""
        if isinstance(figures, Said) and text.startswith("%"):
            return " per cent", 1
        if EITHER.match(text):
            return None
        unit, end = self._unit(figures, text)
        if not unit and isinstance(figures, COUNTING) and (match := LETTERS_AFTER.match(text)):
            return f" {spell(match[1])}", match.end()
        if isinstance(figures, Number | Said | Percentage | Money) and (match := TIMES.match(text, end)):
            return f"{unit} {'by' if unit else 'times'}", match.end()
        if (match := PER.match(text, end)) and not isinstance(figures, Year):
            each, rest = self._unit(ONE, text[match.end() :])
            return f"{unit} per{each or ' '}", match.end() + rest
        return (unit, end) if unit else None

    def before(self, text: str, figures: Leaf) -> tuple[str, int] | None:
        """The words for what leads to figures ("p. 5", "EX160"), and how much of the text is left before it."""
        last = LAST_WORD.search(text)
        if last and (word := self._known(figures).get(last[1])):
            return f"{word} ", last.start()
        if not isinstance(figures, (*COUNTING, Phone)):
            return None
        if not isinstance(figures, Phone) and (match := CAPITALS_BEFORE.search(text)):
            pause = "," if match[2] and (isinstance(figures, Said) or len(figures.text) > 2) else ""
            return f"{spell(match[1])}{pause} ", match.start()
        if isinstance(figures, Said) and INSURANCE.fullmatch(figures.text) and (match := LETTERS.search(text)):
            return f"{spell(match[0].strip())} ", match.start()
        return None

    def _known(self, figures: Leaf) -> Mapping[str, str]:
        """The short words that may stand before such figures."""
        match figures:
            case Year():
                return self.lexicon.before_years
            case Money() | Percentage() | Range(end=Money() | Percentage()):
                return self.lexicon.before_amounts
            case Number() if figures.scale or figures.value >= LARGE:
                return {**self.lexicon.before_figures, **self.lexicon.before_amounts}
            case Number() | Range() | Said() | Phone():
                return self.lexicon.before_figures
            case _:
                return {}

    def knows(self, figures: Leaf, before: Leaf | None, after: Leaf | None) -> bool:
        """Whether what stands directly before and after figures has words, where there is anything but spaces."""
        if isinstance(before, DIRECTLY) or isinstance(after, DIRECTLY):
            return False
        glued = isinstance(before, Text) and GLUED_BEFORE.search(before.text) is not None
        if glued and self.before(before.text, figures) is None:  # type: ignore[union-attr]
            return False
        return not (isinstance(after, Text) and after.text[:1].isalpha() and self.after(figures, after.text) is None)

    def is_amount(self, number: Number, after: Leaf | None) -> bool:
        """Whether a long run of digits is no code, since a unit follows."""
        unit = isinstance(after, Text) and self._unit(number, after.text)[0]
        return bool(unit) and not (number.ordinal or number.scale or number.text.startswith("0"))

    def _unit(self, figures: Leaf, text: str) -> tuple[str, int]:
        """The unit that `text` begins with, in words, and where it ends; money has only such as "per week"."""
        match = self.lexicon.unit.match(text) if self.lexicon.unit else None
        if match is None or (match[1] and match[2] in WITHOUT_SPACE):
            return "", 0
        if match[1] and match[2] in INITIALS and text[match.end() : match.end() + 1] == "-":
            return "", 0  # "2 L-shaped rooms", "3 t-shirts"
        one, many = self.lexicon.units[match[2]]
        if isinstance(figures, Money) and not (one == many and " " in one):
            return "", 0
        adjective = match[1] == "-" or text[match.end() : match.end() + 1] == "-"
        return f" {one if adjective or _is_one(figures) else many}", match.end()


def _is_one(figures: Leaf) -> bool:
    return (isinstance(figures, Number) and figures.value == 1) or (isinstance(figures, Said) and figures.one)
