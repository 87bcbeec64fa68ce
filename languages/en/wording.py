"""Turns recognised values into English words: what a careful reader says, given the words on either side.

numbers.py counts, and says dates, times and telephone numbers. Here stand amounts of units, ranges, codes,
references, and values with a sign between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from languages.en import fraction_words, lists, numbers, units
from languages.en.letters import spell
from languages.en.magnitude import SOLID
from languages.en.patterns import either, later
from languages.en.quantities import ARTICLE
from languages.en.tokens import joint
from model.inlines import (
    Code,
    Date,
    Day,
    Fraction,
    Joined,
    Money,
    Number,
    Percentage,
    Quantity,
    Range,
    Reference,
    Time,
    Unit,
    Value,
    Year,
)

BOUGHT: Final = later(
    "[ \u00a0](?:gift cards?|(?:fixed )?penalt(?:y|ies)|fines?|notes?|coins?|funds?|vouchers?|deposits?|grants?"
    "|bonus(?:es)?|charges?|limits?|discounts?|budgets?|investments?|schemes?|packages?|prizes?)\\b"
)
MEASURED: Final = later(
    "[ \u00a0](?:speed )?(?:limits?|zones?|bags?|bins?|bottles?|box(?:es)?|sacks?"
    "|cadd(?:y|ies)|roads?|lorr(?:y|ies)|vehicles?|vans?|tablets?|capsules?|doses?|packs?|fences?|walls?"
    "|sprints?|races?|tracks?|rules?|batter(?:y|ies)|bulbs?|suppl(?:y|ies)|sockets?|gaps?|marks?|pools?|posts?|panels?|waves?"
    "|hedges?|planks?|boards?|hoses?|cables?|poles?|lanes?|drops?|cans?|tins?|cartons?|jars?|slots?|appointments?"
    "|walks?|waits?|films?|videos?|sessions?|lessons?|classes|journeys?|interviews?|meetings?|programmes?|events?|breaks?|screens?|TVs?|drives?|monitors?|tyres?|wheels?|nails?|frames?|fonts?|print|helplines?|chargers?|engines?|lines?|rises?|falls?|pipes?|portions?|servings?|tiles?|sheets?|screws?|bolts?|spoons?|spoonfuls?|olds?)\\b"
)
"""Nouns that make an amount before them singular: £10 gift card, 20mph zones, 5kg bags."""
NEW: Final = later(
    r"\b(?:an?|the|this|our|its) (?:new|record|extra|additional|further|single|one-off|flat|fixed|initial|major) \Z"
)
A_NOUN: Final = later(rf" (?!(?:[a-z]+ed|{either(lists.words('no_nouns'))})\b)[a-z]")
"""A thing that an amount belongs to: "a new £3 million unit"."""
LONG_THINGS: Final = later(rf" {SOLID}\b")
NO_PART: Final = later(r" (?:of|in|per|a|an|at|for|to|and|or|on|by|from|with|is|are|was)\b")
HOURS: Final = frozenset({"h", "hr", "hrs"})
HEADINGS: Final = {
    "000": "thousands",
    "£": "thousands of pounds",
    "€": "thousands of euros",
    "$": "thousands of dollars",
}
ROMAN: Final = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12},
    **{"xiii": 13, "xiv": 14, "xv": 15, "xvi": 16},
}
ORDINAL_DAYS: Final = later(r"\d{1,2}(?:st|nd|rd|th)/\d")
YEAR: Final = later(r"(?:19|20)\d\d")
PIECES: Final = later(r"\d+|[A-Za-z]+|.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The texts before and after a value. `day` is true if its sentence uses the twenty-four hour clock, so that
    whole hours are "oh nine hundred hours"."""

    before: str = ""
    after: str = ""
    day: bool = False


def value(one: Value, place: Place) -> str:
    """The words of one value."""
    match one:
        case Money():
            return _money(one, place)
        case Percentage():
            return f"{numbers.decimal(one.value)} per cent"
        case Number():
            return numbers.number(one)
        case Fraction():
            return fraction_words.part_of(one, place.before, place.after)
        case Quantity():
            return _quantity(one, place)
        case Date() | Day():
            return numbers.day(one)
        case Time():
            return time(one, place.day)
        case Year():
            return numbers.year(one)
        case _:
            assert_never(one)


def time(moment: Time, day: bool) -> str:
    """A time of day. With `day`, a whole hour is "oh nine hundred hours"."""
    whole = moment.text.isascii() and re.fullmatch(r"\d{1,2}[:.]00", moment.text) is not None
    return numbers.hours(moment) if day and whole and moment.hour else numbers.time(moment)


def _money(one: Money, place: Place) -> str:
    noun = not one.per and (
        ARTICLE.search(place.before) is not None
        or BOUGHT.match(place.after) is not None
        or (NEW.search(place.before[-24:]) is not None and A_NOUN.match(place.after) is not None)
    )
    words = numbers.money(one, before_noun=noun)
    return f"{words} {units.per_words(one.per)}" if one.per else words


def _quantity(one: Quantity, place: Place) -> str:
    """An amount in words: "ten kilograms", "one litre", "half a teaspoon", "a five kilogram bag"."""
    before_noun = is_adjective(place) or place.after[:1] == "-" or "-" in one.text.removeprefix(one.amount.text)
    each = f" {units.per_words(one.per)}" if one.per else ""
    before_noun = before_noun or (one.unit in HOURS and one.amount.text == "24" and place.after[1:3].isupper())
    if isinstance(one.amount, Fraction):
        form = units.words(one.unit, "many" if one.amount.whole is not None and not before_noun else "one")
        if one.unit == "%":
            return fraction_words.of_unit(one.amount, "per cent", place.before)
        return fraction_words.of_unit(one.amount, form, place.before) + each
    single = (one.amount.value == 1 and "." not in one.amount.text) or (
        before_noun and not one.per and not one.unit.endswith("s")
    )
    return f"{numbers.decimal(one.amount.value)} {units.words(one.unit, 'one' if single else 'many')}{each}"


def is_adjective(place: Place) -> bool:
    """True if an amount belongs to a noun after it, so that its unit is singular: a 5 kg bag, 20mph zones."""
    if MEASURED.match(place.after) or LONG_THINGS.match(place.after):
        return True
    noun = re.match(r"[ \u00a0][a-z]", place.after) and not NO_PART.match(place.after)
    return ARTICLE.search(place.before) is not None and bool(noun)


def span(one: Range, place: Place, said: str) -> str:
    """Both ends of a range. The unit that they share is said once: "five to ten pounds"."""
    start, end, joined = one.start, one.end, joint(said)
    last = value(end, place)
    match start, end:
        case Percentage(), Percentage():
            return f"{numbers.decimal(start.value)} {joined} {last}"
        case Quantity(amount=Number() as amount), Quantity() if start.unit == end.unit and amount.value >= 0:
            return f"{numbers.decimal(amount.value)} {joined} {last}"
        case Money(), Money() if (
            start.currency == end.currency and _same_scale(start, end) and _whole(start, end) and start.amount >= 0
        ):
            pounds = start.amount if end.scale else start.amount.to_integral_value()
            return f"{numbers.decimal(pounds)} {joined} {last}"
        case Time(), Time() if (half := _half(end)) and (start.text[-1].isdigit() or _half(start) == half):
            return f"{numbers.clock(start.hour % 12 or 12, start.minute)} {joined} {last}"
        case Time(), Time():
            first = value(start, place)
            first = first.removesuffix(" hours") if last.endswith(" hours") else first
            return f"{first} {joined} {last}"
        case Money(), Money():
            return f"{numbers.money(start)} {joined} {last}"
        case _:
            return f"{value(start, place)} {joined} {last}"


def _half(moment: Time) -> str:
    """The am or pm of a time where it is written, else ""."""
    letters = re.sub("[^a-z]", "", moment.text.lower())
    return letters if letters in ("am", "pm") else ""


def _same_scale(start: Money, end: Money) -> bool:
    """True if both ends of a range have the same scale. £1–2 million starts at one million and £2–£3m at two;
    £500–£1 million would fall, so it starts at five hundred pounds."""
    return start.scale == end.scale or (not start.scale and start.amount < end.amount)


def _whole(start: Money, end: Money) -> bool:
    """True if both ends are whole pounds or have a scale, so that neither has pence."""
    return bool(end.scale) or start.amount % 1 == end.amount % 1 == 0


def joined(one: Joined, place: Place) -> str:
    """Values with a sign between them, and the words for what the sign means."""
    match one.joint:
        case "point":
            return " point ".join(numbers.cardinal(int(part.text)) for part in one.values)
        case "then" if ":" in one.text and len(one.values[0].text) > 3:  # a standard and its year: ISO 9001:2015
            return f"{numbers.code(one.values[0].text)} {value(one.values[1], Place())}"
        case "then" | "number" | "slash" | "out of":
            between = {"then": " ", "number": " number "}.get(one.joint, f" {one.joint} ")
            return between.join(_figures(part, place) for part in one.values)
        case "by" if isinstance(last := one.values[-1], Quantity) and all(
            isinstance(n, Number) for n in one.values[:-1]
        ):
            unit = units.words(last.unit, "one" if is_adjective(place) else "many")
            sizes = [part.amount if isinstance(part, Quantity) else part for part in one.values]
            return f"{' by '.join(value(size, Place()) for size in sizes)} {unit}"
        case "power":
            return " to the power ".join(value(part, Place()) for part in one.values)
        case "over" | "to" | "by" | "times" | "per" | "in" | "or" | "minus":
            if one.joint == "or" and ORDINAL_DAYS.match(one.text):
                return " or ".join(
                    value(part, Place()).removeprefix("the " if n else "") for n, part in enumerate(one.values)
                )
            after = place.after if one.joint == "times" or isinstance(one.values[-1], Money) else ""
            halves = isinstance(last := one.values[-1], Time) and bool(_half(last))
            return f" {one.joint} ".join(
                numbers.clock(part.hour % 12 or 12, part.minute)
                if halves and isinstance(part, Time) and part.text[-1].isdigit()
                else value(part, Place(after=after, day=place.day))
                for part in one.values
            )
        case _:
            assert_never(one.joint)


def _figures(part: Value, place: Place) -> str:
    """A part of figures with slashes between them. It is said digit by digit if it is long or begins with 0."""
    if (
        isinstance(part, Number)
        and part.text.isdecimal()
        and len(part.text) > 1
        and (part.text[0] == "0" or len(part.text) > 4)
    ):
        return numbers.code(part.text).replace(",", "")
    return value(part, Place(day=place.day))


def code(one: Code, known: Mapping[str, str]) -> str:
    """Figures that nobody counts, and the letters among them; `known` letters are a word: COP26."""
    match one.kind:
        case "digits":
            return _digits(one.text)
        case "name":
            return name(one.text, known)
        case "postcode":
            return _postcode(one.text)
        case "road":
            return _road(one.text)
        case _:
            assert_never(one.kind)


def _counted(figures: str) -> str:
    """The figures of a name, each of them where they begin with nought: CW040."""
    return numbers.code(figures) if figures[0] == "0" and len(figures) > 1 else numbers.cardinal(int(figures))


def name(text: str, known: Mapping[str, str]) -> str:
    """A short name that has figures in it: "P two P", "C T A twenty ten"; `known` letters are a word."""
    return " ".join(
        numbers.year(Year(text=piece, value=int(piece)))
        if YEAR.fullmatch(piece)
        else _counted(piece)
        if piece.isdecimal()
        else known.get(piece) or spell(piece)
        for piece in re.findall(r"\d+|[^\W\d_]+", text)
    )


def _digits(text: str) -> str:
    """Digits and letters said one by one, with a pause between groups of figures; a slash is said."""
    words, gap = "", ""
    last = ""
    for piece in PIECES.findall(text):
        if piece.isdecimal():
            pause = gap not in ("", "/") and (last.isdecimal() or gap not in " \u00a0")
            words += f"{',' if pause else ''} {numbers.code(piece)}"
        elif piece.isalpha():
            pause = gap not in " \u00a0/" and last != ""
            words += f"{',' if pause else ''} {spell(piece.upper())}"
        elif piece == "/":
            words += " slash"
        gap = "" if piece.isalnum() else piece
        last = piece if piece.isalnum() else last
    return words.strip()


def _postcode(text: str) -> str:
    area, district, sector, unit = re.fullmatch(r"([A-Z]+)(\d[\dA-Z]?)[ \u00a0]?(\d)([A-Z]{2})", text).groups()  # type: ignore[union-attr]
    inner = " ".join(
        numbers.cardinal(int(piece)) if piece.isdigit() else spell(piece)
        for piece in re.findall(r"\d+|[A-Z]", district)
    )
    return f"{spell(area)} {inner} {numbers.DIALLED[int(sector)]} {spell(unit)}"


def _road(text: str) -> str:
    figures = re.sub(r"\D", "", text)
    number = numbers.cardinal(int(figures)) if len(figures) < 3 else " ".join(numbers.DIALLED[int(d)] for d in figures)
    return f"{spell(text[0])} {number}{' M' if text.endswith(')') else ''}"


def reference(one: Reference) -> str:
    """A reference in words: "eight, one, B" for 8(1)(b)."""
    head, *tail = one.parts
    figures = re.match(r"\d+(?:\.\d+)*", head)
    assert figures is not None
    letters = head[figures.end() :]
    numbered = " point ".join(numbers.cardinal(int(one)) for one in figures[0].split("."))
    first = numbered + (f" {spell(letters)}" if letters else "")
    return ", ".join((first, *map(part, tail)))


def part(text: str) -> str:
    """The words for what stands in the brackets of a reference: a figure, a letter, or a small Roman numeral."""
    if text.isdecimal():
        return numbers.cardinal(int(text))
    if text in ROMAN:
        return numbers.cardinal(ROMAN[text])
    return spell(text.upper())


def unit(one: Unit, *, single: bool = False) -> str:
    """The words for the unit of a header: "thousands of pounds", "grams of C O two per kilometre". With `single` it is
    one of them: "square kilometre" after "per"."""
    if one.unit in HEADINGS:
        return HEADINGS[one.unit]
    sign, _, each = one.unit.partition("/")
    words = (
        units.words(sign, "one" if single else "many")
        if sign in units.forms()
        else code(Code(text=sign, kind="name"), {})
    )
    return f"{words} {units.per_words(each)}" if each else words
