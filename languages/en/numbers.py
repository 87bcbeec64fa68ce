"""Turns typed values into English words: "£9.50" into "nine pounds fifty", "0800 77 66 00" into "oh eight hundred, …".

Whole numbers are counted by counting.py.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from languages.en import counting
from languages.en.dates import MONTHS
from model.inlines import Date, Day, Money, Number, Phone, Time, Year

DIGITS: Final = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIALLED: Final = ("oh", *DIGITS[1:])
CURRENCIES: Final = {
    "GBP": (("pound", "pounds"), ("penny", "pence")),
    "EUR": (("euro", "euros"), ("cent", "cents")),
    "USD": (("dollar", "dollars"), ("cent", "cents")),
    "CAD": (("Canadian dollar", "Canadian dollars"), ("cent", "cents")),
    "AUD": (("Australian dollar", "Australian dollars"), ("cent", "cents")),
    "JPY": (("yen", "yen"), ("sen", "sen")),
    "INR": (("rupee", "rupees"), ("paisa", "paise")),
    "NGN": (("naira", "naira"), ("kobo", "kobo")),
    "THB": (("baht", "baht"), ("satang", "satang")),
    "TRY": (("lira", "lira"), ("kurush", "kurush")),
    "KRW": (("won", "won"), ("jeon", "jeon")),
    "RUB": (("rouble", "roubles"), ("kopeck", "kopecks")),
}
LONG_GROUP: Final = 7
"""A run of more digits than this is read in groups, since nobody remembers eleven digits in one go."""
MANY: Final = {
    **{"100": "hundreds", "1000": "thousands", "10000": "tens of thousands", "100000": "hundreds of thousands"},
    "1000000": "millions",
}
"""Large numbers in the plural: "10,000s of people"."""
COUNTED: Final = 10**15
"""From this number on, digits are read one by one, since nobody counts so far."""
SHORT: Final = 6
"""Digits of a number such as 999 or 116 123, which are read singly."""
RELAYS: Final = frozenset({"18001", "18002"})
LISTED: Final = re.compile(r"\d+\D{0,2}")
"""A day whose month is said with a later day: the 25 of "25 and 26 December"."""


def cardinal(count: int) -> str:
    """A whole number in words, without commas, since voices would pause at them: "one thousand nine hundred"."""
    words = counting.cardinal(abs(count)) if abs(count) < COUNTED else _singly(f"{Decimal(abs(count)):f}")
    return f"minus {words}" if count < 0 else words


def ordinal(count: int) -> str:
    """A place in an order: "twenty-first"."""
    if abs(count) >= COUNTED:
        return f"number {cardinal(count)}"
    words = counting.ordinal(abs(count))
    return f"minus {words}" if count < 0 else words


def decimal(amount: Decimal) -> str:
    """A number in words. Digits after the point are said one by one: 9.50 is "nine point five nought"."""
    whole, _, fraction = f"{amount.copy_abs():f}".partition(".")
    words = cardinal(int(whole)) if len(whole) < len(str(COUNTED)) else _singly(whole)
    if fraction:
        words += f" point {_singly(fraction)}"
    return f"minus {words}" if amount < 0 else words


def _singly(digits: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in digits)


def number(inline: Number) -> str:
    """A number: "twenty-first", "two million", "sixteens"."""
    if inline.ordinal:
        return several(ordinal(int(inline.value))) if inline.plural else ordinal(int(inline.value))
    words = _scaled(decimal(inline.value), inline.scale)
    if inline.plural and (many := MANY.get(str(inline.value))):
        return many
    return several(words) if inline.plural else words


def raised(figures: str) -> str:
    """Raised figures in words: ⁻³ is "minus three"."""
    return cardinal(int(unicodedata.normalize("NFKC", figures).replace("\N{MINUS SIGN}", "-")))


def code(text: str) -> str:
    """Digits said one by one, with a pause between groups. Groups are as written; a long one is cut into threes and
    fours."""
    return ", ".join(
        " ".join(DIALLED[int(digit)] for digit in group)
        for written in re.findall(r"\d+", text)
        for group in _in_fours(written)
    )


def _in_fours(digits: str) -> list[str]:
    """ "12345678" as 1234 5678, "1234567" as 123 4567; five digits stay together."""
    count = 1 if len(digits) <= 5 else -(-len(digits) // 4)
    ends = [len(digits) * number // count for number in range(count + 1)]
    return [digits[start:end] for start, end in pairwise(ends)]


def money(inline: Money, *, before_noun: bool = False) -> str:
    """An amount in words: "nine pounds fifty", "fifty pence", "one hundred and sixty-five million pounds". With
    `before_noun` the unit is singular: "fifty pound" in "a £50 fine"."""
    (one, many), (small_one, small_many) = CURRENCIES[inline.currency]
    if inline.currency == "USD" and "U" in inline.text:
        one, many = f"U S {one}", f"U S {many}"
    many = one if before_noun else many
    amount = inline.amount
    if inline.scale:
        return f"{_scaled(decimal(amount), inline.scale)} {many}"
    whole, _, cents = f"{amount.copy_abs():f}".partition(".")
    if cents[2:].strip("0") or len(whole) >= len(str(COUNTED)):
        return f"{decimal(amount)} {many}"
    pence = int(cents[:2].ljust(2, "0"))
    small = f"{cardinal(pence)} {small_one if pence == 1 else small_many}"
    large = f"{cardinal(int(whole))} {one if int(whole) == 1 else many}"
    sign = "minus " if amount < 0 else ""
    if not int(whole) and pence:
        return sign + small
    if not pence:
        return sign + large
    return f"{sign}{large} and {small}" if pence < 10 else f"{sign}{large} {cardinal(pence)}"


def _scaled(words: str, scale: str) -> str:
    return f"{words} {scale}" if scale else words


def year(inline: Year) -> str:
    """A year in words: "nineteen ninety-seven", "two thousand and seven". The decade 1990s is "nineteen nineties"."""
    words = counting.year(inline.value)
    return several(words) if inline.text.lower().endswith("s") else words


def several(words: str) -> str:
    """The plural of a number, as for decades: "nineteen nineties", "hundreds"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def day(inline: Date | Day) -> str:
    """A day in words: "the twenty-first of March two thousand and seven". Without the year where none is written."""
    if isinstance(inline, Day):
        month = "" if LISTED.fullmatch(inline.text) else f" of {MONTHS[inline.month - 1]}"
        return f"the {ordinal(inline.day)}{month}"
    return date_words(inline.value)


def date_words(moment: date) -> str:
    """A date as it is read out."""
    spoken = year(Year(text=str(moment.year), value=moment.year))
    return f"the {ordinal(moment.day)} of {MONTHS[moment.month - 1]} {spoken}"


def time(inline: Time) -> str:
    """A time of day. It is "nine ay M" and "five thirty P M" where am or pm is written. Else it is by the
    twenty-four hour clock, with "nine o'clock" for whole hours up to twelve, and "oh nine thirty hours" where "hrs"
    is written."""
    if inline.text.lower().endswith(("noon", "midday", "midnight")):
        name = re.sub(r"[^a-z]", "", inline.text.lower())
        return f"twelve {name}" if inline.text[0] == "1" else name
    if inline.second:
        return f"{clock(inline.hour, inline.minute)} {'oh ' if inline.second < 10 else ''}{cardinal(inline.second)}"
    if inline.text.isdecimal() and len(inline.text) < 3:
        return cardinal(inline.hour)
    if inline.text.lower().rstrip(".").endswith("m"):
        return f"{clock(inline.hour % 12 or 12, inline.minute)}{' ay M' if inline.hour < 12 else ' P M'}"
    if inline.text[-1] in "sr" or inline.text.isdigit():
        return hours(inline)
    if not inline.hour:
        return _past_midnight(inline.minute)
    if inline.minute:
        return clock(inline.hour, inline.minute)
    return f"{cardinal(inline.hour)} o'clock" if inline.hour <= 12 else hours(inline)


def hours(inline: Time) -> str:
    """A time by the twenty-four hour clock: "oh nine hundred hours", "fourteen thirty hours"."""
    hour = f"{'oh ' if inline.hour < 10 else ''}{clock(inline.hour, inline.minute)}"
    return f"{hour} hours" if inline.minute else f"{hour} hundred hours"


def clock(hour: int, minute: int) -> str:
    """An hour and minute in words: "nine", "nine oh five", "nine thirty"."""
    words = cardinal(hour) if hour else "oh"
    return f"{words} {'oh ' if minute < 10 else ''}{cardinal(minute)}" if minute else words


def _past_midnight(minute: int) -> str:
    """A time in the hour after midnight. Nobody says "nought thirty" for 00:30."""
    if minute in (0, 30):
        return "half past midnight" if minute else "midnight"
    return f"{cardinal(minute)} {'minute' if minute == 1 else 'minutes'} past midnight"


def phone(inline: Phone) -> str:
    """The digits of a telephone number in the groups as written, with a pause between groups. House style: 0 is
    "oh", two equal digits are "double", a whole group 0n00 is "oh n hundred", a short number such as 999 is read
    digit by digit, + is "plus"."""
    if inline.texted and len(inline.number) < 7:
        return code(inline.number)
    written = inline.text.replace("(0)", " ") if inline.text.lstrip(" (").startswith("+") else inline.text
    groups = [part for group in re.findall(r"\+?\d+", written) for part in _remembered(group)]
    if len(digits := "".join(groups)) <= SHORT and digits.isdecimal():
        return code(written)
    if groups[0] in RELAYS and 1 < len("".join(groups[1:])) <= SHORT:
        return f"{_group(groups[0], leads=False)}, {code(' '.join(groups[1:]))}"
    first = 1 if groups[0] in RELAYS and len(groups) > 1 else 0
    return ", ".join(_group(group, leads=place == first) for place, group in enumerate(groups))


def _remembered(group: str) -> list[str]:
    """A group as it is, or a long run of digits cut into groups that can be remembered: "08001111222" as 0800 111
    1222."""
    digits = group.lstrip("+")
    if len(digits) <= LONG_GROUP or group.startswith("+"):
        return [group]
    rest = digits[4:]
    cut = len(rest) // 2
    return [digits[:4], rest[:cut], rest[cut:]]


def _group(group: str, leads: bool) -> str:
    if group.startswith("+"):
        return "plus " + " ".join(DIALLED[int(digit)] for digit in group[1:])
    if leads and re.fullmatch(r"0[1-9]00", group):
        return f"oh {DIALLED[int(group[1])]} hundred"
    words = []
    for run in re.findall(r"((\d)\2*)", group):
        alike, digit = run[0], DIALLED[int(run[1])]
        pairs = len(alike) % 2 == 0
        words += [f"double {digit}"] * (len(alike) // 2) if pairs else [digit] * len(alike)
    return " ".join(words)
