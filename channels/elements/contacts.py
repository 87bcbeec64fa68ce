"""Turns a contact into elements: who it is, and how to reach it."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from markupsafe import Markup

from channels.elements.dialect import Context
from channels.elements.escape import NOTHING, fill, join
from channels.elements.inlines import call, element, inline, sentence, sentences
from model.blocks import Contact, ContactNumber
from model.document import Document
from model.inlines import Phone, Sentence
from model.traverse import names_itself, text_of

WORDS_OF_NUMBERS: Final = {
    "phone": ("telephone", "call"),
    "textphone": ("textphone", "call_textphone"),
    "text": ("text_number", "call_text"),
}
"""For each kind of number, the keys of the fixed words for its label and for what its link does."""


def contact_details(node: Contact, depth: int, context: Context) -> Markup:
    """A contact: the name as a heading, then each detail that the source gives, under its label."""
    parts = [element(f"h{min(depth + 1, 6)}", node.name, context)]
    if node.about:
        parts.append(fill("<p>{}</p>", sentences(node.about, context)))
    rows = [
        ("telephone", _calling("call", node.phone, node, context)),
        ("textphone", _calling("call_textphone", node.textphone, node, context)),
        *((WORDS_OF_NUMBERS[one.kind][0], _number(one, node, context)) for one in node.numbers),
        ("email", node.email and sentence(node.email, context)),
        ("website", node.website and sentence(node.website, context)),
        ("address", join(context.dialect.line_break, (sentence(line, context) for line in node.address))),
        ("hours", node.hours and sentence(node.hours, context)),
        ("hours", _opening(node, context)),
        ("cost", node.cost and sentence(node.cost, context)),
    ]
    text, end = context.dialect.text, context.dialect.label_end
    known = groupby(((key, value) for key, value in rows if value), key=lambda row: row[0])
    details = [
        fill(
            '<div class="{}"><dt>{}{}</dt><dd>{}</dd></div>',
            key,
            text(context.words[key]),
            end,
            join(context.dialect.line_break, (value for _, value in values)),
        )
        for key, values in known  # in the author's order: a fax after a textphone has a label of its own
    ]
    if details:
        parts.append(fill("<dl>\n{}\n</dl>", join("\n", details)))
    return fill('<div class="contact" id="{}">\n{}\n</div>', node.id, join("\n", parts))


def publisher_address(document: Document, context: Context, *, running: bool = False) -> Markup | None:
    """The publisher's postal address under its name, a line each. With `running`, commas stand between them, for where
    room is scarce. None where the publisher gives none."""
    node = document.publisher.address
    if node is None:
        return None
    lines = [sentence(line, context) for line in node.lines]
    if running:
        texts = [text_of(line.inlines) for line in node.lines]
        ends = [*("" if text.endswith(",") else "," for text in texts[:-1]), ""]
        lines = [join(context.dialect.space, (line + end for line, end in zip(lines, ends, strict=True)))]
    if not names_itself(document):
        name = context.dialect.text(text_of(document.publisher.name.inlines))
        lines.insert(0, fill("<strong>{}</strong>", name))
    return fill('<p class="postal" id="{}">{}</p>', node.id, join(context.dialect.line_break, lines))


def _number(node: ContactNumber, contact: Contact, context: Context) -> Markup:
    """One of several numbers, between what it is for and what to do once it answers."""
    space = context.dialect.space
    before = sentence(node.purpose, context) + fill(":{}", space) if node.purpose is not None else NOTHING
    after = space + sentence(node.note, context) if node.note is not None else NOTHING
    return before + (_calling(WORDS_OF_NUMBERS[node.kind][1], node.number, contact, context) or NOTHING) + after


def _opening(node: Contact, context: Context) -> Markup:
    """Days and times, one line for each entry."""
    lines = (
        fill("{}:{}{}", sentence(one.days, context), context.dialect.space, sentence(one.times, context))
        for one in node.opening
    )
    return join(context.dialect.line_break, lines)


def _calling(key: str, number: Sentence | None, contact: Contact, context: Context) -> Markup | None:
    """A contact's number as a link. The link's name holds the visible number, then who answers (WCAG 2.5.3, 2.4.9)."""
    if number is None:
        return None
    parts = [
        call(node, contact.name, context, key) if isinstance(node, Phone) else inline(node, context)
        for node in context.dialect.prepared(number.inlines)
    ]
    return fill('<span class="s" id="{}">{}</span>', number.id, join("", parts))
