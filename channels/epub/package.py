"""Turns a book's chapters into what a reading system needs: package document, navigation, overlays (EPUB 3.3)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from channels.elements.archive import EPOCH
from channels.elements.chapters import Chapter
from channels.elements.escape import fill, join
from channels.epub.text import file_of, framed
from model.blocks import Section
from model.document import Conformance, Document
from model.traverse import prose, text_of

XML = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)
ACTIVE = "-epub-media-overlay-active"
UNDATED = date(*EPOCH[:3])
"""The day of the last change that a book gives whose source names none, because the format demands one: that of all
files in its archive. No reader is shown it as the book's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file of the book. `overlay` is the id of the item that speaks it."""

    id: str
    href: str
    media_type: str
    properties: str = ""
    overlay: str = ""


def overlay(chapter: Chapter, of_notes: Collection[str]) -> str:
    """A chapter's overlay (SMIL 3.0): each element with the stretch of the track that speaks it, in order. Elements
    with an id in `of_notes` are footnotes, which a reader may skip."""
    text, track = file_of(chapter), f"{chapter.track.name}.mp3"
    pars = (
        fill(
            '<par id="p{}"{}><text src="{}#{}"/><audio src="{}" clipBegin="{}s" clipEnd="{}s"/></par>',
            number,
            Markup(' epub:type="footnote"') if heard.id in of_notes else "",
            text,
            heard.id,
            track,
            f"{heard.begin:.3f}",
            f"{heard.end:.3f}",
        )
        for number, heard in enumerate(chapter.heard, 1)
    )
    return fill(
        '{}<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n<body>\n'
        '<seq id="s" epub:textref="{}">\n{}\n</seq>\n</body>\n</smil>\n',
        XML,
        text,
        join("\n", pars),
    )


def navigation(chapters: Iterable[Chapter], document: Document) -> str:
    """The navigation document: the chapters, and the sections within them at every level."""
    entries = join("\n", (_entry(chapter) for chapter in chapters))
    words = document.words["contents"]
    body = fill(
        '<nav epub:type="toc" role="doc-toc" aria-label="{}">\n<h1>{}</h1>\n<ol>\n{}\n</ol>\n</nav>',
        words,
        words,
        entries,
    )
    return framed(body, f"{words} – {text_of(document.title.inlines)}", document.language)


def _entry(chapter: Chapter) -> Markup:
    file = file_of(chapter)
    inner = _listed(chapter.section.sections, file) if chapter.section is not None else Markup("")
    return fill('<li><a href="{}">{}</a>{}</li>', file, chapter.title, inner)


def _listed(sections: tuple[Section, ...], file: str) -> Markup:
    if not sections:
        return Markup("")
    entries = (
        fill('<li><a href="{}#{}">{}</a>{}</li>', file, s.id, text_of(s.title.inlines), _listed(s.sections, file))
        for s in sections
    )
    return fill("\n<ol>\n{}\n</ol>\n", join("\n", entries))


def package(document: Document, chapters: tuple[Chapter, ...], items: Iterable[Item], *, pictured: bool) -> str:
    """The package document. `pictured` is true if the book has pictures besides its cover."""
    manifest = (
        fill(
            '<item id="{}" href="{}" media-type="{}"{}{}/>',
            item.id,
            item.href,
            item.media_type,
            fill(' properties="{}"', item.properties) if item.properties else "",
            fill(' media-overlay="{}"', item.overlay) if item.overlay else "",
        )
        for item in items
    )
    spine = (fill('<itemref idref="{}"/>', text_id(chapter)) for chapter in chapters)
    return fill(
        '{}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="{}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{}\n</metadata>\n'
        "<manifest>\n{}\n</manifest>\n<spine>\n{}\n</spine>\n</package>\n",
        XML,
        document.language,
        join("\n", _metadata(document, chapters, pictured=pictured)),
        join("\n", manifest),
        join("\n", spine),
    )


def text_id(chapter: Chapter) -> str:
    """The id of the item with a chapter's text."""
    return f"text-{chapter.track.name}"


def overlay_id(chapter: Chapter) -> str:
    """The id of the item that speaks a chapter."""
    return f"overlay-{chapter.track.name}"


def _metadata(document: Document, chapters: tuple[Chapter, ...], *, pictured: bool) -> Iterable[Markup]:
    """Dublin Core, then accessibility (EPUB Accessibility 1.1, 2.2), as it is true of every book made here, then what
    the publisher claims."""
    day, as_of = document.newest_day, document.dates.as_of
    publisher = text_of(document.publisher.name.inlines)
    yield fill('<dc:identifier id="uid">urn:uuid:{}</dc:identifier>', identifier(document))
    yield fill("<dc:title>{}</dc:title>", text_of(document.title.inlines))
    yield fill("<dc:language>{}</dc:language>", document.language)
    yield fill("<dc:creator>{}</dc:creator>\n<dc:publisher>{}</dc:publisher>", publisher, publisher)
    yield fill("<dc:description>{}</dc:description>", text_of(document.summary.inlines))
    if published := document.dates.published or day:
        yield fill("<dc:date>{}</dc:date>", published)
    if as_of is not None:
        yield fill("<dc:coverage>{}</dc:coverage>", text_of(as_of.inlines))
    if document.rights:
        yield fill("<dc:rights>{}</dc:rights>", prose(document.rights))
    yield fill('<meta property="dcterms:modified">{}T00:00:00Z</meta>', day or UNDATED)
    yield fill('<meta property="media:active-class">{}</meta>', ACTIVE)
    for chapter in chapters:
        yield fill(
            '<meta property="media:duration" refines="#{}">{}s</meta>', overlay_id(chapter), f"{chapter.seconds:.3f}"
        )
    total = sum(round(chapter.seconds, 3) for chapter in chapters)
    yield fill('<meta property="media:duration">{}s</meta>', f"{total:.3f}")
    modes = ("textual", "auditory", *(("visual",) if pictured else ()))
    yield from (fill('<meta property="schema:accessMode">{}</meta>', mode) for mode in modes)
    yield from (
        fill('<meta property="schema:accessModeSufficient">{}</meta>', mode) for mode in ("textual", "auditory")
    )
    features = (
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "synchronizedAudioText",
        "displayTransformability",
    )
    for feature in (*features, *(("alternativeText",) if pictured else ())):
        yield fill('<meta property="schema:accessibilityFeature">{}</meta>', feature)
    yield fill('<meta property="schema:accessibilityHazard">{}</meta>', "none")
    yield fill('<meta property="schema:accessibilitySummary">{}</meta>', document.words["book_accessibility"])
    if document.conformance is not None:
        yield from _claim(document.conformance)


def _claim(claim: Conformance) -> Iterable[Markup]:
    """The publisher's claim of conformance, and who has evaluated the book (EPUB Accessibility 1.1, 4.3)."""
    yield fill('<meta id="conformance" property="dcterms:conformsTo">{}</meta>', claim.standard)
    frame = '<meta id="certifier" refines="#conformance" property="a11y:certifiedBy">{}</meta>'
    yield fill(frame, claim.certified_by)
    if claim.credential is not None:
        yield fill('<meta refines="#certifier" property="a11y:certifierCredential">{}</meta>', claim.credential)
    if claim.report is not None:
        yield fill('<link refines="#certifier" rel="a11y:certifierReport" href="{}"/>', claim.report)


def identifier(document: Document) -> uuid.UUID:
    """An identifier that is the same for every version of a publication in a language."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{document.url or document.id}#{document.language}")
