"""A document's parts as HTML for paper: the web page's elements, arranged and finished for print.

The elements come from channels.html.markup, so that an edition on paper has the same parts in the same order. What
differs on paper stands here: a statistic's picture is one figure with one description, colours are written into the
drawings, and white space is kept such that a line's last word and the next line's first stay two words when the text is
taken out of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from channels.html import markup as html
from channels.html.charts import picture
from model.document import (
    Block,
    Contact,
    Document,
    Emphasis,
    Inline,
    Link,
    Notice,
    Section,
    Sentence,
    Statistic,
    Strong,
    Table,
)
from model.traverse import sentences_of_block, text_of

# Where a line ends, WeasyPrint drops the space, and the words run together when the text is taken out of the PDF. A
# zero width space behind it, which has no glyph and leaves no trace, keeps it. (White space that is kept by CSS,
# `pre-wrap`, would do so too; but there WeasyPrint takes a space that overhangs the line for a word that does not fit.)
SPACE = re.compile(r"(<[^>]*>)| ")
KEPT = " \u200b"
BEFORE_DASH = re.compile(r" (?=[–—] )")  # a dash ends a line and never begins one
TIME = re.compile(r"<time[^>]*>([^<]*)</time>")  # tells a program what a date is; on paper it is words on one line
ADDRESS = re.compile(r'<a (?:class="address" )?(href="[^"]*">)([^<>\s]+)</a>')
LONGEST_HELD = 32  # characters; a longer address may part after / @ and . but not after a hyphen, which is its own
HYPHENED = re.compile(r"(<[^>]*>)|\b\w+(?:-\w+)+")
SLASHED = re.compile(r"(<[^>]*>)|\b\w+(?:/\w+)+")
LONGEST_SLASHED = 12  # characters: kg/m², and/or; what is longer may part after its slash, as a narrow column needs
UNIT = (
    r"(?:[µmcdk]?m|[µmk]?g|mcg|[mc]?l|L|t|lb|oz|ft|mph|k?Wh?|MW|V|dB|k?Hz|[kMG]B|kcal|kJ|°[CF]|℃|℉|[ap]\.?m)[²³]?(?!\w)"
)
# What stays on one line though it holds a space: a figure and its unit, the halves of a postcode, "No. 2".
TIED = re.compile(
    rf"(<[^>]*>)|(?:(?<=\d)|(?<=\d</span>)) (?={UNIT})"
    r"|(?:(?<=[A-Z]\d)|(?<=[A-Z]\d[A-Z\d])) (?=\d[A-Z]{2}\b)|(?<=\bNo\.) (?=\d)"
)
SHORT_CELL, FEW_COLUMNS = 10, 3  # characters, columns
PARTING = re.compile(r"(?<=[/@.])(?=\w)")
LAST_TWO = re.compile(rf"(?<=\u200b)([^<>\s]{{1,16}}{KEPT}[^<>\s]{{1,16}})</span>$")
DECORATIVE = 'alt=""'
UNSEEN = str.maketrans("", "", "\u200b\u2060")  # what steers the ends of lines: KEPT, _whole, _parting


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the markup for paper depends on: the page of channels.html.markup, the design's tokens, and whether a line
    may end after a hyphen within a word (large print splits no words; narrow panels need to)."""

    page: html.Page
    tokens: Mapping[str, str]
    split: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A leaflet's text in the order of its panels: the flow, then who to turn to, gathered on the back."""

    sections: tuple[Section, ...]
    contacts: tuple[Contact, ...] = ()
    contact_sections: tuple[Section, ...] = ()


def gather(document: Document) -> Gathered:
    """Take the contacts out of the flow. A section that holds nothing else goes to the back with its heading."""
    contacts: list[Contact] = []
    whole: list[Section] = []
    flowing = _without_contacts(document.sections, contacts, whole)
    return Gathered(sections=flowing, contacts=tuple(contacts), contact_sections=tuple(whole))


def _without_contacts(
    sections: tuple[Section, ...], contacts: list[Contact], whole: list[Section]
) -> tuple[Section, ...]:
    """`sections` without what goes to the back, which is added to `contacts` and `whole`."""
    flowing = []
    for section in sections:
        if _only_contacts(section):
            whole.append(section)
            continue
        contacts += [block for block in section.blocks if isinstance(block, Contact)]
        rest = tuple(block for block in section.blocks if not isinstance(block, Contact))
        flowing.append(replace(section, blocks=rest, sections=_without_contacts(section.sections, contacts, whole)))
    return tuple(flowing)


def _only_contacts(section: Section) -> bool:
    return all(isinstance(block, Contact) for block in section.blocks) and all(map(_only_contacts, section.sections))


def sentence(node: Sentence, paper: Paper) -> Markup:
    """A sentence within running text."""
    return finished(html.sentence(node, paper.page), paper)


def sentences(nodes: Iterable[Sentence], paper: Paper) -> Markup:
    """Sentences with a space between."""
    return finished(html.sentences(nodes, paper.page), paper)


def heading(tag: str, node: Sentence, paper: Paper) -> Markup:
    """A sentence that is a heading."""
    return finished(html.element(tag, node, paper.page), paper)


def blocks(nodes: Iterable[Block], depth: int, paper: Paper) -> Markup:
    """Blocks one after the other, under a heading of level `depth`."""
    return Markup("\n").join(block(node, depth, paper) for node in nodes)


def block(node: Block, depth: int, paper: Paper) -> Markup:
    """One block; a statistic in print's own form. What links in a notice lead to stands in the notice."""
    where = addresses(sentences_of_block(node), paper)
    made = _statistic(node, paper) if isinstance(node, Statistic) else html.block(node, depth, paper.page)
    if isinstance(node, Table):
        made = _short_labels(made, node)
    if isinstance(node, Notice):
        return finished(made, paper).removesuffix("</div>") + where + Markup("</div>")
    return finished(made, paper) + where


def _short_labels(made: Markup, table: Table) -> Markup:
    """A table whose rows begin with a few words on one line: the engine narrows that column, as it does any other,
    until "Level 3" takes two lines beside one of text."""
    if len(table.headers) <= FEW_COLUMNS:
        for cell in (row.cells[0] for row in table.rows):
            if len(text_of(cell.inlines)) <= SHORT_CELL:
                made = made.replace(
                    Markup('class="s" id="{}"').format(cell.id), Markup('class="s held" id="{}"').format(cell.id)
                )
    return made


def addresses(nodes: Iterable[Sentence], paper: Paper) -> Markup:
    """Where the links of some sentences lead, a line for each whose words do not say it: paper cannot be clicked."""
    links = [link for node in nodes for link in _links(node.inlines) if link.target and link.target[0] != "#"]
    named = [(text_of(link.children), short(link.target or "")) for link in links]
    lines = dict.fromkeys((words, address) for words, address in named if address not in words)
    if not lines:
        return Markup("")
    made = Markup("<br>").join(Markup("{}: {}").format(words, _written(address)) for words, address in lines)
    return Markup('\n<p class="addresses">{}</p>').format(finished(made, paper))


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
    """An address as people write it."""
    return re.sub(r"^(https|mailto|tel):(//)?|/$", "", address)


def _statistic(node: Statistic, paper: Paper) -> Markup:
    """The sentences, the picture as one figure with the author's description, the source."""
    lines = [html.sentences(part, paper.page) for part in ((node.source,) if node.source else (), node.notes) if part]
    source = Markup('<p class="source">{}</p>').format(Markup("<br>").join(lines)) if lines else Markup("")
    return Markup(
        '<div class="statistic" id="{}">\n<p>{}</p>\n<div class="picture" role="img" aria-label="{}">{}</div>\n{}</div>'
    ).format(
        node.id,
        html.sentences(node.sentences, paper.page),
        node.alternative,
        picture(node, paper.page.words),
        source,
    )


def section(node: Section, depth: int, paper: Paper) -> Markup:
    """A section with its heading at level `depth` + 1, its blocks, and the sections within."""
    level = min(depth + 1, 6)
    parts = [heading(f"h{level}", node.title, paper), blocks(node.blocks, level, paper)]
    parts += [section(inner, depth + 1, paper) for inner in node.sections]
    return Markup('<section id="{}">\n{}\n</section>').format(node.id, Markup("\n").join(parts))


def finished(words: Markup, paper: Paper) -> Markup:
    """Markup of the web made ready for paper; safe since `>` and `"` in an author's words are escaped by now."""
    made = TIME.sub(lambda match: match[1].replace(" ", "\u00a0"), str(words))
    made = TIED.sub(lambda match: match[1] or "\u00a0", BEFORE_DASH.sub("\u00a0", made))
    made = SLASHED.sub(_unparted, ADDRESS.sub(_address, made))
    if not paper.split:
        made = HYPHENED.sub(_whole, made)
    made = SPACE.sub(lambda match: match[1] or KEPT, made).replace("<br>", f"{KEPT}<br>")
    made = made.replace("</dt><dd>", "\u200b</dt><dd>")  # a line may end between "Website" and a long address
    made = made.replace(DECORATIVE, 'alt=" " aria-hidden="true"')
    colours = {"ground": "accent-tint", "length": "accent"}
    for name, token in colours.items():
        made = made.replace(f'class="{name}"', f'fill="{paper.tokens[token]}"')
    made = made.replace('class="marks"', f'class="marks" fill="{paper.tokens["accent"]}"')
    return Markup(made)  # noqa: S704, it was Markup to begin with


def together(made: Markup) -> Markup:
    """A finished sentence whose last two words stay on one line, if they are short: none is left alone on the last."""
    return Markup(LAST_TWO.sub(r'<span class="held">\1</span></span>', str(made)))  # noqa: S704, it was Markup


def seen(words: str) -> str:
    """Words without what steers the ends of lines: titles, bookmarks and descriptions have no lines."""
    return words.translate(UNSEEN)


def _address(match: re.Match[str]) -> str:
    opening, words = match.groups()
    if len(words) <= LONGEST_HELD:
        return f'<a class="held" {opening}{words}</a>'
    return f"<a {opening}{_parting(words)}</a>"


def _written(address: str) -> Markup:
    """An address to read and type, on one line where it is short enough for a panel."""
    if len(address) <= LONGEST_HELD:
        return Markup('<span class="held">{}</span>').format(address)
    return Markup("{}").format(_parting(address))


def _whole(match: re.Match[str]) -> str:
    """A word with hyphens that does not part after them, unless it could fill a line; a tag as it is."""
    word = match[0]
    return word if match[1] or len(word) > LONGEST_HELD else word.replace("-", "-\u2060")


def _unparted(match: re.Match[str]) -> str:
    """A short word with a slash that does not part after it; a tag as it is."""
    word = match[0]
    return word if match[1] or len(word) > LONGEST_SLASHED else word.replace("/", "/\u2060")


def _parting(address: str) -> str:
    """An address that may part after its signs, and not after a hyphen."""
    return PARTING.sub("\u200b", address.replace("-", "-\u2060"))
