"""Blocks and inlines as HTML elements: whatever an author wrote comes out as text, never as markup.

Every function returns Markup, made with `fill` and `join`, which escape all that is not Markup itself. The order is the
model's: inlines, sentences, blocks, sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import assert_never
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from channels.html.charts import picture
from channels.html.escape import fill, join
from languages.tags import direction_of
from model.document import (
    Abbreviation,
    Block,
    BulletList,
    Contact,
    Date,
    Day,
    Definitions,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    Link,
    ListItem,
    Money,
    Notice,
    Number,
    Paragraph,
    Percentage,
    Phone,
    Range,
    Section,
    Sentence,
    Statistic,
    Steps,
    Strong,
    Table,
    Term,
    Text,
    Time,
    WebAddress,
    Words,
    Year,
)
from model.traverse import text_of

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
LONGEST_HELD = 24
LONGEST_WORD = 100
ENDLESS = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
SCHEMES = frozenset({"https", "http", "mailto", "tel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image as the page shows it: where it stands and its size in CSS pixels, where known."""

    source: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What markup depends on besides the node itself. `images` are by the path that the author wrote."""

    words: Words
    language: str
    images: Mapping[str, Image] = field(default_factory=dict)


# ---------------------------------------------------------------------------------------------------- inlines


def may_link(target: str) -> bool:
    """Whether `target` is an address that a page may link to: a place in it, the web, e-mail or telephone."""
    if target.startswith("#"):
        return True
    try:
        return urlsplit(target).scheme.lower() in SCHEMES
    except ValueError:
        return False


def inlines(nodes: Iterable[Inline], page: Page) -> Markup:
    """Inlines one after the other."""
    return join("", (inline(node, page) for node in nodes))


def inline(node: Inline, page: Page) -> Markup:
    """One inline. Amounts hold together at the end of a line; dates and times say what they are."""
    match node:
        case Text() | Term():
            return _plain(node.text)
        case Strong():
            return fill("<strong>{}</strong>", inlines(node.children, page))
        case Emphasis():
            return fill("<em>{}</em>", inlines(node.children, page))
        case Link():
            words = inlines((_unlinked(child) for child in node.children), page)
            return anchor(node.target, words)
        case Abbreviation():
            return fill('<abbr title="{}">{}</abbr>', node.expansion, node.text)
        case Foreign():
            return _foreign(node, page)
        case Phone():
            return fill('<a class="phone" href="tel:{}">{}</a>', node.number, grouped(node))
        case Money() | Percentage() | Number():
            return _held(escape(node.text))
        case Date():
            return fill('<time datetime="{}">{}</time>', node.value.isoformat(), node.text)
        case Day():
            return fill('<time datetime="{}">{}</time>', f"{node.month:02}-{node.day:02}", node.text)
        case Time():
            return fill('<time datetime="{}">{}</time>', f"{node.hour:02}:{node.minute:02}", node.text)
        case Year():
            return _year(node)
        case Range():
            return _range(node, page)
        case WebAddress():
            return anchor(node.target, escape(node.text))
        case _:
            assert_never(node)


def _plain(text: str) -> Markup:
    """Plain words, with places to break in endless ones: without any, 100 kB take Chromium ten seconds to lay out."""
    if max(map(len, text.split()), default=0) < LONGEST_WORD:
        return escape(text)
    starts = [0, *(match.end() for match in ENDLESS.finditer(text)), len(text)]
    return join("<wbr>", (text[start:end] for start, end in pairwise(starts)))


def anchor(target: str | None, words: Markup) -> Markup:
    """A link, or the bare words of a place whose address is not given or is none that a page may link to. Paper shows
    the address behind a link, unless it is the link's own words."""
    if target is None or not may_link(target):
        return words
    kind = Markup(' class="address"') if _bare(target) == _bare(words.striptags()) else ""
    return fill('<a{} href="{}">{}</a>', kind, target, words)


def _bare(address: str) -> str:
    """An address as people write it."""
    return re.sub(r"^(?:https?://|mailto:)(?:www\.)?|^www\.|/$", "", address)


def grouped(phone: Phone) -> str:
    """A telephone number in its groups, which do not part at the end of a line."""
    return phone.text.replace(" ", NO_BREAK_SPACE)


def _unlinked(node: Inline) -> Inline:
    """A telephone number or address inside a link is words only: HTML forbids a link within a link."""
    match node:
        case Phone():
            return Text(text=grouped(node))
        case WebAddress():
            return Text(text=node.text)
        case _:
            return node


def _foreign(node: Foreign, page: Page) -> Markup:
    """Words in another language, with their direction where it is not the page's."""
    direction = direction_of(node.language)
    if direction == direction_of(page.language):
        return fill('<span lang="{}">{}</span>', node.language, node.text)
    return fill('<bdi lang="{}" dir="{}">{}</bdi>', node.language, direction, node.text)


def _year(node: Year) -> Markup:
    """A year as `time`; a decade ("1990s") has no form there and stays words."""
    if len(node.text) > 4:
        return escape(node.text)
    return fill('<time datetime="{}">{}</time>', f"{node.value:04}", node.text)


def _range(node: Range, page: Page) -> Markup:
    """A range as written, its two ends each in their own form; the text around them is kept."""
    start, end = node.start.text, node.end.text
    if not (node.text.startswith(start) and node.text.endswith(end)):
        return _held(escape(node.text))
    between = node.text[len(start) : len(node.text) - len(end)]
    return _held(fill("{}{}{}", inline(node.start, page), between, inline(node.end, page)))


def _held(words: Markup) -> Markup:
    """A short amount stays on one line, where it could part at all."""
    plain = words.striptags()
    if len(plain) > LONGEST_HELD or not any(c in plain for c in " -–"):
        return words
    return fill('<span class="held">{}</span>', words)


# ---------------------------------------------------------------------------------------------------- sentences


def sentence(node: Sentence, page: Page) -> Markup:
    """A sentence within running text: what is anchored, marked while it is read, and played from."""
    return fill('<span class="s" id="{}">{}</span>', node.id, inlines(node.inlines, page))


def sentences(nodes: Iterable[Sentence], page: Page) -> Markup:
    """Sentences with a space between."""
    return join(" ", (sentence(node, page) for node in nodes))


def element(tag: str, node: Sentence, page: Page, scope: str = "") -> Markup:
    """A sentence that is a whole element: a heading, a cell, a term. `scope` is for the headers of a table."""
    attribute = fill(' scope="{}"', scope) if scope else ""
    words = inlines(node.inlines, page)
    return fill(
        '<{tag}{attribute} class="s" id="{id}">{words}</{tag}>', tag=tag, attribute=attribute, id=node.id, words=words
    )


# ---------------------------------------------------------------------------------------------------- blocks


def blocks(nodes: Iterable[Block], depth: int, page: Page) -> Markup:
    """Blocks one after the other, under a heading of level `depth`."""
    return join("\n", (block(node, depth, page) for node in nodes))


def block(node: Block, depth: int, page: Page) -> Markup:
    """One block. A heading of its own (a contact's name) is one level below `depth`."""
    match node:
        case Paragraph():
            return fill('<p id="{}">{}</p>', node.id, sentences(node.sentences, page))
        case BulletList():
            return fill('<ul id="{}">\n{}\n</ul>', node.id, _items(node.items, page))
        case Steps():
            return fill('<ol id="{}">\n{}\n</ol>', node.id, _items(node.items, page))
        case Statistic():
            return _statistic(node, page)
        case Table():
            return _table(node, page)
        case Figure():
            return _figure(node, page)
        case Notice():
            return notice(node, page)
        case Definitions():
            return _definitions(node, page)
        case Contact():
            return _contact(node, depth, page)
        case _:
            assert_never(node)


def _items(items: Iterable[ListItem], page: Page) -> Markup:
    return join("\n", (fill('<li id="{}">{}</li>', item.id, sentences(item.sentences, page)) for item in items))


def _statistic(node: Statistic, page: Page) -> Markup:
    """The sentences in the text, then the picture with its source."""
    lines = [sentence(node.source, page)] if node.source is not None else []
    if node.notes:
        lines.append(sentences(node.notes, page))
    caption = Markup("")
    if lines:
        caption = fill("\n<figcaption>{}</figcaption>", join("<br>\n", lines))
    return fill(
        '<div class="statistic" id="{}">\n<p>{}</p>\n<figure>\n{}{}\n</figure>\n</div>',
        node.id,
        sentences(node.sentences, page),
        picture(node, page.words),
        caption,
    )


def _table(node: Table, page: Page) -> Markup:
    """A table in a frame that scrolls on its own and can be reached by keyboard, so that the page never scrolls
    sideways."""
    head = join("", (element("th", cell, page, "col") for cell in node.headers))
    rows = []
    for row in node.rows:
        first = element("th", row.cells[0], page, "row") if node.row_headers else None
        rest = row.cells[1:] if node.row_headers else row.cells
        cells = ([first] if first else []) + [element("td", cell, page) for cell in rest]
        rows.append(fill('<tr id="{}">{}</tr>', row.id, join("", cells)))
    return fill(
        '<div class="table" role="region" aria-labelledby="{caption_id}" tabindex="0">\n<table id="{id}">\n{caption}\n'
        "<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>",
        caption_id=node.caption.id,
        id=node.id,
        caption=element("caption", node.caption, page),
        head=head,
        rows=join("\n", rows),
    )


def _figure(node: Figure, page: Page) -> Markup:
    """An image; the alternative text carries its sentence's id, since it is the image that stands for it."""
    image = page.images.get(node.image) or Image(source=node.image)
    alternative = text_of(node.alternative.inlines) if node.alternative is not None else ""
    attributes = Markup("")
    if node.alternative is not None:
        attributes += fill(' id="{}"', node.alternative.id)
    if image.width and image.height:
        attributes += fill(' width="{}" height="{}"', image.width, image.height)
    caption = Markup("")
    if node.caption is not None:
        caption = Markup("\n") + fill("<figcaption>{}</figcaption>", sentence(node.caption, page))
    return fill(
        '<figure class="figure" id="{}">\n<img src="{}" alt="{}" loading="lazy"{}>{}\n</figure>',
        node.id,
        image.source,
        alternative,
        attributes,
        caption,
    )


def notice(node: Notice, page: Page) -> Markup:
    """Something set apart; its title is not a heading, since nothing but the notice stands under it. A warning says in
    words that it is one."""
    title = fill('<span class="s" id="{}">{}</span>', node.title.id, inlines(node.title.inlines, page))
    if node.kind == "warning":
        title = escape(page.words["audio_warning"]).format(text=title)
    return fill(
        '<div class="notice {kind}" id="{id}" role="note" aria-labelledby="{title_id}">\n'
        "<strong>{title}</strong>\n<p>{text}</p>\n</div>",
        kind=node.kind,
        id=node.id,
        title_id=node.title.id,
        title=title,
        text=sentences(node.sentences, page),
    )


def _definitions(node: Definitions, page: Page) -> Markup:
    entries = (
        fill(
            '<div id="{}">\n{}\n<dd>{}</dd>\n</div>',
            entry.id,
            element("dt", entry.term, page),
            sentences(entry.sentences, page),
        )
        for entry in node.entries
    )
    return fill('<dl class="definitions" id="{}">\n{}\n</dl>', node.id, join("\n", entries))


def _contact(node: Contact, depth: int, page: Page) -> Markup:
    """Someone to turn to: the name as a heading, then what the source gives, each under its label."""
    parts = [element(f"h{min(depth + 1, 6)}", node.name, page)]
    if node.about:
        parts.append(fill("<p>{}</p>", sentences(node.about, page)))
    rows = [
        ("telephone", _calling("call", node.phone, node, page)),
        ("textphone", _calling("call_textphone", node.textphone, node, page)),
        ("email", node.email and sentence(node.email, page)),
        ("website", node.website and sentence(node.website, page)),
        ("address", join("<br>\n", (sentence(line, page) for line in node.address))),
        ("hours", node.hours and sentence(node.hours, page)),
        ("cost", node.cost and sentence(node.cost, page)),
    ]
    details = [
        fill('<div class="{}"><dt>{}</dt><dd>{}</dd></div>', key, page.words[key], value)
        for key, value in rows
        if value
    ]
    if details:
        parts.append(fill("<dl>\n{}\n</dl>", join("\n", details)))
    return fill('<div class="contact" id="{}">\n{}\n</div>', node.id, join("\n", parts))


def _calling(key: str, number: Sentence | None, contact: Contact, page: Page) -> Markup | None:
    """A contact's number. The link's name holds the visible number, then who answers (WCAG 2.5.3, 2.4.9)."""
    if number is None:
        return None
    parts = [
        call(node, contact.name, page, key) if isinstance(node, Phone) else inline(node, page)
        for node in number.inlines
    ]
    return fill('<span class="s" id="{}">{}</span>', number.id, join("", parts))


def call(phone: Phone, who: Sentence, page: Page, key: str = "call") -> Markup:
    """A telephone link that says aloud whom it calls, in the words that `key` names."""
    label = page.words[key].format(number=grouped(phone), name=text_of(who.inlines))
    return fill('<a class="phone" href="tel:{}" aria-label="{}">{}</a>', phone.number, label, grouped(phone))


# ---------------------------------------------------------------------------------------------------- sections


def section(node: Section, depth: int, page: Page) -> Markup:
    """A section with its heading at level `depth` + 1, its blocks, and the sections within."""
    level = min(depth + 1, 6)
    parts = [element(f"h{level}", node.title, page)]
    if node.blocks:
        parts.append(blocks(node.blocks, level, page))
    parts += [section(inner, depth + 1, page) for inner in node.sections]
    return fill('<section id="{}">\n{}\n</section>', node.id, join("\n", parts))
