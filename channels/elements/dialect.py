"""What a medium made of elements does in its own way, and what the writer of elements is told of a document.

`Dialect` is the web page's. `Xhtml` is that of talking and electronic books; print's stands with the channel that
lays it out. Whatever is not here is the same in every medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, Literal

from markupsafe import Markup, escape

from channels.elements.escape import fill, join
from model.blocks import Statistic, Table
from model.document import Footnote, Words
from model.inlines import FootnoteMark, Inline, Sentence

LONGEST_WORD = 100
LONGEST_HELD = 24
ENDLESS = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The web page's dialect. A subclass says what its medium does in another way."""

    space: ClassVar[Markup] = Markup(" ")  # between sentences, and between a word of ours and one of the author's
    slash: ClassVar[Markup] = Markup("")  # how an element without content ends: <br>, <br/>
    line_break: ClassVar[Markup] = Markup("<br>\n")
    label_end: ClassVar[Markup] = Markup("")  # stands behind a label, before what it labels
    svg: ClassVar[Markup] = Markup("")  # attributes of a drawing
    lazy: ClassVar[Markup] = Markup(' loading="lazy"')  # attributes of an image
    decorative: ClassVar[Markup] = Markup(' alt=""')  # attributes of an image that says nothing
    scrolls: ClassVar[bool] = True  # whether a wide table stands in a frame that scrolls and takes the focus
    names_cells: ClassVar[bool] = False  # whether each cell of a table has an id; its row has one everywhere
    texts: ClassVar[bool] = True  # whether a number to text is a link: EPUBCheck knows no such address
    notes_at: ClassVar[Literal["end", "block", "sentence"]] = "end"  # behind what a footnote stands
    hides: ClassVar[bool] = True  # whether what a picture shows must be hidden from those who are told it in words

    def text(self, words: str) -> Markup:
        """Words as text of an element."""
        return escape(words)

    def plain(self, words: str) -> Markup:
        """An author's running text, with places to break in endless words: without any, 100 kB take Chromium ten
        seconds to lay out."""
        if max(map(len, words.split()), default=0) < LONGEST_WORD:
            return self.text(words)
        starts = [0, *(match.end() for match in ENDLESS.finditer(words)), len(words)]
        return join(fill("<wbr{}>", self.slash), (self.text(words[start:end]) for start, end in pairwise(starts)))

    def prepared(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines of one sentence, before they are written."""
        return nodes

    def abbreviation(self, words: str, expansion: str) -> Markup:  # noqa: ARG002 (for dialects that tell it)
        """An abbreviation. The text says what it stands for where it is first used: a title would say it again."""
        return fill("<abbr>{}</abbr>", self.text(words))

    def moment(self, words: str) -> Markup:
        """A date or a time of day, on one line, as words of its sentence: a `time` element would be read as a piece of
        its own, and cut the sentence where it stands."""
        held = " " in words and len(words) <= LONGEST_HELD
        return fill('<span class="held">{}</span>', self.text(words)) if held else self.text(words)

    def link(self, target: str, words: Markup) -> Markup:
        """A link. Where pages are printed, they show the address behind it, unless that is the link's own words."""
        kind = Markup(' class="address"') if bare(target) == bare(words.striptags()) else ""
        return fill('<a{} href="{}">{}</a>', kind, target, words)

    def footnote_mark(self, mark: FootnoteMark) -> Markup:
        """The marker of a footnote, which leads to it (DPUB-ARIA 1.1, doc-noteref)."""
        return fill(
            '\N{NO-BREAK SPACE}<a class="note-mark" id="{}" role="doc-noteref" href="#{}">{}</a>',
            mark.id,
            mark.note,
            self.text(mark.text.strip()),
        )

    def way_back(self, place: str, name: str, words: Markup) -> Markup:
        """A link from a footnote to a marker of it (doc-backlink), called `name`, which begins with its words."""
        return fill('<a class="note-back" role="doc-backlink" href="#{}" aria-label="{}">{}</a>', place, name, words)

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:  # noqa: ARG002
        """A footnote with its label and the ways back. On a page the items of a list are numbered already."""
        return fill('<li id="{}">{}{}{}</li>', note.id, words, self.space, back)

    def language(self, tag: str) -> Markup:
        """The attributes that name a language."""
        return fill(' lang="{}"', tag)

    def paint(self, part: str) -> Markup:
        """The attributes of a part of a drawing: "ground", "length" or "marks"."""
        return fill('class="{}"', part)

    def counted_from(self, start: int) -> Markup:
        """The attribute of a list whose first number is not 1."""
        return fill(' start="{}"', start)

    def looks(self, table: Table) -> Mapping[str, Markup]:  # noqa: ARG002 (for dialects that set amounts under each other)
        """The attributes of cells of a table, by their ids."""
        return {}

    def figure(self, words: str) -> Markup:  # noqa: ARG002 (for dialects that set it by its length)
        """The attributes of a statistic's value in large type."""
        return Markup("")

    def holds(self, table: Table, cell: Sentence) -> bool:  # noqa: ARG002 (for dialects that ask)
        """Whether the first cell of a row stays on one line."""
        return False

    def ending_together(self, words: Markup, longest: int = 0) -> Markup:  # noqa: ARG002 (for dialects that set lines)
        """Words whose last line is not a single short word, where the medium leaves that to us."""
        return words

    def statement(self, node: Statistic) -> Markup:  # noqa: ARG002 (for dialects that have pages)
        """The attributes of the paragraph that says a statistic."""
        return Markup("")

    def addresses(self, nodes: Iterable[Sentence]) -> Markup:  # noqa: ARG002 (for dialects that ask)
        """What stands behind a block for the links in it."""
        return Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Xhtml(Dialect):
    """HTML in the syntax of XML, for books: nothing there scrolls or takes the focus. A footnote stands behind its
    block, in the file that its sound belongs to."""

    slash: ClassVar[Markup] = Markup("/")
    line_break: ClassVar[Markup] = Markup("<br/>\n")
    svg: ClassVar[Markup] = Markup(' xmlns="http://www.w3.org/2000/svg"')
    lazy: ClassVar[Markup] = Markup("")
    scrolls: ClassVar[bool] = False
    texts: ClassVar[bool] = False
    notes_at: ClassVar[Literal["end", "block", "sentence"]] = "block"

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:
        """A footnote beside the text, after its label."""
        return fill(
            '\n<div class="notebody" id="{}"><p><strong>{}:</strong>{}{}{}{}</p></div>',
            *(note.id, label, self.space, words, self.space, back),
        )

    def language(self, tag: str) -> Markup:
        """Both attributes that name a language: readers of XML know one, browsers the other."""
        return fill(' lang="{}" xml:lang="{}"', tag, tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image as a page shows it: where it stands and its size in CSS pixels, where known."""

    source: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What elements depend on besides the node itself. `images` are by the path that the author wrote,
    `notes` are the footnotes by their ids."""

    words: Words
    language: str
    images: Mapping[str, Image] = field(default_factory=dict)
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    dialect: Dialect = field(default_factory=Dialect)


def bare(address: str) -> str:
    """An address as people write it."""
    return re.sub(r"^(?:https?://|mailto:)(?:www\.)?|^www\.|/$", "", address)
