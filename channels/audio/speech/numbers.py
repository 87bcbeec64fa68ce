"""Typed values to English words: "£9.50" to "nine pounds fifty", "0800 77 66 00" to "oh eight hundred, double seven …".

`num2words` counts; it is not asked for money (its pounds are "pounds sterling" and 9.50 loses its zero) nor for
decimals ("zero point five").
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, assert_never

from num2words import num2words

from document.model import Date, Day, Money, Number, Percentage, Phone, Range, Time, Value, Year

DIGITS: Final = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIALLED: Final = ("oh", *DIGITS[1:])
CURRENCIES: Final = {
    "GBP": (("pound", "pounds"), ("penny", "pence")),
    "EUR": (("euro", "euros"), ("cent", "cents")),
    "USD": (("dollar", "dollars"), ("cent", "cents")),
}
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LONG_GROUP: Final = 7
"""More digits than this without a space are read in groups of our own: nobody remembers eleven digits in one go."""


def value(inline: Value) -> str:
    """The words of one value."""
    match inline:
        case Money():
            return money(inline)
        case Percentage():
            return f"{decimal(inline.value)} per cent"
        case Number():
            return number(inline)
        case Date() | Day():
            return day(inline)
        case Time():
            return time(inline)
        case Year():
            return year(inline)
        case _:
            assert_never(inline)


def cardinal(count: int) -> str:
    """A whole number in words, without commas, which voices would pause at: "one thousand nine hundred"."""
    words: str = num2words(abs(count), lang="en_GB")
    words = words.replace(",", "").replace("zero", "nought")
    return f"minus {words}" if count < 0 else words


def ordinal(count: int) -> str:
    """ "twenty-first"."""
    words: str = num2words(count, lang="en_GB", to="ordinal")
    return words.replace(",", "")


def decimal(amount: Decimal) -> str:
    """A number in words, the digits after the point said singly: 9.50 is "nine point five nought"."""
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    words = cardinal(int(whole))
    if fraction:
        words += " point " + " ".join(DIGITS[int(digit)] for digit in fraction)
    return f"minus {words}" if amount < 0 else words


def number(inline: Number) -> str:
    """A number; figures that begin with 0 are a code, and are read digit by digit."""
    if inline.ordinal:
        return ordinal(int(inline.value))
    if re.fullmatch(r"0\d+", inline.text):
        return " ".join(DIALLED[int(digit)] for digit in inline.text)
    return _scaled(decimal(inline.value), inline.scale)


def money(inline: Money) -> str:
    """ "one pound", "nine pounds fifty", "fifty pence", "one hundred and sixty-five million pounds"."""
    (one, many), (small_one, small_many) = CURRENCIES[inline.currency]
    amount = inline.amount
    if inline.scale:
        return f"{_scaled(decimal(amount), inline.scale)} {many}"
    whole, cents = divmod(abs(amount), 1)
    if (cents * 100) % 1:
        return f"{decimal(amount)} {many}"
    sign, pence = ("minus " if amount < 0 else ""), int(cents * 100)
    small = f"{cardinal(pence)} {small_one if pence == 1 else small_many}"
    if not whole and pence:
        return sign + small
    large = f"{cardinal(int(whole))} {one if whole == 1 else many}"
    if not pence:
        return sign + large
    return f"{sign}{large} and {small}" if pence < 10 else f"{sign}{large} {cardinal(pence)}"


def _scaled(words: str, scale: str) -> str:
    return f"{words} {scale}" if scale else words


def year(inline: Year) -> str:
    """ "nineteen ninety-seven", "two thousand and seven"; 1990s is "nineteen nineties"."""
    words: str = num2words(inline.value, lang="en_GB", to="year")
    words = words.replace("oh-", "oh ")
    if not inline.text.lower().endswith("s"):
        return words
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def day(inline: Date | Day) -> str:
    """ "the twenty-first of March two thousand and seven", or without the year where none is written."""
    if isinstance(inline, Day):
        return f"the {ordinal(inline.day)} of {MONTHS[inline.month - 1]}"
    return date_words(inline.value)


def date_words(moment: date) -> str:
    """A date as it is read out."""
    spoken = year(Year(text=str(moment.year), value=moment.year))
    return f"the {ordinal(moment.day)} of {MONTHS[moment.month - 1]} {spoken}"


def time(inline: Time) -> str:
    """ "nine ay M" and "five thirty P M" where the text is so written; else the twenty-four hour clock."""
    twelve_hours = inline.text.lower().endswith("m")
    half = (" ay M" if inline.hour < 12 else " P M") if twelve_hours else ""
    hour = cardinal((inline.hour % 12 or 12) if twelve_hours else inline.hour)
    if inline.minute:
        return f"{hour} {'oh ' if inline.minute < 10 else ''}{cardinal(inline.minute)}{half}"
    return f"{hour}{half}" if twelve_hours else f"{hour} hundred hours"


def span(inline: Range, joined: str) -> str:
    """Both ends, with `joined` ("to") between; what they count is said once: "five to ten pounds"."""
    start, end = inline.start, inline.end
    match start, end:
        case Percentage(), Percentage():
            return f"{decimal(start.value)} {joined} {value(end)}"
        case Money(), Money() if (
            start.currency == end.currency and start.scale in ("", end.scale) and _whole(start, end)
        ):
            return f"{decimal(start.amount)} {joined} {value(end)}"
        case Time(), Time() if start.text.isdigit() or start.text.lower()[-2:] == end.text.lower()[-2:]:
            return f"{_hour_alone(start)} {joined} {value(end)}"
        case _:
            return f"{value(start)} {joined} {value(end)}"


def _whole(*amounts: Money) -> bool:
    return all(amount.scale or amount.amount % 1 == 0 for amount in amounts)


def _hour_alone(moment: Time) -> str:
    if moment.text.lower().endswith("m"):
        return time(moment).removesuffix(" ay M").removesuffix(" P M")
    minute = f" {'oh ' if moment.minute < 10 else ''}{cardinal(moment.minute)}" if moment.minute else ""
    return f"{cardinal(moment.hour % 12 or 12)}{minute}"


def phone(inline: Phone) -> str:
    """Digits in the groups as they are written, a pause between groups. House style: 0 is "oh", two alike are
    "double", a whole 0n00 is "oh n hundred", a short number such as 999 is read singly, + is "plus"."""
    written = inline.text.replace("(0)", " ") if inline.text.lstrip().startswith("+") else inline.text
    groups = [part for group in re.findall(r"\+?\d+", written) for part in _remembered(group)]
    return ", ".join(_group(group) for group in groups)


def _remembered(group: str) -> list[str]:
    """A group as it is, or a long run of digits cut to be remembered: "08001111222" as 0800 111 1222."""
    digits = group.lstrip("+")
    if len(digits) <= LONG_GROUP or group.startswith("+"):
        return [group]
    rest = digits[4:]
    cut = len(rest) // 2
    return [digits[:4], rest[:cut], rest[cut:]]


def _group(group: str) -> str:
    if group.startswith("+"):
        return "plus " + " ".join(DIALLED[int(digit)] for digit in group[1:])
    if re.fullmatch(r"0[1-9]00", group):
        return f"oh {DIALLED[int(group[1])]} hundred"
    words = []
    for run in re.findall(r"((\d)\2*)", group):
        alike, digit = run[0], DIALLED[int(run[1])]
        pairs = len(alike) % 2 == 0
        words += [f"double {digit}"] * (len(alike) // 2) if pairs else [digit] * len(alike)
    return " ".join(words)
