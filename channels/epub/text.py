"""Turns chapters into the XHTML of a book: the page's own elements, in the dialect of books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from markupsafe import Markup

from channels.elements.blocks import blocks, section
from channels.elements.chapter_lines import chapter_lines
from channels.elements.chapters import Chapter
from channels.elements.dialect import Context, Xhtml
from channels.elements.escape import fill, join, permitted
from languages.tags import direction_of
from model.blocks import Notice
from model.document import Document, Footnote
from model.inlines import Abbreviation, FootnoteMark, Sentence
from model.traverse import mapped, prose, sentences_of_blocks, sentences_of_section, text_of

FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'lang="{language}" xml:lang="{language}" dir="{direction}">\n'
    '<head>\n<meta charset="utf-8"/>\n<title>{title}</title>\n'
    '<link rel="stylesheet" type="text/css" href="book.css"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDialect(Xhtml):
    """XHTML in which a link to a place of the document leads to the chapter with that place."""

    frames: ClassVar[bool] = True

    chapter_of: Mapping[str, str] = field(default_factory=dict)

    def link(self, target: str, words: Markup) -> Markup:
        """A link, or words only where it leads nowhere in the book."""
        if not target.startswith("#"):
            return fill('<a href="{}">{}</a>', target, words)
        chapter = self.chapter_of.get(target[1:])
        return fill('<a href="{}{}">{}</a>', chapter, target, words) if chapter else words

    def abbreviation(self, words: str, expansion: str) -> Markup:
        """An abbreviation, with what it stands for unless the chapter says that elsewhere (`told_once`)."""
        return fill("<abbr{}>{}</abbr>", fill(' title="{}"', expansion) if expansion else "", self.text(words))

    def footnote_mark(self, mark: FootnoteMark) -> Markup:
        """The marker of a footnote. Reading apps show the footnote when it is tapped."""
        words, chapter = self.text(mark.text.strip()), self.chapter_of.get(mark.note, "")
        return fill(
            '\N{NO-BREAK SPACE}<a id="{}" epub:type="noteref" role="doc-noteref" href="{}#{}">{}</a>',
            *(mark.id, chapter, mark.note, words),
        )

    def footnote(self, note: Footnote, label: Markup, words: Markup, back: Markup) -> Markup:
        """A footnote beside the text, after its label."""
        return fill(
            '\n<aside epub:type="footnote" role="doc-footnote" id="{}"><p><strong>{}:</strong> {} {}</p></aside>',
            *(note.id, label, words, back),
        )

    def way_back(self, place: str, name: str, words: Markup) -> Markup:
        """A link to a marker of a footnote, in the chapter with the marker."""
        return fill(
            '<a epub:type="backlink" role="doc-backlink" href="{}#{}" aria-label="{}">{}</a>',
            *(self.chapter_of.get(place, ""), place, name, words),
        )


def chapters_by_id(chapters: Iterable[Chapter]) -> dict[str, str]:
    """The file of the chapter in which each id stands."""
    return {
        own: file_of(chapter) for chapter in chapters for own in _ids((chapter.lines, chapter.blocks, chapter.section))
    }


def told_once(chapter: Chapter) -> Chapter:
    """A chapter in which the first of several like abbreviations has its expansion, and none whose expansion stands in
    the text. A reader may open any chapter first."""
    told = _words(chapter).casefold()
    first: set[str] = set()

    def tell(node: Any) -> Any:
        if not isinstance(node, Abbreviation):
            return mapped(node, tell)
        long = node.expansion.casefold()
        if long in told or long in first:
            return replace(node, expansion="")
        first.add(long)
        return node

    return replace(chapter, lines=tell(chapter.lines), blocks=tell(chapter.blocks), section=tell(chapter.section))


def untold(note: Footnote) -> Footnote:
    """A footnote whose abbreviations have no expansions, since it stands beside a text that has them."""

    def strip(node: Any) -> Any:
        return replace(node, expansion="") if isinstance(node, Abbreviation) else mapped(node, strip)

    return replace(note, sentences=strip(note.sentences))


def _words(chapter: Chapter) -> str:
    """The words of a chapter."""
    lines = (line for line in chapter.lines if isinstance(line, Sentence))
    notice = sentences_of_blocks(tuple(line for line in chapter.lines if isinstance(line, Notice)))
    section = sentences_of_section(chapter.section) if chapter.section is not None else ()
    return prose((*lines, *notice, *sentences_of_blocks(chapter.blocks), *section))


def file_of(chapter: Chapter) -> str:
    """The name of a chapter's text."""
    return f"{chapter.track.name}.xhtml"


def xhtml(chapter: Chapter, document: Document, context: Context) -> str:
    """A chapter's text."""
    title = text_of(document.title.inlines)
    chapter = told_once(chapter)
    if chapter.section is not None:
        body, title = section(chapter.section, 0, context), f"{chapter.title} – {title}"
    else:
        body = join("\n", [*chapter_lines(chapter, context), blocks(chapter.blocks, 1, context)])
    return framed(body, title, document.language)


def framed(body: Markup, title: str, language: str) -> str:
    """A whole XHTML document."""
    return permitted(fill(FRAME, language=language, direction=direction_of(language), title=title, body=body))


def _ids(node: object) -> Iterable[str]:
    """The ids in a part of the document. Its classes have slots."""
    if isinstance(node, tuple):
        for part in node:
            yield from _ids(part)
        return
    if isinstance(node, FootnoteMark) and node.first:
        yield node.note
    for name in getattr(type(node), "__slots__", ()):
        value = getattr(node, name)
        if name == "id":
            yield value
        elif not isinstance(value, str):
            yield from _ids(value)
