"""Turns plain words into typed values: money, quantities, dates, times, ranges, phone numbers, codes, references,
addresses.

This is the one place where figures are recognised. Every run of digits becomes a value, so that no channel meets a
bare digit. The characters of `text` are kept as written: the texts of the values, put together, are the text that
went in. A text is read once. Where figures begin, the rules are asked in order, and the first that knows them
decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from languages.en import clock, codes, dates, fractions, joined, money, phones, plain_numbers, quantities, ranges
from languages.en.addresses import ADDRESS, address
from languages.en.alike import alike, as_written
from languages.en.grammar import FIGURES, MINUSES, MONEY_SIGNS, decimal, minus
from languages.en.scene import LONG, Scene
from model.inlines import Ambiguous, Date, Day, Inline, Number, Percentage, Phone, Quantity, Range, Text, Typed

Rule = Callable[[Scene, int], Typed | None]

START: Final = re.compile(
    r"(?<![A-Za-z\d])(?:[A-Z]{1,5}[-/]?|[A-Z][a-z][A-Z]{0,4})(?=\d)"
    r"|(?<!\w)(?:[A-Z]{2} (?=\d)|(?:GBP|EUR|USD)[ \u00a0](?=\d)|[A-Z]{1,2}\$)"
    rf"|[-−–]?(?:[{MONEY_SIGNS}]|\.?\d)|[¼½¾⅐-⅞]|\([+0][\d)]|\(\d{{3}}\)|\+\d"
    r"|(?<!\w)[A-Z](?=\.\d)|(?<!\w)(?:(?:[kMGt]?g|t|Mt|kt)(?=CO2)|CO(?=2eq?|2/)|(?:[kcm]?m|ft)(?=[23](?!\w)))"
    rf"|(?<![\w.]){dates.MONTH}(?:[ \u00a0]|-)(?=\d)"
)
"""The places where a value may begin."""
DIGIT: Final = re.compile(r"\d")
HAS_VALUE: Final = re.compile(r"[\d¼½¾⅐-⅞]")
HAS_DOMAIN: Final = re.compile(r"\.[^\W\d]")
"""Every value matches HAS_VALUE, and every address without an @ matches HAS_DOMAIN. Most text matches neither, and
looking for values costs far more than these two tests."""
LOSS: Final = re.compile(rf"\(({FIGURES})\)")
ACCOUNTS: Final = re.compile(r"[£€$]|\(\d{1,3},\d{3}")
"""Shows that a column is of accounts: a currency in its header, or a large loss in it."""
OF_OTHER_SCRIPTS: Final = frozenset(codes.OF_OTHER_SCRIPTS)
LEAD: Final = len("September. ") + 1
"""The most characters of a value before its first digit."""
LONGEST: Final = 48
"""The most characters that figures with their per cent have."""
APART: Final = re.compile(rf"[-−–][ \u00a0][{MONEY_SIGNS}]?[\d.,]+(?:%|[a-z]{{1,2}})?")
"""A cell with a minus before a space: "- £45"."""
PERCENT: Final = re.compile(rf"(?P<figures>{FIGURES})(?:[ \u00a0]?%(?P<points>[- ]?(?:points?|pts?)(?!\w))?|pc(?!\w))")
DAYS: Final = re.compile(
    "(?: ?[–-] ?|(?:,|,? (?:and|or|to|until)| ?&) )(?:the )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6} )?(?:the )?"
)
"""The text between the days of a list."""


def values(text: str, before: str = "", after: str = "", about: str = "") -> tuple[Inline, ...]:
    """`text` as plain words and typed values, in order; their texts put together are `text`. `before` and `after`
    are what stands around it in its sentence, `about` the header of the table cell that it stands in."""
    if text.isascii() or OF_OTHER_SCRIPTS.isdisjoint(text):
        return _values(text, before, after, about)
    found: list[Inline] = []
    at, led = 0, before
    for odd in codes.OTHER_SCRIPT.finditer(text):
        begin, end = odd.span()
        found += [*_values(text[at:begin], led, text[begin : begin + LONG], about), codes.undecided(odd)]
        at, led = end, (led + text[at:end])[-LONG:]
    return (*found, *_values(text[at:], led, after, about))


def _values(text: str, before: str, after: str, about: str) -> tuple[Inline, ...]:
    addressed = "@" in text or HAS_DOMAIN.search(text) is not None
    if not addressed and not HAS_VALUE.search(text):
        return (Text(text=text),) if text else ()
    if text[0] == "(" and text[-1] == ")" and not before and not after and (loss := _loss(text, about)):
        return (loss,)
    if about and text[0] in MINUSES and not before and not after and (apart := _apart(text)):
        return (apart,)
    plain = alike(text)
    scene = Scene(plain, alike(before), alike(after), about)
    found = tuple(_days(list(_texts(scene, _found(scene, addressed)))))
    return found if plain is text else as_written(found, text)


def _apart(text: str) -> Typed | None:
    """The value of a cell whose minus stands apart from its figures: "- £45"."""
    found = value(f"{text[0]}{text[2:]}") if APART.fullmatch(text) else None
    return found and replace(found, text=text)


def _loss(text: str, about: str) -> Number | None:
    """A cell with nothing but figures in brackets, which accounts write for less than nothing."""
    match = LOSS.fullmatch(text)
    if match is None or not ("," in text or ACCOUNTS.search(about)):
        return None
    return Number(text=text, value=-decimal(match[1]))


def value(text: str) -> Typed | None:
    """The typed value that is the whole of `text`, or None."""
    found = values(text.strip())
    return found[0] if len(found) == 1 and not isinstance(found[0], Text) else None  # type: ignore[return-value]


def dialled(text: str) -> Phone | None:
    """The whole of `text` as a telephone number of any prefix or length; None if it is not."""
    return phones.dialled(text)


def _texts(scene: Scene, found: Iterator[tuple[int, Typed]]) -> Iterator[Inline]:
    """The values and the words between them, in order."""
    at = scene.begin
    for begin, typed in found:
        if begin > at:
            yield Text(text=scene.text[at:begin])
        yield typed
        at = begin + len(typed.text)
    if at < scene.end:
        yield Text(text=scene.text[at : scene.end])


def _start(scene: Scene, at: int) -> re.Match[str] | None:
    """The first match at or after a place where a value may begin. Every value has a digit near its beginning, and
    digits are looked for first because they are found sooner."""
    digit = HAS_VALUE.search(scene.text, at, scene.end)
    return digit and START.search(scene.text, max(at, digit.start() - LEAD), scene.end)


def _found(scene: Scene, addressed: bool) -> Iterator[tuple[int, Typed]]:
    """The values, each with the place where it begins."""
    text, at = scene.text, scene.begin
    place = ADDRESS.search(text, at, scene.end) if addressed else None
    while start := _start(scene, at):
        if place is not None and place.start() <= start.start():
            yield place.start(), address(place)
            at = place.end()
            place = ADDRESS.search(text, at, scene.end)
            continue
        begin, typed = _from(scene, start)
        if typed is None:
            at = max(start.end(), at + 1) if begin == start.end() else begin
            continue
        if place is not None and begin + len(typed.text) > place.start():
            yield place.start(), address(place)
            at = place.end()
            place = ADDRESS.search(text, at, scene.end)
            continue
        yield begin, typed
        at = begin + len(typed.text)
    while place is not None:
        yield place.start(), address(place)
        place = ADDRESS.search(text, place.end(), scene.end)


def _from(scene: Scene, start: re.Match[str]) -> tuple[int, Typed | None]:
    """The value that begins where `start` was found or at the first digit after it, with its place. Without one, the
    place where the search goes on."""
    places = [start.start()]
    digit = DIGIT.search(scene.text, start.start(), min(start.end() + 1, scene.end))
    if digit is not None and digit.start() <= start.end() and digit.start() != start.start():
        places += [place for place in range(start.start() + 1, digit.start() + 1) if not scene.text[place].isalpha()]
    for place in places:
        typed = _at(scene, place)
        if typed is not None and place + len(typed.text) <= scene.end:
            return place, typed
    return start.end(), None


def _at(scene: Scene, at: int) -> Typed | None:
    """The value that the rules find at a place."""
    first = scene.text[at]
    if first.isalpha() and first not in "¼½¾":
        found = _first(scene, at, WITH_LETTERS)
        return ranges.extended(scene, at, found, _atom) if isinstance(found, Day) else found
    if first in "-−–" and minus(scene, at) == at:
        return None
    if found := _first(scene, at, WHOLE):
        return ranges.extended(scene, at, found, _atom)
    atom = _first(scene, at, ATOMS)
    if atom is None:
        return None
    extended = joined.extended(scene, at, atom, _atom)
    if extended is atom:
        extended = ranges.extended(scene, at, atom, _atom)
    return extended


def _atom(scene: Scene, at: int) -> Typed | None:
    """A single value, which may be the second end of a range."""
    if at >= scene.end:
        return None
    return _first(scene, at, SECOND_ENDS)


def _first(scene: Scene, at: int, rules: tuple[Rule, ...]) -> Typed | None:
    for rule in rules:
        if (found := rule(scene, at)) is not None:
            return found
    return None


def _percentage(scene: Scene, at: int) -> Typed | None:
    ahead = scene.text[at : at + LONGEST]
    if "%" not in ahead and "pc" not in ahead:
        return None
    begin = minus(scene, at)
    match = PERCENT.match(scene.text, begin, scene.end)
    if match and match[0][0] == "." and scene.text[begin - 1 : begin].isalnum():
        return None
    if match is None or match["points"]:
        return _points(scene, at, match) if match else None
    text = scene.text[at : match.end()]
    return Percentage(text=text, value=decimal(scene.text[at : match.end("figures")]))


def _points(scene: Scene, at: int, match: re.Match[str]) -> Typed:
    figures = scene.text[at : match.end("figures")]
    amount = Number(text=figures, value=decimal(figures))
    return Quantity(text=scene.text[at : match.end()], amount=amount, unit="ppt")


WITH_LETTERS: Final[tuple[Rule, ...]] = (
    codes.by_context,
    money.money,
    dates.month_first,
    quantities.carbon,
    codes.lettered,
)
WHOLE: Final[tuple[Rule, ...]] = (
    *(codes.disguised, codes.by_context, dates.dated, phones.phone, codes.shaped, clock.bare_range, joined.pointed),
    *(quantities.fractional, joined.signed),
)
ATOMS: Final[tuple[Rule, ...]] = (
    *(money.money, money.pence, _percentage, clock.time, quantities.quantity, fractions.fraction, dates.year),
    *(codes.figure_and_letters, plain_numbers.number),
)
SECOND_ENDS: Final[tuple[Rule, ...]] = (dates.dated, *ATOMS)


def _days(found: list[Inline]) -> list[Inline]:
    """The same inlines, in which the days of a list before one month are days: "24, 25 and 26 December"."""
    month = day = 0
    for at in range(len(found) - 1, -1, -1):
        match found[at]:
            case Day(month=month, day=day):
                pass
            case Date(value=moment) | Range(start=Date(value=moment)):
                month, day = moment.month, moment.day
            case Range(start=Day(month=month, day=day)):
                pass
            case Range(text=text, start=Number() as first, end=Number() as last) if (
                month and 0 < first.value < last.value < day and dates.is_day_text(first) and dates.is_day_text(last)
            ):
                start, end = (Day(text=one.text, day=int(one.value), month=month) for one in (first, last))
                found[at] = Range(text=text, start=start, end=end)
                day = start.day
            case Number(text=text, value=value) if month and 0 < value < day and dates.is_day_text(found[at]):
                day = int(value)
                found[at] = Day(text=text, day=day, month=month)
            case Text(text=text) if not month or DAYS.fullmatch(text):
                pass
            case _:
                month = 0
    return found


def ambiguous(found: tuple[Inline, ...]) -> tuple[Ambiguous, ...]:
    """The inlines that only the author understands."""
    return tuple(one for one in found if isinstance(one, Ambiguous))
