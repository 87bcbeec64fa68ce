"""Turns figures with colons in a column of durations into hours, minutes and seconds.

The header says which they are: "(mm:ss)". Where it names a duration and not its parts, 00:45 may be minutes or
seconds. It is then said figure by figure, which is never wrong, and never as a time of day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from languages.en.patterns import later
from model.inlines import Code, Joined, Number, Quantity

LASTS: Final = later(
    r"\b(?:duration|length|running time|run time|lap|split|time (?:taken|allowed|spent)|(?:travel|journey|waiting"
    r"|response|finish|race|winning|average|mean|median) times?|how long|lasts?|elapsed)\b|\b[hm]{1,2}:(?:mm|ss)\b",
    re.IGNORECASE,
)
"""The header of a column of durations."""
PARTS: Final = later(r"\b(h{1,2}:mm:ss|h{1,2}:mm|m{1,2}:ss|hours:min\w*(?::sec\w*)?|min\w*:sec\w*)\b", re.IGNORECASE)
RACE: Final = later(r"([1-9]\d?):([0-5]\d\.\d{1,3})(?![\d:.]\d|\d)")
SIGNS: Final = {"h": "h", "m": "min", "s": "s"}
PARTS_OF_DAY: Final = ("h", "min", "s")


def duration(match: re.Match[str], about: str) -> Joined | Quantity | Code | None:
    """The duration that a time of the day under the header `about` is; None if the header names none, or if it is
    said alike in any case ("1:25")."""
    if not LASTS.search(about):
        return None
    written = PARTS.search(about)
    return lasting(match[0], [SIGNS[part[0]] for part in written[0].lower().split(":")] if written else PARTS_OF_DAY)


def lasting(text: str, units: Sequence[str]) -> Joined | Quantity | Code | None:
    """The duration in figures with colons, each of which counts one of `units`. If there are more figures or fewer, it
    is said figure by figure; it is None if neither of the first two is nought."""
    figures = text.split(":")
    if len(figures) != len(units):
        clear = int(figures[0]) and int(figures[1])
        return None if clear else Code(text=text, kind="digits")
    parts = [Quantity(text=one, amount=_number(one), unit=unit) for one, unit in zip(figures, units, strict=True)]
    some = [part for part in parts if int(part.text)] or parts[-1:]
    if len(some) > 1:
        return Joined(text=text, values=tuple(some), joint="then")
    return Quantity(text=text, amount=Number(text=text, value=_number(some[0].text).value), unit=some[0].unit)


def race(match: re.Match[str]) -> Joined:
    """The time of a race: 3:27.79."""
    minutes, seconds = match[1], match[2]
    return Joined(
        text=match[0],
        values=(
            Quantity(text=minutes, amount=_number(minutes), unit="min"),
            Quantity(text=seconds, amount=_number(seconds), unit="s"),
        ),
        joint="then",
    )


def _number(figures: str) -> Number:
    return Number(text=figures, value=Decimal(figures))
