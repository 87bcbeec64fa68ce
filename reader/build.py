"""Turns a tree of the right shape into a Document. Reads its parts in their logical order, which decides first uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from languages.base import language_of, languages
from languages.humanize import date_in_words
from model.blocks import Address, Section
from model.document import Change, Choice, Dates, Document, EditionNames, Footnote, Publisher
from model.inlines import Date, Link, Sentence, Text
from model.traverse import text_of
from reader import inline
from reader.blocks import Blocks
from reader.brand_images import cover_of, logo_of
from reader.fixed_words import fixed_words
from reader.ids import Ids, slug
from reader.prose import MOST_SIGNS, Prose
from reader.publisher import address_of, colours_of, conformance_of, languages_of, styles_of
from reader.restrictions import restriction_of
from reader.sources import SUFFIXES, real_folder
from reader.terms import terms_of
from reader.typefaces import typeface_of
from yaml_source.load import Loaded
from yaml_source.node import Node


class Builder:
    """Builds one Document, which may choose from the editions in `names`. `words` are files of channels with fixed
    words of their own. Its faults gather in `diagnostics`."""

    def __init__(
        self, path: Path, loaded: Loaded, publisher: Node | None, names: EditionNames, words: Iterable[Path]
    ) -> None:
        self.path = path
        self.root = loaded.root
        self.publisher = publisher
        self.names = names
        language = self.root["language"].text
        self.words, at_fault = fixed_words(self.root["language"], publisher, words)
        self.ids = Ids(self.root)
        terms = terms_of(self.root, language_of(language))
        notes = self.root["footnotes"].entries if "footnotes" in self.root else ()
        known = inline.Known.of(language_of(language), terms, self._references(), self.ids.renamed, notes)
        self.text = Prose(loaded, known, self.words, self.ids)
        self.blocks = Blocks(self.text, path.parent)
        self.diagnostics = self.text.diagnostics
        self.diagnostics += (*self.ids.diagnostics, *at_fault)

    def document(self) -> Document:
        """The whole document."""
        root = self.root
        own, language = slug(real_folder(self.path).name), root["language"].text
        status: Literal["current", "archived"] = root["status"].text  # type: ignore[assignment]  # the schema's words
        return Document(
            id=own,
            language=language,
            title=self.text.heading(root["title"], "title"),
            summary=self.text.line(root["summary"], "summary"),
            dates=self._dates(),
            notice=self.blocks.notice(root["notice"], self.ids.place("notice")) if "notice" in root else None,
            publisher=self._publisher(root["publisher"]),
            status=status,
            words=self.words,
            breadcrumb=self.text.lines(root.get("breadcrumb"), "breadcrumb"),
            introduction=self.blocks.blocks(root.get("introduction"), "introduction"),
            sections=tuple(map(self._section, root["sections"].items)),
            glossary=self._glossary(),
            related=self._section(root["related"]) if "related" in root else None,
            footnotes=self._footnotes(),
            other_formats=self.text.sentences(root.get("other_formats"), "other-formats"),
            feedback=self.text.sentences(root.get("feedback"), "feedback"),
            rights=self.text.sentences(root.get("rights"), "rights"),
            changes=self._changes(root.get("changes")),
            version=_word(root, "version"),
            version_inlines=self.text.inlines(root["version"]) if "version" in root else (),
            url=_word(root, "url") or address_of(self.publisher, f"{own}/{language}"),
            accessibility=_word(root, "accessibility"),
            privacy=_word(root, "privacy"),
            conformance=conformance_of(root),
            exit_page=self._exit_page(),
            editions=_names(root, "editions"),
            without=_names(root, "without"),
            edition_names=self.names,
            spoken=language_of(language).verbalise is not None,
            choices=tuple(
                Choice(name=key, value=self.root[key].text, mark=self.root[key].mark)
                for key in ("voice", "rate")
                if key in self.root and self.root[key].mark.line  # what stands nowhere was mended
            ),
            tags=tuple(inline.fold(tag) for tag in _names(root, "tags")),
            restricted=tuple(self.blocks.restricted),
            translations=_translations(self.path, language, self.publisher),
            defaults=() if self.publisher is None else (str(Path(self.publisher.mark.file).absolute()),),
            language_mark=root["language"].mark,
            mark=root.mark,
        )

    def _footnotes(self) -> tuple[Footnote, ...]:
        """The notes in the order in which the text marks them. A note that no text marks is a fault, since it would
        stand nowhere."""
        notes = self.text.footnotes
        for name, node in notes.unmarked():
            hint = f"Write [^{name}] behind the words that it belongs to, or delete it."
            self.text.report_at(node)("unused-footnote", f"no text marks the footnote `{name}`", hint, "")
        return tuple(
            Footnote(
                id=marks[0].note,
                number=marks[0].number,
                sentences=self.text.sentences(notes.nodes[name], marks[0].note),
                marks=tuple(mark.id for mark in marks),
                mark=notes.nodes[name].mark,
            )
            for name, marks in notes.marks.items()
        )

    def _publisher(self, body: Node) -> Publisher:
        return Publisher(
            name=self.text.line(body["name"], "publisher"),
            url=_word(body, "url"),
            address=self._address(body.get("address")),
            government=body.flag("government"),
            logo=logo_of(body, self.path, self.diagnostics),
            cover=cover_of(body, self.path, self.diagnostics),
            colours=colours_of(body, self.diagnostics),
            typeface=typeface_of(body, self.path, self.diagnostics),
            styles=styles_of(body, self.path, self.diagnostics),
        )

    def _address(self, node: Node | None) -> Address | None:
        """The publisher's postal address. It stands at the end, so nobody has met there what an abbreviation means."""
        if node is None:
            return None
        lines = tuple(
            Sentence(id=self.ids.place(f"publisher-address-{n}"), inlines=self.text.inlines(line), mark=line.mark)
            for n, line in enumerate(node.items, 1)
        )
        return Address(id=self.ids.place("publisher-address"), lines=lines, mark=node.mark)

    def _references(self) -> dict[str, str | None]:
        targets: dict[str, str | None] = {}
        known = self.root.get("references")
        for name, node in known.entries.items() if known else ():
            section = _word(node, "section")
            targets[name] = f"#{self.ids.renamed.get(section, section)}" if section else _word(node, "url")
        return targets

    def _dates(self) -> Dates:
        def day(key: str) -> date | None:
            return date.fromisoformat(self.root[key].text) if key in self.root else None

        as_of = self.text.optional(self.root.get("as_of"), "as-of")
        return Dates(as_of=as_of, published=day("published"), reviewed=day("reviewed"), review_by=day("review_by"))

    def _changes(self, node: Node | None) -> tuple[Change, ...]:
        """The changes, the newest first. Each begins with its day as the language writes it."""
        changes = []
        for n, inner in enumerate(node.items if node else (), 1):
            day = date.fromisoformat(inner["day"].text)
            own = self.ids.place(f"change-{n}")
            first, *rest = self.text.sentences(inner["text"], own)
            words = date_in_words(day, self.words)
            dated = replace(first, inlines=(Date(text=words, value=day), Text(text=": "), *first.inlines))
            changes.append(Change(id=own, day=day, sentences=(dated, *rest), mark=inner.mark))
        return tuple(sorted(changes, key=lambda change: change.day, reverse=True))

    def _glossary(self) -> Section | None:
        if "glossary" not in self.root:
            return None
        node = self.root["glossary"]
        title = Sentence(
            id=self.ids.place("glossary-title"), inlines=(Text(text=self.words["glossary"]),), mark=node.mark
        )
        with self.text.footnotes.allowed():
            entries = self.blocks.definitions(node, self.ids.place("glossary-1"), node)
        return Section(id=self.ids.place("glossary"), title=title, blocks=(entries,), mark=node.mark)

    def _exit_page(self) -> Link | None:
        if "exit_page" not in self.root:
            return None
        node = self.root["exit_page"]
        return Link(target=node["url"].text, children=(Text(text=inline.fold(node["text"].text)),))

    def _section(self, node: Node) -> Section:
        own = self.ids.of_section(node, self._title(node))
        self.blocks.restricted += restriction_of(node, own)
        return Section(
            id=own,
            title=self.text.heading(node["title"], f"{own}-title"),
            blocks=self.blocks.blocks(node.get("blocks"), own),
            sections=tuple(map(self._section, node["sections"].items if "sections" in node else ())),
            mark=node.mark,
        )

    def _title(self, section: Node) -> str:
        """The words of a heading without markup. "" where the author gives the section an id, since no id is made
        from them then."""
        if "id" in section:
            return ""
        return text_of(inline.inlines(section["title"].text[:MOST_SIGNS], self.text.known, _unheard))


def _unheard(_code: str, _message: str, _hint: str, _words: str) -> None:
    """Drops a fault of a heading. It is reported when the heading is read as a sentence."""


def _word(node: Node, key: str) -> str | None:
    return node.word(key) or None


def _names(node: Node, key: str) -> tuple[str, ...]:
    """The words of a list. Empty where there is no list."""
    return tuple(item.text for item in node[key].items) if key in node else ()


def _translations(path: Path, language: str, publisher: Node | None) -> tuple[str, ...]:
    """The other languages of the publication, known from the files beside this one."""
    files = path.parent.iterdir() if path.stem == language else ()
    beside = {file.stem for file in files if file.suffix in SUFFIXES}
    return tuple(sorted((beside - {language}) & {*languages(), *languages_of(publisher)}))
