"""Turns inlines and sentences into elements. An author's words always come out as text, never as markup.

Every function returns Markup, made with `fill` and `join`, which escape everything that is not Markup itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never
from urllib.parse import urlsplit

from markupsafe import Markup

from channels.elements.dialect import LONGEST_HELD, Context, bare
from channels.elements.escape import NOTHING, fill, join
from languages.tags import direction_of
from languages.ties import Ties, ties_of
from model.document import Footnote
from model.inlines import (
    Abbreviation,
    Ambiguous,
    Code,
    Date,
    Day,
    Emphasis,
    FootnoteMark,
    Foreign,
    Fraction,
    Inline,
    Joined,
    Link,
    Money,
    Number,
    Percentage,
    Phone,
    Quantity,
    Range,
    Reference,
    Sentence,
    Strong,
    Term,
    Text,
    Time,
    Unit,
    WebAddress,
    Year,
)
from model.traverse import is_text, marks_in, text_of

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# At the end of a heading, at most this many characters stay together. There are fewer for a title, since few of its
# large letters fit a line.
HEADINGS = {"h1": 10, **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), 20)}
FIGURES = (Money, Percentage, Number, Fraction, Quantity, Range, Joined, Code, Reference)
SCHEMES = frozenset({"https", "http", "mailto", "tel", "sms"})
TEXTING = "sms:"


def may_link(target: str) -> bool:
    """True if a page may link to `target`: a place in the page, the web, e-mail or telephone."""
    if target.startswith("#"):
        return True
    try:
        return urlsplit(target).scheme.lower() in SCHEMES
    except ValueError:
        return False


def inlines(nodes: Iterable[Inline], context: Context) -> Markup:
    """Inlines one after the other. A figure stays on one line with the sign or words that its language ties to it:
    "≤ 5", "No. 2", "10 per cent"."""
    if isinstance(nodes, tuple) and is_text(nodes):
        return context.dialect.plain(nodes[0].text)
    return join("", (_together(group, context) for group in _tied(nodes, ties_of(context.language))))


def _together(group: Sequence[Inline], context: Context) -> Markup:
    if len(group) == 1:
        return inline(group[0], context)
    return fill('<span class="held">{}</span>', join("", (inline(node, context) for node in group)))


def _tied(nodes: Iterable[Inline], ties: Ties) -> Iterator[list[Inline]]:
    """Inlines in groups: a figure with what is tied to it, and every other inline alone."""
    group: list[Inline] = []
    for node in nodes:
        last = group[-1] if group else None
        if isinstance(last, Text) and _is_figure(node, 0) and (tie := _tie_before(last.text, ties)):
            if head := last.text.removesuffix(tie):
                yield [Text(text=head)]
            group = [Text(text=tie), node]
        elif (
            last is not None
            and isinstance(node, Text)
            and _is_figure(last, -1)
            and (tie := _tie_after(node.text, ties))
        ):
            yield [*group, Text(text=tie)]
            rest = node.text.removeprefix(tie)
            group = [Text(text=rest)] if rest else []
        else:
            if group:
                yield group
            group = [node]
    if group:
        yield group


def _is_figure(node: Inline, end: int) -> bool:
    """True if a node is a figure, or strong words that begin (`end` 0) or end (`end` -1) with one."""
    match node:
        case Strong() | Emphasis():
            return bool(node.children) and _is_figure(node.children[end], end)
        case _:
            return isinstance(node, FIGURES)


def _tie_before(text: str, ties: Ties) -> str:
    """The word or sign at the end of `text`, with its space, that stays with the figure after it."""
    word = text.removesuffix(" ").rpartition(" ")[2]
    return f"{word} " if text.endswith(f"{word} ") and word.lstrip("([“‘") in ties.before else ""


def _tie_after(text: str, ties: Ties) -> str:
    """The words at the start of `text`, with their space, that stay with the figure before them."""
    if not text.startswith(ties.after):
        return ""
    found = (words for words in ties.after if text.startswith(words))
    return next((tie for tie in found if not text[len(tie) : len(tie) + 1].isalnum()), "")


def inline(node: Inline, context: Context) -> Markup:
    """One inline. Amounts, dates and times never break over two lines."""
    dialect = context.dialect
    match node:
        case Text() | Term():
            return dialect.plain(node.text)
        case Strong():
            return fill("<strong>{}</strong>", inlines(node.children, context))
        case Emphasis():
            return fill("<em>{}</em>", inlines(node.children, context))
        case Link():
            return anchor(node.target, _link_words(node, context), context)
        case Abbreviation():
            return dialect.abbreviation(node.text, node.expansion)
        case Foreign():
            return _foreign(node, context)
        case FootnoteMark():
            return dialect.footnote_mark(node)
        case Phone() if node.texted and not dialect.texts:
            return _held(node.text, dialect.text(grouped(node)))
        case Phone():
            return fill('<a class="phone" href="{}">{}</a>', reached_by(node), dialect.text(grouped(node)))
        case Money() | Percentage() | Number() | Fraction() | Quantity() | Unit():
            return _held(node.text, dialect.text(node.text))
        case Code() | Reference() | Joined() | Ambiguous():
            return _held(node.text, dialect.text(node.text))
        case Date() | Day() | Time() | Year():
            return dialect.moment(node.text)
        case Range():
            return _range(node, context)
        case WebAddress():
            return anchor(node.target, dialect.address_text(node.text), context)
        case _:
            assert_never(node)


def _link_words(node: Link, context: Context) -> Markup:
    """The words of a link. An address that stands for itself breaks as addresses do."""
    words = text_of(node.children)
    if node.target is not None and bare(node.target) == bare(words):
        return context.dialect.address_text(words)
    return inlines((_unlinked(child) for child in node.children), context)


def anchor(target: str | None, words: Markup, context: Context) -> Markup:
    """A link, or the words alone if a page may not link to the place or its address is not given."""
    if target is None or not may_link(target) or (target.startswith(TEXTING) and not context.dialect.texts):
        return words
    return context.dialect.link(target, words)


def reached_by(phone: Phone) -> str:
    """The address that a number opens: a call, or a text message if people are asked to text it."""
    return f"{'sms' if phone.texted else 'tel'}:{phone.number}"


def grouped(phone: Phone) -> str:
    """A telephone number in its groups, which never break over two lines."""
    return phone.text.replace(" ", NO_BREAK_SPACE)


def without_links(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines without links, for words that stand in a link already, such as a heading in a list of contents."""
    for node in nodes:
        match node:
            case Link():
                yield from (_unlinked(child) for child in node.children)
            case Strong() | Emphasis():
                yield replace(node, children=tuple(without_links(node.children)))
            case _:
                yield _unlinked(node)


def _unlinked(node: Inline) -> Inline:
    """A telephone number or address as words only, since HTML forbids a link within a link."""
    match node:
        case Phone():
            return Text(text=grouped(node))
        case WebAddress():
            return Text(text=node.text)
        case _:
            return node


def _foreign(node: Foreign, context: Context) -> Markup:
    """Words in another language, with their direction if it is not that of the page."""
    language, words = context.dialect.language(node.language), context.dialect.text(node.text)
    direction = direction_of(node.language)
    if direction == direction_of(context.language):
        return fill("<span{}>{}</span>", language, words)
    return fill('<bdi{} dir="{}">{}</bdi>', language, direction, words)


def _range(node: Range, context: Context) -> Markup:
    """A range as written. Its two ends have their own form, and the text between them is kept."""
    start, end = node.start.text, node.end.text
    text = context.dialect.text
    if not (node.text.startswith(start) and node.text.endswith(end)):
        return _held(node.text, text(node.text))
    between = node.text[len(start) : len(node.text) - len(end)]
    return _held(node.text, fill("{}{}{}", inline(node.start, context), text(between), inline(node.end, context)))


def _held(plain: str, words: Markup) -> Markup:
    """A short amount that stays on one line, if it could break at all."""
    if len(plain) > LONGEST_HELD or not any(c in plain for c in " -–"):
        return words
    return fill('<span class="held">{}</span>', words)


# ---------------------------------------------------------------------------------------------------- sentences


def words_of(node: Sentence, context: Context) -> Markup:
    """The words of a sentence."""
    return inlines(context.dialect.prepared(node.inlines), context)


def sentence(node: Sentence, context: Context) -> Markup:
    """A sentence within running text, with its id: it can be linked to, highlighted while it is read, and played
    from."""
    made = fill('<span class="s" id="{}">{}</span>', node.id, words_of(node, context))
    return join("", (made, notes_behind(node, context))) if context.notes else made


def notes_behind(node: Sentence, context: Context) -> Markup:
    """The footnotes of a sentence, where the medium puts each after its sentence."""
    return footnotes((node,), context) if context.dialect.notes_at == "sentence" else NOTHING


def footnotes(nodes: Iterable[Sentence], context: Context) -> Markup:
    """The footnotes that belong to some sentences, each with its label and the links back."""
    due = (context.notes[mark.note] for mark in marks_in(nodes) if mark.note in context.notes)
    return join("", (_footnote(note, context) for note in due))


def _footnote(note: Footnote, context: Context) -> Markup:
    label = context.dialect.text(context.words["footnote"].format(number=note.number))
    back = join(context.dialect.space, (_way_back(note, place, context) for place in range(len(note.marks))))
    return context.dialect.footnote(note, label, sentences(note.sentences, context), back)


def _way_back(note: Footnote, place: int, context: Context) -> Markup:
    """A link back to one of a footnote's markers, counted from 0. Its name says which footnote it comes from."""
    words = context.words["footnote_back"] + (f" ({place + 1})" if len(note.marks) > 1 else "")
    name = context.words["footnote_back_from"].format(back=words, number=note.number)
    return context.dialect.way_back(note.marks[place], name, context.dialect.text(words))


def sentences(nodes: Iterable[Sentence], context: Context) -> Markup:
    """Sentences with a space between them."""
    return join(context.dialect.space, (sentence(node, context) for node in nodes))


def element(  # noqa: PLR0913 (what a cell of a table may have)
    tag: str,
    node: Sentence,
    context: Context,
    *,
    scope: str = "",
    held: bool = False,
    named: bool = True,
    spans: Markup = NOTHING,
) -> Markup:
    """A sentence that is a whole element: a heading, a cell, a term. `scope` is for the headers of a table. An
    element that is `held` stays on one line; one that is `named` has its id."""
    words = words_of(node, context)
    if tag in HEADINGS:
        words = context.dialect.ending_together(words, HEADINGS[tag])
    return fill(
        '<{tag}{scope}{spans} class="s{held}"{id}>{words}{notes}</{tag}>',
        tag=tag,
        spans=spans,
        scope=fill(' scope="{}"', scope) if scope else NOTHING,
        held=" held" if held else "",
        id=fill(' id="{}"', node.id) if named else NOTHING,
        words=words,
        notes=notes_behind(node, context) if context.notes else "",
    )


def call(phone: Phone, who: Sentence, context: Context, key: str = "call") -> Markup:
    """A telephone link whose name says whom it calls, in the words of `key`. The name holds the visible number, then
    who answers (WCAG 2.5.3, 2.4.9)."""
    label = context.words[key].format(number=grouped(phone), name=text_of(who.inlines))
    number = context.dialect.text(grouped(phone))
    if key == "call_text" and not context.dialect.texts:
        return number
    target = f"{TEXTING}{phone.number}" if key == "call_text" else reached_by(phone)
    return fill('<a class="phone" href="{}" aria-label="{}">{}</a>', target, label, number)
