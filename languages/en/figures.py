"""Figures that belong together to what is said in one: ratios, codes, thousands with spaces, decades.

The Document has each run of digits as a value of its own; here those are found again that only together mean something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from languages.en import numbers
from languages.en.fractions import NUMBERED, after_number, fraction, fractions
from languages.en.magnitude import SOLID
from languages.en.recognise import value
from languages.en.reference_numbers import PLURAL as PLURAL_NOUN
from languages.en.reference_numbers import leads_to_code
from languages.en.tokens import Leaf, Said, written
from model.document import Date, Day, Money, Number, Percentage, Range, Text, Time, Year

JOINTS: Final = frozenset({" ", " /", "\u00a0", "\u2009", "\u202f", "/", ":", " : ", "-", "–", "x", "."})
STARTS: Final = (Number, Year, Money, Percentage, Date, Day, Time, Range)
UNCLEAR: Final = frozenset({"/", ":", "'", "’"})
"""Signs between figures that mean something different each time; what is not known here has no words."""
NEAR: Final = 4
"""Leaves before a figure that may say what it is."""
LONGEST: Final = 15
"""Leaves that are looked at together: eight groups of figures."""

DATE: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{1,2}/\d{1,2}/\d{2}")
SHORT_DATE: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d")
SECTION: Final = re.compile(
    r"(?:\b(?:para|paras|paragraphs?|sections?|versions?|v|rules?|chapters?|clauses?|parts?|items?|points?|tables?"
    r"|figures?"
    r"|regulations?|articles?|schedules?|annex|appendix|release)\.?[ \u00a0]?|\bv)\Z",
    re.IGNORECASE,
)
"""Before figures with stops that are no date."""
GROUPS: Final = re.compile(r"\d+(?: \d+)+")
SLASHED: Final = re.compile(r"[1-9]\d?(?:/[1-9]\d?)+")
SEVERAL: Final = re.compile(
    "\\b(?:rooms?|bus(?:es)?|routes?|flats?|units?|services?|lines?|numbers?|houses?|platforms?|pages?)[ \u00a0]\\Z",
    re.IGNORECASE,
)
"""What has numbers, of which several may be written one after the other."""
SQUARE: Final = re.compile("(?<!\\w)[A-Z]{2}[ \u00a0]\\Z")
MONEY: Final = re.compile(r"[£€$]\d{1,3}(?: \d{3})+")
CODE: Final = re.compile(r"\d+(?:[-–]\d+)+|\d{3} \d{3} \d{4}|\d{4}(?: \d{4}){2,}|\d{16,}")
INSURANCE: Final = re.compile(r"\d\d \d\d \d\d")
LETTERS: Final = re.compile("(?<!\\w)[A-Z]{2}[ \u00a0]\\Z")
PRESSURE: Final = re.compile(r"(\d{2,3})/(\d{2,3})")
ORDER: Final = re.compile(r"((?:19|20)\d\d) ?/(\d{1,4})")
INSTRUMENT: Final = re.compile("(?<![\\w.])W?S\\.?I\\.?[ \u00a0]\\Z")
"""Statutory instruments are numbered within their year: S.I. 2008/1053."""
YEARS: Final = re.compile(r"((?:1[5-9]|20)\d\d)/((?:1[5-9]|20)?\d\d)")
POINTS: Final = re.compile(r"\d+(?:\.\d+){2,}")
HALF_OF_DAY: Final = re.compile("[ \u00a0]?([ap])\\.m\\b\\.?")
BY: Final = re.compile(r"\d+(?:x\d+)+")
RATIO: Final = re.compile(r"([1-9]\d{0,2}) ?: ?([1-9]\d{0,2}(?:,\d{3})*|[1-9]\d{0,3}000)")
RATE: Final = re.compile(r"(\d+(?:\.\d+)?)/(\d{1,3}(?:,000)+)")
PLURAL: Final = re.compile(r"(?:\b(?:under|over|year)s?[ \u00a0-]|\bU)\Z", re.IGNORECASE)
ARTICLE: Final = re.compile(
    "(?<!\\w)(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ \u00a0]\\Z", re.IGNORECASE
)
"""What stands before figures that belong to a noun after them: a 5 kg bag, two 500mg tablets."""
DECADE: Final = re.compile(r"['’]?s(?!\w)")
ERA: Final = re.compile(
    "(?:['’]|\\b(?:the|her|his|their|my|our|your|early|late|mid|and|or|to)[ \u00a0-]|[–-])\\Z", re.IGNORECASE
)
AND_MORE: Final = re.compile("s(?: (?:and|or|to) ['’]?\\Z| (?:and|or) (?:over|under|older|younger|above|below)\\b)")
SECONDS: Final = re.compile(r"s(?!\w)")
LASTING: Final = re.compile(
    r"\b(?:wait|for|takes?|lasts?|lasting|least|every|within|about|after|another|than)[ \u00a0]\Z", re.IGNORECASE
)
LONG_THINGS: Final = re.compile(rf" m {SOLID}\b")
BOUGHT: Final = re.compile(
    "[ \u00a0](?:gift cards?|(?:fixed )?penalt(?:y|ies)|fines?|notes?|coins?|funds?|vouchers?|deposits?|grants?"
    "|bonus(?:es)?|charges?|limits?|discounts?|budgets?|investments?|schemes?|packages?|prizes?)\\b"
)
MEASURED: Final = re.compile(
    "[ \u00a0-]?[^\\W\\d]{1,4}[ \u00a0](?:speed )?(?:limits?|zones?|bags?|bins?|bottles?|box(?:es)?|sacks?"
    "|cadd(?:y|ies)|roads?|lorr(?:y|ies)|vehicles?|vans?|tablets?|capsules?|doses?|packs?|fences?|walls?"
    "|sprints?|races?|tracks?|rules?|batter(?:y|ies)|bulbs?|suppl(?:y|ies)|sockets?|gaps?|posts?|panels?|waves?"
    "|hedges?|planks?|boards?|hoses?|cables?|poles?|lanes?|drops?|cans?|tins?|cartons?|jars?|slots?|appointments?"
    "|walks?)\\b"
)
"""Nouns that an amount before them belongs to, so that it is singular: £10 gift card, 20mph zones, 5kg bags."""
TENS: Final = re.compile(r"[2-9]0|100|1000|(?:1[5-9]|20)\d0")


def together(leaves: Iterable[Leaf], known: Mapping[str, str]) -> list[Leaf]:
    """The leaves, those that belong together as one; `known` are words for what is written so and not otherwise."""
    waiting = list(leaves)
    found: list[Leaf] = []
    at = 0
    while at < len(waiting):
        leaf: Leaf = waiting[at]
        at += 1
        if isinstance(leaf, STARTS):
            last = written(found[-NEAR:])
            leaf, at = _longest(waiting, at - 1, known, last)
            if at < len(waiting) and isinstance(rest := waiting[at], Text):
                leaf, text = _with_rest(leaf, rest.text, last)
                waiting[at] = Text(text=text)
        elif isinstance(leaf, Text) and _is_power(waiting, at):
            leaf = Text(text=leaf.text + ("²" if waiting[at].text == "2" else "³"))  # type: ignore[union-attr]
            at += 1
        if isinstance(leaf, Text) and not leaf.text.isascii():
            *pieces, leaf = fractions(leaf.text, written(found[-NEAR:]))
            found += pieces
        found.append(leaf)
    return found


def _longest(leaves: list[Leaf], start: int, known: Mapping[str, str], last: str) -> tuple[Leaf, int]:
    """What is said of the leaves from `start` in one, as many as possible, and where the rest begins; `last` is the
    text before them."""
    first = leaves[start]
    texts, ends = [], []
    for at in range(start, min(start + LONGEST, len(leaves))):
        leaf = leaves[at]
        if isinstance(leaf, Number | Year) or at == start:
            ends.append(at + 1)
        elif not (isinstance(leaf, Text) and leaf.text in JOINTS):
            break
        texts.append(leaf.text)  # type: ignore[union-attr]
    for end in reversed(ends[1:]):
        rest = leaves[end] if end < len(leaves) else None
        said = _said("".join(texts[: end - start]), known, last, rest.text if isinstance(rest, Text) else "")
        if said is not None:
            return said, end
    end = start + 1
    while end + 1 < len(leaves) and _is_unclear(*leaves[end - 1 : end + 2]):
        end += 2
    if end == start + 1:
        return first, end
    text = written(leaves[start:end])
    return Said(text=text, words=re.sub(r"\s*([/:'’])\s*", r"\1", text)), end


def _is_unclear(one: Leaf, sign: Leaf, other: Leaf) -> bool:
    """Whether a sign between two figures may mean this or that; with spaces around it only between bare numbers."""
    if not isinstance(sign, Text) or not isinstance(other, STARTS):
        return False
    if sign.text == ",":  # "£1,00": a comma for a stop, or a nought too few
        return isinstance(one, Money) or written([other]).startswith("0")
    if sign.text not in UNCLEAR:
        bare = isinstance(one, Number | Year) and isinstance(other, Number | Year)
        return bare and sign.text.strip(" \u00a0") in ("/", ":")
    return sign.text != "/" or not _alike(one, other)


def _alike(one: Leaf, other: Leaf) -> bool:
    """Whether a slash between two values is "or"."""
    if isinstance(one, Number) and isinstance(other, Number):
        return one.ordinal and other.ordinal
    return isinstance(one, Time | Money | Percentage | Date | Day) and type(one) is type(other)


def _said_in_groups(text: str, last: str, rest: str) -> Said | None:
    """Groups of figures with spaces between: a large number, a code, or several numbers ("buses 332 331")."""
    groups = text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ").split(" ")
    digits = "".join(groups)
    if not GROUPS.fullmatch(" ".join(groups)):
        return None
    if leads_to_code(last) and len(digits) > 5:
        return Said(text=text, words=numbers.code(text))
    if digits[0] == "0":
        is_phone = digits[1] != "0" and 9 <= len(digits) <= 13
        return Said(text=text, words=digits if is_phone else numbers.code(text))
    if any(len(group) != 3 for group in groups[1:]) or len(groups[0]) > 3:
        return None
    if SEVERAL.search(last) and " " in text:
        return Said(text=text, words=", ".join(numbers.cardinal(int(group)) for group in groups))
    if SQUARE.search(last):
        return Said(text=text, words=numbers.code(text))
    sure = " " not in text or digits.endswith("000") or len(groups[0]) < 3 or PLURAL_NOUN.match(rest)
    return Said(text=text, words=numbers.cardinal(int(digits)) if sure else digits)


def _said(text: str, known: Mapping[str, str], last: str, rest: str) -> Said | None:
    if found := _said_in_groups(text, last, rest):
        return found
    text = text.replace("\u00a0", " ")
    if text in known:
        return Said(text=text, words=known[text])
    if (match := ORDER.fullmatch(text)) and INSTRUMENT.search(last):
        return Said(text=text, words=f"{_year(int(match[1]))} number {numbers.cardinal(int(match[2]))}")
    if DATE.fullmatch(text) or (SHORT_DATE.fullmatch(text) and not SECTION.search(last)):
        return Said(text=text, words=text)  # for guard.py to refuse: nobody knows whose order it is in
    if part := fraction(text, last, rest):
        return part
    if SLASHED.fullmatch(text) and NUMBERED.search(last) and not rest.startswith("/"):
        return Said(text=text, words=" or ".join(numbers.cardinal(int(one)) for one in text.split("/")))
    if MONEY.fullmatch(text) and isinstance(money := value(text.replace(" ", "")), Money):
        return Said(text=text, words=numbers.money(money))
    if (match := YEARS.fullmatch(text)) and f"{int(match[1]) + 1}".endswith(match[2]):
        return Said(text=text, words=" to ".join(_year(int(match[1]) + later) for later in (0, 1)))
    if (match := PRESSURE.fullmatch(text)) and 70 <= int(match[1]) <= 250 and 40 <= int(match[2]) < int(match[1]):
        return Said(text=text, words=" over ".join(map(numbers.cardinal, map(int, match.groups()))))
    if CODE.fullmatch(text) or (INSURANCE.fullmatch(text) and LETTERS.search(last)):
        return Said(text=text, words=numbers.code(text))
    for pattern, word in ((RATIO, " to "), (RATE, " in ")):
        if match := pattern.fullmatch(text):
            return Said(text=text, words=word.join(numbers.decimal(_decimal(part)) for part in match.groups()))
    for pattern, sign, word in (
        (POINTS, ".", " point "),
        (BY, "x", " by "),
    ):
        if pattern.fullmatch(text):
            return Said(text=text, words=word.join(numbers.cardinal(int(part)) for part in text.split(sign)))
    return None


def _decimal(figures: str) -> Decimal:
    return Decimal(figures.replace(",", ""))


def _year(number: int) -> str:
    return numbers.year(Year(text="", value=number))


def _with_rest(leaf: Leaf, text: str, last: str) -> tuple[Leaf, str]:
    """A number with what follows it: 2½, the 90s, 1990's, under-16s, 7.30 p.m.; and the rest of the text."""
    if isinstance(leaf, Number | Time | Range) and (match := HALF_OF_DAY.match(text)):
        moment = value(f"{leaf.text}{match[1]}m")
        if isinstance(moment, Time | Range):
            return moment, text[match.end() :]
    if isinstance(leaf, Money) and (ARTICLE.search(last) or BOUGHT.match(text)):
        return Said(text=leaf.text, words=numbers.money(leaf, before_noun=True)), text
    if not isinstance(leaf, Number | Year) or (isinstance(leaf, Number) and (leaf.ordinal or leaf.scale)):
        return leaf, text
    part, end = after_number(text)
    if part:
        return Said(text=leaf.text + text[:end], words=numbers.value(leaf) + part), text[end:]
    if (match := DECADE.match(text)) and _is_plural(leaf.text, text, last):
        return Said(text=leaf.text + match[0], words=numbers.several(numbers.value(leaf))), text[match.end() :]
    if SECONDS.match(text) and LASTING.search(last):
        return leaf, f" seconds{text[1:]}"
    if isinstance(leaf, Number) and (ARTICLE.search(last) or MEASURED.match(text) or LONG_THINGS.match(text)):
        return Said(text=leaf.text, words=numbers.number(leaf), one=True), text
    return leaf, text


def _is_plural(figures: str, text: str, last: str) -> bool:
    """Whether an s after figures makes them several: decades, ages; after "wait" it is seconds, or nobody can tell."""
    if len(figures) == 2 and figures[1] == "0":
        return ERA.search(last) is not None or PLURAL.search(last) is not None or AND_MORE.match(text) is not None
    return TENS.fullmatch(figures) is not None or PLURAL.search(last) is not None or AND_MORE.match(text) is not None


def _is_power(leaves: list[Leaf], at: int) -> bool:
    """Whether the figure at `at` is the 2 of "5 m2", after which nothing else is written directly."""
    unit, power = leaves[at - 1], leaves[at] if at < len(leaves) else None
    after = leaves[at + 1] if at + 1 < len(leaves) else None
    return (
        isinstance(unit, Text)
        and isinstance(power, Number)
        and power.text in ("2", "3")
        and at > 1
        and isinstance(leaves[at - 2], Number)
        and re.fullmatch("[ \u00a0]?(?:m|cm|km|ft)", unit.text) is not None
        and not (isinstance(after, Text) and after.text[:1].isalnum())
    )
