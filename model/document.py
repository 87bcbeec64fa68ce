"""The Document: what a source file says, free of YAML and of any output format.

All its parts are frozen, slotted, keyword-only dataclasses and tuples. `Block` and `Inline` are closed unions. A
renderer matches them exhaustively and ends in `assert_never`, so the type checker names a renderer that forgets a
node.

Text is made of sentences. Each sentence has an id that is an HTML anchor, a PDF destination, a unit of the speech
cache and an audio clip at once. The reader makes ids from the place of the content, or takes the author's; a
renderer never makes one. `mark` says where in the source a thing was written; it takes no part in equality, hash or
digest.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from model.blocks import Address, Block, Notice, Section
from model.inlines import NOWHERE, Inline, Link, Mark, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A publisher's logo. `image` is its path from the source's folder, with forward slashes; it may lead out of
    that folder. `on_dark` is the version for dark backgrounds. `digest` and `on_dark_digest` are the SHA-256 of
    their bytes. `width` and `height` are in pixels. `clear_space` is the space kept free around the logo, as a
    fraction of its height."""

    image: str
    digest: str
    width: int
    height: int
    alternative: str
    on_dark: str | None = None
    on_dark_digest: str = ""
    clear_space: float = 0.25
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverArt:
    """The picture of the publisher's covers on paper: `image` as a Logo's, `width` and `height` in pixels. A picture
    has an `alternative`. Without one it is a pattern, which is repeated and is decoration."""

    image: str
    digest: str
    width: int
    height: int
    alternative: str = ""
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """A publisher's two colours, each as #rrggbb; all other colours are made from them. `brand_inks` and
    `accent_inks` are the inks in which a print shop has them: cyan, magenta, yellow and black in per cent, None
    where the publisher gives none."""

    brand: str
    accent: str
    brand_inks: tuple[int, ...] | None = None
    accent_inks: tuple[int, ...] | None = None
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A publisher's own font files, as paths from the source's folder. `digest` is of their bytes. `weights` is true
    where the regular is a variable font whose weight can be chosen; `print_only` where its licence does not allow
    the web. Where `family` names one of the typefaces that come with the program, there are no files of its own."""

    regular: str
    digest: str
    family: str = ""
    bold: str | None = None
    weights: bool = False
    print_only: bool = False
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """A publisher's own style sheets, as paths from the source's folder. `digest` is of their bytes."""

    page: str | None
    print: str | None
    digest: str
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The body that publishes. `url` is None unless the author gives one. `address` is postal. `government` is true
    where the author says that the body is part of the government."""

    name: Sentence
    url: str | None = None
    address: Address | None = None
    government: bool = False
    logo: Logo | None = None
    cover: CoverArt | None = None
    colours: Colours | None = None
    typeface: Typeface | None = None
    styles: Styles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """The publisher's own claim that its EPUBs conform to `standard`, and the body that has found it. `credential` is
    what entitles that body, `report` the address of its report."""

    standard: str
    certified_by: str
    credential: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of the source. `as_of` is in words, for a document without dates."""

    as_of: Sentence | None = None
    published: date | None = None
    reviewed: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The note that the markers with the ids `marks` lead to. Each edition chooses where it stands: at the end, at
    the foot of a sheet, or behind the sentence that it belongs to."""

    id: str
    number: int
    sentences: tuple[Sentence, ...]
    marks: tuple[str, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change for readers, and its day. The first sentence begins with that day."""

    id: str
    day: date
    sentences: tuple[Sentence, ...]
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A setting of a channel (`voice`, `rate`) that the source or its publisher asks for. The command line may
    choose another."""

    name: str
    value: str
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """The id of a section or block that only some editions have: those in `only` or, where `only` is empty, all
    except those in `without`. Both hold names of editions."""

    id: str
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionNames:
    """The names of the editions that authors may choose, besides the printed ones (`model.editions`).

    A `usual` one is made unless the author says otherwise. A `spoken` one is made from the recording, and together
    with it unless the author says otherwise. One `on_wish` is made from the recording where somebody asks for it.
    Without other channels than the program's own, these are all.
    """

    usual: tuple[str, ...] = ("page", "recording", "braille")
    spoken: tuple[str, ...] = ("epub", "daisy", "tracks")
    on_wish: tuple[str, ...] = ("m4b", "opus", "ivr", "podcast")


OWN_EDITIONS: Final = EditionNames()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The parts that `edition` lacks of a document: the titles of sections that are left out whole, and the editions
    that have everything that is left out here."""

    edition: str
    titles: tuple[str, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One publication in one language.

    `introduction` stands before the first section. `related` ("See also") is complementary to the main text. `words`
    are the fixed words of the language ("Contents", "Source"). `version_inlines` are the version as it is said.
    `language_mark` is where the source names its language. `editions` and `without` are the names that the author
    wrote, both empty where there are none; `model.editions` turns them into the editions that are made, of those in
    `edition_names` and the printed ones. `spoken` is False for a language that has no words for speech, and so no
    recording. `tags` are the subjects by which lists are sorted. `accessibility` and `privacy` are the addresses of
    the publisher's statement and notice. `choices` are settings and no part of the content. `defaults` are the files
    beside the source that say the rest.
    """

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
    conformance: Conformance | None = None  # None where nothing is claimed
    other_formats: tuple[Sentence, ...] = ()
    feedback: tuple[Sentence, ...] = ()
    exit_page: Link | None = None
    rights: tuple[Sentence, ...] = ()
    changes: tuple[Change, ...] = ()  # the newest first
    editions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    edition_names: EditionNames = field(default=OWN_EDITIONS, compare=False, repr=False)
    spoken: bool = True
    tags: tuple[str, ...] = ()
    restricted: tuple[Restriction, ...] = ()
    left_out: LeftOut | None = None  # set where this is what one edition has of a document (model.parting)
    translations: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = field(default=(), compare=False, repr=False)
    defaults: tuple[str, ...] = field(default=(), compare=False, repr=False)
    language_mark: Mark = field(default=NOWHERE, compare=False, repr=False)
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)

    @property
    def updated(self) -> date | None:
        """The day of the newest change, None where the source has no changes."""
        return self.changes[0].day if self.changes else None

    @property
    def newest_day(self) -> date | None:
        """The newest day of publication, change or review. None where the source names none."""
        return max(filter(None, (self.dates.published, self.updated, self.dates.reviewed)), default=None)

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """The sections of the text, then the glossary, then the related places: the logical order of all editions."""
        extra = (section for section in (self.glossary, self.related) if section is not None)
        return (*self.sections, *extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of one language by key, sorted, from `languages/<language>/words.yaml`. Words that go with a
    number have a key for each CLDR plural category: `pages.one`, `pages.other`."""

    entries: tuple[tuple[str, str], ...]
    language: str = "und"

    def __getitem__(self, key: str) -> str:
        """The words for `key`. Raises KeyError for a key that the language lacks."""
        if (words := self.get(key)) is None:
            raise KeyError(key)
        return words

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> str | None:
        """The words for `key`, or None."""
        at = bisect_left(self.entries, (key,))
        return self.entries[at][1] if at < len(self.entries) and self.entries[at][0] == key else None
