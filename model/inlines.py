"""A sentence and what it is made of: words, markup, and values that were recognised once, with where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a source file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int


NOWHERE = Mark(file="", line=0, column=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain words, exactly as written (white space folded to single spaces)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that name a place. `target` is a full https:, mailto:, tel: or sms: address, `#id` for a place in this
    document, or None for a place whose address the source does not give: it is named and not linked.
    `children` are leaves (no strong, no emphasis, no link); a phone or web address among them is words only."""

    target: str | None
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """An abbreviation as written ("DIP"), what it stands for, and how it is said where the author says so, `mark`."""

    text: str
    expansion: str
    say: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words whose saying the author gives: shown as `text`, spoken as `say`, which stands at `mark`."""

    text: str
    say: str
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in another language (BCP 47 tag)."""

    text: str
    language: str
    say: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number. `text` keeps the groups as written, `number` has digits and a leading + only; `texted` where
    people are asked to send it a message."""

    text: str
    number: str
    texted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount. `scale` is "", "thousand", "million", "billion" or "trillion"; amount is the number as written; `per`
    the sign of what it is for each of ("pcm", "hr"), as the units of the language have it."""

    text: str
    amount: Decimal
    currency: Literal["GBP", "EUR", "USD", "CAD", "AUD", "JPY", "INR"]
    scale: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage:
    text: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in figures; `ordinal` for 1st, 2nd, 21st; `scale` as in Money; `plural` for the 16s of "under-16s"."""

    text: str
    value: Decimal
    ordinal: bool = False
    scale: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """A fraction as people write it: ½, 3/4, and with a whole number before it 2½."""

    text: str
    top: int
    bottom: int
    whole: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount of a unit: 10 kg, 2½ tsp, 20mg/L. `unit` and `per` are signs that the language's units have."""

    text: str
    amount: Number | Fraction
    unit: str
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What figures elsewhere are counted in, with no figure of its own: the £000 of a table's header."""

    text: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date. `assumed` where its day and month, written in figures, could change places."""

    text: str
    value: date
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a month whose year is not written: "3 May", or the "1" of 1–7 May 2024."""

    text: str
    day: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of day, 24-hour: "9am", "5.30pm", "17:30", "noon"; with seconds "1:45:30"."""

    text: str
    hour: int
    minute: int
    second: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year; `text` is "1997", the "08" of 2007–08, or "1990s" for a decade."""

    text: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Two values joined by a dash: 1997–2007, 18–24, £5–£10."""

    text: str
    start: Value
    end: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Values with a sign between them, and what it means there: 140/90 (over), 1:50,000 (to), 4 x 4 (by), 3.1.2
    (point), 10mg/5ml (per), 9am/10am (or), £5 − £3 (minus), 60/40 (then: one after the other); "slash" where nothing
    tells what a slash means."""

    text: str
    values: tuple[Value, ...]
    joint: Literal[
        "over", "to", "by", "times", "point", "per", "in", "or", "out of", "minus", "slash", "number", "then", "power"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Figures that count nothing, with the letters among them: a postcode, an account, M25. `kind` is how it is
    read: each digit by itself, as a name that has a number (P45), or as people say postcodes and roads."""

    text: str
    kind: Literal["digits", "name", "postcode", "road"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place in a law or document: the 8(1)(b) of "section 8(1)(b)", in its parts."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Figures of which only their author knows what they are. `kind` says why, `readings` what they may be, each as it
    can be written instead."""

    text: str
    kind: Literal["metres", "date", "time", "seconds", "prime", "amount", "phone"]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """A bare web or e-mail address in the text: "drugs.gov.uk". `target` is what it links to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteMark:
    """The place in a text that a footnote belongs to. `text` is how every edition shows it (" [note 1]"), `id` where a
    reader comes back to, `note` the id of the footnote; `first` where no marker before it leads there. It is not said:
    the first is followed by the note itself."""

    text: str
    id: str
    note: str
    number: int
    first: bool = True


Value: TypeAlias = Money | Percentage | Number | Fraction | Quantity | Date | Day | Time | Year
Typed: TypeAlias = Value | Phone | Range | Joined | Code | Reference | Unit | Ambiguous | WebAddress
Inline: TypeAlias = Text | Strong | Emphasis | Link | Abbreviation | Term | Foreign | FootnoteMark | Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, heading, label or cell: the unit that is anchored, spoken, captioned and cached."""

    id: str
    inlines: tuple[Inline, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)
