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
from typing import Literal

from model.blocks import Block, Notice, Section
from model.inlines import NOWHERE, Inline, Link, Mark, Sentence


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
