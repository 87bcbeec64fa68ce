"""Times of day that the Document has as numbers, "from 10.15 until 4.30" or "0900hrs"; one style for all of a sentence.

A figure with a full stop is a time only beside what says so: a day, "open", a time that is one for sure, or "at" or
"until" where nothing is measured. The Document leaves it a number: "4.30" is the morning or the afternoon.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from languages.en import numbers
from languages.en.tokens import Leaf, Said, joint, written
from model.document import Number, Range, Time, Year

SPACE: Final = "[ \u00a0]"
DAY: Final = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?|nes|ur|urs|s?day|nesday|ursday|urday)?s?"
JOINT: Final = f"(?:{SPACE}?[–-]{SPACE}?|{SPACE}(?:to|until|till|and|or|for){SPACE}|,{SPACE})"
CLOCK: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)|(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d)")
HOUR: Final = re.compile(r"1?\d")
HOURS: Final = re.compile(f"{SPACE}?(?:hrs?|hours)\\b")
AMOUNT: Final = re.compile(f"{SPACE}(?:of|per|a|an|each|every|in|worked)\\b")
AT: Final = re.compile(f"\\b(?:at|from|until|till|by|before|after|since|between|to|and){SPACE}\\Z", re.IGNORECASE)
LEADING: Final = re.compile(r"0[1-9]\.")
BETWEEN: Final = re.compile(f"\\bbetween{SPACE}\\Z", re.IGNORECASE)
GOES_ON: Final = re.compile(r"[.,:/]\d")
"""The figures of something longer, such as a date."""
SURELY_AT: Final = re.compile(f"\\b(?:at|until|till){SPACE}\\Z", re.IGNORECASE)
PERHAPS_AT: Final = re.compile(f"\\b(?:from|by|before|after|since){SPACE}\\Z", re.IGNORECASE)
OPEN: Final = re.compile(
    "(?:\\b(?:opens?|opening(?: hours| times?)?|closes?|daily|weekdays|weekends|meeting|doors|gates|kick-off|lunch"
    f"|starts?|ends?|hours:|times?:|last (?:entry|admission|orders))|\\b{DAY}){SPACE}?[:,.]?{SPACE}\\Z",
    re.IGNORECASE,
)
SURE_BEFORE: Final = re.compile(rf"(?:(?<![\d.,])\d{{1,2}}(?:[.:]\d\d)?{SPACE}?[ap]m|\d:[0-5]\d){JOINT}\Z")
TIME_BEFORE: Final = re.compile(rf"(?<![\d.,:£€$])(\d{{1,2}}\.[0-5]\d){JOINT}\Z")
SURE_AFTER: Final = re.compile(
    rf"(?:{JOINT}\d{{1,2}}(?:[.:]\d\d)?)?(?:{JOINT}\d{{1,2}}(?:[.:]\d\d)?{SPACE}?[ap]m\b"
    rf"|,?{SPACE}\(?(?:on{SPACE})?(?:{DAY}\b|daily\b|weekdays\b)|{SPACE}(?:sharp|prompt)\b)"
)
MORE_TIMES: Final = rf"(?:{JOINT}\d{{1,2}}(?:[.:][0-5]\d)?(?:{SPACE}?(?:hrs?|hours|[ap]m))?(?![\w,%]|\.\d))*"
FREE: Final = re.compile(
    rf"{MORE_TIMES}(?:[.,;:)!?]|\Z|{SPACE}\(|{SPACE}(?:(?:until|till|to|and|or|[–-])(?!{SPACE}?\d)"
    rf"|(?:in{SPACE}the|each|every|this|next){SPACE}(?:morning|afternoon|evening|day|week)|noon|midday|midnight"
    rf"|daily|on"
    rf"|every|when|we|you|they|the|if|but|today|tomorrow|tonight|{DAY})\b)"
)
"""What may follow a time: nothing that is measured or counted."""
MEASURED: Final = re.compile(
    r"\b(?:average|mean|median|factor|multipl\w+|divid\w+|times|index|level|rat(?:es?|ios?)|scor\w+|BMI|pH|worth"
    r"|charges?|concessions?|costs?|fees?|pa(?:y|id)|prices?|priced|tickets?|valued?|wages?|yields?"
    r"|growth|inflation|unemployment|chang\w+|climb\w+|cuts?|decreas\w+|down|drop\w*|edg\w+|fallen|falls?|fell|grew"
    r"|grown"
    r"|improv\w+|increas\w+|jump\w+|mov\w+|narrow\w+|rang(?:es?|ed|ing)|reduced|rises?|risen|rose|slipp\w+|up|went"
    r"|widen\w+|stands?|stood|chapter|clause|figure|para\w*|rule|section|table|version)\b[^.!?]{0,60}\Z",
    re.IGNORECASE,
)
"""What a figure with a stop is no time after."""
AFTERNOON: Final = re.compile(r"(?<![\d.,:£€$])(?:1[3-9]|2[0-3])[.:][0-5]\d(?![\d%])")
FAR: Final = 80


def clock(leaf: Leaf, before: str, after: str, day: bool) -> tuple[Said, int] | None:
    """The words for a number or range where it is a time, and how much of the text after it belongs to it; `day` where
    the sentence is of the whole day."""
    match leaf:
        case Range(start=Number(), end=Number()):
            return _range(leaf, before, after, day)
        case Number() | Year():
            found = _moment(leaf.text, before, after)
            if found is None:
                return None
            return Said(text=leaf.text + after[: found[1]], words=_words(found[0], day)), found[1]
        case _:
            return None


def _range(leaf: Range, before: str, after: str, day: bool) -> tuple[Said, int] | None:
    start, end = leaf.start.text, leaf.end.text
    if _goes_down(start, end) and FREE.match(after) and not MEASURED.search(before[-FAR:]):
        return Said(text=leaf.text, words=f"{_hour(start)} {joint(before)} {_hour(end)}"), 0
    one = _moment(start, before, leaf.text[len(start) :] + after)
    other, more = _moment(end, before + leaf.text[: -len(end)], after) or (None, 0)
    if one is None or other is None:
        return None
    return Said(text=leaf.text + after[:more], words=_both(one[0], other, before, day)), more


def _goes_down(start: str, end: str) -> bool:
    """ "9-5.30" and "12.30–1.30", which can be of nothing but time."""
    times = all(CLOCK.fullmatch(one) or HOUR.fullmatch(one) for one in (start, end))
    return times and "." in start + end and Decimal(start.replace(":", ".")) > Decimal(end.replace(":", "."))


def _hour(figures: str) -> str:
    """ "nine", "five thirty": the hours of a range that has no half of the day."""
    hour, _, minute = figures.partition(".")
    return numbers.clock(int(hour), int(minute or 0))


def _moment(figures: str, before: str, after: str, depth: int = 0) -> tuple[Time, int] | None:
    """The time that `figures` are, and how much of `after` ("hrs") belongs to it; None for a number."""
    match = CLOCK.fullmatch(figures)
    if match is None:
        return None
    hour, minute = int(match["hour"] or match["hh"]), int(match["minute"] or match["mm"])
    if hours := HOURS.match(after):
        written = figures.startswith("0") or AT.search(before)
        if not written and (AMOUNT.match(after, hours.end()) or hours[0].endswith("hours") or len(figures) < 4):
            return None
        return Time(text=figures + hours[0], hour=hour, minute=minute), hours.end()
    if not match["hour"] or not _is_time(figures, before, after, depth):
        return None
    return Time(text=figures, hour=hour, minute=minute), 0


def _is_time(figures: str, before: str, after: str, depth: int) -> bool:
    if GOES_ON.match(after):
        return False
    if SURE_AFTER.match(after):
        return True
    if LEADING.match(figures):
        return True
    if not FREE.match(after):
        return False
    if SURE_BEFORE.search(before[-20:]) or OPEN.search(before[-FAR:]):
        return True
    earlier = TIME_BEFORE.search(before[-20:])
    if earlier and depth < 4:
        rest = before[len(before) - len(earlier[0]) + len(earlier[1]) :] + figures + after
        return _moment(earlier[1], before[: -len(earlier[0])], rest, depth + 1) is not None
    if MEASURED.search(before[-FAR:]):
        return False
    near = before[-10:]
    if BETWEEN.search(near):
        return ".00" in figures + after[:10]
    return SURELY_AT.search(near) is not None or (PERHAPS_AT.search(near) is not None and figures[-1] in "05")


def is_time(leaf: Leaf) -> bool:
    """Whether a leaf may be an end of "9:00 - 16:00"."""
    return isinstance(leaf, Time) or CLOCK.fullmatch(written([leaf])) is not None


def of_the_whole_day(text: str) -> bool:
    """Whether a sentence has a time that only the twenty-four hour clock has."""
    return AFTERNOON.search(text) is not None


def hundred_hours(leaf: Time | Range, before: str, after: str) -> Said | None:
    """An hour in a sentence of the whole day: "oh nine hundred hours", since "nine o'clock to sixteen hundred hours"
    mixes two ways of counting."""
    if isinstance(leaf, Range):
        start, end = leaf.start, leaf.end
        if not (isinstance(start, Time) and isinstance(end, Time) and (_is_hour(start) or _is_hour(end))):
            return None
        return Said(text=leaf.text, words=_both(start, end, before, True))
    return Said(text=leaf.text, words=_words(leaf, True)) if _is_hour(leaf) and not after.startswith(" noon") else None


def _is_hour(moment: Time) -> bool:
    return not moment.text.lower().endswith("m") and not moment.minute and moment.hour > 0


def _words(moment: Time, day: bool) -> str:
    return numbers.hours(moment) if day and _is_hour(moment) else numbers.time(moment)


def _both(start: Time, end: Time, before: str, day: bool) -> str:
    """ "oh nine hundred to sixteen hundred hours"."""
    first, last = _words(start, day), _words(end, day)
    first = first.removesuffix(" hours") if last.endswith(" hours") else first
    return f"{first} {joint(before)} {last}"
