"""Turns blocks and sections into elements by an exhaustive match. An author's words always come out as text.

Every function returns Markup, made with `fill` and `join`, which escape everything that is not Markup itself. The
context's dialect decides what differs between media.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, assert_never

from markupsafe import Markup

from channels.elements.charts import picture
from channels.elements.contacts import contact_details
from channels.elements.dialect import Context, Image
from channels.elements.escape import NOTHING, fill, join
from channels.elements.inlines import element, footnotes, sentence, sentences
from channels.elements.tables import table
from languages.fixed_words import notice_word, says_kind
from model.blocks import (
    Address,
    Block,
    BulletList,
    Contact,
    Definitions,
    Downloads,
    Figure,
    ListItem,
    Lists,
    Notice,
    NoticeKind,
    NumberedList,
    Paragraph,
    Quotation,
    Section,
    Statistic,
    Steps,
    Table,
)
from model.inlines import Sentence
from model.traverse import sentences_of_block, text_of

PLAIN: Final[frozenset[NoticeKind]] = frozenset({"information", "call-to-action"})
"""Kinds of notice that are not named, since they say nothing of how urgent the notice is."""
LETTERED: Final = Markup(' type="a"')
STEPS: Final = Markup(' class="steps"')


def blocks(nodes: Iterable[Block], depth: int, context: Context) -> Markup:
    """Blocks one after the other, under a heading of level `depth`."""
    return join("\n", (block(node, depth, context) for node in nodes))


def block(node: Block, depth: int, context: Context) -> Markup:
    """One block, followed by the addresses and footnotes that its medium puts there. The block's own heading (a
    contact's name) is one level below `depth`."""
    where = context.dialect.addresses(sentences_of_block(node))
    if context.notes and context.dialect.notes_at == "block":
        where = join("", (where, footnotes(sentences_of_block(node), context)))
    if isinstance(node, Notice):
        return notice(node, depth, context, where)  # its addresses stand within it
    return join("", (_block(node, depth, context), where))


def _block(node: Block, depth: int, context: Context) -> Markup:
    """A block without the addresses of its links, which stand after the outermost block."""
    match node:
        case Paragraph():
            look = context.dialect.paragraph(node)
            return fill('<p id="{}"{}>{}</p>', node.id, look, sentences(node.sentences, context))
        case BulletList() | Steps() | NumberedList():
            return _list(node, depth, context)
        case Notice():
            return notice(node, depth, context)
        case Quotation():
            return _quotation(node, context)
        case Address():
            lines = join(context.dialect.line_break, (sentence(line, context) for line in node.lines))
            return fill('<p class="postal" id="{}">{}</p>', node.id, lines)
        case Downloads():
            return _downloads(node, context)
        case Statistic():
            return _statistic(node, context)
        case Table():
            return table(node, context)
        case Figure():
            return _figure(node, context)
        case Definitions():
            return _definitions(node, context)
        case Contact():
            return contact_details(node, depth, context)
        case _:
            assert_never(node)


def _inner(nodes: Iterable[Block], depth: int, context: Context) -> Markup:
    """Blocks within a block."""
    return join("", (fill("\n{}", _block(node, depth, context)) for node in nodes))


def _list(node: Lists, depth: int, context: Context) -> Markup:
    items = join("\n", (_item(item, depth, context) for item in node.items))
    match node:
        case BulletList(kind=""):
            return fill('<ul id="{}">\n{}\n</ul>', node.id, items)
        case BulletList():
            label = context.dialect.text(context.words[node.kind])
            return fill(
                '<div class="{kind}"><p class="label"><strong>{label}</strong></p>\n'
                '<ul id="{id}">\n{items}\n</ul></div>',
                kind=node.kind,
                id=node.id,
                label=label,
                items=items,
            )
        case Steps() | NumberedList():
            letters = isinstance(node, NumberedList) and node.style == "letters"
            kind = LETTERED if letters else STEPS if isinstance(node, Steps) else NOTHING
            widest = 1 if letters else len(str(node.start + len(node.items) - 1))
            start = context.dialect.counted_from(node.start, widest) if node.start != 1 else NOTHING
            return fill('<ol id="{}"{}{}>\n{}\n</ol>', node.id, kind, start, items)
        case _:
            assert_never(node)


def _item(item: ListItem, depth: int, context: Context) -> Markup:
    words = sentences(item.sentences, context)
    if item.blocks:
        words = fill("<p>{}</p>", words)
    return fill('<li id="{}">{}{}</li>', item.id, words, _inner(item.blocks, depth, context))


def _quotation(node: Quotation, context: Context) -> Markup:
    """A quotation. Who said it stands after the quoted words, outside of them."""
    who = [sentence(part, context) for part in (node.speaker, node.role) if part is not None]
    by = _caption(join(context.dialect.text(", "), who), context) if who else NOTHING
    said = fill("<blockquote><p>{}</p></blockquote>{}", sentences(node.sentences, context), by)
    return _figured("quotation", node.id, said, context)


def _figured(kind: str, id: str, content: Markup, context: Context) -> Markup:
    """A picture or a quotation with what belongs to it."""
    tag = "figure" if context.dialect.figures else "div"
    return fill('<{tag} class="{}" id="{}">\n{}\n</{tag}>', kind, id, content, tag=tag)


def _caption(words: Markup, context: Context) -> Markup:
    """What stands below a picture or a quotation, after the end of a line."""
    frame = "\n<figcaption>{}</figcaption>" if context.dialect.figures else '\n<p class="caption">{}</p>'
    return fill(frame, words)


def _downloads(node: Downloads, context: Context) -> Markup:
    items = []
    for item in node.items:
        details = NOTHING
        if item.details is not None:
            details = fill('{}<span class="details">{}</span>', context.dialect.space, sentence(item.details, context))
        items.append(fill('<li id="{}">{}{}</li>', item.id, sentence(item.title, context), details))
    return fill('<ul class="downloads" id="{}">\n{}\n</ul>', node.id, join("\n", items))


def _statistic(node: Statistic, context: Context) -> Markup:
    """A statistic: its sentences as text, the picture as one image with the author's description, the source."""
    shown = picture(node, context)
    if context.dialect.hides:
        shown = fill('<div aria-hidden="true">{}</div>', shown)
    lines = [sentences(part, context) for part in ((node.source,) if node.source else (), node.notes) if part]
    source = NOTHING
    if lines:
        source = fill('\n<p class="source">{}</p>', join(context.dialect.line_break, lines))
    direction = fill(' data-direction="{}"', node.direction) if node.direction else NOTHING
    return fill(
        '<div class="statistic" id="{}"{}>\n<p{}>{}</p>\n'
        '<div class="picture" role="img" aria-label="{}">{}</div>{}\n</div>',
        node.id,
        direction,
        context.dialect.statement(node),
        sentences(node.sentences, context),
        node.alternative,
        shown,
        source,
    )


def _figure(node: Figure, context: Context) -> Markup:
    """An image. Its alternative has the id of its sentence, since the image stands for that sentence."""
    image = context.images.get(node.image) or Image(source=node.image)
    dialect = context.dialect
    if node.alternative is not None:
        attributes = fill(' alt="{}"{} id="{}"', text_of(node.alternative.inlines), dialect.lazy, node.alternative.id)
    else:
        attributes = dialect.decorative + dialect.lazy
    if image.width and image.height:
        attributes += fill(' width="{}" height="{}"', image.width, image.height)
    caption = NOTHING
    if node.caption is not None:
        caption = _caption(sentence(node.caption, context), context)
    picture_of = fill('<img src="{}"{}{}>{}', image.source, attributes, dialect.slash, caption)
    figure = _figured("figure", node.id, picture_of, context)
    if not node.beside and not node.size:
        return figure
    text = fill("\n<p>{}</p>", sentences(node.beside, context)) if node.beside else NOTHING
    kinds = " ".join(filter(None, ("pictured" if node.beside else "sized", node.size or "medium")))
    return fill('<div class="{}">\n{}{}\n</div>', kinds, figure, text)


def notice(node: Notice, depth: int, context: Context, addresses: Markup = NOTHING) -> Markup:
    """A notice. Its title is not a heading, since nothing but the notice stands under it. Its kind is said in words
    where it matters, since not everybody sees a colour."""
    parts = []
    if title := _notice_title(node, context):
        parts.append(title)
    if node.sentences:
        parts.append(fill("<p>{}</p>", sentences(node.sentences, context)))
    parts += [_block(inner, depth, context) for inner in node.blocks]
    return fill(
        '<div class="notice {kind}" id="{id}">\n{parts}{addresses}\n</div>',
        kind=node.kind,
        id=node.id,
        parts=join("\n", parts),
        addresses=addresses,
    )


def _notice_title(node: Notice, context: Context) -> Markup:
    """The title, with the kind before it unless it begins with that, or the kind alone. Empty where there is neither
    to show."""
    text = context.dialect.text
    kind = context.words[notice_word(node.kind)] if node.kind not in PLAIN else ""
    if node.title is None:
        return fill("<strong>{}</strong>", text(kind)) if kind else NOTHING
    title = sentence(node.title, context)
    if kind and not says_kind(context.words, node.kind, text_of(node.title.inlines)):
        title = text(context.words["labelled"]).format(kind=text(kind), text=title)
    return fill("<strong>{}</strong>", title)


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


# ---------------------------------------------------------------------------------------------------- sections


def notes(context: Context, all_sentences: Iterable[Sentence]) -> Markup:
    """All footnotes of a document as a section at its end (DPUB-ARIA 1.1, doc-endnotes)."""
    return fill(
        '<section id="notes" role="doc-endnotes">\n<h2>{}</h2>\n<ol class="notes">\n{}\n</ol>\n</section>',
        context.words["footnotes"],
        footnotes(all_sentences, context),
    )


def section(node: Section, depth: int, context: Context) -> Markup:
    """A section: its heading at level `depth` + 1, its blocks, and the sections within."""
    level = min(depth + 1, 6)
    title = element(f"h{level}", node.title, context)
    parts = [join("", (title, context.dialect.addresses((node.title,))))]
    if node.blocks:
        parts.append(blocks(node.blocks, level, context))
    parts += [section(inner, depth + 1, context) for inner in node.sections]
    return fill('<section id="{}">\n{}\n</section>', node.id, join("\n", parts))
