"""Plain words to typed values: money, percentages, numbers, dates, times, years, ranges, phone numbers, addresses.

The one place where figures are recognised. Every run of digits becomes a value, so that no channel meets a bare digit;
the characters of `text` are kept as written, so that the values read together are the words that went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from languages.en.lists import words
from languages.en.magnitude import is_million
from model.document import (
    Date,
    Day,
    Inline,
    Money,
    Number,
    Percentage,
    Phone,
    Range,
    Text,
    Time,
    Typed,
    WebAddress,
    Year,
)

MONTHS: Final = words("months")
MONTH_NUMBERS: Final = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
ORDINAL: Final = re.compile(r"(?:1[123]th|(?:^|[^1])1st|(?:^|[^1])2nd|(?:^|[^1])3rd|[04-9]th)$", re.IGNORECASE)
DAY: Final = re.compile(r"\d\d?(?:st|nd|rd|th)?")
DAYS: Final = re.compile(
    "[–-]|(?:,|,? (?:and|or|to|until)| ?&) (?:the )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6} )?(?:the )?"
)
"""What stands between the days of a list."""
CURRENCIES: Final[dict[str, Literal["GBP", "EUR", "USD"]]] = {"£": "GBP", "€": "EUR", "$": "USD"}
SCALES: Final = {"k": "thousand", "m": "million", "bn": "billion", "tn": "trillion"}
SHORT_CODES: Final = frozenset({"999", "112", "101", "111", "105", "119", "159", "18000", "18001"})
RELAYED: Final = "1800[12]"
"""What is dialled before another number, for a call with text."""
CALLS: Final = r"call|calling|dial|dialling|ring|ringing|phone|phoning|telephone|text|texting|contact"
CALLING: Final = re.compile(
    rf"\b(?:(?:(?:{CALLS})|(?:{CALLS}|helpline|number)\b[^.!?]{{0,80}} on)[ \u00a0]|NHS[ \u00a0]?)$", re.I
)
CALLED: Final = re.compile(r"[ \u00a0](?:number|service|helpline|call|calls|line)\b")

SPACE = "[ \u00a0]"
FIGURES = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,15})?|\d{1,15}(?:\.\d{1,15})?|(?<![\w.])\.\d{1,15}"
MINUS = r"(?:(?<![\w.,%)£€$–-])[-−]|\A–(?=[£€$])|(?:(?<=[,:;(] )|(?<=\())–(?=[\d£€$]))?"
MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept"
SCALE = rf"{SPACE}?(?a:thousand|million|billion|trillion|bn|tn)\b|(?a:k)\b|m\b"  # a: an ı is no i, a ſ no s
DOMAIN = (
    r"(?a:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}"
    r"(?:uk|wales|cymru|scot|london|com|org|net|info|eu|int|gov|edu|ie|io|tv))"
)

ADDRESSES: Final = (
    r"(?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    r"(?P<url>(?a:https)://[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]’'])",
    rf"(?P<domain>(?<![\w@./-]){DOMAIN}(?![\w-]|\.\w)(?:/[\w./%#?=&+-]*[\w/])?)",
)
VALUES: Final = (
    rf"(?P<phone>(?<![\d.,£€$])(?:{RELAYED}{SPACE}(?:999|101|105|111|112|119|159)|(?:{RELAYED}{SPACE})?(?:\+\d{{1,3}}{SPACE}?(?:\(0\){SPACE}?)?\d(?:{SPACE}?\d){{7,9}}"
    rf"|\(0\d{{2,4}}\){SPACE}?\d(?:{SPACE}?\d){{5,7}}"
    rf"|0[1-9](?:[ \u00a0-]?\d){{8,9}}|0800{SPACE}?1111|0845{SPACE}?46{SPACE}?47|116{SPACE}?\d{{3}}))(?!\d|,\d))",
    rf"(?P<money>(?P<minus>{MINUS})(?P<currency>[£€$])(?P<amount>{FIGURES})(?P<money_scale>{SCALE}|{SPACE}(?-i:m)\b(?![&'’]))?"
    r"(?:(?<=\.\d\d)(?-i:p)\b)?(?!\d))",
    r"(?P<pence>(?<![\w.,])\d{1,2}(?-i:p)\b)",
    rf"(?P<percentage>(?P<percent_figures>{MINUS}(?:{FIGURES})){SPACE}?%)",
    rf"(?P<date>(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{SPACE}(?P<month>(?-i:{MONTH}))\b"
    rf"(?:{SPACE}(?P<date_year>\d{{4}})(?!\d))?)",
    r"(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))",
    rf"(?P<time>(?<![\d.,])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{SPACE}?(?P<half>[ap]m)\b)",
    r"(?P<clock>(?<![\d.,:])(?P<clock_hour>[01]?\d|2[0-3]):(?P<clock_minute>[0-5]\d)(?![\d:]|,\d{3}))",
    r"(?P<year>(?:(?:(?<![\d.,/])|(?<=\bc\.))(?:1[5-9]|20)|(?<=\bin )1[0-4])\d{2}(?a:s)?(?![\d%\w])(?!,\d|\.\d))",
    rf"(?P<number>(?P<figures>{MINUS}(?:{FIGURES}))"
    rf"(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<scale>{SCALE}))?)",
)
ANY_VALUE: Final = rf"(?=[\d£€$+(.−–-])(?:{'|'.join(VALUES)})"
WITH_ADDRESSES: Final = re.compile("|".join((*ADDRESSES, ANY_VALUE)), re.IGNORECASE)
WITHOUT: Final = re.compile(ANY_VALUE, re.IGNORECASE)

FAR: Final = 120
"""Characters after a figure that may decide what it is."""
HAS_DIGITS: Final = re.compile(r"\d")
HAS_DOMAIN: Final = re.compile(r"\.[^\W\d]")
"""What every value has in it, and every address that has no @. Most text has neither, and a search for them costs far
more."""


def values(text: str) -> tuple[Inline, ...]:
    """`text` as plain words and typed values, in order; their texts together are `text`."""
    if "@" in text or HAS_DOMAIN.search(text):
        return tuple(_joined(_days(list(_found(text, WITH_ADDRESSES)))))
    if HAS_DIGITS.search(text):
        return tuple(_joined(_days(list(_found(text, WITHOUT)))))
    return (Text(text=text),) if text else ()


def value(text: str) -> Typed | None:
    """The typed value that is the whole of `text`, or None."""
    found = values(text.strip())
    return found[0] if len(found) == 1 and not isinstance(found[0], Text) else None  # type: ignore[return-value]


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[Inline]:
    at = 0
    while match := pattern.search(text, at):
        typed = _typed(match, text[: match.start()]) or _bare_number(match[0])
        if match.start() > at:
            yield Text(text=text[at : match.start()])
        yield typed
        at = match.start() + len(typed.text)
    if at < len(text):
        yield Text(text=text[at:])


def _bare_number(text: str) -> Number:
    """The figures that `text` starts with, where it looks like a date or time and is none ("31 February 2007")."""
    figures = re.match(r"[-−–.]*\d{1,15}", text)
    assert figures is not None
    return Number(text=figures[0], value=_decimal(figures[0]))


def _typed(match: re.Match[str], before: str) -> Typed | None:
    text, group = match[0], match.group
    match match.lastgroup:  # the group that ends last is the one around the others: the kind
        case "email":
            return WebAddress(text=text, target=f"mailto:{text}")
        case "url":
            return WebAddress(text=text, target=text.replace(text[:5], "https", 1))
        case "domain":
            return WebAddress(text=text, target=f"https://{text}")
        case "phone":
            return Phone(text=text, number=_dialled(text))
        case "money":
            currency = CURRENCIES[group("currency")]
            amount = _decimal(group("minus") + group("amount"))
            return Money(text=text, amount=amount, currency=currency, scale=_scale(group("money_scale")))
        case "pence":
            return Money(text=text, amount=Decimal(text[:-1]) / 100, currency="GBP")
        case "percentage":
            return Percentage(text=text, value=_decimal(group("percent_figures")))
        case "date":
            return _day(text, group("date_year"), MONTH_NUMBERS[group("month")[:3]], int(group("day")))
        case "iso":
            return _date(text, int(text[:4]), int(text[5:7]), int(text[8:]))
        case "time":
            return _time(text, int(group("hour")), int(group("minute") or 0), group("half").lower())
        case "clock":
            return Time(text=text, hour=int(group("clock_hour")), minute=int(group("clock_minute")))
        case "year":
            return Year(text=text, value=int(text.rstrip("sS")))
        case _:
            return _number(match, text, before)


def _number(match: re.Match[str], text: str, before: str) -> Phone | Number | None:
    """None for figures with an ending that is no ordinal's ("10st")."""
    if text in SHORT_CODES and (CALLING.search(before) or CALLED.match(match.string, match.end())):
        return Phone(text=text, number=text)
    ordinal, scale = match["ordinal"] is not None, match["scale"]
    if ordinal and not ORDINAL.search(text):
        return None
    if scale in ("m", "M") and not is_million(before, match.string[match.end() : match.end() + FAR]):
        text, scale = text[:-1], None
    return Number(text=text, value=_decimal(match["figures"]), ordinal=ordinal, scale=_scale(scale))


def _day(text: str, year: str | None, month: int, day: int) -> Date | Day | None:
    if year is not None:
        return _date(text, int(year), month, day)
    return Day(text=text, day=day, month=month) if _date(text, 2000, month, day) else None


def _date(text: str, year: int, month: int, day: int) -> Date | None:
    try:
        return Date(text=text, value=date(year, month, day))
    except ValueError:
        return None


def _time(text: str, hour: int, minute: int, half: str) -> Time | None:
    if not (1 <= hour <= 12 and minute < 60):
        return None
    return Time(text=text, hour=hour % 12 + (12 if half == "pm" else 0), minute=minute)


def _dialled(text: str) -> str:
    return re.sub(r"[^\d+]", "", text.replace("(0)", "") if text.startswith("+") else text)


def _decimal(figures: str) -> Decimal:
    return Decimal(figures.replace(",", "").replace("−", "-").replace("–", "-"))


def _scale(written: str | None) -> str:
    word = (written or "").strip(" \u00a0").lower()
    return SCALES.get(word, word)


def _days(found: list[Inline]) -> list[Inline]:
    """With the days of a list of days before one month: "24, 25 and 26 December"."""
    month = day = 0
    for at in range(len(found) - 1, -1, -1):
        match found[at]:
            case Day(month=month, day=day) | Date(value=date(month=month, day=day)):
                pass
            case Number(text=text, value=value) if month and 0 < value < day and DAY.fullmatch(text):
                day = int(value)
                if found[at + 1].text not in ("–", "-"):  # type: ignore[union-attr]
                    found[at] = Day(text=text, day=day, month=month)
            case Text(text=text) if DAYS.fullmatch(text):
                pass
            case _:
                month = 0
    return found


def _joined(found: list[Inline]) -> Iterator[Inline]:
    """Merge value, dash, value into a Range, and the numbers of one call ("101 or 999") into telephone numbers."""
    at = 0
    while at < len(found):
        span = _range(*found[at : at + 3]) if len(found) - at >= 3 and not _in_code(found, at) else None
        if span is not None:
            yield span
            at += 3
            continue
        one = found[at]
        if at >= 2 and isinstance(one, Number) and one.text in SHORT_CODES and _same_call(found[at - 2], found[at - 1]):
            one = found[at] = Phone(text=one.text, number=one.text)
        yield one
        at += 1


def _same_call(before: Inline, between: Inline) -> bool:
    return (
        isinstance(before, Phone)
        and isinstance(between, Text)
        and between.text in (" or ", ", or ", " and ", ", ", "/")
    )


def _in_code(found: list[Inline], at: int) -> bool:
    """Whether the figures at `at` are a piece of a longer code: 12-34-56, ABC-123-456."""
    if not isinstance(found[at], Number):
        return False
    before = found[at - 1] if at else None
    after = found[at + 3] if at + 3 < len(found) else None
    joined_before = isinstance(before, Text) and re.search(r"[\w–-]$", before.text)
    return bool(joined_before or (isinstance(after, Text) and re.match(r"[–-]", after.text)))


def _range(start: Inline, dash: Inline, end: Inline) -> Range | None:
    if not isinstance(dash, Text):
        return None
    text = _texts(start, dash, end)
    match start, end:
        case Year(), Number() if dash.text in "–-/" and re.fullmatch(r"\d\d", end.text):
            years = int(end.value) - start.value % 100
            if years < 1 or (dash.text == "/" and years != 1):
                return None
            return Range(text=text, start=start, end=Year(text=end.text, value=start.value + years))
        case Number(), Day() | Date() if dash.text in "–-" and re.fullmatch(r"\d\d?(?:st|nd|rd|th)?", start.text):
            month = end.month if isinstance(end, Day) else end.value.month
            return Range(text=text, start=Day(text=start.text, day=int(start.value), month=month), end=end)
        case Day() | Date(), Day() | Date() if dash.text in ("–", "-", " – "):
            return Range(text=text, start=start, end=end)
        case _ if dash.text not in "–-":
            return None
        case Number(), Percentage():
            return Range(text=text, start=Percentage(text=start.text, value=start.value), end=end)
        case Money(), Number():
            money = replace(start, text=end.text, amount=end.value, scale=end.scale)
            return Range(text=text, start=start, end=money)
        case Number(), Time() if clock := re.fullmatch(r"(1[0-2]|[1-9])(?:\.([0-5]\d))?", start.text):
            hour, minute = int(clock[1]) % 12, int(clock[2] or 0)
            afternoon = end.hour >= 12 and hour <= end.hour % 12
            return Range(text=text, start=Time(text=start.text, hour=hour + 12 * afternoon, minute=minute), end=end)
        case ((Money() | Percentage() | Number() | Time() | Year()), _) if type(start) is type(end):
            return Range(text=text, start=start, end=end)
        case _:
            return None


def _texts(*inlines: Inline) -> str:
    return "".join(getattr(inline, "text", "") for inline in inlines)


def dialled(text: str) -> Phone | None:
    """A whole text as a telephone number, with whatever prefix or length: "111", "18001 0800 77 66 00"."""
    if not re.fullmatch(r"\+?[\d() \u00a0-]{3,24}", text) or not HAS_DIGITS.search(text):
        return None
    return Phone(text=text, number=_dialled(text))
