"""The dialect of a medium made of elements: what it does in its own way. Also the context that the writer gets.

`Dialect` is that of the web page. `Xhtml` is that of talking and electronic books. Print's stands with the channel
that lays it out. Everything else is the same in every medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, Literal

from markupsafe import Markup

from channels.elements.escape import NOTHING, escape, fill, join
from model.blocks import Paragraph, Statistic, Table
from model.document import Footnote, Words
from model.inlines import FootnoteMark, Inline, Sentence

LONGEST_WORD = 100
LONGEST_HELD = 24
MAIL_SIGNS = re.compile(r"(?<=[@.])(?=.)")
ADDRESS_SIGNS = re.compile(r"(?<=[/._?&=#-])(?=[^/.])")
ADDRESS = Markup(' class="address"')
AROUND_ADDRESS = re.compile(r"^(?:https?://|mailto:)(?:www\.)?|^www\.|/$")
ENDLESS = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The web page's dialect. A subclass overrides what its medium does differently."""

    space: ClassVar[Markup] = Markup(" ")  # between sentences, and between a fixed word and an author's
    slash: ClassVar[Markup] = Markup("")  # how an element without content ends: <br>, <br/>
    line_break: ClassVar[Markup] = Markup("<br>\n")
    label_end: ClassVar[Markup] = Markup("")  # stands between a label and what it labels
    svg: ClassVar[Markup] = Markup("")  # attributes of a drawing
    lazy: ClassVar[Markup] = Markup(' loading="lazy"')  # attributes of an image
    decorative: ClassVar[Markup] = Markup(' alt=""')  # attributes of a decorative image
    scrolls: ClassVar[bool] = True  # whether a wide table stands in a frame that scrolls and takes the focus
    frames: ClassVar[bool] = False  # whether a table of many columns has that frame, in a medium that cannot measure it
    names_cells: ClassVar[bool] = False  # whether each cell of a table has an id; each row always has one
    texts: ClassVar[bool] = True  # whether a number to text is a link: EPUBCheck rejects such addresses
    notes_at: ClassVar[Literal["end", "block", "sentence"]] = "end"  # what a footnote stands behind
    figures: ClassVar[bool] = (
        False  # whether pictures and quotations are figures; browsers name these by their captions,
    )
    # so that a screen reader says the captions twice
    hides: ClassVar[bool] = True  # whether what a picture shows must be hidden from those who hear it in words

    def text(self, words: str) -> Markup:
        """Words as the text of an element."""
        return escape(words)

    def plain(self, words: str) -> Markup:
        """An author's running text, with places to break in endless words. Without any such place, Chromium takes
        ten seconds to lay out 100 kB."""
        if len(words) < LONGEST_WORD or max(map(len, words.split()), default=0) < LONGEST_WORD:
            return self.text(words)
        starts = [0, *(match.end() for match in ENDLESS.finditer(words)), len(words)]
        return join(fill("<wbr{}>", self.slash), (self.text(words[start:end]) for start, end in pairwise(starts)))

    def address_text(self, words: str) -> Markup:
        """An e-mail or web address. On a narrow screen it breaks after its signs, and no sign is added; on others a
        short one stays whole. An e-mail address breaks after @ and full stop alone, since a hyphen at the end of a line
        might not belong to it."""
        is_mail = "@" in words and "/" not in words
        pieces = (MAIL_SIGNS if is_mail else ADDRESS_SIGNS).split(words)
        held = (
            fill('<span class="held">{}</span>', piece)
            if is_mail and "-" in piece and len(piece) <= LONGEST_HELD
            else piece
            for piece in pieces
        )
        breaking = join(fill("<wbr{}>", self.slash), held)
        return fill('<span class="whole">{}</span>', breaking) if len(words) <= LONGEST_HELD else breaking

    def prepared(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines of one sentence, as this medium prepares them before they are written."""
        return nodes

    def abbreviation(self, words: str, expansion: str) -> Markup:  # noqa: ARG002 (for dialects that tell it)
        """An abbreviation, as plain words: the text already says at its first use what it stands for. An element of its
        own, which has nothing to say, would part the heading or link around it for a screen reader."""
        return self.text(words)

    def moment(self, words: str) -> Markup:
        """A date or a time of day on one line, as words of its sentence. It is not a `time` element, which screen
        readers would read as a separate piece, cutting the sentence in two."""
        held = " " in words and len(words) <= LONGEST_HELD
        return fill('<span class="held">{}</span>', self.text(words)) if held else self.text(words)

    def link(self, target: str, words: Markup) -> Markup:
        """A link. When a page is printed, the address is shown after the link, unless the link's words are the
        address. An address with places to break is named whole, since browsers put a space at each into its name."""
        plain = words.striptags()
        kind = ADDRESS if bare(target) == bare(plain) else NOTHING
        name = fill(' aria-label="{}"', plain) if kind and "<wbr" in words else NOTHING
        return fill('<a{} href="{}"{}>{}</a>', kind, target, name, words)

    def footnote_mark(self, mark: FootnoteMark) -> Markup:
        """The marker of a footnote, which links to it (DPUB-ARIA 1.1, doc-noteref)."""
        return fill(
            '\N{NO-BREAK SPACE}<a class="note-mark" id="{}" role="doc-noteref" href="#{}">{}</a>',
            mark.id,
            mark.note,
            self.text(mark.text.strip()),
        )

    def way_back(self, place: str, name: str, words: Markup) -> Markup:
        """A link from a footnote back to one of its markers (doc-backlink). Its name is `name`, which begins with
        `words`."""
        return fill('<a class="note-back" role="doc-backlink" href="#{}" aria-label="{}">{}</a>', place, name, words)

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:  # noqa: ARG002
        """A footnote with its label and the links back. On a page the label is left out, since list items are
        numbered."""
        return fill('<li id="{}">{}{}{}</li>', note.id, words, self.space, back)

    def language(self, tag: str) -> Markup:
        """The attributes that name a language."""
        return fill(' lang="{}"', tag)

    def paint(self, part: str) -> Markup:
        """The attributes of a part of a drawing: "ground", "length" or "marks"."""
        return fill('class="{}"', part)

    def counted_from(self, start: int, widest: int) -> Markup:  # noqa: ARG002 (for paper)
        """The attribute of a list whose first number is not 1. Its widest number has `widest` figures."""
        return fill(' start="{}"', start)

    def looks(self, table: Table) -> Mapping[str, Markup]:  # noqa: ARG002 (for dialects that set amounts under each other)
        """The attributes of a table's cells, by the cells' ids."""
        return {}

    def figure(self, words: str) -> Markup:  # noqa: ARG002 (for dialects that set it by its length)
        """The attributes of a statistic's value in large type."""
        return NOTHING

    def holds(self, table: Table, cell: Sentence) -> bool:  # noqa: ARG002 (for dialects that ask)
        """True if the first cell of a row stays on one line."""
        return False

    def ending_together(self, words: Markup, longest: int = 0) -> Markup:  # noqa: ARG002 (for dialects that set lines)
        """Words whose last line is never a single short word, where the medium leaves that to the writer."""
        return words

    def paragraph(self, node: Paragraph) -> Markup:  # noqa: ARG002 (for dialects that have pages)
        """The attributes of a paragraph."""
        return NOTHING

    def statement(self, node: Statistic) -> Markup:  # noqa: ARG002 (for dialects that have pages)
        """The attributes of the paragraph that says a statistic."""
        return NOTHING

    def addresses(self, nodes: Iterable[Sentence]) -> Markup:  # noqa: ARG002 (for dialects that ask)
        """The addresses of the links in a block, after the block."""
        return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Xhtml(Dialect):
    """HTML in XML syntax, for books, which have no script that measures tables. A footnote stands after its
    block, in the file that its sound belongs to."""

    slash: ClassVar[Markup] = Markup("/")
    line_break: ClassVar[Markup] = Markup("<br/>\n")
    svg: ClassVar[Markup] = Markup(' xmlns="http://www.w3.org/2000/svg"')
    lazy: ClassVar[Markup] = Markup("")
    scrolls: ClassVar[bool] = False
    figures: ClassVar[bool] = True
    texts: ClassVar[bool] = False
    notes_at: ClassVar[Literal["end", "block", "sentence"]] = "block"

    def address_text(self, words: str) -> Markup:
        """An address as it is, since a talking book knows no places to break."""
        return self.text(words)

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:
        """A footnote beside the text, after its label."""
        return fill(
            '\n<div class="notebody" id="{}"><p><strong>{}:</strong>{}{}{}{}</p></div>',
            *(note.id, label, self.space, words, self.space, back),
        )

    def language(self, tag: str) -> Markup:
        """Both attributes that name a language: XML readers know one, browsers the other."""
        return fill(' lang="{}" xml:lang="{}"', tag, tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image as a page shows it: its address, and its size in CSS pixels where that is known."""

    source: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings that elements depend on. `images` are by the path that the author wrote. `notes` are the
    footnotes by their ids."""

    words: Words
    language: str
    images: Mapping[str, Image] = field(default_factory=dict)
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    dialect: Dialect = field(default_factory=Dialect)


def bare(address: str) -> str:
    """An address as people write it."""
    return AROUND_ADDRESS.sub("", address)
