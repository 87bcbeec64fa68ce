"""The Document: what a source file says, free of YAML and of any output format.

Frozen, slotted, keyword-only dataclasses and tuples throughout. `Block` and `Inline` are closed unions; a renderer
matches them exhaustively and ends in `assert_never`, so the type checker names the renderer that forgets a node.

Text is made of sentences: every sentence has an id that is an HTML anchor, a PDF destination, a unit of the speech
cache and an audio clip at once. Ids come from the place of the content, or from the author, never from a renderer.
`mark` says where in the source a thing was written; it takes no part in equality, hash or digest.
"""

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


# ---------------------------------------------------------------------------------------------------- inlines


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


# ---------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    id: str
    sentences: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An entry of a list: sentences, then what stands under them, such as a list within the list."""

    id: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """Points in any order. `kind` is "do" or "dont" for what to do and what not to do, which the list is headed by."""

    id: str
    items: tuple[ListItem, ...]
    kind: Literal["", "do", "dont"] = ""
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Things to do in order, counted from `start`."""

    id: str
    items: tuple[ListItem, ...]
    start: int = 1
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedList:
    """Points that are counted from `start`, in numbers or letters (a, b, c), and are no steps."""

    id: str
    items: tuple[ListItem, ...]
    style: Literal["numbers", "letters"] = "numbers"
    start: int = 1
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """A figure people would rather look at than read. `sentences` say it in the text, and are what is spoken;
    `value` with `label` is what the picture shows, `compared_with` the smaller amount beside it (£1 → £9.50),
    `direction` whether the percentage is a fall, a rise or a share; `alternative` describes the picture.
    `source` is a sentence of its own, "(Source: …)", or None where the author declares that there is none; `notes`
    follow it and say what its abbreviations stand for."""

    id: str
    sentences: tuple[Sentence, ...]
    value: Value
    label: str
    alternative: str
    compared_with: Value | None = None
    compared_label: str = ""
    direction: Literal["down", "up", "share"] | None = None
    period: str = ""
    source: Sentence | None = None
    notes: tuple[Sentence, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, spoken as one; each cell is a sentence with its own id. A cell that is the same as the one
    above it or before it is that very sentence. `group` heads the rows from here to the next that has one."""

    id: str
    cells: tuple[Sentence, ...]
    group: Sentence | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """Columns under one header; without a title they are under none."""

    title: Sentence | None
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headers, every row as long as `headers`; `row_headers` when the first cell names its row. The column
    groups together are as wide as the table, if there are any. `footer` holds totals, `notes` stand below."""

    id: str
    caption: Sentence
    headers: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    row_headers: bool = False
    column_groups: tuple[ColumnGroup, ...] = ()
    footer: tuple[Row, ...] = ()
    notes: tuple[Sentence, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image beside the source file. `image` is its path from the source's folder, forward slashes;
    `digest` the SHA-256 of its bytes, so that a changed image is a changed document;
    `width` and `height` are in pixels, None where the image does not say.
    `alternative` is None exactly when the author declares the image decorative. `beside` is the text that the image
    stands next to, as Easy Read has a picture for each sentence; `size` is how much of the line the image takes."""

    id: str
    image: str
    digest: str
    alternative: Sentence | None
    width: int | None = None
    height: int | None = None
    caption: Sentence | None = None
    beside: tuple[Sentence, ...] = ()
    size: Literal["", "small", "medium", "large"] = ""
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


NoticeKind: TypeAlias = Literal[
    "information", "warning", "call-to-action", "example", "non-urgent", "urgent", "immediate"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something set apart: sentences, then blocks. Without a title its kind says what it is."""

    id: str
    title: Sentence | None
    sentences: tuple[Sentence, ...]
    kind: NoticeKind = "information"
    blocks: tuple[Block, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Somebody's words, and who that is. `speaker` and `role` are None where the source does not say."""

    id: str
    sentences: tuple[Sentence, ...]
    speaker: Sentence | None = None
    role: Sentence | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address, one sentence a line."""

    id: str
    lines: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to fetch: a sentence that links to it, then its type, size and length ("PDF, 230 KB, 4 pages")."""

    id: str
    title: Sentence
    details: Sentence | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    id: str
    items: tuple[Download, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    id: str
    term: Sentence
    sentences: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    id: str
    entries: tuple[Definition, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNumber:
    """A number of a contact that has several: one Phone, what it is for ("in Welsh"), and what to do once it answers
    ("then choose option 2"). `kind` is "text" where it takes messages and nobody answers."""

    id: str
    number: Sentence
    kind: Literal["phone", "textphone", "text"] = "phone"
    purpose: Sentence | None = None
    note: Sentence | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """On which days somebody can be reached, and at what times."""

    id: str
    days: Sentence
    times: Sentence
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone to turn to. Each detail is a sentence ready to show and to say; what the source does not give is
    None. `phone` and `textphone` hold exactly one Phone, `website` and `email` one
    WebAddress. `address` is postal, one sentence a line. `main` is the one that the author puts first of all."""

    id: str
    name: Sentence
    about: tuple[Sentence, ...] = ()
    phone: Sentence | None = None
    textphone: Sentence | None = None
    email: Sentence | None = None
    website: Sentence | None = None
    address: tuple[Sentence, ...] = ()
    hours: Sentence | None = None
    cost: Sentence | None = None
    numbers: tuple[ContactNumber, ...] = ()
    opening: tuple[Opening, ...] = ()
    main: bool = False
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


Lists: TypeAlias = BulletList | Steps | NumberedList
Block: TypeAlias = (
    Paragraph | Lists | Statistic | Table | Figure | Notice | Quotation | Address | Downloads | Definitions | Contact
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks under a heading, then the sections within. Its heading's level is its depth plus one."""

    id: str
    title: Sentence
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


# ---------------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A publisher's logo. `image` is its path from the source's folder, forward slashes, and may lead out of it;
    `on_dark` the version for dark grounds. `digest` and `on_dark_digest` are SHA-256 of their bytes, `width` and
    `height` in pixels, `clear_space` what is kept free around it as a part of its height."""

    image: str
    digest: str
    width: int
    height: int
    alternative: str
    on_dark: str | None = None
    on_dark_digest: str = ""
    clear_space: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """A publisher's two colours, each as #rrggbb, from which all others follow; and the inks in which a print shop has
    them, where the publisher says so: cyan, magenta, yellow and black in per cent."""

    brand: str
    accent: str
    brand_inks: tuple[int, ...] | None = None
    accent_inks: tuple[int, ...] | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A publisher's own font files, paths from the source's folder. `digest` is of their bytes; `weights` where the
    regular is a variable font whose weight can be chosen; `print_only` where its licence has no web."""

    regular: str
    digest: str
    bold: str | None = None
    weights: bool = False
    print_only: bool = False
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """A publisher's own style sheets, paths from the source's folder; `digest` is of their bytes."""

    page: str | None
    print: str | None
    digest: str
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The body that publishes. `url` only where the author gives one; `government` where the author says that the body
    is part of it."""

    name: Sentence
    url: str | None = None
    government: bool = False
    logo: Logo | None = None
    colours: Colours | None = None
    typeface: Typeface | None = None
    styles: Styles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the source says of time. `as_of` is in words for a document without dates."""

    as_of: Sentence | None = None
    published: date | None = None
    reviewed: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """What its markers, whose ids are `marks`, lead to. Where it stands is each edition's own: at the end, at the foot
    of a sheet, behind the sentence that it belongs to."""

    id: str
    number: int
    sentences: tuple[Sentence, ...]
    marks: tuple[str, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What has changed for readers, and on which day; the first sentence begins with that day."""

    id: str
    day: date
    sentences: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A setting of a channel that the source or its publisher asks for (`voice`, `rate`); a run may choose another."""

    name: str
    value: str
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A section or block, by its id, that only some editions have: those in `only`, or where there are none all but
    those in `without`. Both are names of editions."""

    id: str
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What `edition` has not of a document: the titles of sections that are left out whole, and the editions that have
    all that is left out."""

    edition: str
    titles: tuple[str, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One publication in one language. `introduction` stands before the first section, `related` ("See also") is
    complementary to the main text, `words` are the fixed words of the language ("Contents", "Source"),
    `version_inlines` are its version as it is said, `language_mark` is where the source names its language. `editions`
    and `without` are names as the author wrote them, both empty where there are none; `model.editions` says what they
    come to. `tags` are its subjects, by which lists are sorted; `accessibility` and `privacy` the addresses of the
    publisher's statement and notice. `choices` are no
    part of what it says. `defaults` are the files beside the source that say the rest."""

    id: str
    language: str
    title: Sentence
    summary: Sentence
    publisher: Publisher
    status: Literal["current", "archived"]
    dates: Dates
    sections: tuple[Section, ...]
    words: Words
    introduction: tuple[Block, ...] = ()
    related: Section | None = None
    glossary: Section | None = None
    footnotes: tuple[Footnote, ...] = ()  # in the order of their numbers, from 1
    notice: Notice | None = None
    breadcrumb: tuple[Sentence, ...] = ()
    version: str | None = None
    version_inlines: tuple[Inline, ...] = ()
    url: str | None = None
    accessibility: str | None = None
    privacy: str | None = None
    other_formats: tuple[Sentence, ...] = ()
    feedback: tuple[Sentence, ...] = ()
    exit_page: Link | None = None
    rights: tuple[Sentence, ...] = ()
    changes: tuple[Change, ...] = ()  # the newest first
    editions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    restricted: tuple[Restriction, ...] = ()
    left_out: LeftOut | None = None  # where this is what one edition has of a document (model.parting)
    translations: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = field(default=(), compare=False, repr=False)
    defaults: tuple[str, ...] = field(default=(), compare=False, repr=False)
    language_mark: Mark = field(default=NOWHERE, compare=False, repr=False)
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)

    @property
    def updated(self) -> date | None:
        """The day of the newest change, where the source tells of one."""
        return self.changes[0].day if self.changes else None

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """The sections of the text, then the glossary and the related places: the logical order of all editions."""
        extra = (section for section in (self.glossary, self.related) if section is not None)
        return (*self.sections, *extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of one language, by key, sorted; from `languages/<language>/words.yaml`. Words that go with a
    number have a key for each plural category: `pages.one`, `pages.other`."""

    entries: tuple[tuple[str, str], ...]
    language: str = "und"

    def __getitem__(self, key: str) -> str:
        """The words for `key`; KeyError names a key that the language lacks."""
        for name, words in self.entries:
            if name == key:
                return words
        raise KeyError(key)
