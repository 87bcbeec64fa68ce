"""Blocks and sections as elements, by an exhaustive match: whatever an author wrote comes out as text.

Every function returns Markup, made with `fill` and `join`, which escape all that is not Markup itself. What differs
from medium to medium is asked of the context's dialect.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from channels.elements.charts import picture
from channels.elements.dialect import Context, Image
from channels.elements.escape import fill, join
from channels.elements.inlines import call, element, inline, sentence, sentences
from model.document import (
    Block,
    BulletList,
    Contact,
    Definitions,
    Figure,
    ListItem,
    Notice,
    Paragraph,
    Phone,
    Row,
    Section,
    Sentence,
    Statistic,
    Steps,
    Table,
)
from model.traverse import sentences_of_block, text_of


def blocks(nodes: Iterable[Block], depth: int, context: Context) -> Markup:
    """Blocks one after the other, under a heading of level `depth`."""
    return join("\n", (block(node, depth, context) for node in nodes))


def block(node: Block, depth: int, context: Context) -> Markup:
    """One block, and what stands behind it for its links. A heading of its own (a contact's name) is one level below
    `depth`."""
    if isinstance(node, Notice):
        return notice(node, context)  # its addresses stand within it
    return _block(node, depth, context) + context.dialect.addresses(sentences_of_block(node))


def _block(
    node: Paragraph | BulletList | Steps | Statistic | Table | Figure | Definitions | Contact,
    depth: int,
    context: Context,
) -> Markup:
    match node:
        case Paragraph():
            return fill('<p id="{}">{}</p>', node.id, sentences(node.sentences, context))
        case BulletList():
            return fill('<ul id="{}">\n{}\n</ul>', node.id, _items(node.items, context))
        case Steps():
            return fill('<ol id="{}">\n{}\n</ol>', node.id, _items(node.items, context))
        case Statistic():
            return _statistic(node, context)
        case Table():
            return _table(node, context)
        case Figure():
            return _figure(node, context)
        case Definitions():
            return _definitions(node, context)
        case Contact():
            return _contact(node, depth, context)
        case _:
            assert_never(node)


def _items(items: Iterable[ListItem], context: Context) -> Markup:
    return join("\n", (fill('<li id="{}">{}</li>', item.id, sentences(item.sentences, context)) for item in items))


def _statistic(node: Statistic, context: Context) -> Markup:
    """The sentences in the text, the picture as one image with the author's description, the source."""
    shown = picture(node, context)
    if context.dialect.hides:
        shown = fill('<div aria-hidden="true">{}</div>', shown)
    lines = [sentences(part, context) for part in ((node.source,) if node.source else (), node.notes) if part]
    source = Markup("")
    if lines:
        source = fill('\n<p class="source">{}</p>', join(context.dialect.line_break, lines))
    direction = fill(' data-direction="{}"', node.direction) if node.direction else Markup("")
    return fill(
        '<div class="statistic" id="{}"{}>\n<p>{}</p>\n'
        '<div class="picture" role="img" aria-label="{}">{}</div>{}\n</div>',
        node.id,
        direction,
        sentences(node.sentences, context),
        node.alternative,
        shown,
        source,
    )


def _table(node: Table, context: Context) -> Markup:
    """A table; where the medium scrolls, in a frame that scrolls on its own and can be reached by keyboard, so that the
    page never scrolls sideways."""
    head = join("", (element("th", cell, context, scope="col") for cell in node.headers))
    region = Markup("")
    if context.dialect.scrolls:
        region = fill(' role="region" aria-labelledby="{}" tabindex="0"', node.caption.id)
    return fill(
        '<div class="table"{region}>\n<table id="{id}">\n{caption}\n'
        "<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>",
        region=region,
        id=node.id,
        caption=element("caption", node.caption, context),
        head=head,
        rows=join("\n", (_row(row, node, context) for row in node.rows)),
    )


def _row(row: Row, table: Table, context: Context) -> Markup:
    first, *rest = row.cells
    held = context.dialect.holds(table, first)
    if table.row_headers:
        cells = [element("th", first, context, scope="row", held=held)]
    else:
        cells = [element("td", first, context, held=held)]
    cells += [element("td", cell, context) for cell in rest]
    return fill('<tr id="{}">{}</tr>', row.id, join("", cells))


def _figure(node: Figure, context: Context) -> Markup:
    """An image; the alternative text carries its sentence's id, since it is the image that stands for it."""
    image = context.images.get(node.image) or Image(source=node.image)
    dialect = context.dialect
    if node.alternative is not None:
        attributes = fill(' alt="{}"{} id="{}"', text_of(node.alternative.inlines), dialect.lazy, node.alternative.id)
    else:
        attributes = dialect.decorative + dialect.lazy
    if image.width and image.height:
        attributes += fill(' width="{}" height="{}"', image.width, image.height)
    caption = Markup("")
    if node.caption is not None:
        caption = Markup("\n") + fill("<figcaption>{}</figcaption>", sentence(node.caption, context))
    return fill(
        '<figure class="figure" id="{}">\n<img src="{}"{}{}>{}\n</figure>',
        node.id,
        image.source,
        attributes,
        dialect.slash,
        caption,
    )


def notice(node: Notice, context: Context) -> Markup:
    """Something set apart; its title is not a heading, since nothing but the notice stands under it. A warning says in
    words that it is one."""
    title = sentence(node.title, context)
    if node.kind == "warning":
        title = context.dialect.text(context.words["audio_warning"]).format(text=title)
    return fill(
        '<div class="notice {kind}" id="{id}" role="note" aria-labelledby="{title_id}">\n'
        "<strong>{title}</strong>\n<p>{text}</p>{addresses}\n</div>",
        kind=node.kind,
        id=node.id,
        title_id=node.title.id,
        title=title,
        text=sentences(node.sentences, context),
        addresses=context.dialect.addresses(sentences_of_block(node)),
    )


def _definitions(node: Definitions, context: Context) -> Markup:
    entries = (
        fill(
            '<div id="{}">\n{}\n<dd>{}</dd>\n</div>',
            entry.id,
            element("dt", entry.term, context),
            sentences(entry.sentences, context),
        )
        for entry in node.entries
    )
    return fill('<dl class="definitions" id="{}">\n{}\n</dl>', node.id, join("\n", entries))


def _contact(node: Contact, depth: int, context: Context) -> Markup:
    """Someone to turn to: the name as a heading, then what the source gives, each under its label."""
    parts = [element(f"h{min(depth + 1, 6)}", node.name, context)]
    if node.about:
        parts.append(fill("<p>{}</p>", sentences(node.about, context)))
    rows = [
        ("telephone", _calling("call", node.phone, node, context)),
        ("textphone", _calling("call_textphone", node.textphone, node, context)),
        ("email", node.email and sentence(node.email, context)),
        ("website", node.website and sentence(node.website, context)),
        ("address", join(context.dialect.line_break, (sentence(line, context) for line in node.address))),
        ("hours", node.hours and sentence(node.hours, context)),
        ("cost", node.cost and sentence(node.cost, context)),
    ]
    text, end = context.dialect.text, context.dialect.label_end
    details = [
        fill('<div class="{}"><dt>{}{}</dt><dd>{}</dd></div>', key, text(context.words[key]), end, value)
        for key, value in rows
        if value
    ]
    if details:
        parts.append(fill("<dl>\n{}\n</dl>", join("\n", details)))
    return fill('<div class="contact" id="{}">\n{}\n</div>', node.id, join("\n", parts))


def _calling(key: str, number: Sentence | None, contact: Contact, context: Context) -> Markup | None:
    """A contact's number. The link's name holds the visible number, then who answers (WCAG 2.5.3, 2.4.9)."""
    if number is None:
        return None
    parts = [
        call(node, contact.name, context, key) if isinstance(node, Phone) else inline(node, context)
        for node in context.dialect.prepared(number.inlines)
    ]
    return fill('<span class="s" id="{}">{}</span>', number.id, join("", parts))


# ---------------------------------------------------------------------------------------------------- sections


def section(node: Section, depth: int, context: Context) -> Markup:
    """A section with its heading at level `depth` + 1, its blocks, and the sections within."""
    level = min(depth + 1, 6)
    parts = [element(f"h{level}", node.title, context)]
    if node.blocks:
        parts.append(blocks(node.blocks, level, context))
    parts += [section(inner, depth + 1, context) for inner in node.sections]
    return fill('<section id="{}">\n{}\n</section>', node.id, join("\n", parts))
