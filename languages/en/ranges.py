"""Turns two values with a dash between them into a range if they are alike, or a subtraction if a result follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from languages.en import clock
from languages.en.grammar import DASH, SPACE
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import (
    Ambiguous,
    Date,
    Day,
    Joined,
    Money,
    Number,
    Percentage,
    Quantity,
    Range,
    Time,
    Typed,
    Value,
    Year,
)

DASHES: Final = frozenset("-–−—")
JOINT: Final = later(rf"(?:(?P<gap>{SPACE}?)(?P<sign>{DASH}|−)(?P<after>{SPACE}?)|—)(?=[\d£€$.]|noon|mid|US\$)")
"""A long dash joins only without spaces: with them it is a pause."""
JOINTS: Final = frozenset("-–—/")
RESULT: Final = later(rf"(?:{SPACE}?[-–−+×÷]{SPACE}?[\d£.,]{{1,15}}){{0,4}}{SPACE}?=")
YEARS_JOINT: Final = later(rf"[/—]|{SPACE}?{DASH}{SPACE}?")
SHORT_YEAR: Final = later(r"\d\d?(?![\d%\w]|[.,]\d|[-–/](?!(?:19|20)\d\d[-–/]\d\d(?!\d))\d)")
YEARS: Final = later(r"(?:19|20)\d\d(?![\d%]|,\d|\.\d)")
CODE_BEFORE: Final = later(r"[^\W\d_][-–]?\Z|\d[-–]\Z")
CODE_AFTER: Final = later(rf"{DASH}\d|[A-Z]\d")
DOWN: Final = later(
    r"\b(?:grades?|levels?|numbers?|ages?|marks?|years?|pages?|from)[ \u00a0]\Z"
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[:,]?[ \u00a0]\Z|\b(?:open|hours|times?):?[ \u00a0]\Z",
    re.IGNORECASE,
)
PAGES: Final = later(r"\b(?:pp\.?|pages)[ \u00a0]\Z", re.IGNORECASE)
ENDS: Final = (Money, Percentage, Number, Quantity, Date, Day, Time, Year)
"""The types of values that may be the ends of a range."""
TEN: Final = 10
ROUND: Final = later(r"[1-9]\d00")
"""A figure that is not a year if the figure beside it is not: "2000-3000 words"."""
ONE_THING: Final = later(
    r"\b(?:annex|appendix|band|chapter|class|day|figure|group|lesson|level|module|note|option|part|phase|question|section"
    r"|session|stage|step|table|task|tier|type|unit|week|year)[ \u00a0]\Z",
    re.IGNORECASE,
)
COUNTED: Final = later(rf"{SPACE}(?:people|men|women|children|[a-z]{{2,}}[a-rtv-z]s)\b")
"""A thing that the number before it counts."""
SCORE: Final = later(r"\d{1,2}[-–]\d{1,2}")
PLAYED: Final = later(
    rf"\b(?:won|wins?|lost|loses?|beat|beaten|drew|draws?|drawn|finished|led|lead|leading"
    rf"|score was|final score|[Cc]arried|[Vv]oted|[Vv]ote(?: of| was)?)"
    rf"(?:{SPACE}(?:by|it|them|[A-Z][a-z]+|the{SPACE}[a-z]+|\d\d?[-–]\d\d?(?:,|{SPACE}(?=\()))){{0,4}}:?{SPACE}?\(?\Z"
)
SCORE_ENDS: Final = later(
    rf"[.,;:)!?]|\Z|{SPACE}(?:\(|against|at|away|in|on|over|to|after|and|but|agg(?:\.|regate)|win|victory|defeat|with|for)"
)
"""What may follow the score of a match. After "lost 2-3" no thing is counted."""
OUTCOME: Final = later(r" (?:home |away )?(?:win|defeat|victory|draw|loss|lead|scoreline)\b")
ONE_TO_ONE: Final = frozenset({"1-1", "1–1"})
OPEN: Final = later(rf"\b(?:opens?|opening(?: hours| times)?|hours|{clock.DAY}):?{SPACE}\Z", re.IGNORECASE)
"""Words before hours such as "9-9". A half-time has a score."""
OLD_PRICE: Final = later(r"[£€$]\d-(?:50|95|99)")
"""A price with its pence behind a dash, or two prices."""
Atom = Callable[[Scene, int], Typed | None]


def extended(scene: Scene, at: int, start: Typed, atom: Atom) -> Typed:
    """`start`, or the range that it begins."""
    if not isinstance(start, ENDS):
        return start
    end = at + len(start.text)
    if isinstance(start, Year) and len(start.text) == 4 and (years := _years(scene, at, start, end)):
        return years
    joint = JOINT.match(scene.text, end, scene.end) if DASHES.intersection(scene.text[end : end + 2]) else None
    if joint is None:
        return start
    if isinstance(start, Number) and CODE_BEFORE.search(scene.text[max(0, at - 2) : at]):
        return start
    one_sided = joint["gap"] and not joint["after"]
    other = clock.word(scene, joint.end()) or atom(scene, joint.end())
    if not isinstance(other, ENDS):
        return start
    stop = joint.end() + len(other.text)
    text = scene.text[at:stop]
    if _alike(start, other) and RESULT.match(scene.text, stop):
        return Joined(text=text, values=(start, other), joint="minus")
    if isinstance(start, Number) and isinstance(other, Number) and _is_score(scene, at, text, stop):
        return Joined(text=text, values=(start, other), joint="then")
    if isinstance(start, Money) and OLD_PRICE.fullmatch(text):
        return Ambiguous(text=text, kind="amount", readings=())
    rises = isinstance(start, Number) and isinstance(other, Number) and 0 < start.value < other.value
    if joint["gap"] == "" and joint["after"] and not (rises or isinstance(start, Year)):
        return start
    if isinstance(start, Number) and isinstance(other, Number) and CODE_AFTER.match(scene.text, stop):
        return start
    pair = _pair(start, other)
    if pair is None:
        return start
    spaced = bool(joint["gap"])
    if not spaced and isinstance(other, Number) and PAGES.search(scene.before(at)[-8:]):
        pair = start, _page(start.text, other)
    if spaced and not isinstance(other, Year | Date | Day | Time) and _is_pause(scene, at, other, stop):
        return start
    if spaced and _falls(*pair) and not DOWN.search(scene.before(at)):
        return start
    if one_sided and isinstance(start, Number) and start.text == "-":
        return start
    return Range(text=text, start=pair[0], end=pair[1])


def _is_score(scene: Scene, at: int, text: str, stop: int) -> bool:
    """True for the goals or points of two sides: "won 3-1", and for two figures alike, unless they are hours: "50-50",
    but "open 9-9"."""
    if SCORE.fullmatch(text) is None:
        return False
    before, after = scene.before(at)[-40:], scene.after(stop)
    if OUTCOME.match(after):
        return True
    if text[: len(text) // 2] == text[len(text) // 2 + 1 :] and text not in ONE_TO_ONE:
        return not (OPEN.search(before) or clock.SURE_AFTER.match(after))
    return PLAYED.search(before) is not None and SCORE_ENDS.match(after) is not None


def _page(first: str, last: Number) -> Number:
    """The last of some pages, of which only the figures that differ are written: the 5 of "pp. 112–5"."""
    if not (first.isdecimal() and last.text.isdecimal() and len(last.text) < len(first)):
        return last
    return replace(last, value=Decimal(first[: -len(last.text)] + last.text))


def _is_pause(scene: Scene, at: int, other: Value, stop: int) -> bool:
    """True if a dash with spaces parts the number of a thing from a fact about it: "Stage 1 – 2 weeks"."""
    if not ONE_THING.search(scene.before(at)[-20:]):
        return False
    return not isinstance(other, Number) or COUNTED.match(scene.text, stop) is not None


def _alike(start: Value, end: Value) -> bool:
    return type(start) is type(end)


def _pair(start: Value, end: Value) -> tuple[Value, Value] | None:
    """Both ends as values of one kind; None where they cannot be."""
    match start, end:
        case Number(ordinal=False), Percentage():
            return Percentage(text=start.text, value=start.value), end
        case Number(ordinal=False), Quantity() if isinstance(end.amount, Number):
            return Quantity(text=start.text, amount=start, unit=end.unit, per=end.per), end
        case Quantity(), Quantity():
            return start, end
        case Money(), Number(ordinal=False) if not end.text.startswith("-"):
            return start, replace(start, text=end.text, amount=end.value, scale=end.scale or "", per="")
        case Number(), Time() if half := clock.clock_before_half(start, end):
            return half, end
        case Number(ordinal=False), Day() | Date() if re.fullmatch(r"\d\d?", start.text):
            month = end.month if isinstance(end, Day) else end.value.month
            return Day(text=start.text, day=int(start.value), month=month), end
        case Number(ordinal=True), Day() | Date() if start.value < 32:
            month = end.month if isinstance(end, Day) else end.value.month
            return Day(text=start.text, day=int(start.value), month=month), end
        case Day() | Date(), Day() | Date():
            return start, end
        case ((Money() | Percentage() | Number() | Time() | Year()), _) if type(start) is type(end):
            return start, end
        case (Year() | Number(), Year() | Number()) if ROUND.fullmatch(start.text) and ROUND.fullmatch(end.text):
            return _count(start), _count(end)
        case Year(), Number() | Quantity():
            return None
        case Day(), Number() if start.text[0].isalpha() and start.day < end.value < 32:
            return start, Day(text=end.text, day=int(end.value), month=start.month)
        case _:
            return None


def _count(value: Year | Number) -> Number:
    return Number(text=value.text, value=Decimal(value.value))


def _falls(start: Value, end: Value) -> bool:
    """True if the first end is the larger one. A dash with spaces around it may then be a pause."""
    first, last = _size(start), _size(end)
    return first is not None and last is not None and first > last


def _size(value: Value) -> float | None:
    match value:
        case Number() | Percentage():
            return float(value.value)
        case Quantity(amount=Number() as amount):
            return float(amount.value)
        case Money():
            scale = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}.get(value.scale, 1)
            return float(value.amount) * scale
        case Year():
            return float(value.value)
        case _:
            return None


def _years(scene: Scene, at: int, start: Year, end: int) -> Range | None:
    """Two years with the second cut short (2007–08, 2024–5, 2023/24), or a year and the next (2025/2026)."""
    text = scene.text
    joint = YEARS_JOINT.match(text, end, scene.end) if JOINTS.intersection(text[end : end + 2]) else None
    if joint is None:
        return None
    if joint[0] == "/" and (match := YEARS.match(text, joint.end(), scene.end)):
        if int(match[0]) == start.value + 1:
            return Range(text=text[at : match.end()], start=start, end=Year(text=match[0], value=int(match[0])))
        return None
    match = SHORT_YEAR.match(text, joint.end(), scene.end)
    if match is None:
        return None
    size = 10 ** len(match[0])
    years = (int(match[0]) - start.value) % size
    if len(joint[0]) > 1 and (years != 1 or size == TEN or COUNTED.match(text, match.end())):
        return None
    if (
        years == 0
        or (joint[0] == "/" and years != 1)
        or (years > 20 and len(match[0]) == 2 and int(match[0]) < start.value % 100)
    ):
        return None
    return Range(text=text[at : match.end()], start=start, end=Year(text=match[0], value=start.value + years))
