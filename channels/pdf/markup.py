"""Turns a document's parts into elements for paper, by the shared writer in print's dialect.

The elements are those of every other edition, in the same order. On paper, colours are written into the drawings,
addresses stand after the text that links to them, and white space is kept so that the last word of a line and the
first word of the next stay two words in the text extracted from the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import ClassVar, Literal

from markupsafe import Markup, escape

from channels.elements import inlines as elements
from channels.elements.dialect import Context, Dialect
from channels.elements.escape import fill, join
from channels.pdf.amounts import indents
from model.blocks import Block, Contact, Paragraph, Section, Statistic, Table
from model.document import Document, Footnote
from model.figures import values_in
from model.inlines import Abbreviation, Emphasis, Inline, Link, Phone, Sentence, Strong, Text
from model.traverse import text_of

# At the end of a line WeasyPrint drops the space, and words run together in the extracted text. A zero width space
# after it, which has no glyph and leaves no trace, keeps it. (CSS `pre-wrap` would keep it too; but then WeasyPrint
# takes a space that overhangs the line for a word that does not fit.)
KEPT = " \u200b"
LONGEST_PIECE = 16  # characters; a shorter piece is narrower than any line
LONGEST_HELD = 32  # characters; a longer address may break after its signs, but not after a hyphen, which is part of it
# Signs after which a short word does not break: the sign, the words that contain it, and how many characters count as
# short. Longer words may break there, as a narrow column needs (kg/m² and and/or stay whole). They break at a hyphen
# only where words may be split.
SLASHED = ("/", re.compile(r"\b\w+(?:/\w+)+"), 12)
HYPHENED = ("-", re.compile(r"\b\w+(?:-\w+)+"), LONGEST_HELD)
# A dash may end a line but never begin one. (languages/ties.py has what each language ties to a figure.)
DASHED = re.compile(r" (?=[–—] )")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# Most characters of a statistic's value in each class; longer values may break.
VALUES = {"short": 9, "long": 13, "longer": 19}
SHORT_CELL, FEW_COLUMNS = 10, 3  # characters, columns
# The places where a long address may break: after its signs, and after a code for one ("%20"), never within the code.
PARTING = re.compile(r"(?:(?<=[/@.?&=+_,:;#~|!])|(?<=%[0-9A-Fa-f]{2}))(?=[\w%])|(?<=\w)(?=%)")
ADDRESS = re.compile(r"(?:(?:https?|mailto):|www\.)[^\s\u200b\u2060]+")
SHORT_END = 24  # characters
PASTED = re.compile("(?<=[A-Za-z])\u200b(?=[A-Za-z])")  # comes along with words that were copied, and divides none
ROOM = 1.6  # rem beside the numbers of a list, as in print.css, and for each figure beyond the first
FIGURE_ROOM = 0.65
UNSEEN = str.maketrans("", "", "\u200b\u2060")  # characters that steer the ends of lines: KEPT, word joiners


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(Dialect):
    """The dialect of paper. `tokens` are the design's. With `split`, a line may end after a hyphen within a word:
    large print splits no words, but narrow panels must."""

    space: ClassVar[Markup] = Markup(" \u200b")  # KEPT
    line_break: ClassVar[Markup] = Markup(" \u200b<br>\n")
    label_end: ClassVar[Markup] = Markup("\u200b")  # a line may end between "Website" and a long address
    lazy: ClassVar[Markup] = Markup("")
    decorative: ClassVar[Markup] = Markup(' alt=" " aria-hidden="true"')
    scrolls: ClassVar[bool] = False
    figures: ClassVar[bool] = True
    names_cells: ClassVar[bool] = True
    hides: ClassVar[bool] = False
    notes_at: ClassVar[Literal["end", "block", "sentence"]] = "sentence"

    tokens: Mapping[str, str]
    split: bool = True

    def text(self, words: str) -> Markup:
        """Words with the characters that steer the ends of their lines."""
        steering = self._steering(words)
        return escape("".join(map(steering.get, range(len(words)), words)).replace(" ", KEPT))

    def address_text(self, words: str) -> Markup:
        """An address, which breaks like other words that are too long for a line."""
        return self.text(words)

    def prepared(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines of a sentence, with characters that hold two of them on one line, such as "5" and " mg". An
        abbreviation's tag has its expansion unless the sentence itself has it."""
        said = text_of(nodes)
        nodes = tuple(_told_once(nodes, said.casefold()))
        steering = self._steering(said)
        return tuple(_steered(nodes, steering, 0)) if steering else nodes

    def _steering(self, words: str) -> dict[int, str]:
        """The replacements of characters of `words`, by place, so that no line ends there."""
        places = {match.start(): NO_BREAK_SPACE for match in DASHED.finditer(words)}
        places |= {match.start(): "" for match in PASTED.finditer(words)}
        for sign, words_with, longest in (SLASHED,) if self.split else (SLASHED, HYPHENED):
            for match in words_with.finditer(words):
                if len(match[0]) <= longest:
                    places |= {at: f"{sign}\u2060" for at in range(*match.span()) if words[at] == sign}
        for match in ADDRESS.finditer(words):
            if len(match[0]) > LONGEST_HELD:
                places |= _steering_of(match[0], match.start())
        return places

    def abbreviation(self, words: str, expansion: str) -> Markup:
        """An abbreviation with its expansion, which its tag in the PDF holds."""
        return fill('<abbr title="{}">{}</abbr>', expansion, self.text(words))

    def moment(self, words: str) -> Markup:
        """A date or a time of day, on one line."""
        return self.text(words.replace(" ", NO_BREAK_SPACE))

    def link(self, target: str, words: Markup) -> Markup:
        """A link. A single word is mostly an address. It stays on one line if it is short enough for a panel."""
        word = seen(words)
        if "<" in word or len(word.split()) != 1:
            return fill('<a href="{}">{}</a>', target, words)
        if len(word) <= LONGEST_HELD:
            return fill('<a class="held" href="{}">{}</a>', target, words)
        address = unescape(word)
        return fill('<a class="{}" href="{}">{}</a>', _width(address), target, _parting(address))

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:  # noqa: ARG002
        """A footnote, which the engine moves to the foot of the sheet. Its label leads back."""
        return fill(
            '<span class="footnote" id="{}"><a class="note-label" href="#{}">{}</a>:{}{}</span>',
            *(note.id, note.marks[0], label, self.space, words + self._behind(note)),
        )

    def _behind(self, note: Footnote) -> Markup:
        """The addresses of the links in a footnote, in brackets, since the foot of a sheet has no room for lines of
        addresses."""
        links = [
            link for node in note.sentences for link in _links(node.inlines) if link.target and link.target[0] != "#"
        ]
        addresses = dict.fromkeys(short(link.target or "") for link in links)
        shown = (address for address in addresses if all(address not in text_of(link.children) for link in links))
        return join("", (fill("{}({})", self.space, self.address(address)) for address in shown))

    def paint(self, part: str) -> Markup:
        """The colour of a part of a drawing, which no stylesheet reaches."""
        match part:
            case "ground":
                return fill('fill="{}"', self.tokens["accent-tint"])
            case "length":
                return fill('fill="{}"', self.tokens["accent"])
            case _:
                return fill('class="{}" fill="{}"', part, self.tokens["accent"])

    def counted_from(self, start: int, widest: int) -> Markup:
        """The attributes of a list that does not begin at 1. The engine counts by the style, since it ignores
        `start`. The numbers stand in the margin, which has to hold them."""
        room = f"; padding-left: {ROOM + FIGURE_ROOM * (widest - 1):g}rem" if widest > 1 else ""
        return fill(' start="{}" style="counter-reset: list-item {}{}"', start, start - 1, room)

    def looks(self, table: Table) -> Mapping[str, Markup]:
        """The styles of a table's amounts, so that the decimal points of a column stand under each other."""
        return {
            name: fill(' style="padding-left: {}em; font-variant-numeric: tabular-nums"', indent)
            for name, indent in indents(table).items()
        }

    def figure(self, words: str) -> Markup:
        """The class of an amount. It stays on its line; the longer it is, the smaller it is set."""
        kind = next((kind for kind, longest in VALUES.items() if len(words) <= longest), "")
        return fill(' class="{}"', kind)

    def holds(self, table: Table, cell: Sentence) -> bool:
        """True for a table whose rows begin with a few words, which stay on one line. Otherwise the engine narrows
        that column like any other, until "Level 3" takes two lines beside one line of text."""
        return len(table.headers) <= FEW_COLUMNS and len(text_of(cell.inlines)) <= SHORT_CELL

    def ending_together(self, words: Markup, longest: int = SHORT_END) -> Markup:
        """Words whose last two stay on one line if they have at most `longest` characters, so that none stands alone
        on the last line. (CSS has `text-wrap: balance` for this; WeasyPrint does not.)"""
        head, *last = words.rsplit(KEPT, 2)
        end = join(self.space, last)
        if len(last) < 2 or end.count("<") != 2 * end.count("</") or len(seen(end.striptags())) > longest:
            return words
        return fill('{}{}<span class="held">{}</span>', head, self.space, end)

    def paragraph(self, node: Paragraph) -> Markup:
        """A paragraph that ends in a colon stays with what it leads to."""
        leads = text_of(node.sentences[-1].inlines).endswith(":")
        return Markup(' class="leads"') if leads else Markup("")

    def statement(self, node: Statistic) -> Markup:
        """The number of characters that stay with the picture: those from the sentence that says the value to the
        end."""
        saying = [node.value in values_in(sentence.inlines) for sentence in node.sentences]
        first = saying.index(True) if True in saying else 0
        characters = sum(len(text_of(sentence.inlines)) + 1 for sentence in node.sentences[first:])
        return fill(' data-said="{}"', characters)

    def addresses(self, nodes: Iterable[Sentence]) -> Markup:
        """The addresses of the links in some sentences, one line for each link whose words do not say it, since
        nobody can click on paper."""
        links = [link for node in nodes for link in _links(node.inlines) if link.target and link.target[0] != "#"]
        named = [(text_of(link.children), short(link.target or "")) for link in links]
        lines = dict.fromkeys((words.rstrip(".:"), address) for words, address in named if address not in words)
        if not lines:
            return Markup("")
        made = (fill("{}:{}{}", self.text(words), self.space, self.address(address)) for words, address in lines)
        return fill('\n<p class="addresses">{}</p>', join(Markup(" \u200b<br>"), made))

    def address(self, address: str) -> Markup:
        """An address to read and type, on one line if it is short enough for a panel."""
        if len(address) <= LONGEST_HELD:
            return fill('<span class="held">{}</span>', self.text(address))
        return fill('<span class="{}">{}</span>', _width(address), _parting(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A leaflet's text in the order of its panels: the running text, then the contacts gathered on the back."""

    sections: tuple[Section, ...]
    contacts: tuple[Contact, ...] = ()
    contact_sections: tuple[Section, ...] = ()


def gather(document: Document, taken: frozenset[str] | None = None) -> Gathered:
    """Takes the contacts, or those whose ids are in `taken`, out of the running text. A section with nothing else
    goes to the back with its heading."""
    contacts: list[Contact] = []
    whole: list[Section] = []
    flowing = _without_contacts(document.sections, contacts, whole, taken)
    return Gathered(sections=flowing, contacts=tuple(contacts), contact_sections=tuple(whole))


def _without_contacts(
    sections: tuple[Section, ...], contacts: list[Contact], whole: list[Section], taken: frozenset[str] | None
) -> tuple[Section, ...]:
    """`sections` without what goes to the back, which is added to `contacts` and `whole`."""
    flowing = []
    for section in sections:
        if _only_contacts(section, taken):
            whole.append(section)
            continue
        contacts += [block for block in section.blocks if isinstance(block, Contact) and _is_taken(block, taken)]
        rest = tuple(block for block in section.blocks if not _is_taken(block, taken))
        inner = _without_contacts(section.sections, contacts, whole, taken)
        flowing.append(replace(section, blocks=rest, sections=inner))
    return tuple(flowing)


def _only_contacts(section: Section, taken: frozenset[str] | None) -> bool:
    blocks = all(_is_taken(block, taken) for block in section.blocks)
    return blocks and all(_only_contacts(inner, taken) for inner in section.sections)


def _is_taken(block: Block, taken: frozenset[str] | None) -> bool:
    return isinstance(block, Contact) and (taken is None or block.id in taken)


def ending_together(node: Sentence, context: Context) -> Markup:
    """A sentence whose last two words stay on one line if they are short."""
    words = context.dialect.ending_together(elements.words_of(node, context))
    return fill('<span class="s" id="{}">{}</span>', node.id, words)


def _steered(nodes: Iterable[Inline], steering: Mapping[int, str], at: int) -> Iterator[Inline]:
    """`nodes` with some characters replaced by `steering`. The first node begins at character `at` of its sentence.
    A telephone number already stays on one line and does not change."""
    for node in nodes:
        match node:
            case Strong() | Emphasis() | Link():
                yield replace(node, children=tuple(_steered(node.children, steering, at)))
            case Phone():
                yield node
            case _:
                text = "".join(map(steering.get, range(at, at + len(node.text)), node.text))
                yield replace(node, text=text)
        at += len(text_of((node,)))


def _told_once(nodes: Iterable[Inline], said: str) -> Iterator[Inline]:
    """`nodes` without the abbreviations whose expansion is among the words in `said`."""
    for node in nodes:
        match node:
            case Strong() | Emphasis() | Link():
                yield replace(node, children=tuple(_told_once(node.children, said)))
            case Abbreviation() if node.expansion.casefold() in said:
                yield Text(text=node.text)
            case _:
                yield node


def _links(inlines: tuple[Inline, ...]) -> Iterator[Link]:
    for inline in inlines:
        match inline:
            case Link():
                yield inline
            case Strong() | Emphasis():
                yield from _links(inline.children)
            case _:
                pass


def short(address: str) -> str:
    """An address as people write it. The subject and text that a click would put into a message are left out."""
    if address.startswith("mailto:"):
        address = address.partition("?")[0]
    return re.sub(r"^(https?|mailto|tel):(//)?|/$", "", address)


def seen(words: str) -> str:
    """Words without the characters that steer the ends of lines, for titles, bookmarks and descriptions, which have
    no lines."""
    return words.translate(UNSEEN)


def _width(address: str) -> str:
    """The class of a long address. It is "endless" where a piece between its signs may be wider than a line.
    WeasyPrint 70 breaks such a piece at any letter, even if the next line has room for it."""
    return "endless" if max(map(len, PARTING.split(address))) > LONGEST_PIECE else "pieces"


def _parting(address: str) -> str:
    """An address with the characters that steer the ends of its lines."""
    steering = _steering_of(address, 0)
    return "".join(map(steering.get, range(len(address)), address))


def _steering_of(address: str, at: int) -> dict[int, str]:
    """The replacements of characters of an address, by place. Its first character is number `at` of its text. The
    address may break after its signs, and after a hyphen only in a piece that is as long as a line."""
    places = {at + match.start() - 1: f"{address[match.start() - 1]}\u200b" for match in PARTING.finditer(address)}
    for part in PARTING.split(address):
        if len(part) <= LONGEST_HELD:
            places |= {at + index: "-\u2060" for index, character in enumerate(part) if character == "-"}
        at += len(part)
    return places
