"""Turns values with a sign between them into one value: 140/90, 1:50,000, 4 x 4, 3.1.2, 10mg/5ml, 9am/10am.

A slash means "or" between two times or prices, "per" between a dose and a volume, "over" in a blood pressure. Where
nothing tells, it is said as "slash", which is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, Literal

from languages.en import units
from languages.en.clock import DAY_LONG, clock_before_half
from languages.en.dates import DATES
from languages.en.fractions import PERSONS
from languages.en.fractions import TIMES as TIMES_OR
from languages.en.grammar import SPACE
from languages.en.lists import words
from languages.en.patterns import either, later
from languages.en.scene import Scene
from model.inlines import (
    Ambiguous,
    Code,
    Date,
    Day,
    Joined,
    Money,
    Number,
    Percentage,
    Quantity,
    Reference,
    Time,
    Typed,
    Value,
    Year,
)

POINTS: Final = later(r"\d{1,6}(?:\.\d{1,6}){2,}(?![\d]|\.\d)")
STOPS: Final = later(r"[1-9]\d{0,2}(?:\.\d{3}){2}(?!\d|\.\d)")
"""Stops where a number has commas, or the parts of a version."""
SECTIONED: Final = later(r"(\d{1,3})\.(\d{1,3})(?![\d%]|[.,]\d)")
PLACE: Final = later(
    r"\b(?:para|paras|paragraphs?|sections?|versions?|v|rules?|chapters?|clauses?|annex|appendix|figures?|tables?|part|release)\.?"
    r"[ \u00a0](?:[\d.]+(?: and | to | or |, |–|-))?\Z|\bv\Z",
    re.IGNORECASE,
)
REFERENCE: Final = later(
    r"(?P<head>\d{1,4}(?:\.\d{1,3}){0,3}[A-Z]{0,3})(?P<tail>(?:\((?:\d{1,3}[A-Z]?|[a-z]{1,4}|[A-Z]{1,2})\))+)(?!\w)"
)
PRESSURE: Final = later(r"(\d{2,3})/(\d{2,3})(?![\d/]|[.,]\d)")
RATIO: Final = later(
    r"([1-9]\d{0,2}(?:\.\d{1,2})?)(?: : |:|(?P<stop>: ))"
    r"([1-9]\d?\.\d{1,2}|[1-9]\d{0,2}(?:,\d{3})*|[1-9]\d{0,3}000|(?<=(?<![\d.])1:)[1-9]\d{3,5})(?![\d:]|[.,]\d)"
)
MIXED: Final = later(
    r"\b(?:ratios?|diluted?|dilution|parts?|odds|scale|gradients?|slopes?|ramps?)\b|@ ?A[0-4]\b", re.IGNORECASE
)
"""Words of a sentence in which 1:10 is no time."""
TRIPLE: Final = later(r"([1-9]\d{0,2}):([1-9]\d?):([1-9]\d?)(?![\d:]|[.,]\d)")
"""A ratio of three: 8:1:1."""
OF_RATIO: Final = later(r"\b(?:ratios?|scale|odds|mix|mixed)\b", re.IGNORECASE)
"""Words before a ratio. After them, a colon with a space is part of a ratio, and not a stop as in "Chapter 1: 3 ways
to save"."""
STANDARD: Final = later(r"(\d{2,6}(?:-\d{1,2})?):((?:19|20)\d\d)(?!\d)")
VERSE: Final = later(rf"(\d{{1,3}}):(\d{{1,3}})(?![\d:])(?!{SPACE}?[aApP]\.?[mM]\b)")
BOOK: Final = later(rf"(?<!\w)(?:{either(words('books_of_verses'))})\.?{SPACE}\Z")
"""A book with chapters and verses. After it, 3:16 is neither a ratio nor a time."""
POWER: Final = later(r"(\d{1,6})\^(\d{1,3})(?![\w.])")
DEGREE: Final = later(
    r"[23][:.-][12](?=[ \u00a0]\(?(?:degree|hons|honours|or (?:above|better|higher|equivalent)|classification|in\b))"
)
CLASSED: Final = later(r"2:[12](?=[.,;)]|\Z)")
"""A class of degree that stands without the word: "at least a 2:1"."""
A_CLASS: Final = later(r"\b(?:a|good|strong|minimum|(?:1st|first)(?:[- ]class)? or)[ \u00a0]\Z", re.IGNORECASE)
BLOOD: Final = later(r"\b(?:blood|BP|systolic|diastolic|hypertension|mmHg|pressure)\b|mmHg", re.IGNORECASE)
RATE: Final = later(r"(\d+(?:\.\d+)?)/(\d{1,3}(?:,000)+)(?!\d)")
ORDER: Final = later(r"((?:19|20)\d\d) ?/(\d{1,4})(?![\d/])")
INSTRUMENT: Final = later("(?<![\\w.])W?S\\.?I\\.?(?:[ \u00a0][Nn]o\\.?)?[ \u00a0]\\Z")
"""Words before a statutory instrument, which is numbered within its year: S.I. 2008/1053."""
OF_ACT: Final = later(r"\b(?:Acts?|Orders?|Regulations|Rules|Bill|Measure|Scheme|Code)[ \u00a0]\Z")
"""Words before the year of an Act. A letter in brackets after it is the mark of a note."""
YEAR_IN: Final = later(r"(?:19|20)\d\d")
SLASHED: Final = later(rf"\d+(?:\.\d+)?(?:{SPACE}?/{SPACE}?\d+(?:\.\d+)?(?![\d]*,\d))+(?!\w|\.\d)")
CASED: Final = later(r"\d+(?:/\d+)*/(?:[A-Z]{1,5}|\d+)(?:/(?:[A-Z]{1,5}|\d+))*(?!\w)")
CHOICES: Final = later(
    r"\b(?:aged?|ages|bands?|categor(?:y|ies)|class(?:es)?|days?|grades?|groups?|levels?|months?|options?|phases?|stages?|steps?"
    r"|terms?|tiers?|types?|weeks?|years?|zones?):?[ \u00a0]\Z",
    re.IGNORECASE,
)
SCORED: Final = later(
    r"\b(?:scor(?:e|ed|es|ing)|rat(?:ed|ing)|marks?|mark(?:ed)?|got|gave|pass(?:ed)?|average)\b[^.!?\d]{0,30}\Z", re.I
)
PER_KINDS: Final = frozenset(
    {
        ("mass", "volume"),
        ("medical", "volume"),
        ("volume", "length"),
        ("mass", "length"),
        ("energy", "length"),
        ("mass", "area"),
        ("volume", "area"),
        ("energy", "area"),
    }
)
"""The kinds of an amount and of the unit that it is for: 10mg/5ml, 5 l/100km."""
SHARED: Final = frozenset({"24/7", "50/50", "60/40", "70/30", "80/20", "90/10", "20/20"})
EVENTS: Final = frozenset({"9/11", "7/7"})
SIGNS: Final = frozenset("-:.^/")
"""The signs right after the first of several figures that mean something together."""
JOINABLE: Final = (Money, Percentage, Number, Quantity, Date, Day, Time)
TIMES: Final = later(rf"{SPACE}?[x×]{SPACE}?(?=\d)|{SPACE}X{SPACE}(?=\d)")
TEN: Final = 10
DAY_HOURS: Final = 24
"""A dose for so many hours is that of a day."""
RAISED: Final = later(r"[-−–]\d{1,2}(?![\w%]|[.,]\d)")
HALVES: Final = 2
"""Times of "6.30/7pm", of which only the second has its half of the day."""
Atom = Callable[[Scene, int], Typed | None]


def pointed(scene: Scene, at: int) -> Joined | Reference | Ambiguous | None:
    """Figures with points or brackets: 3.1.2, paragraph 3.12, 8(1)(b)."""
    text, behind = scene.text, scene.behind(at)
    if not (behind in (".", "(") or behind.isupper()) or scene.follows(at, ".,£€$"):
        return None
    before = scene.before(at)
    if match := REFERENCE.match(text, at, scene.end):
        if re.fullmatch(r"\(s\)", match["tail"]) or (YEAR_IN.fullmatch(match["head"]) and OF_ACT.search(before)):
            return None
        parts = (match["head"], *re.findall(r"\((\w+)\)", match["tail"]))
        return Reference(text=match[0], parts=parts)
    if (match := STOPS.match(text, at, scene.end)) and not PLACE.search(before):
        return Ambiguous(text=match[0], kind="amount", readings=())
    if match := POINTS.match(text, at, scene.end):
        return Joined(text=match[0], values=_counted(match[0].split(".")), joint="point")
    if (
        (match := SECTIONED.match(text, at, scene.end))
        and PLACE.search(before)
        and not re.match(r"[ap]m", text[match.end() :][:2])
    ):
        singly = match[2].startswith("0") or not re.search(r"\bv(?:ersions?)?\.?[ \u00a0]?\Z", before, re.I)
        if len(match[2]) > 1 and not singly:
            return Joined(text=match[0], values=_counted(match.groups()), joint="point")
    return None


def signed(scene: Scene, at: int) -> Joined | Code | None:
    """Figures with a slash, a colon or a power sign between them that mean something together."""
    text = scene.text
    if not (scene.behind(at) in SIGNS or scene.beyond(at) in (":", "/")) or scene.follows(at, ".,:/£€$"):
        return None
    before = scene.before(at)
    if match := STANDARD.match(text, at, scene.end):
        if "-" in match[1]:
            return Code(text=match[0], kind="digits")
        if len(match[1]) > 2:
            return Joined(text=match[0], values=(_number(match[1]), _year(match[2])), joint="then")
    colon = scene.behind(at) == ":"
    if colon and (match := VERSE.match(text, at, scene.end)) and BOOK.search(before[-30:]):
        return Joined(text=match[0], values=_counted(match.groups()), joint="then")
    if match := POWER.match(text, at, scene.end):
        return Joined(text=match[0], values=_counted(match.groups()), joint="power")
    degree = DEGREE.match(text, at, scene.end) if text[at] in "23" else None
    if match := degree or (A_CLASS.search(before) and CLASSED.match(text, at, scene.end)) or None:
        return Joined(text=match[0], values=_counted(re.split("[-:.]", match[0])), joint="then")
    if colon and (match := TRIPLE.match(text, at, scene.end)) and not DAY_LONG.match(text, at, scene.end):
        return Joined(text=match[0], values=_counted(match.groups()), joint="to")
    if (
        (match := RATIO.match(text, at, scene.end))
        and (scene.speaks_of(MIXED, at) or not DAY_LONG.match(text, at, scene.end))
        and (match["stop"] is None or OF_RATIO.search(before))
    ):
        return Joined(text=match[0], values=_counted((match[1], match[3].replace(",", ""))), joint="to")
    if match := RATE.match(text, at, scene.end):
        return Joined(text=match[0], values=_counted((match[1], match[2].replace(",", ""))), joint="in")
    if (match := ORDER.match(text, at, scene.end)) and INSTRUMENT.search(before):
        return Joined(text=match[0], values=(_year(match[1]), _number(match[2])), joint="number")
    if (
        (match := PRESSURE.match(text, at, scene.end))
        and _is_pressure(int(match[1]), int(match[2]))
        and scene.speaks_of(BLOOD, at)
    ):
        return Joined(text=match[0], values=_counted(match.groups()), joint="over")
    if (match := SLASHED.match(text, at, scene.end)) and not re.match(
        rf"{SPACE}?(?:%|[ap]m\b)|[£/]", scene.after(match.end())
    ):
        led = "" if scene.speaks_of(DATES, at) else scene.led(at)
        return _slashed(match[0], led, scene.after(match.end()))
    if text[at - 1 : at] != "^" and (match := CASED.match(text, at, scene.end)):
        return Code(text=match[0], kind="digits")
    return None


def _slashed(text: str, before: str, after: str) -> Joined | None:
    figures = [one.strip() for one in text.split("/")]
    if text in SHARED or text in EVENTS:
        return Joined(text=text, values=_counted(figures), joint="then")
    if units.unit(after, 0) is not None and not after.startswith(" in"):
        return None
    if (
        YEAR_IN.fullmatch(figures[0])
        and len(figures) == 2
        and len(figures[1]) in (1, 2, 4)
        and f"{int(figures[0]) + 1}".endswith(figures[1])
    ):
        return None
    values = tuple(_part(one) for one in figures)
    joint: Literal["or", "out of", "slash"] = "slash"
    next_to = len(figures) == 2 and Decimal(figures[1]) == Decimal(figures[0]) + 1
    if YEAR_IN.fullmatch(figures[-1]):
        pass
    elif CHOICES.search(before) or (next_to and TIMES_OR.match(after)):
        joint = "or"
    elif len(figures) == 2 and not next_to and PERSONS.match(after) and Decimal(figures[0]) < Decimal(figures[1]):
        return Joined(text=text, values=values, joint="in")
    elif len(figures) == 2 and SCORED.search(before) and Decimal(figures[0]) <= Decimal(figures[1]):
        joint = "out of"
    return Joined(text=text, values=values, joint=joint)


def extended(scene: Scene, at: int, first: Typed, atom: Atom) -> Typed:
    """`first`, joined with the values that follow it after a slash or an x. Returns `first` where none do."""
    if not isinstance(first, JOINABLE):
        return first
    end = at + len(first.text)
    values: list[Value] = [first]
    place = end
    while place < scene.end and scene.text[place] == "/" and len(values) < 6:
        other = atom(scene, place + 1)
        if not isinstance(other, JOINABLE):
            break
        values.append(other)
        place += 1 + len(other.text)
    if len(values) == HALVES and isinstance(first, Number) and isinstance(last := values[1], Time):
        values[0] = clock_before_half(first, last) or first
    if len(values) > 1 and not re.match(r"\w", scene.text[place : place + 1]):
        joint = _slash(values)
        return Joined(text=scene.text[at:place], values=tuple(values), joint=joint) if joint else first
    return _times(scene, at, first, atom)


def _slash(values: list[Value]) -> Literal["or", "per", "slash"] | None:
    """What a slash between values means. None where they are not one value."""
    first, last = values[0], values[-1]
    if isinstance(first, Quantity) and isinstance(last, Quantity):
        if first.per:
            return "per"
        kind, other = units.kinds()[first.unit], units.kinds()[last.unit]
        a_day = other == "time" and isinstance(last.amount, Number) and last.amount.value == DAY_HOURS
        if ((kind, other) in PER_KINDS or (a_day and kind in ("mass", "volume"))) and len(values) == 2:
            return "per"
        conversion = kind.removeprefix("imperial_") == other.removeprefix("imperial_") and kind != other
        return "or" if conversion else "slash"
    if isinstance(first, Number) and isinstance(last, Number):
        return "or" if first.ordinal and last.ordinal else None
    if isinstance(first, Money) and isinstance(last, Money) and last.text in ("£1", "€1", "$1") and first.amount < 1:
        return "per"
    same = type(first) is type(last) and isinstance(first, Time | Money | Percentage | Date | Day)
    if same:
        return "or"
    return "slash" if isinstance(first, Quantity | Money | Percentage | Time) or isinstance(last, Quantity) else None


def _times(scene: Scene, at: int, first: Typed, atom: Atom) -> Typed:
    """Dimensions (3m x 2m, 25 x 7 m, 4x4), or an amount taken several times (2 x 500mg)."""
    if not isinstance(first, Number | Quantity):
        return first
    values: list[Number | Quantity] = [first]
    place = at + len(first.text)
    if not {"x", "×"}.intersection(scene.text[place : place + 2]):
        return first
    while (match := TIMES.match(scene.text, place, scene.end)) and len(values) < 5:
        other = atom(scene, match.end())
        if not isinstance(other, Number | Quantity) or (isinstance(other, Number) and other.ordinal):
            break
        values.append(other)
        place = match.end() + len(other.text)
    if len(values) == 1:
        return first
    last = values[-1]
    after = scene.after(place)
    length = isinstance(last, Quantity) and "length" in units.kinds()[last.unit]
    area = isinstance(last, Quantity) and not length
    plain = not isinstance(first, Quantity)
    times = (
        (plain and area)
        or re.match(rf"{SPACE}?=|⁻?[⁰¹²³⁴-⁹^]", after)
        or is_power_of_ten(values, after)
        or (plain and isinstance(last, Number) and re.match(r" (?:tablets|doses|packs|sessions|weeks)", after))
    )
    return Joined(text=scene.text[at:place], values=tuple(values), joint="times" if times else "by")


def is_power_of_ten(values: Sequence[Value], after: str) -> bool:
    """True for the 3.2 x 10-5 of a pasted page, whose small raised figures became large."""
    first, last = values[0], values[-1]
    small = isinstance(first, Number) and first.value < TEN and "." in first.text
    return small and last.text == "10" and RAISED.match(after) is not None


def _is_pressure(upper: int, lower: int) -> bool:
    return 70 <= upper <= 250 and 40 <= lower < upper and upper - lower <= 120 and not (upper == 100 and lower == 99)


def _counted(figures: tuple[str | None, ...] | list[str]) -> tuple[Value, ...]:
    return tuple(_number(one or "0") for one in figures)


def _part(figures: str) -> Value:
    return _year(figures) if YEAR_IN.fullmatch(figures) else _number(figures)


def _number(figures: str) -> Number:
    return Number(text=figures, value=Decimal(figures))


def _year(figures: str) -> Year:
    return Year(text=figures, value=int(figures))
