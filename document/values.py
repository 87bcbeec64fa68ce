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

from document.model import (
    Date,
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

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
CURRENCIES: Final[dict[str, Literal["GBP", "EUR", "USD"]]] = {"£": "GBP", "€": "EUR", "$": "USD"}
SCALES: Final = {"k": "thousand", "m": "million", "bn": "billion", "tn": "trillion"}
SHORT_CODES: Final = frozenset({"999", "112", "101", "111", "105", "119", "159", "18000"})
CALLING = re.compile(r"\b(call|calling|dial|dialling|ring|ringing|phone|telephone|text|on|or|and)[ \u00a0]$", re.I)

SPACE = "[ \u00a0]"
FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = rf"{SPACE}?(?:thousand|million|billion|trillion)\b|bn\b|tn\b"
DOMAIN = (
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    r"(?:uk|wales|cymru|scot|london|com|org|net|info|eu|int|gov|edu|ie|io|tv)"
)

ADDRESSES: Final = (
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    r"(?P<url>https://[^\s<>\"“”]*[^\s<>\"“”.,;:!?()\[\]’'])",
    rf"(?P<domain>(?<![\w@./-]){DOMAIN}(?![\w-]|\.\w)(?:/[\w./%#?=&+-]*[\w/])?)",
)
VALUES: Final = (
    rf"(?P<phone>(?<![\d.,£€$])(?:\+44{SPACE}?(?:\(0\){SPACE}?)?\d(?:{SPACE}?\d){{8,9}}"
    rf"|\(0\d{{2,4}}\){SPACE}?\d(?:{SPACE}?\d){{5,7}}"
    rf"|0\d(?:[ \u00a0-]?\d){{6,9}}|116{SPACE}?\d{{3}})(?!\d|,\d))",
    rf"(?P<money>(?P<currency>[£€$])(?P<amount>{FIGURES})(?P<money_scale>{SCALE}|[mk]\b)?(?!\d))",
    r"(?P<pence>(?<![\w.,])\d{1,2}(?-i:p)\b)",
    rf"(?P<percentage>(?P<percent_figures>(?:(?<![\w.,])[-−])?(?:{FIGURES})){SPACE}?%)",
    rf"(?P<date>(?P<day>\d{{1,2}}){SPACE}(?P<month>{'|'.join(MONTHS)}){SPACE}(?P<date_year>\d{{4}})(?!\d))",
    r"(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))",
    rf"(?P<time>(?<![\d.,])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?{SPACE}?(?P<half>[ap]m)\b)",
    r"(?P<clock>(?<![\d.,:])(?P<clock_hour>[01]?\d|2[0-3]):(?P<clock_minute>[0-5]\d)(?![\d:]))",
    r"(?P<year>(?<![\d.,/])(?:1[5-9]|20)\d{2}s?(?![\d%\w])(?!,\d|\.\d))",
    rf"(?P<number>(?P<figures>(?:(?<![\w.,–-])[-−])?(?:{FIGURES}))"
    rf"(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<scale>{SCALE}))?)",
)
ANY_VALUE: Final = rf"(?=[\d£€$+(−-])(?:{'|'.join(VALUES)})"
WITH_ADDRESSES: Final = re.compile("|".join((*ADDRESSES, ANY_VALUE)), re.IGNORECASE)
WITHOUT: Final = re.compile(ANY_VALUE, re.IGNORECASE)


HAS_DIGITS: Final = re.compile(r"\d")
HAS_ADDRESS: Final = re.compile(r"@|\.[^\W\d]")
"""What every value and every address has in it. Most text has neither, and a search for them costs far more."""


def values(text: str) -> tuple[Inline, ...]:
    """`text` as plain words and typed values, in order; their texts together are `text`."""
    if HAS_ADDRESS.search(text):
        return tuple(_joined(list(_found(text, WITH_ADDRESSES))))
    if HAS_DIGITS.search(text):
        return tuple(_joined(list(_found(text, WITHOUT))))
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
    figures = re.match(r"\d+", text)
    assert figures is not None
    return Number(text=figures[0], value=Decimal(figures[0]))


def _typed(match: re.Match[str], before: str) -> Typed | None:
    text, group = match[0], match.group
    found = match.groupdict()
    match next(name for name in _KINDS if found.get(name) is not None):
        case "email":
            return WebAddress(text=text, target=f"mailto:{text}")
        case "url":
            return WebAddress(text=text, target=text)
        case "domain":
            return WebAddress(text=text, target=f"https://{text}")
        case "phone":
            return Phone(text=text, number=_dialled(text))
        case "money":
            currency = CURRENCIES[group("currency")]
            return Money(
                text=text, amount=_decimal(group("amount")), currency=currency, scale=_scale(group("money_scale"))
            )
        case "pence":
            return Money(text=text, amount=Decimal(text[:-1]) / 100, currency="GBP")
        case "percentage":
            return Percentage(text=text, value=_decimal(group("percent_figures")))
        case "date":
            month = [name.lower() for name in MONTHS].index(group("month").lower()) + 1
            return _date(text, int(group("date_year")), month, int(group("day")))
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


_KINDS: Final = (
    *("email", "url", "domain", "phone", "money", "pence", "percentage"),
    *("date", "iso", "time", "clock", "year", "number"),
)


def _number(match: re.Match[str], text: str, before: str) -> Phone | Number:
    if text in SHORT_CODES and CALLING.search(before):
        return Phone(text=text, number=text)
    ordinal = match["ordinal"] is not None
    return Number(text=text, value=_decimal(match["figures"]), ordinal=ordinal, scale=_scale(match["scale"]))


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
    return Decimal(figures.replace(",", "").replace("−", "-"))


def _scale(written: str | None) -> str:
    word = (written or "").strip(" \u00a0").lower()
    return SCALES.get(word, word)


def _joined(found: list[Inline]) -> Iterator[Inline]:
    """Merge value, dash, value into a Range."""
    at = 0
    while at < len(found):
        one, *rest = found[at : at + 3]
        span = _range(one, rest[0], rest[1]) if len(rest) == 2 else None
        if span is not None:
            yield span
            at += 3
        else:
            yield one
            at += 1


def _range(start: Inline, dash: Inline, end: Inline) -> Range | None:
    if not (isinstance(dash, Text) and dash.text in "–-"):
        return None
    text = _texts(start, dash, end)
    match start, end:
        case Year(), Number() if re.fullmatch(r"\d\d", end.text) and end.value > start.value % 100:
            full = start.value - start.value % 100 + int(end.value)
            return Range(text=text, start=start, end=Year(text=end.text, value=full))
        case Number(), Percentage():
            return Range(text=text, start=Percentage(text=start.text, value=start.value), end=end)
        case Money(), Number():
            money = replace(start, text=end.text, amount=end.value, scale=end.scale)
            return Range(text=text, start=start, end=money)
        case Number(), Time() if start.value == int(start.value) and 1 <= start.value <= 12:
            half = 12 if end.hour >= 12 and start.value % 12 <= end.hour % 12 else 0
            return Range(text=text, start=Time(text=start.text, hour=int(start.value) % 12 + half, minute=0), end=end)
        case ((Money() | Percentage() | Number() | Date() | Time() | Year()), _) if type(start) is type(end):
            return Range(text=text, start=start, end=end)
        case _:
            return None


def _texts(*inlines: Inline) -> str:
    return "".join(getattr(inline, "text", "") for inline in inlines)
