"""Data of the right shape to a Document: ids from places, text to sentences, abbreviations explained at first use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from languages.en.recognise import dialled
from languages.en.recognise import value as typed_value
from languages.fixed_words import languages, read_words
from model.document import (
    Abbreviation,
    Block,
    BulletList,
    Contact,
    Dates,
    Definition,
    Definitions,
    Document,
    Figure,
    Foreign,
    Link,
    ListItem,
    Money,
    Notice,
    Number,
    Paragraph,
    Percentage,
    Publisher,
    Row,
    Section,
    Sentence,
    Statistic,
    Steps,
    Table,
    Term,
    Text,
    Value,
    WebAddress,
    Words,
)
from model.traverse import text_of
from reader import inline
from reader.contacts import phone_instead, website_instead
from reader.ids import slug
from reader.images import read_image
from reader.prose import Prose
from reader.statistics import check_statistic, figure_instead
from yaml_source.load import Keys, Loaded

SUFFIXES = (".yaml", ".yml")


class Builder:
    """Builds one Document; faults gather in `diagnostics`."""

    def __init__(self, path: Path, loaded: Loaded) -> None:
        self.path = path
        self.loaded = loaded
        language: str = loaded.data["language"]
        self.words = read_words(language)[0] if language in languages() else Words(entries=())
        known = inline.Known.of(self._terms(), self._references())
        self.text = Prose(loaded, known, self.words, language)
        self.diagnostics = self.text.diagnostics

    def document(self) -> Document:
        """The whole document, built in its logical order, which decides what is a first use."""
        data = self.loaded.data
        return Document(
            id=slug(self.path.resolve().parent.name),
            language=self.text.language,
            title=self.text.line(("title",), "title"),
            summary=self.text.line(("summary",), "summary"),
            dates=self._dates(),
            notice=self._page_notice(),
            publisher=Publisher(
                name=self.text.line(("publisher", "name"), "publisher"), url=data["publisher"].get("url")
            ),
            status=data["status"],
            words=self.words,
            breadcrumb=self.text.lines(("breadcrumb",), "breadcrumb"),
            introduction=self._blocks(("introduction",), "introduction"),
            sections=tuple(self._section(("sections", n)) for n in range(len(data["sections"]))),
            glossary=self._glossary(),
            related=self._section(("related",)) if "related" in data else None,
            other_formats=self.text.sentences(("other_formats",), "other-formats"),
            feedback=self.text.sentences(("feedback",), "feedback"),
            rights=self.text.sentences(("rights",), "rights"),
            version=data.get("version"),
            url=data.get("url"),
            exit_page=self._exit_page(),
            editions=tuple(data.get("editions", ("leaflet", "large-print"))),
            translations=_translations(self.path, self.text.language),
            mark=self.loaded.mark(()),
        )

    # ------------------------------------------------------------------------------------------- the page's parts

    def _terms(self) -> dict[str, Abbreviation | Term | Foreign]:
        terms: dict[str, Abbreviation | Term | Foreign] = {}
        for word, known in self.loaded.data.get("terms", {}).items():
            say = known.get("say")
            if "expansion" in known:
                terms[word] = Abbreviation(text=word, expansion=known["expansion"], say=say)
            elif "language" in known:
                terms[word] = Foreign(text=word, language=known["language"], say=say)
            else:
                terms[word] = Term(text=word, say=say)
        return terms

    def _references(self) -> dict[str, str | None]:
        return {
            name: f"#{known['section']}" if "section" in known else known.get("url")
            for name, known in self.loaded.data.get("references", {}).items()
        }

    def _dates(self) -> Dates:
        def day(key: str) -> date | None:
            return date.fromisoformat(self.loaded.data[key]) if key in self.loaded.data else None

        as_of = self.text.line(("as_of",), "as-of") if "as_of" in self.loaded.data else None
        return Dates(as_of=as_of, published=day("published"), reviewed=day("reviewed"), review_by=day("review_by"))

    def _page_notice(self) -> Notice | None:
        return self._notice(("notice",), "notice") if "notice" in self.loaded.data else None

    def _glossary(self) -> Section | None:
        if "glossary" not in self.loaded.data:
            return None
        mark = self.loaded.mark(("glossary",))
        title = Sentence(id="glossary-title", inlines=(Text(text=self.words["glossary"]),), mark=mark)
        entries = Definitions(id="glossary-1", entries=self._entries(("glossary",), "glossary-1"), mark=mark)
        return Section(id="glossary", title=title, blocks=(entries,), mark=mark)

    def _exit_page(self) -> Link | None:
        if "exit_page" not in self.loaded.data:
            return None
        exit_page = self.loaded.data["exit_page"]
        return Link(target=exit_page["url"], children=(Text(text=inline.fold(exit_page["text"])),))

    def _section(self, path: Keys) -> Section:
        data = self.text.at(path)
        own: str = data["id"]
        return Section(
            id=own,
            title=self.text.line((*path, "title"), f"{own}-title"),
            blocks=self._blocks((*path, "blocks"), own),
            sections=tuple(self._section((*path, "sections", n)) for n in range(len(data.get("sections", ())))),
            mark=self.loaded.mark(path),
        )

    # ------------------------------------------------------------------------------------------- blocks

    def _blocks(self, path: Keys, parent: str) -> tuple[Block, ...]:
        count = len(self.text.at(path) or ())
        blocks = [self._block((*path, n), f"{parent}-{n + 1}") for n in range(count)]
        if count and (explanations := self.text.explanations(parent)):
            blocks.append(Paragraph(id=f"{parent}-terms", sentences=explanations, mark=self.loaded.mark(path)))
        return tuple(blocks)

    def _block(self, path: Keys, place: str) -> Block:
        data = self.text.at(path)
        if isinstance(data, str):
            return Paragraph(id=place, sentences=self.text.sentences(path, place), mark=self.loaded.mark(path))
        own: str = data.get("id", place)
        kinds: dict[str, Callable[[Keys, str], Block]] = {
            "paragraph": lambda path, own: Paragraph(
                id=own, sentences=self.text.sentences((*path, "text"), own), mark=self.loaded.mark(path)
            ),
            "list": lambda path, own: BulletList(id=own, items=self._items(path, own), mark=self.loaded.mark(path)),
            "steps": lambda path, own: Steps(id=own, items=self._items(path, own), mark=self.loaded.mark(path)),
            "statistic": self._statistic,
            "table": self._table,
            "figure": self._figure,
            "notice": self._notice,
            "definitions": lambda path, own: Definitions(
                id=own, entries=self._entries((*path, "entries"), own), mark=self.loaded.mark(path)
            ),
            "contact": self._contact,
        }
        return kinds[data["type"]](path, own)

    def _items(self, path: Keys, own: str) -> tuple[ListItem, ...]:
        items = []
        for n in range(len(self.text.at(path)["items"])):
            item, item_id = (*path, "items", n), f"{own}-{n + 1}"
            items.append(
                ListItem(id=item_id, sentences=self.text.sentences(item, item_id), mark=self.loaded.mark(item))
            )
        return tuple(items)

    def _statistic(self, path: Keys, own: str) -> Statistic:
        data = self.text.at(path)
        sentences = self.text.sentences((*path, "text"), own)
        if "source" in data and "unsourced" in data:
            self.text.report_at(path)(
                "contradiction", "a figure with `source` and `unsourced`", "Keep one of the two.", ""
            )
        if "source" not in data and "unsourced" not in data:
            hint = "Add `source:`, or `unsourced: true` where none is known."
            self.text.report_at(path)("no-source", "a figure without its source", hint, "")
        source: Sentence | None = None
        notes: tuple[Sentence, ...] = ()
        if "source" in data:
            before, _, after = self.words["source"].partition("{source}")
            named = self.text.inlines((*path, "source"))
            found = (Text(text=before), *named, Text(text=after))
            mark = self.text.places.find(text_of(named), self.loaded.mark((*path, "source")))
            source = Sentence(id=f"{own}-source", inlines=found, mark=mark)
            self.text.heard(found)
            notes = self.text.explanations(own)
        value = self._figure_value((*path, "value"))
        statistic = Statistic(
            id=own,
            sentences=sentences,
            value=value or Number(text="1", value=Decimal(1)),
            label=inline.fold(data["label"]),
            alternative=inline.fold(data["alternative"]),
            compared_with=self._figure_value((*path, "compared_with")),
            compared_label=inline.fold(data.get("compared_label", "")),
            direction=data.get("direction"),
            period=inline.fold(data.get("period", "")),
            source=source,
            notes=notes,
            mark=self.loaded.mark(path),
        )
        if value is not None:
            self.diagnostics.extend(check_statistic(statistic, self.loaded.mark((*path, "value"))))
        return statistic

    def _figure_value(self, path: Keys) -> Value | None:
        if path[-1] not in self.text.at(path[:-1]):
            return None
        text = self.text.at(path)
        found = typed_value(text)
        if not isinstance(found, Money | Percentage | Number):
            self.text.report_at(path)(
                "bad-value", f"“{text}” cannot be drawn as a figure", figure_instead(inline.fold(text)), ""
            )
            return None
        return found

    def _table(self, path: Keys, own: str) -> Table:
        data = self.text.at(path)
        caption = self.text.line((*path, "caption"), f"{own}-caption")
        headers = self.text.lines((*path, "headers"), f"{own}-header")
        rows = []
        for n in range(len(data["rows"])):
            row, row_id = (*path, "rows", n), f"{own}-row-{n + 1}"
            cells = self.text.lines(row, row_id)
            if len(cells) != len(headers):
                message = f"this row has {_count(len(cells), 'cell')} and the table {_count(len(headers), 'header')}"
                hint = "Give every row a cell for each header. "
                if len(cells) > len(headers):
                    hint += "Within brackets, a text with a comma in it is written in quotes."
                else:
                    hint += "An empty cell gets a word too, such as none."
                self.text.report_at(row)("row-length", message, hint, "")
            rows.append(Row(id=row_id, cells=cells, mark=self.loaded.mark(row)))
        return Table(
            id=own,
            caption=caption,
            headers=headers,
            rows=tuple(rows),
            row_headers=bool(data.get("row_headers")),
            mark=self.loaded.mark(path),
        )

    def _figure(self, path: Keys, own: str) -> Figure:
        data = self.text.at(path)
        if ("alternative" in data) == ("decorative" in data):
            self.text.report_at(path)(
                *("no-alternative", "an image needs either `alternative` or `decorative: true`"),
                *("Write what the image says, or declare that it says nothing.", ""),
            )
        report = self.text.report_at((*path, "image"))
        image = read_image(self.path.parent, data["image"], lambda code, message, hint: report(code, message, hint, ""))
        return Figure(
            id=own,
            image=data["image"],
            digest=image.digest,
            width=image.width,
            height=image.height,
            alternative=self.text.line((*path, "alternative"), f"{own}-alternative") if "alternative" in data else None,
            caption=self.text.line((*path, "caption"), f"{own}-caption") if "caption" in data else None,
            mark=self.loaded.mark(path),
        )

    def _notice(self, path: Keys, own: str) -> Notice:
        kind: Literal["information", "warning"] = self.text.at(path).get("kind", "information")
        title = self.text.line((*path, "title"), f"{own}-title")
        return Notice(
            id=own,
            title=title,
            sentences=self.text.sentences((*path, "text"), own),
            kind=kind,
            mark=self.loaded.mark(path),
        )

    def _entries(self, path: Keys, own: str) -> tuple[Definition, ...]:
        entries = []
        for n in range(len(self.text.at(path))):
            entry, entry_id = (*path, n), f"{own}-{n + 1}"
            term = self.text.line((*entry, "term"), f"{entry_id}-term")
            text = self.text.sentences((*entry, "text"), entry_id)
            entries.append(Definition(id=entry_id, term=term, sentences=text, mark=self.loaded.mark(entry)))
        return tuple(entries)

    def _contact(self, path: Keys, own: str) -> Contact:
        def detail(key: str) -> Sentence | None:
            return self.text.line((*path, key), f"{own}-{key}") if key in self.text.at(path) else None

        contact = Contact(
            id=own,
            name=self.text.line((*path, "name"), f"{own}-name"),
            about=self.text.sentences((*path, "about"), f"{own}-about"),
            phone=self._number_to_call((*path, "phone"), f"{own}-phone"),
            textphone=self._number_to_call((*path, "textphone"), f"{own}-textphone"),
            email=self._email((*path, "email"), f"{own}-email"),
            website=detail("website"),
            address=self.text.lines((*path, "address"), f"{own}-address"),
            hours=detail("hours"),
            cost=detail("cost"),
            mark=self.loaded.mark(path),
        )
        if (website := contact.website) and not (
            len(website.inlines) == 1 and isinstance(website.inlines[0], WebAddress)
        ):
            text = text_of(website.inlines)
            report = self.text.report_at((*path, "website"))
            report("bad-contact", f"“{text}” is not a web address", website_instead(text), "")
        return contact

    def _number_to_call(self, path: Keys, own: str) -> Sentence | None:
        """Here any number is a telephone number, as short as 111 and as long as a relay's prefix makes it."""
        text = self.text.at(path)
        if text is None:
            return None
        phone = dialled(inline.fold(text))
        if phone is None:
            hint = phone_instead(str(path[-1]), inline.fold(text))
            self.text.report_at(path)("bad-contact", f"“{text}” is not a telephone number", hint, "")
            return None
        return Sentence(id=own, inlines=(phone,), mark=self.loaded.mark(path))

    def _email(self, path: Keys, own: str) -> Sentence | None:
        """The schema has seen that it is one."""
        text = self.text.at(path)
        address = WebAddress(text=text, target=f"mailto:{text}")
        return text and Sentence(id=own, inlines=(address,), mark=self.loaded.mark(path))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _translations(path: Path, language: str) -> tuple[str, ...]:
    """The other languages of the publication, from the files beside this one."""
    files = path.parent.iterdir() if path.stem == language else ()
    beside = {file.stem for file in files if file.suffix in SUFFIXES}
    return tuple(sorted((beside - {language}) & set(languages())))
