"""Turns times of day into values: 9am, 5.30 p.m., 17:30, 0900 hours, noon, and "10.15" where words beside it say so.

Where nothing says so, a figure with a stop is a number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from languages.en import durations
from languages.en.grammar import DASH, SPACE
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Ambiguous, Code, Joined, Number, Quantity, Range, Time

DAY: Final = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?|nes|ur|urs|s?day|nesday|ursday|urday)?s?"
JOINT: Final = f"(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:to|until|till|and|or|for|&){SPACE}|,{SPACE})"
HALVES: Final = frozenset("aApPnm")
SIGNS: Final = HALVES | {".", ":"}
"""Signs that may stand after the first figures of a time, unless these are four."""
HALF: Final = rf"{SPACE}?(?P<half>[aApP])(?:[mM](?!\w)|\.{SPACE}?[mM](?!\w)\.?)"
TWELVE: Final = later(rf"(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{HALF}")
DAY_LONG: Final = later(
    rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:]|,\d{{3}})(?P<hours>{SPACE}?(?:hrs?|hours)\b)?"
)
MIDNIGHT: Final = later(r"24:00(?![\d:])")
NAMED: Final = later(rf"12(?:[.:]00)?{SPACE}?(?P<name>noon|midday|midnight)\b")
WORD: Final = later(r"(?P<name>noon|midday|midnight)\b", re.IGNORECASE)
NAMES: Final = {"noon": 12, "midday": 12, "midnight": 0}
CLOCK: Final = later(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)|(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d)")
FIGURES: Final = later(r"\d{4}(?![\d.,]\d|\d)|\d{1,2}[.:]\d\d(?![\d:])(?!\.\d)")
HOUR: Final = later(r"1?\d")
HOURS: Final = later(f"{SPACE}?(?:hrs?|hours)\\b")
AMOUNT: Final = later(f"{SPACE}(?:of|per|a|an|each|every|in|worked)\\b")
AT: Final = later(f"\\b(?:at|from|until|till|by|before|after|since|between|to|and){SPACE}\\Z", re.IGNORECASE)
LEADING: Final = later(r"0[1-9]\.")
SURELY_BEFORE: Final = later(f"\\b(?:at|from|until|till|by|before|after|since){SPACE}\\Z", re.IGNORECASE)
AND_WHOLE: Final = later(r" and 1?\d(?![\d.,%])")
"""The second of "between 9.30 and 11"."""
BETWEEN: Final = later(f"\\bbetween{SPACE}\\Z", re.IGNORECASE)
GOES_ON: Final = later(r"[.,:/]\d")
"""More figures: the ones before belong to something longer, such as a date."""
TIMETABLED: Final = later(f"\\b(?:arr|dep)(?:\\.|s|arts?|ives?)?:?{SPACE}\\Z", re.IGNORECASE)
SURELY_AT: Final = later(f"\\b(?:at|until|till){SPACE}\\Z", re.IGNORECASE)
PERHAPS_AT: Final = later(f"\\b(?:from|by|before|after|since){SPACE}\\Z", re.IGNORECASE)
OPEN: Final = later(
    "(?:\\b(?:opens?|opening(?: hours| times?)?|closes?|daily|weekdays|weekends|meeting|doors|gates|kick-off|lunch"
    "|arrive|depart|leave|arr\\.?|dep\\.?|(?<![a-z] )shows?|performances?|first:|last:"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
    f"|starts?|ends?|hours:|times?:|last (?:entry|admission|orders))|\\b{DAY}){SPACE}?[:,.]?{SPACE}\\Z",
    re.IGNORECASE,
)
SURE_BEFORE: Final = later(rf"(?:(?<![\d.,])\d{{1,2}}(?:[.:]\d\d)?{SPACE}?[ap]m|\d:[0-5]\d){JOINT}\Z")
TIME_BEFORE: Final = later(rf"(?<![\d.,:£€$])(\d{{1,2}}\.[0-5]\d){JOINT}\Z")
SURE_AFTER: Final = later(
    rf"(?:{JOINT}\d{{1,2}}(?:[.:]\d\d)?)?(?:{JOINT}\d{{1,2}}(?:[.:]\d\d)?{SPACE}?[ap]m\b"
    rf"|{JOINT}(?:12{SPACE}?)?(?:noon|midday|midnight)\b"
    rf"|{SPACE}(?:train|bus|coach|ferry|sailing|departure|appointment|dep|arr)\b"
    rf"|,?{SPACE}\(?(?:on{SPACE})?(?:{DAY}\b|daily\b|weekdays\b)|{SPACE}(?:sharp|prompt)\b)"
)
OF_TIMES: Final = later(
    r"(?:(?:start|end|finish|opening|closing|departure|arrival|appointment|meeting) )?times?"
    r"|opens?|closes?|opening hours|departs?|arrives?|departures?|arrivals?",
    re.IGNORECASE,
)
"""The header of a column of times."""
ZONE: Final = later("(?:UTC|GMT)[ \u00a0]?[-+−–]\\Z")
"""What stands before the hours that a zone is before or behind: UTC+05:30."""
ZULU: Final = later(r"Z(?!\w)")
"""The letter of universal time: 1800Z."""
ON_DATE: Final = later(rf"{SPACE}on{SPACE}(?:the{SPACE})?\d{{1,2}}(?:[./]\d|(?:st|nd|rd|th)?{SPACE}[A-Z][a-z]{{2}})")
LEAVES: Final = later(rf"{SPACE}(?:to|from){SPACE}[A-Z][a-z]")
"""What follows the time of a train or a bus: "the 9.15 to Leeds"."""
DEPARTURE: Final = later(r"(?:\A|\b(?:the|catch|caught|take|took) )\Z", re.IGNORECASE)
MORE_TIMES: Final = rf"(?:{JOINT}\d{{1,2}}(?:[.:][0-5]\d)?(?:{SPACE}?(?:hrs?|hours|[ap]m))?(?![\w,%]|\.\d)){{0,8}}"
FREE: Final = later(
    rf"{MORE_TIMES}(?:[.,;:)!?]|\Z|{SPACE}\(|{SPACE}(?:(?:until|till|to|and|or|[–-])(?!{SPACE}?\d)"
    rf"|(?:in{SPACE}the|each|every|this|next){SPACE}(?:morning|afternoon|evening|day|week)|noon|midday|midnight"
    rf"|daily|on"
    rf"|every|when|we|you|they|the|if|but|today|tomorrow|tonight|{DAY})\b)"
)
"""Words that may follow a time. None of them is measured or counted."""
MEASURED: Final = later(
    r"\b(?:average|mean|median|factor|multipl\w+|divid\w+|times|index|level|rat(?:es?|ios?)|scor\w+|BMI|pH|worth"
    r"|charges?|concessions?|costs?|fees?|pa(?:y|id)|prices?|priced|tickets?|valued?|wages?|yields?"
    r"|growth|inflation|unemployment|chang\w+|climb\w+|cuts?|decreas\w+|down|drop\w*|edg\w+|fallen|falls?|fell|grew"
    r"|grown"
    r"|improv\w+|increas\w+|jump\w+|mov\w+|narrow\w+|rang(?:es?|ed|ing)|reduced|rises?|risen|rose|slipp\w+|up|went"
    r"|widen\w+|stands?|stood|chapter|clause|figure|para\w*|rule|section|table|version)\b[^.!?]{0,60}\Z",
    re.IGNORECASE,
)
"""Words before a figure with a stop that show that it is not a time."""
FAR: Final = 80


def time(scene: Scene, at: int) -> Time | Joined | Quantity | Code | Ambiguous | None:
    """A time of day that its form or the words around it show to be one."""
    text = scene.text
    if not (scene.behind(at) in SIGNS or scene.beyond(at) in HALVES or scene.digits_end(at) - at == 4):
        return None
    if scene.follows(at, "£€$") or (text[at - 1 : at] in (".", ",", ":") and text[at - 2 : at - 1].isdecimal()):
        return None
    if match := TWELVE.match(text, at, scene.end):
        return _twelve(match)
    if match := MIDNIGHT.match(text, at, scene.end):
        return Time(text=match[0], hour=0, minute=0)
    if race := durations.RACE.match(text, at, scene.end):
        return durations.race(race)
    if match := DAY_LONG.match(text, at, scene.end):
        if ZONE.search(scene.before(at)[-5:]):
            return durations.lasting(match[0], ("h", "min"))
        if at == scene.begin and scene.about and (long := durations.duration(match, scene.about)):
            return long
        second = int(match["second"]) if match["second"] else None
        hour, minute = int(match["hour"]), int(match["minute"])
        return Time(text=match[0], hour=hour, minute=minute, second=second)
    if match := NAMED.match(text, at, scene.end):
        return Time(text=match[0], hour=NAMES[match["name"]], minute=0)
    if match := FIGURES.match(text, at, scene.end):
        found = _moment(match[0], _before(scene, at), scene.after(match.end()))
        return found[0] if found else None
    return None


def _before(scene: Scene, at: int) -> str:
    """The text before figures; in a column of times a word that says so."""
    return "time: " if at == 0 and scene.about and OF_TIMES.fullmatch(scene.about) else scene.before(at)


def word(scene: Scene, at: int) -> Time | None:
    """Noon, midday or midnight as the end of a range."""
    match = WORD.match(scene.text, at, scene.end)
    return Time(text=match[0], hour=NAMES[match["name"].lower()], minute=0) if match else None


def _twelve(match: re.Match[str]) -> Time | Ambiguous | None:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"].lower()
    if minute > 59 or hour > 23:
        return None
    if 1 <= hour <= 12:
        return Time(text=match[0], hour=hour % 12 + (12 if half == "p" else 0), minute=minute)
    if match["minute"] and half == "p" and hour:
        return Time(text=match[0], hour=hour, minute=minute)
    return Ambiguous(text=match[0], kind="time", readings=(f"{hour}:{minute:02}",))


def bare_range(scene: Scene, at: int) -> Range | None:
    """Two hours with a dash between. The first comes after the second ("9-5.30"), so that nothing but time can be
    meant, or the words around them make them times."""
    early = QUARTERS.match(scene.text, at, scene.end) if scene.text[at] == "0" else None
    if early and early[1] < early[2]:
        return _hundreds(early, HOURS.match(scene.after(early.end())))
    if scene.behind(at) not in RANGED or scene.follows(at, ".,:/£€$-"):
        return None
    match = BARE.match(scene.text, at, scene.end)
    day = DAY_TIMES.match(scene.text, at, scene.end)
    if day and FREE.match(scene.after(day.end())) and not MEASURED.search(scene.before(at)):
        start, _, end = day[0].replace("–", "-").partition("-")
        return Range(text=day[0], start=_hour(start.strip()), end=_hour(end.strip()))
    if match is None:
        return None
    start, end = match[1], match[2]
    before, after = _before(scene, at), scene.after(match.end())
    if re.match(r"[\d%:/]|[.,]\d|[–-]\d", after):
        return None
    if (
        (_goes_down(start, end) or QUARTER_HOURS.fullmatch(match[0]))
        and FREE.match(after)
        and not MEASURED.search(before[-FAR:])
    ):
        return Range(text=match[0], start=_hour(start), end=_hour(end))
    if (
        (hours := HOURS.match(after))
        and len(start) == len(end) == 4
        and CLOCK.fullmatch(start)
        and CLOCK.fullmatch(end)
    ):
        return _hundreds(match, hours)
    one = _moment(start, before, match[0][len(start) :] + after)
    other = _moment(end, before + match[0][: -len(end)], after)
    if one is None or other is None:
        return None
    return Range(text=match[0] + after[: len(other[0].text) - len(end)], start=one[0], end=other[0])


RANGED: Final = frozenset(".:-–")
QUARTERS: Final = later(
    rf"(0[5-9](?:00|15|30|45))(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:to|until|till|and){SPACE})((?:[01]\d|2[0-3])(?:00|15|30|45))(?![\w%]|[.,:/-]\d)"
)
"""Two times that begin early in the day: 0800-1800."""
BARE: Final = later(r"(\d{1,2}(?:[.:]\d\d)?|\d{4})[-–](\d{1,2}(?:[.:]\d\d)?|\d{4})(?!\d)")


QUARTER_HOURS: Final = later(r"(?:1[0-2]|[1-9])[-–](?:1[0-2]|[1-9])\.(?:00|15|30|45)")
""" "10–11.30": an hour, and one with its quarters."""


DAY_TIMES: Final = later(
    rf"(?:[5-9]|0[5-9]|1\d|2[0-2])\.(?:00|15|30|45){SPACE}?{DASH}{SPACE}?(?:1[3-9]|2[0-3])\.(?:00|15|30|45)(?!\d)"
)
""" "8.00 – 18.00": the hours of a day."""


def _goes_down(start: str, end: str) -> bool:
    """True for "9-5.30" and "12.30–1.30": times whose first figure is the larger one."""
    times = all(CLOCK.fullmatch(one) or HOUR.fullmatch(one) for one in (start, end))
    return times and "." in start + end and Decimal(start.replace(":", ".")) > Decimal(end.replace(":", "."))


def _hour(figures: str) -> Time:
    """An hour of a range without am or pm, taken as it is written."""
    hour, _, minute = figures.partition(".")
    return Time(text=figures, hour=int(hour), minute=int(minute or 0))


def _hundred(figures: str) -> Time:
    return Time(text=figures, hour=int(figures[:2]), minute=int(figures[2:]))


def _hundreds(day: re.Match[str], hours: re.Match[str] | None) -> Range:
    """Two times of four figures, with the "hrs" behind them if there is one."""
    behind = hours[0] if hours else ""
    start, end = _hundred(day[1]), _hundred(day[2])
    return Range(text=day[0] + behind, start=start, end=replace(end, text=end.text + behind))


def _moment(figures: str, before: str, after: str, depth: int = 0) -> tuple[Time, int] | None:
    """The time that `figures` mean, and how many characters of `after` ("hrs") belong to it. None for a number."""
    match = CLOCK.fullmatch(figures)
    if match is None:
        return None
    hour, minute = int(match["hour"] or match["hh"]), int(match["minute"] or match["mm"])
    if hours := HOURS.match(after):
        written = figures.startswith("0") or AT.search(before)
        if not written and (AMOUNT.match(after, hours.end()) or hours[0].endswith("hours") or len(figures) < 4):
            return None
        return Time(text=figures + hours[0], hour=hour, minute=minute), hours.end()
    early = match["hh"] and figures[0] == "0" and SURELY_BEFORE.search(before) and FREE.match(after)
    if (
        early
        or (match["hh"] and TIMETABLED.search(before[-12:]))
        or (match["hh"] and AT.search(before) and ZULU.match(after))
    ):
        return Time(text=figures, hour=hour, minute=minute), 0
    if not match["hour"] or not _is_time(figures, before, after, depth):
        return None
    return Time(text=figures, hour=hour, minute=minute), 0


def _is_time(figures: str, before: str, after: str, depth: int) -> bool:
    if GOES_ON.match(after):
        return False
    if SURE_AFTER.match(after):
        return True
    if ON_DATE.match(after):
        return MEASURED.search(before[-FAR:]) is None
    if LEADING.match(figures):
        return True
    if LEAVES.match(after) and DEPARTURE.search(before) and figures[0] != "0":
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
        return ".00" in figures + after[:10] or (
            int(figures.partition(".")[0]) > 5 and AND_WHOLE.match(after) is not None
        )
    return SURELY_AT.search(near) is not None or (PERHAPS_AT.search(near) is not None and figures[-1] in "05")


def clock_before_half(start: Number, end: Time) -> Time | None:
    """The start of "9–11am": its am or pm follows from that of the end. None where it is no such hour."""
    clock = re.fullmatch(r"(1[0-2]|[1-9])(?:\.([0-5]\d))?", start.text)
    if clock is None:
        return None
    if end.text.lower() in NAMES:
        return Time(text=start.text, hour=int(clock[1]), minute=int(clock[2] or 0))
    if not end.text.lower().rstrip(".").endswith("m"):
        return None
    hour, minute = int(clock[1]) % 12, int(clock[2] or 0)
    afternoon = end.hour >= 12 and hour <= end.hour % 12
    return Time(text=start.text, hour=hour + 12 * afternoon, minute=minute)
