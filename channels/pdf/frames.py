"""Turns a Document into the HTML of an edition on paper, through the frames in templates/."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import quote

import segno
from markupsafe import Markup

from channels.design.brand import logo_on, paper_css, paper_tokens
from channels.design.cover_art import art_of
from channels.design.frames import environment_of
from channels.design.typeface import in_type_of
from channels.elements import blocks as elements
from channels.elements.contacts import publisher_address
from channels.elements.dialect import Context, Image
from channels.elements.inlines import anchor, element, sentence, sentences
from channels.pdf import markup
from channels.pdf.boxes import boxes_css
from channels.pdf.images import image_names
from channels.pdf.poster import to_call
from languages.edition_names import called
from languages.left_out import left_out_in_words
from model.blocks import Section
from model.document import Document, Words
from model.editions import editions_of
from model.traverse import text_of

HERE = Path(__file__).parent
TOKENS = HERE.parent / "design" / "tokens.css"
FRAMES = environment_of(HERE / "templates")
USUAL_TITLE = 40  # characters; a longer title is set smaller, so that it takes no more room
LEAST_SCALE = 40  # per cent; less would be smaller than the smallest type allowed, on a cover or a poster
MOST_ENTRIES = 20  # of the contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code: the drawing, its text for those who cannot see it, and the key of the fixed words under it."""

    drawing: Markup
    alternative: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The places of an edition's parts. A leaflet has on its back all contacts, or those with the ids in `on_back`,
    and its related places there or at the end of the text. A cover is full if its words need the room of the picture.
    A long edition has a list of contents."""

    on_back: frozenset[str] | None = None
    full_cover: bool = False
    related_on_back: bool = True
    contents: bool = False


USUAL = Arrangement()


def frame(
    template: str, document: Document, edition: str, editions: Sequence[str] = (), arrangement: Arrangement = USUAL
) -> str:
    """`document` in the frame `template`. `edition` is its name in the document's language. `editions` are all that
    are made of the document, by default those that the author names."""
    tokens = {**read_tokens(), **paper_tokens(document)}
    paper = markup.Print(tokens=tokens, split=template != "large-print.html")
    pictures = {name: Image(source=f"image:{quote(name)}") for name in image_names(document)}
    notes = {note.id: note for note in document.footnotes}
    context = Context(words=document.words, language=document.language, images=pictures, notes=notes, dialect=paper)
    title = text_of(document.title.inlines)
    publisher = text_of(document.publisher.name.inlines)
    return FRAMES.get_template(template).render(
        document=document,
        title_scale=partial(title_scale, title),
        page_title=full_title(document, edition),
        summary=text_of(document.summary.inlines),
        publisher=publisher,
        logo=lambda ground: logo_on(document, ground, "image:{}".format),
        art=art_of(document, "image:{}".format),
        full_cover=arrangement.full_cover,
        gathered=markup.gather(document, arrangement.on_back),
        tokens=tokens,
        codes=tuple(codes(document)),
        points=markup.gather(document).sections,
        to_call=to_call(document),
        address=anchor(document.url, paper.text(markup.short(document.url)), context) if document.url else "",
        related_on_back=arrangement.related_on_back,
        contents=listed_sections(document) if arrangement.contents else (),
        plain=paper.text,
        formats=paper.text(other_formats(document, editions or editions_of(document), template.removesuffix(".html"))),
        rest=paper.text(left_out_in_words(document, markup.short(document.url) if document.url else "")),
        postal=publisher_address(document, context, running=template == "leaflet.html"),
        imprint=paper.text(imprint(document)),
        fixed=lambda key: paper.text(document.words[key]),
        heading=partial(element, context=context),
        sentence=partial(sentence, context=context),
        ending_together=partial(markup.ending_together, context=context),
        sentences=partial(sentences, context=context),
        addresses=paper.addresses,
        section=partial(elements.section, context=context),
        block=partial(elements.block, context=context),
        blocks=partial(elements.blocks, context=context),
    )


def title_scale(title: str, least: int = LEAST_SCALE) -> int:
    """Per cent of the title's usual type, at least `least`. It is less if the title's longest word would be wider than
    the line, or if the title is longer than usual. A title may consist of signs only, and has no word then."""
    longest = max(1, *map(len, re.split(r"[\s-]", title)))
    return min(100, max(least, 1100 // longest), round(100 * math.sqrt(USUAL_TITLE / max(len(title), USUAL_TITLE))))


def full_title(document: Document, edition: str) -> str:
    """The title of a file: the document's title, then the edition's name."""
    return markup.seen(f"{text_of(document.title.inlines)} – {edition}")


def stylesheet(edition: str, *more: str) -> str:
    """The tokens, the styles that all paper shares, the edition's own styles, and `more`."""
    sheets = (TOKENS, *(HERE / "styles" / f"{name}.css" for name in ("print", "cover", edition, *more)))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def styles_of(document: Document, edition: str, *more: str) -> str:
    """`stylesheet`, the publisher's brand, and boxes for the characters that no typeface has."""
    return in_type_of(document, stylesheet(edition, *more)) + paper_css(document) + boxes_css(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents: the id of a section, its title in plain words, and its depth from 1."""

    id: str
    title: str
    depth: int


def listed_sections(document: Document) -> tuple[Entry, ...]:
    """The contents: the sections, and those within them if they all fit one page."""
    every = tuple(_entries(document.all_sections, 1))
    return every if len(every) <= MOST_ENTRIES else tuple(entry for entry in every if entry.depth == 1)


def _entries(sections: Sequence[Section], depth: int) -> Iterator[Entry]:
    for section in sections:
        yield Entry(id=section.id, title=text_of(section.title.inlines), depth=depth)
        if depth == 1:
            yield from _entries(section.sections, depth + 1)


def read_tokens() -> Mapping[str, str]:
    """The values of the design's tokens by name. Drawings need them, since no stylesheet reaches them."""
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS.read_text(encoding="utf-8")))


def imprint(document: Document) -> str:
    """Publisher, status, version and dates, for the end of an edition."""
    words, when = document.words, document.dates
    parts = [text_of(document.publisher.name.inlines)]
    if document.status == "archived":
        parts.append(words["archived"])
    if document.version:
        parts.append(f"{words['version']} {document.version}")
    known = (("published", when.published), ("updated", document.updated))
    days = (*known, ("reviewed", when.reviewed), ("review_by", when.review_by))
    parts += [f"{words[key]} {in_words(day, words)}" for key, day in days if day is not None]
    return ". ".join(parts) + ("." if len(parts) > 1 else "")


def other_formats(document: Document, editions: Sequence[str], edition: str) -> str:
    """A sentence that names the other `editions` of the publication. "" where there are none."""
    words = document.words
    names = called((name for name in editions if name != edition), words)
    listed = words["audio_list"].format(most=", ".join(names[:-1]), last=names[-1]) if names[1:] else "".join(names)
    return words["paper_formats"].format(formats=listed) if names else ""


def in_words(day: date, words: Words) -> str:
    """A date as the language writes it, on one line."""
    month = words["months"].split(", ")[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year).replace(" ", "\u00a0")


def codes(document: Document) -> Iterator[Code]:
    """QR codes to the page and to the recording, where there is one, if the publication says what its address is."""
    if document.url is None:
        return
    yield _code(document.url, "read_online", document.words)
    if document.url.endswith("/") and "recording" in editions_of(document):
        yield _code(f"{document.url}audio/{document.id}.mp3", "listen_online", document.words)


def _code(address: str, key: str, words: Words) -> Code:
    """A QR code with error correction M: 15 % of it may be stained or creased. Its quiet zone of 4 modules is
    included."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=4, light="white")
    return Code(
        drawing=Markup(drawing),  # noqa: S704, segno writes numbers only
        alternative=words["qr_code"].format(address=markup.short(address)),
        key=key,
    )
