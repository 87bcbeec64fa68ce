"""Turns a Document into what the page's frame shows: the names that `templates/page.html` uses."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from channels.base import Rendering
from channels.design.brand import head_ground, logo_on, says_the_name, theme_colour
from channels.elements.blocks import blocks, notes, notice, section
from channels.elements.contacts import publisher_address
from channels.elements.dialect import Context
from channels.elements.escape import fill, join
from channels.elements.inlines import anchor, grouped, inlines, may_link, reached_by, sentence, sentences, without_links
from channels.html import metadata
from channels.html.assets import Assets
from channels.html.editions import Recording, downloads
from channels.html.opening import SUMMARIES, TITLES, is_folded, size_of
from languages.humanize import date_in_words
from languages.left_out import left_out_in_words
from languages.tags import direction_of, name_of
from model.blocks import Section
from model.calling import contact_to_call
from model.document import Document
from model.inlines import Link, Sentence
from model.traverse import sentences_of, text_of

SPEEDS = (0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self' {data}; font-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)


def view(
    document: Document, context: Context, made: Mapping[str, Rendering], heard: Recording | None, assets: Assets
) -> dict[str, object]:
    """Everything that the frame names."""
    words = document.words
    return {
        "document": document,
        "words": words,
        "assets": assets,
        **_about(document, heard),
        **_around(document, context),
        **_opening(document, context, heard),
        **_body(document, context),
        "downloads": downloads(made, heard, words),
        "recording": heard,
        "timings": heard and timings(heard),
        "cues": assets.cues,
        "speeds": SPEEDS,
        "address_in": lambda language: f"../{language}/index.html",
        "text_of": lambda sentence: text_of(sentence.inlines),
        "inlines": lambda nodes: inlines(nodes, context),
        "as_sentence": lambda node: sentence(node, context),
        "as_sentences": lambda nodes: sentences(nodes, context),
    }


def _about(document: Document, heard: Recording | None) -> dict[str, object]:
    """The page's facts about itself for browsers and search engines."""
    linked_data = metadata.linked_data(document, heard)
    return {
        "direction": direction_of(document.language),
        "policy": policy(linked_data),
        "theme_colour": theme_colour(document),
        "title": metadata.title(document),
        "description": metadata.description(document),
        "linked_data": linked_data,
        "locale": document.words["locale"],
    }


def _around(document: Document, context: Context) -> dict[str, object]:
    """The parts before, beside and after the text."""
    leading = (place for place in document.breadcrumb if not _is_publisher(place, document))
    legal = (("accessibility_statement", document.accessibility), ("privacy_notice", document.privacy))
    return {
        "exit_page": _exit(document, context),
        "publisher": _publisher(document, context),
        "postal": publisher_address(document, context),
        "helpline": _helpline(document, context) if document.status == "current" else None,
        "path": list(_path(document, context)),
        "path_leads": any(map(link_in, leading)),
        "updated": _updated(document),
        "rest": left_out_in_words(document, ""),
        "facts": _facts(document),
        "statements": [(document.words[key], address) for key, address in legal if address],
        "languages": _languages(document),
    }


def _opening(document: Document, context: Context, heard: Recording | None) -> dict[str, object]:
    """The parts above the text, and how they are set."""
    parts = _listed(document)
    return {
        "contents": [(part.id, inlines(without_links(part.title.inlines), context)) for part in parts],
        "folded": is_folded(document, [text_of(part.title.inlines) for part in parts], heard=heard is not None),
        "title_size": size_of(document.title, TITLES).name,
        "summary_size": size_of(document.summary, SUMMARIES).name,
    }


def _body(document: Document, context: Context) -> dict[str, object]:
    """The text."""
    return {
        "notice": document.notice and notice(document.notice, 1, context),
        "introduction": blocks(document.introduction, 1, context),
        "sections": join("\n", (section(part, 1, context) for part in document.sections)),
        "glossary": document.glossary and section(document.glossary, 1, context),
        "notes": notes(context, sentences_of(document)) if document.footnotes else None,
        "related": document.related and section(document.related, 1, context),
    }


def _publisher(document: Document, context: Context) -> Markup:
    """The publisher's logo and name, as a link to its website. A logo that contains the name stands for both. A logo
    for dark headers is replaced by the other when the page is printed."""

    def source(name: str) -> str:
        return context.images[name].source

    ground = head_ground(document)
    logo, name = logo_on(document, ground, source), sentence(document.publisher.name, context)
    body = document.publisher.logo
    if ground == "dark" and body is not None and body.on_dark is not None:
        logo = join(
            "", (logo_on(document, "dark", source, " on-ground"), logo_on(document, "light", source, " on-paper"))
        )
    if says_the_name(document):
        name, logo = fill('<span class="s" id="{}">{}</span>', document.publisher.name.id, logo), Markup("")
    return anchor(_home(document), join("\n", filter(None, (logo, name))), context)


def _home(document: Document) -> str | None:
    """The publisher's website: the address of the publisher, or that of a place of the path with the same name."""
    names = (link_in(place) for place in document.breadcrumb if _is_publisher(place, document))
    return document.publisher.url or next(filter(None, names), None)


def _is_publisher(place: Sentence, document: Document) -> bool:
    return text_of(place.inlines) == text_of(document.publisher.name.inlines)


def _path(document: Document, context: Context) -> Iterator[tuple[Markup, bool]]:
    """The places on the way to the page, each with whether the head of the page says it already: the publisher, who is
    seen here and heard only there."""
    for place in document.breadcrumb:
        said_above = _is_publisher(place, document)
        shown = replace(place, inlines=tuple(without_links(place.inlines))) if said_above else place
        yield sentence(shown, context), said_above


def link_in(place: Sentence) -> str | None:
    """Where a place of the path leads. None if nothing says."""
    return next((node.target for node in place.inlines if isinstance(node, Link) and node.target), None)


def _languages(document: Document) -> list[tuple[str, str]]:
    """The languages of the publication, this one included. Empty where there is no other."""
    if not document.translations:
        return []
    tags = sorted({document.language, *document.translations})
    return [(tag, name_of(tag, document.words)) for tag in tags]


def _day_shown(document: Document) -> tuple[str, date] | None:
    """The day at the top of the page, with the key of its words: when it was last reviewed, or else published."""
    dates = document.dates
    known = (("reviewed", dates.reviewed), ("published", dates.published))
    return next(((key, day) for key, day in known if day is not None), None)


def _updated(document: Document) -> str | None:
    """The day at the top of the page, in words. Days are plain words: screen readers read a `time` element as a piece
    of its own, or not at all. Machines find them in the JSON-LD."""
    shown = _day_shown(document)
    return f"{document.words[shown[0]]} {date_in_words(shown[1], document.words)}" if shown else None


def policy(linked_data: Markup) -> str:
    """The page's Content-Security-Policy. Linked data is never run, and browsers do not ask for it to be allowed.
    Checkers do, so its hash is in the list of scripts."""
    digest = base64.b64encode(hashlib.sha256(linked_data.encode()).digest()).decode()
    return POLICY.format(data=f"'sha256-{digest}'")


def timings(heard: Recording) -> str:
    """The clips within the page, each as "id begin end". They serve pages opened from a folder, where no track
    loads."""
    return ",".join(f"{id} {round(begin, 2)} {round(end, 2)}" for id, begin, end in heard.timings)


def _listed(document: Document) -> tuple[Section, ...]:
    """The sections that the list of contents names."""
    return (*document.sections, *((document.glossary,) if document.glossary else ()))


def _helpline(document: Document, context: Context) -> Markup | None:
    """The number of the contact to call, for the first screen. Its name is heard with the link, once."""
    contact = contact_to_call(document)
    phone = metadata.phone_of(contact) if contact is not None else None
    if contact is None or phone is None:
        return None
    name, number = without_links(contact.name.inlines), context.dialect.text(grouped(phone))
    return fill(
        '<span aria-hidden="true">{name}</span> <a class="phone" href="{}" aria-label="{whom} {number}">{number}</a>',
        reached_by(phone),
        name=inlines(name, context),
        whom=text_of(contact.name.inlines),
        number=number,
    )


def _exit(document: Document, context: Context) -> Markup | None:
    """The link that leaves the page at once, where the author asks for one. It does not tell the other site where
    the reader came from."""
    link = document.exit_page
    if link is None or link.target is None or not may_link(link.target):
        return None
    words = inlines(link.children, context)
    return fill('<a class="exit" href="{}" rel="noreferrer">{}</a>', link.target, words)


def _facts(document: Document) -> list[tuple[str, str]]:
    """The facts about the page at its foot, without those that stand at its top: who publishes it, and one day."""
    words, dates = document.words, document.dates
    facts = []
    if document.status == "archived":
        facts.append((words["status"], words["archived"]))
    if document.version is not None:
        facts.append((words["version"], document.version))
    known = (("published", dates.published), ("updated", document.updated))
    for key, day in (*known, ("reviewed", dates.reviewed), ("review_by", dates.review_by)):
        if day is not None and (key, day) != _day_shown(document):
            facts.append((words[key], date_in_words(day, words)))
    return facts
