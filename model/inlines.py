"""A sentence and what it is made of: words, markup, and values. The reader recognises values once and keeps their
text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a source file. Line and column count from 1; columns count characters."""

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
    """Words that lead to a place. `target` is a full https:, mailto:, tel: or sms: address, or `#id` for a place in
    this document. It is None for a place whose address the source does not give; such a place is named and not
    linked. `children` hold no strong, no emphasis and no link. A phone number or web address among them is words
    only."""

    target: str | None
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """An abbreviation as written ("DIP"), and what it stands for. `say` is how the author wants it said, written at
    `mark`."""

    text: str
    expansion: str
    say: str | None = None
    ipa: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words whose pronunciation the author gives: shown as `text`, spoken as `say`. `mark` is the place of `say`. `ipa`
    is the pronunciation of `say` for voices that take sounds, here and in the two other explained words."""

    text: str
    say: str
    ipa: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Words in another language (BCP 47 tag)."""

    text: str
    language: str
    say: str | None = None
    ipa: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A telephone number. `text` keeps the groups as written. `number` has only digits and a leading +. `texted` is
    true where people are asked to send it a message."""

    text: str
    number: str
    texted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of money. `amount` is the number as written. `scale` is "", "thousand", "million", "billion" or
    "trillion". `per` is the sign of the unit that it is paid for ("pcm", "hr"), as in the language's units."""

    text: str
    amount: Decimal
    currency: Literal["GBP", "EUR", "USD", "CAD", "AUD", "JPY", "INR", "NGN", "THB", "TRY", "KRW", "RUB"]
    scale: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage:
    text: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in figures. `ordinal` is true for 1st, 2nd, 21st; `plural` for the 16s of "under-16s". `scale` is as
    in Money."""

    text: str
    value: Decimal
    ordinal: bool = False
    scale: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """A fraction as people write it: ½, 3/4, or 2½ with a whole number before it."""

    text: str
    top: int
    bottom: int
    whole: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount of a unit: 10 kg, 2½ tsp, 20mg/L. `unit` and `per` are signs that the language's units define."""

    text: str
    amount: Number | Fraction
    unit: str
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The unit in which figures elsewhere are counted, such as the £000 of a table's header. It has no figure of its
    own."""

    text: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date. `assumed` is true where it is written in figures and its day and month could change places."""

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
    """A time of day, 24-hour: "9am", "5.30pm", "17:30", "noon". `second` is set for "1:45:30" only."""

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
    """Values with a sign between them. `joint` is what the sign means there: 140/90 (over), 1:50,000 (to), 4 x 4
    (by), 3.1.2 (point), 10mg/5ml (per), 9am/10am (or), £5 − £3 (minus), 60/40 (then: one after the other). It is
    "slash" where nothing tells what a slash means."""

    text: str
    values: tuple[Value, ...]
    joint: Literal[
        "over", "to", "by", "times", "point", "per", "in", "or", "out of", "minus", "slash", "number", "then", "power"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Figures that count nothing, with their letters: a postcode, an account number, M25. `kind` is how they are
    read: digit by digit, as a name with a number (P45), or as people say postcodes and roads."""

    text: str
    kind: Literal["digits", "name", "postcode", "road"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place in a law or document, cut into its parts: the 8(1)(b) of "section 8(1)(b)"."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Figures whose meaning only the author knows. `kind` says why. `readings` are what they may mean, each as the
    author can write it instead."""

    text: str
    kind: Literal["metres", "date", "time", "seconds", "prime", "amount", "phone", "letter"]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """A bare web or e-mail address in the text: "drugs.gov.uk". `target` is what it links to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteMark:
    """The place in a text that a footnote belongs to. `text` is how every edition shows it (" [note 1]"). `id` is
    the place that a reader comes back to, `note` the id of the footnote. `first` is true for the first marker of a
    footnote. The marker itself is not spoken; after the first one the note is."""

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
    """One sentence, heading, label or cell. It is the unit that is anchored, spoken, captioned and cached."""

    id: str
    inlines: tuple[Inline, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)
