"""What a short sign beside a figure means, by the words around it; each is put into a form that has one meaning.

"6.3m" is metres where lengths are spoken of, "3C" a temperature beside others, `6"` six inches where no quotation ends.
Where nothing decides, the sign stays as it is written, and what could be either is refused by guard.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from languages.en import numbers
from languages.en.clock import clock, hundred_hours, is_time, of_the_whole_day
from languages.en.figures import ARTICLE
from languages.en.magnitude import SOLID
from languages.en.reference_numbers import is_code, is_counted
from languages.en.tokens import Leaf, Said, joint, written
from model.document import Date, Day, Money, Number, Percentage, Phone, Range, Text, Time, Year

FIGURES: Final = (Money, Percentage, Number, Date, Day, Time, Year, Range, Phone)
FAR: Final = 120
"""Characters around a figure that may decide what it is."""
LONG: Final = 1000

DIMENSION: Final = (
    r"(?:high|higher|wide|wider|deep|deeper|tall|taller|long|longer|thick|low|lower|across|apart|away|above|below"
    r"|from|off"
    r"|back|ahead|behind|beyond|inland|offshore|upstream|downstream|underground|square|in (?:length|height|width|depth)"
    r"|of (?!the\b|our\b|its\b|them\b|these\b|those\b|us\b|whom\b)[a-z]+|x \d|by \d)"
)
LENGTHS: Final = re.compile(
    rf"\dm {SOLID}\b|\dm(?:[ -]{DIMENSION}|²|³|/s)|\((?:m|metres)\)"
    r"|\d(?: ?(?:mm|cm|km|ft|feet|foot|metres?|inches|mph)| m)\b"
    r"|\b(?:metres?|(?<!-)(?:heights?|widths?|depths?)|(?:stopping )?distance of|diameter|radius|tides?|sea levels?"
    r"|river levels?|upstream|within \d+m)\b",
    re.IGNORECASE,
)
"""What speaks of lengths in a sentence: then an m is metres."""
METRES: Final = re.compile(r"m(?![\w²³/])")
ONE_THING: Final = re.compile(r"m [a-z-]*(?:[^\Ws]|ss)\b")
THE: Final = re.compile(r"\b(?:the|this|that|each|every) \Z", re.IGNORECASE)
LETTERED: Final = re.compile(
    r"\b(?:Flat|Unit|Room|Class|Year|Grade|Type|Group|Block|Zone|Route|Form|House|Number)s? \Z", re.IGNORECASE
)
"""What has numbers with a letter: no temperature."""
WARMTH: Final = re.compile(
    r"\b(?:temps?\b|temperature|degrees|hot|cold|warm|heat|cool|freez|froz|fever|frost|weather|boil|oven|fridge)|°"
    r"|[-−]\d+(?:\.\d+)? ?[CF]\b",
    re.IGNORECASE,
)
DEGREES: Final = re.compile("[ \u00a0]?[CF]\\b")
INCHES: Final = re.compile(
    "[ \u00a0]in(?=\\.? (?:of (?:rain|snow|water|mud|hail|ice)|tall|wide|deep|long|high|thick|across)\\b)"
)
PRIME: Final = re.compile(r"[\"″”](?!\w)|['′’](?!\w)")
DOUBLE: Final = '"″”'
OPENED: Final = {
    '"': re.compile(r'(?<![^\s(])"(?!\s)[^"]*\Z'),
    "'": re.compile(r"(?<![^\s(])'(?!\s)(?:[^']|'(?=\w))*\Z"),
    "”": re.compile(r"“[^”]*\Z"),
    "’": re.compile(r"‘(?:[^’]|’(?=\w))*\Z"),
}
"""A quotation that is open, by the sign that may end it."""
ON: Final = re.compile(r". ?[a-z(x×]", re.DOTALL)
PRIMES: Final = re.compile(r"\d[\"″”'′’](?!\w)")
"""A measure goes on, or is not alone. One sign at the end may end a quotation that began a sentence earlier: it is made
a sign that guard.py refuses."""
FEET_AND_INCHES: Final = re.compile(r"(?:\d|1[01])[\"″”]")
COUNTED_AFTER: Final = re.compile(r"[ \u00a0](?:people|men|women|children|[a-z]+[a-rtv-z]s)\b|-")
NUMBER: Final = re.compile("(?<![\\w'’])([Nn]o)(s?)\\.?[ \u00a0]([A-Z]{0,4})\\Z")
BY: Final = re.compile("(?<=[a-z)²³])[ \u00a0][x×][ \u00a0]\\Z")
DOSE: Final = re.compile("(?<!\\w)([mµμn]?g|mcg|kg|mmol|IU|units?|micrograms?|milligrams?)/\\Z")
IN_VOLUME: Final = re.compile("[\\d.,]+[ \u00a0]?(?:[mcd]?[lL]|(?:milli)?litres?)\\b")
AMOUNT_SLASH: Final = re.compile("\\A[ \u00a0]?([a-zµμA-Z]{1,12})/\\Z")
OF_MANY: Final = re.compile(r"(?:\d{1,3}(?:,000)+|10{2,})(?![\d,])")
UNIT_AFTER: Final = re.compile("[\\d.,]+[ \u00a0]?(km/h|[a-zµμA-Z]{1,12})")
KINDS: Final = {
    unit: kind
    for kind, units in {
        "mass": "ng µg μg mcg mg g kg t oz lb lbs st stone",
        "volume": "ml cl l L pint pints litre litres",
        "length": "mm cm m km ft in mile miles metres feet inches",
        "speed": "mph km/h",
        "time": "sec secs min mins minutes h hr hrs hour hours day days week weeks month months year years",
        "energy": "kJ kcal",
    }.items()
    for unit in units.split()
}
"""Units of which two with a slash between are the same amount twice: 5kg/11lb."""


def readings(leaves: Sequence[Leaf], about: str = "") -> list[Leaf]:
    """The leaves of a sentence, or of a cell under the header `about`, with signs that have one meaning each."""
    found = list(leaves)
    texts = [written([leaf]) for leaf in found]
    sentence, end = Context("".join(texts), about), 0
    for at, text in enumerate(texts):
        begin, end = end, end + len(text)
        around = Around(sentence=sentence, begin=begin, end=end)
        after = found[at + 1] if at + 1 < len(found) else None
        leaf = found[at]
        if isinstance(leaf, Text):
            found[at] = Text(text=_between(leaf.text, found[at - 1] if at else None, after, around))
        elif isinstance(leaf, FIGURES):
            found[at], used = _figures(leaf, around)
            if isinstance(after, Text):
                found[at + 1] = Text(text=_sign(leaf, after.text[used:], around))
    return found


class Context:
    """A sentence, or a cell under the header `about`: what it speaks of decides what a sign in it means."""

    def __init__(self, text: str, about: str) -> None:
        self.text = text
        self.about = about

    @cached_property
    def lengths(self) -> bool:
        return LENGTHS.search(f"{self.about} {self.text}") is not None

    @cached_property
    def warmth(self) -> bool:
        return WARMTH.search(f"{self.about} {self.text}") is not None

    @cached_property
    def primes(self) -> int:
        return len(PRIMES.findall(self.text))

    @cached_property
    def whole_day(self) -> bool:
        return of_the_whole_day(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The place of a figure, or of a text between figures, in its sentence."""

    sentence: Context
    begin: int
    end: int

    @property
    def before(self) -> str:
        return self.sentence.text[max(0, self.begin - FAR) : self.begin]

    @property
    def after(self) -> str:
        return self.sentence.text[self.end : self.end + FAR]

    @property
    def quoted(self) -> str:
        """As far back as a quotation that ends here may begin."""
        return self.sentence.text[max(0, self.begin - LONG) : self.begin]


def _figures(leaf: Leaf, around: Around) -> tuple[Leaf, int]:
    """A figure as a time or a code, where it is one, and how much of the text after it belongs to it."""
    day = around.sentence.whole_day
    if moment := clock(leaf, around.before, around.after, day):
        return moment
    if day and isinstance(leaf, Time | Range) and (hour := hundred_hours(leaf, around.before, around.after)):
        return hour, 0
    if isinstance(leaf, Number) and leaf.text.isdecimal():
        if is_code(leaf.text, around.before, around.after):
            return Said(text=leaf.text, words=numbers.code(leaf.text)), 0
        if is_counted(leaf.text, around.before, around.after):
            return Said(text=leaf.text, words=numbers.cardinal(int(leaf.text))), 0
    if isinstance(leaf, Range) and isinstance(leaf.start, Number) and isinstance(leaf.end, Number):
        if len(leaf.start.text) > 4 and leaf.start.value > leaf.end.value:
            return Said(text=leaf.text, words=numbers.code(leaf.text)), 0
        ends = (leaf.start.text, leaf.end.text)
        if all(end.isdecimal() and is_counted(end.rjust(5, "1"), around.before, around.after) for end in ends):
            first, last = (numbers.cardinal(int(end)) for end in ends)
            return Said(text=leaf.text, words=f"{first} {joint(around.before)} {last}"), 0
    return leaf, 0


def _between(text: str, before: Leaf | None, after: Leaf | None, around: Around) -> str:
    """What leads from one figure to another, or to the first: "No 10", "5 deaths/1,000", "2m high x 3m"."""
    if not isinstance(after, (*FIGURES, Said)):
        return text
    if isinstance(after, Number | Range) and (match := NUMBER.search(text)) and not _is_counted(after, around):
        return f"{text[: match.start()]}{'numbers' if match[2] else 'number'} {match[3]}"
    if IN_VOLUME.match(around.after):
        text = DOSE.sub(r"\1 per ", text)
    if isinstance(before, (*FIGURES, Said)):
        text = BY.sub(" by ", text)
        if isinstance(after, Number) and (match := AMOUNT_SLASH.search(text)):
            text = text[:-1] + _slash(match[1], around.after)
        if is_time(before) and is_time(after) and text.strip(" \u00a0") in ("–", "-"):
            return " to "
    return text


def _slash(unit: str, after: str) -> str:
    """What a slash between an amount and a figure is: "per" of many ("5 deaths/1,000"), "or" between two of a kind,
    else a sign that guard.py refuses: nobody may hear "250mg or four hours"."""
    other = UNIT_AFTER.match(after)
    if OF_MANY.match(after) and unit not in KINDS:
        return " per "
    if unit not in KINDS and not unit.endswith("s"):
        return "/"
    kind = KINDS.get(unit)
    return "/" if kind is not None and other and KINDS.get(other[1]) == kind else "∕"


def _is_counted(number: Number | Range, around: Around) -> bool:
    """Whether a number after "no" is of things that there are none of: "No 2 people agree"."""
    return COUNTED_AFTER.match(around.after[len(number.text) :]) is not None


def _sign(figures: Leaf, text: str, around: Around) -> str:
    """The text after a figure, its first sign in a form with one meaning."""
    if isinstance(figures, Number | Range):
        if METRES.match(text) and (
            around.sentence.lengths
            or ((ARTICLE.search(around.before) or THE.search(around.before)) and ONE_THING.match(text))
        ):
            return f" {text}"
        if (match := DEGREES.match(text)) and around.sentence.warmth and not LETTERED.search(around.before):
            return f"°{match[0][-1]}{text[match.end() :]}"
        if match := INCHES.match(text):
            return text[1:]
    if isinstance(figures, Number) and PRIME.match(text) and not _is_quoted(text[0], around.quoted):
        if around.after[1:2].isdigit():
            return "ft " if FEET_AND_INCHES.match(around.after, 1) else text
        if ON.match(text) or around.sentence.primes > 1 or around.sentence.lengths:
            return f"{'in' if text[0] in DOUBLE else 'ft'}{text[1:]}"
        return f"{'″' if text[0] in DOUBLE else '′'}{text[1:]}"
    return text


def _is_quoted(sign: str, before: str) -> bool:
    """Whether a quotation is open before a sign that may end it."""
    return sign in OPENED and OPENED[sign].search(before) is not None
