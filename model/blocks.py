"""The blocks that a section is made of (paragraphs, lists, tables, statistics, contacts …), and the section itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from model.inlines import NOWHERE, Mark, Sentence, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    id: str
    sentences: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An entry of a list: its sentences, then the blocks under them, such as a list within the list."""

    id: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletList:
    """Points in any order. `kind` is "do" or "dont" for a list of what to do or what not to do, which gets a
    heading."""

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
    """Points counted from `start`, in numbers or letters (a, b, c). They are not steps to be done in order."""

    id: str
    items: tuple[ListItem, ...]
    style: Literal["numbers", "letters"] = "numbers"
    start: int = 1
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """A figure that people would rather look at than read.

    `sentences` say the figure in the text and are what is spoken. The picture shows `value` with `label`, and beside
    it `compared_with`, the smaller amount (£1 → £9.50). `direction` says whether the percentage is a fall, a rise or
    a share. `alternative` describes the picture. `source` is a sentence of its own, "(Source: …)"; it is None where
    the author declares that there is none. `notes` follow the source and explain its abbreviations.
    """

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
    """A row of a table, spoken as one. Each cell is a sentence with its own id. A cell that repeats the one above it
    or before it is the same Sentence object. `group` is the heading of the rows from here to the next row that has
    one."""

    id: str
    cells: tuple[Sentence, ...]
    group: Sentence | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """Columns under one common header. Without a title they have no common header."""

    title: Sentence | None
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headers. Every row has as many cells as `headers`. `row_headers` is true when the first cell names
    its row. If there are column groups, their widths add up to the width of the table. `footer` holds totals,
    `notes` stand below."""

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
    """An image beside the source file.

    `image` is its path from the source's folder, with forward slashes. `digest` is the SHA-256 of its bytes, so that
    a changed image is a changed document. `width` and `height` are in pixels, None where the image does not say.
    `alternative` is None exactly when the author declares the image decorative. `beside` is the text that the image
    stands next to: Easy Read has a picture for each sentence. `size` is how much of the line the image takes.
    """

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
    """Something set apart: sentences, then blocks. Without a title, the words for its kind head it."""

    id: str
    title: Sentence | None
    sentences: tuple[Sentence, ...]
    kind: NoticeKind = "information"
    blocks: tuple[Block, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Somebody's words, and who said them. `speaker` and `role` are None where the source does not say."""

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
    """One number of a contact that has several: one Phone, what it is for ("in Welsh"), and what to do once it
    answers ("then choose option 2"). `kind` is "text" for a number that takes messages only."""

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
    """Someone to turn to. Each detail is a sentence ready to show and to say, or None where the source does not give
    it. `phone` and `textphone` hold exactly one Phone; `website` and `email` exactly one WebAddress. `address` is
    postal, one sentence a line. `main` marks the contact that the author puts before all others."""

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
    """Blocks under a heading, then the sections within. The level of the heading is its depth plus one."""

    id: str
    title: Sentence
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)
