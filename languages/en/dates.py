"""Turns dates and years into values: "3rd May 2024", "May 1, 2024", 2024-05-03, 3/5/24, "Monday 1/4".

The day comes before the month. A date in figures whose day and month could change places is marked, so that the
reader can list it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Final

from languages.en.grammar import DASH, SPACE
from languages.en.lists import words
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Ambiguous, Date, Day, Joined, Number, Year

MONTHS: Final = words("months")
MONTH_NUMBERS: Final = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
NAMES: Final = "|".join(f"{name}|{name.upper()}" for name in MONTHS)
SHORT: Final = "|".join(f"{name[:3]}|{name[:3].upper()}" for name in MONTHS) + "|Sept|SEPT"
LOWER: Final = "|".join(
    [name.lower() for name in MONTHS if name not in ("March", "May")]
    + [rf"(?:{short})(?=[ \u00a0]\d{{4}}(?!\d))" for short in (*(name[:3].lower() for name in MONTHS), "march")]
)
"""Months with a small letter. Short ones, and those that are also words, count only before a year."""
MONTH: Final = f"(?P<month>{NAMES}|(?:{SHORT})\\.?|{LOWER})(?![\\w])"
WEEKDAY: Final = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?|nes|ur|urs|s?day|nesday|ursday|urday)?"
MONTH_AHEAD: Final = later(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?/)?\d{{1,2}}(?:{SPACE}?(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w))?(?:{SPACE}(?:of{SPACE})?|[-/–])?([A-Za-z]{{3}})"
)
"""The first letters of a word behind a day, which may be a month."""
AFTER_A_YEAR: Final = later(r"[ \u00a0][12]\d{3}/\Z")
"""The text before the second of two full dates: "31 December 2023/1 January 2024"."""
SIGNS: Final = frozenset("-/.")
"""The signs after the first figures of a date in figures."""

AFTER_YEAR: Final = (
    rf"[.;:)](?!\d)|\Z|,{SPACE}[a-z]"
    rf"|{SPACE}?(?:{DASH}|to\b|and\b|until\b|or\b){SPACE}?\d{{1,2}}(?:st|nd|rd|th)?{SPACE}?(?:{SHORT})"
)
"""Words that follow a year of two digits, but nothing that is counted."""
NAMED: Final = later(
    rf"(?P<day>\d{{1,2}})(?:{SPACE}?(?:st|nd|rd|th|ST|ND|RD|TH))?(?:{SPACE}(?:of{SPACE})?|(?P<sign>[-/–]))?{MONTH}"
    rf"(?:(?:,?{SPACE}|(?(sign)(?P=sign)|\b\B))(?P<year>\d{{4}}|['’‘]\d\d|(?(sign)\d\d|\d\d(?={AFTER_YEAR})))(?!\d|,\d{{3}}))?"
)
MONTH_FIRST: Final = later(
    rf"{MONTH}(?:{SPACE}|-)(?P<day>\d{{1,2}})(?P<ending>st|nd|rd|th)?(?![\d:]|[.,/]\d|%|[ap]m)(?:(?:,?{SPACE}|-)(?P<year>\d{{4}})(?!\d|,\d))?"
)
TWO_DAYS: Final = later(
    rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?/(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{SPACE}{MONTH}(?:{SPACE}(?P<year>\d{{4}})(?!\d))?"
)
YEAR_TOO: Final = later(r"(?:[A-Z][a-z]{2}|Sept)\.?[ \u00a0-][1-4]\d\Z|[A-Z][a-z]+-[1-4]\d\Z")
"""A text that may be a day or a year: "Nov 23" and "Apr-24" are spoken as they are written."""
ON: Final = later(r"(?:\bon|day,?)[ \u00a0]\Z", re.IGNORECASE)
ALONE: Final = later(r"\s?(?:[.,;:!?)–]|\Z|\s(?:at|to|and|from|until|is|was|for|in|or)\b)")
SLASHED: Final = later(r"(\d{1,2})(?:([/.])|-)(\d{1,2})(?(2)\2|-)(\d{4}|\d{2})(?![\d/]|\.\d|(?(2)\b\B|-\d))")
YEAR_FIRST: Final = later(r"((?:1[5-9]|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)")
NOUGHT: Final = later(r"0\d/\d\d|\d\d/0\d")
"""No fraction is written like this."""
PAIR: Final = later(r"(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
SECTION: Final = later(
    r"(?:\b(?:para|paras|paragraphs?|sections?|versions?|v|rules?|chapters?|clauses?|parts?|items?|points?|tables?"
    r"|figures?|regulations?|articles?|schedules?|annex|appendix|release)\.?[ \u00a0]?|\bv)\Z",
    re.IGNORECASE,
)
"""Words before figures with stops that are not a date."""
OF_A_VOLUME: Final = later(r"\bvol(?:ume|\.)? \d+,? (?:issue|number|no\.?|part) \Z", re.IGNORECASE)
"""Words before the number of an issue, behind which its month may stand: "Volume 8 issue 11 June 2015"."""
SAYS_DATE: Final = later(
    r"\b(?:dated?|on|by|from|until|till|since|due|before|after|born|dob|expires?|to)\b[:]? \Z", re.I
)
"""Words before a date. They make 03-07-16 a date and not a sort code."""
SAYS_DAY: Final = later(
    rf"(?:\b{WEEKDAY}(?:,? (?:the )?)"
    r"|\b(?:year|months?|mths|weeks|period|quarter) to "
    r"|\bweek (?:of|beginning|commencing|ending|starting)(?: \w+day)? |\bw/[ce] (?:\w+ )?"
    r"|\b(?:deadline|due|closing date|updated|dated|date|expires?|expiring|closes|closed|ends|begins|starts)"
    r"(?: is| on| by|:)*[:]? |\bby |\buntil |\bon )\Z",
    re.IGNORECASE,
)
SURELY_DAY: Final = later(
    rf"\b{WEEKDAY},? (?:the )?\Z|(?:year|months?|mths|period|quarter) to|week|w/|deadline|due|dat", re.IGNORECASE
)
FIRST_DAY: Final = later(r"(?<!\d)\d{1,2}[-–]\Z")
"""The first of two days: "closed 24–26/12"."""
TIMED: Final = later(r"(?:\d[ \u00a0]?(?:hrs|hours|[ap]m)|[.:]\d\d)[ \u00a0]on \Z", re.IGNORECASE)
"""A time before a day of figures: "2330hrs on 3/5"."""
NO_DAY: Final = later(r" of\b|%|[ -](?:day|hour|term)")
SAYS_TWO: Final = later(
    rf"(?:\b{WEEKDAY}|\bdue|\bon|\bby|\bw/[bce]|\bdates?:?) \d{{1,2}}/\d{{1,2}}(?: ?&|,| and| or) \Z", re.IGNORECASE
)
"""The text before the second of two days: "due 31/1 & 31/7"."""
TO_A_DATE: Final = later(rf"{SPACE}?{DASH}{SPACE}?\d{{1,2}}/\d{{1,2}}/\d\d")
"""The rest of "6/4–5/5/60"."""
DATES: Final = later(r"\b(?:[Dd]ates?|INSET|[Hh]alf[- ]term|[Bb]ank holidays?)\b")
"""Words of a sentence about days."""
AND_A_DAY: Final = rf"(?:{SPACE}?{DASH}{SPACE}?|{SPACE}?&{SPACE}?|,{SPACE}|,?{SPACE}(?:and|or|to){SPACE})"
TO_A_DAY: Final = later(rf"{AND_A_DAY}\d{{1,2}}/\d{{1,2}}(?![\d/])")
FROM_A_DAY: Final = later(rf"\d(?:/\d{{1,2}})?{AND_A_DAY}\Z")
APOSTROPHES: Final = ("'", "’", "‘")
LAST_DAY: Final = 31
PIVOT: Final = 50
"""Years with two digits below this are in the 2000s, the others in the 1900s."""

YEAR: Final = later(r"(?:1[5-9]|20)\d{2}(?P<plural>[’']?s)?(?:(?![\d%\w])|(?=Q[1-4](?!\w)))(?!,\d|\.\d)")
COUNTS: Final = later(
    r"\b(?:number|no\.|nos\.|count|quantity|how many|frequency|population|people|persons|pupils"
    r"|patients|students|staff|households|homes|dwellings|cases|deaths|births|offences|crimes|incidents|visits|applications"
    r"|claims|responses|vehicles|jobs)\b",
    re.IGNORECASE,
)
"""The header of a column of counts. Below it, 2015 alone is no year."""
OF_YEARS: Final = later(
    r"\b(?:years?|dates?|since|built|established|period|when)\b|\A(?:number|no\.?)\Z", re.IGNORECASE
)
OF_TWO: Final = later(rf"(?:\b(?:summer|autumn|winter|spring|class of)|(?<![^\W_]){MONTH}) ['’‘]\Z", re.IGNORECASE)
TWO: Final = later(r"\d\d(?![\w%]|[.,:/]\d)")
"""The figures of a year after its month or season: "Nov '23"."""
LONG_AGO: Final = later(r"(?P<year>1[0-4]\d{2})(?![\d%\w])(?!,\d|\.\d)")
SINCE: Final = later(r"\b(?:in|since|c\.|AD) ?\Z", re.IGNORECASE)


def of_day(text: str, year: str | None, month: int, day: int) -> Date | Day | None:
    """A day of a month, with its year where `year` gives one. None where the month has no such day."""
    if year is not None:
        moment = _moment(_full(year), month, day)
        return Date(text=text, value=moment) if moment else None
    return Day(text=text, day=day, month=month) if _moment(2000, month, day) else None


def dated(scene: Scene, at: int) -> Date | Day | Joined | Ambiguous | None:
    """A date that begins with figures."""
    text = scene.text
    if scene.follows(at, ".") or (
        text[at - 1 : at] in ("/", ",")
        and text[at - 2 : at - 1].isdecimal()
        and not AFTER_A_YEAR.search(text[max(0, at - 8) : at])
    ):
        return None
    digits, behind = scene.digits_end(at) - at, scene.behind(at)
    if digits > 2 and not (digits == 4 and behind in SIGNS):
        return None
    named = MONTH_AHEAD.match(text, at, scene.end)
    if named is not None and (named[1].title() not in MONTH_NUMBERS or OF_A_VOLUME.search(scene.before(at)[-32:])):
        named = None
    if named and (match := NAMED.match(text, at, scene.end)):
        whole, year = match[0], match["year"]
        if match["month"].endswith(".") and not year and not match["sign"]:
            whole = whole.rstrip(".") if text[match.end() : match.end() + 1] == "" else whole
        return of_day(whole, year, MONTH_NUMBERS[match["month"][:3].title()], int(match["day"]))
    if named and (match := TWO_DAYS.match(text, at, scene.end)) and int(match["first"]) < int(match["day"]):
        month, day = MONTH_NUMBERS[match["month"][:3].title()], int(match["day"])
        last = of_day(text[match.start("day") : match.end()], match["year"], month, day)
        first = of_day(match["first"], None, month, int(match["first"]))
        return Joined(text=match[0], values=(first, last), joint="or") if first and last else None
    if behind not in SIGNS:
        return None
    if match := YEAR_FIRST.match(text, at, scene.end):
        moment = _moment(int(match[1]), int(match[3]), int(match[4]))
        return Date(text=match[0], value=moment) if moment else _no_date(match[0])
    if match := SLASHED.match(text, at, scene.end):
        return _in_figures(match, scene.before(at))
    match = PAIR.match(text, at, scene.end)
    return _pair(scene, at, match) if match else None


def _pair(scene: Scene, at: int, match: re.Match[str]) -> Day | None:
    """A day and its month, of two figures with a slash that the words around them show to be a date: "due 31/1"."""
    led, figures, end = FIRST_DAY.sub("", scene.led(at)), match[0], match.end()
    day, month = int(match[1]), int(match[2])
    of_dates = scene.speaks_of(DATES, at)
    to_date = TO_A_DATE.match(scene.text, end, scene.end) is not None
    shown = (
        to_date
        or SAYS_DAY.search(led)
        or SAYS_TWO.search(led)
        or (of_dates and (TO_A_DAY.match(scene.text, end) or FROM_A_DAY.search(scene.before(at)[-16:])))
        or (NOUGHT.fullmatch(figures) and month != day + 1 and SAYS_DATE.search(led))
    )
    if not shown or not _moment(2000, month, day) or NO_DAY.match(scene.text, end):
        return None
    clear = day > month or month > 8 or NOUGHT.fullmatch(figures)
    timed = TIMED.search(led[-20:]) and ALONE.match(scene.text, end)
    sure = to_date or of_dates or clear or timed or SURELY_DAY.search(led[-20:])
    return Day(text=figures, day=day, month=month) if sure else None


def month_first(scene: Scene, at: int) -> Date | Day | None:
    """A date that begins with its month: "May 1st, 2024"."""
    match = MONTH_FIRST.match(scene.text, at, scene.end)
    if match is None or re.search(r"[\w.]\Z|\d \Z", scene.text[max(0, at - 2) : at]):
        return None
    if not (match["year"] or match["ending"] or ALONE.match(scene.text, match.end())):
        return None
    if not (match["year"] or match["ending"]) and YEAR_TOO.match(match[0]):
        alone = at == scene.begin or "-" in match[0] or not match[0].startswith("May")
        if alone and not ON.search(scene.before(at)[-12:]):
            return None
    return of_day(match[0], match["year"], MONTH_NUMBERS[match["month"][:3].title()], int(match["day"]))


def year(scene: Scene, at: int) -> Year | None:
    """A year in four figures, or a decade."""
    text = scene.text
    if scene.digits_end(at) - at != 4:
        if text[at - 1 : at] in APOSTROPHES and (match := TWO.match(text, at, scene.end)):
            return Year(text=match[0], value=_full(match[0])) if OF_TWO.search(scene.before(at)[-20:]) else None
        return None
    if scene.follows(at, "/.,") and not re.search(r"\b[Cc]\.\Z|\ds/\Z", text[max(0, at - 4) : at]):
        return None
    whole = at == scene.begin and scene.end - at == len("2015")
    if whole and scene.about and COUNTS.search(scene.about) and not OF_YEARS.search(scene.about):
        return None
    if match := YEAR.match(text, at, scene.end):
        return Year(text=match[0], value=int(match[0][:4]))
    if SINCE.search(scene.before(at)[-8:]) and (match := LONG_AGO.match(text, at, scene.end)):
        return Year(text=match[0], value=int(match[0]))
    return None


def _in_figures(match: re.Match[str], before: str) -> Date | Ambiguous | None:
    """A date in British order. Where only the American order makes a date, it is read in that."""
    first, sign, second, year = int(match[1]), match[2] or "-", int(match[3]), match[4]
    if sign == "." and SECTION.search(before):
        return None
    if sign == "-" and len(year) == 2 and not SAYS_DATE.search(before):
        return None
    full = _full(year)
    british, american = _moment(full, second, first), _moment(full, first, second)
    if british:
        return Date(text=match[0], value=british, assumed=american is not None and american != british)
    if len(year) == 2 and (sign == "." or second > LAST_DAY):
        return None
    return Date(text=match[0], value=american) if american else _no_date(match[0])


def _no_date(text: str) -> Ambiguous:
    return Ambiguous(text=text, kind="date", readings=())


def _full(year: str) -> int:
    year = year.lstrip("".join(APOSTROPHES))
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < PIVOT else 1900)


def _moment(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def is_day_text(found: object) -> bool:
    """True for a number that may be a day in a list of days before one month."""
    return isinstance(found, Number) and re.fullmatch(r"\d\d?(?:st|nd|rd|th)?", found.text) is not None
