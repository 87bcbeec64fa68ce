"""Data of the right shape to a Document: ids from places, text to sentences, abbreviations explained at first use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from document import inline
from document.diagnostics import Diagnostic
from document.load import Keys, Loaded
from document.model import (
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
    Inline,
    Link,
    ListItem,
    Mark,
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
    text_of,
)
from document.places import Places
from document.values import dialled
from document.values import value as typed_value
from document.words import languages, read_words

Data = dict[str, Any]

WARNINGS = frozenset({"markup", "vague-link", "lines"})
IMAGES = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b"<"}


class Builder:
    """Builds one Document; faults gather in `diagnostics`."""

    def __init__(self, path: Path, loaded: Loaded) -> None:
        self.path = path
        self.loaded = loaded
        self.data: Data = loaded.data
        self.diagnostics: list[Diagnostic] = []
        self.places = Places(loaded.text)
        self.explained: set[str] = set()
        self.said = ""
        self.owed: list[Abbreviation] = []
        self.language: str = loaded.data["language"]
        self.words, faults = read_words(self.language) if self.language in languages() else (Words(entries=()), ())
        self.diagnostics += faults
        self.known = inline.Known.of(self._terms(), self._references())

    def document(self) -> Document:
        """The whole document, built in its logical order, which decides what is a first use."""
        data = self.data
        return Document(
            id=_slug(self.path.resolve().parent.name),
            language=self.language,
            title=self._line(("title",), "title"),
            summary=self._line(("summary",), "summary"),
            dates=self._dates(),
            notice=self._page_notice(),
            publisher=Publisher(name=self._line(("publisher", "name"), "publisher"), url=data["publisher"].get("url")),
            status=data["status"],
            words=self.words,
            breadcrumb=self._lines(("breadcrumb",), "breadcrumb"),
            introduction=self._blocks(("introduction",), "introduction"),
            sections=tuple(self._section(("sections", n)) for n in range(len(data["sections"]))),
            glossary=self._glossary(),
            related=self._section(("related",)) if "related" in data else None,
            other_formats=self._prose(("other_formats",), "other-formats"),
            feedback=self._prose(("feedback",), "feedback"),
            rights=self._prose(("rights",), "rights"),
            version=data.get("version"),
            url=data.get("url"),
            exit_page=self._exit_page(),
            editions=tuple(data.get("editions", ("leaflet", "large-print"))),
            translations=_translations(self.path, self.language),
            mark=self.loaded.mark(()),
        )

    # ------------------------------------------------------------------------------------------- the page's parts

    def _terms(self) -> dict[str, Abbreviation | Term | Foreign]:
        terms: dict[str, Abbreviation | Term | Foreign] = {}
        for word, known in self.data.get("terms", {}).items():
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
            for name, known in self.data.get("references", {}).items()
        }

    def _dates(self) -> Dates:
        def day(key: str) -> date | None:
            return date.fromisoformat(self.data[key]) if key in self.data else None

        as_of = self._line(("as_of",), "as-of") if "as_of" in self.data else None
        return Dates(as_of=as_of, published=day("published"), reviewed=day("reviewed"), review_by=day("review_by"))

    def _page_notice(self) -> Notice | None:
        return self._notice(("notice",), "notice") if "notice" in self.data else None

    def _glossary(self) -> Section | None:
        if "glossary" not in self.data:
            return None
        mark = self.loaded.mark(("glossary",))
        title = Sentence(id="glossary-title", inlines=(Text(text=self.words["glossary"]),), mark=mark)
        entries = Definitions(id="glossary-1", entries=self._entries(("glossary",), "glossary-1"), mark=mark)
        return Section(id="glossary", title=title, blocks=(entries,), mark=mark)

    def _exit_page(self) -> Link | None:
        if "exit_page" not in self.data:
            return None
        exit_page = self.data["exit_page"]
        return Link(target=exit_page["url"], children=(Text(text=inline.fold(exit_page["text"])),))

    def _section(self, path: Keys) -> Section:
        data = self._at(path)
        own: str = data["id"]
        return Section(
            id=own,
            title=self._line((*path, "title"), f"{own}-title"),
            blocks=self._blocks((*path, "blocks"), own),
            sections=tuple(self._section((*path, "sections", n)) for n in range(len(data.get("sections", ())))),
            mark=self.loaded.mark(path),
        )

    # ------------------------------------------------------------------------------------------- blocks

    def _blocks(self, path: Keys, parent: str) -> tuple[Block, ...]:
        count = len(self._at(path) or ())
        blocks = [self._block((*path, n), f"{parent}-{n + 1}") for n in range(count)]
        if count and (explanations := self._explanations(parent)):
            blocks.append(Paragraph(id=f"{parent}-terms", sentences=explanations, mark=self.loaded.mark(path)))
        return tuple(blocks)

    def _block(self, path: Keys, place: str) -> Block:
        data = self._at(path)
        if isinstance(data, str):
            return Paragraph(id=place, sentences=self._prose(path, place), mark=self.loaded.mark(path))
        own: str = data.get("id", place)
        kinds: dict[str, Callable[[Keys, str], Block]] = {
            "paragraph": lambda path, own: Paragraph(
                id=own, sentences=self._prose((*path, "text"), own), mark=self.loaded.mark(path)
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
        for n in range(len(self._at(path)["items"])):
            item, item_id = (*path, "items", n), f"{own}-{n + 1}"
            items.append(ListItem(id=item_id, sentences=self._prose(item, item_id), mark=self.loaded.mark(item)))
        return tuple(items)

    def _statistic(self, path: Keys, own: str) -> Statistic:
        data = self._at(path)
        sentences = self._prose((*path, "text"), own)
        if "source" in data and "unsourced" in data:
            self._report_at(path)("contradiction", "a figure with `source` and `unsourced`", "Keep one of the two.", "")
        if "source" not in data and "unsourced" not in data:
            hint = "Add `source:`, or `unsourced: true` where none is known."
            self._report_at(path)("no-source", "a figure without its source", hint, "")
        source: Sentence | None = None
        notes: tuple[Sentence, ...] = ()
        if "source" in data:
            before, _, after = self.words["source"].partition("{source}")
            named = self._inlines((*path, "source"))
            found = (Text(text=before), *named, Text(text=after))
            mark = self.places.find(text_of(named), self.loaded.mark((*path, "source")))
            source = Sentence(id=f"{own}-source", inlines=found, mark=mark)
            self._heard(found)
            notes = self._explanations(own)
        return Statistic(
            id=own,
            sentences=sentences,
            value=self._figure_value((*path, "value")) or Number(text="1", value=Decimal(1)),
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

    def _figure_value(self, path: Keys) -> Value | None:
        if path[-1] not in self._at(path[:-1]):
            return None
        found = typed_value(self._at(path))
        if not isinstance(found, Money | Percentage | Number):
            self._report_at(path)("bad-value", f"“{self._at(path)}” is not a figure", "Write 55%, £9.50 or 1,900.", "")
            return None
        return found

    def _table(self, path: Keys, own: str) -> Table:
        data = self._at(path)
        caption = self._line((*path, "caption"), f"{own}-caption")
        headers = self._lines((*path, "headers"), f"{own}-header")
        rows = []
        for n in range(len(data["rows"])):
            row, row_id = (*path, "rows", n), f"{own}-row-{n + 1}"
            cells = self._lines(row, row_id)
            if len(cells) != len(headers):
                message = f"this row has {len(cells)} cells and the table {len(headers)} headers"
                self._report_at(row)("row-length", message, "Give every row a cell for each header.", "")
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
        data = self._at(path)
        if ("alternative" in data) == ("decorative" in data):
            self._report_at(path)(
                *("no-alternative", "an image needs either `alternative` or `decorative: true`"),
                *("Write what the image says, or declare that it says nothing.", ""),
            )
        return Figure(
            id=own,
            image=data["image"],
            digest=self._image_digest((*path, "image")),
            alternative=self._line((*path, "alternative"), f"{own}-alternative") if "alternative" in data else None,
            caption=self._line((*path, "caption"), f"{own}-caption") if "caption" in data else None,
            mark=self.loaded.mark(path),
        )

    def _image_digest(self, path: Keys) -> str:
        name = self._at(path)
        file = self.path.parent / name
        report = self._report_at(path)
        if not file.is_file():
            report(
                "no-such-image",
                f"there is no image {name}",
                "Put the file into the folder images beside this file.",
                "",
            )
            return ""
        if self.path.parent.resolve() not in file.resolve().parents:
            report("no-such-image", f"{name} leads out of the publication's folder", "Copy the image itself there.", "")
            return ""
        content = file.read_bytes()
        if not content.lstrip().startswith(IMAGES[file.suffix]):
            report(
                "bad-image",
                f"{name} is not the {file.suffix[1:].upper()} image that its name says",
                "Export it again.",
                "",
            )
        return hashlib.sha256(content).hexdigest()

    def _notice(self, path: Keys, own: str) -> Notice:
        kind: Literal["information", "warning"] = self._at(path).get("kind", "information")
        title = self._line((*path, "title"), f"{own}-title")
        return Notice(
            id=own, title=title, sentences=self._prose((*path, "text"), own), kind=kind, mark=self.loaded.mark(path)
        )

    def _entries(self, path: Keys, own: str) -> tuple[Definition, ...]:
        entries = []
        for n in range(len(self._at(path))):
            entry, entry_id = (*path, n), f"{own}-{n + 1}"
            term = self._line((*entry, "term"), f"{entry_id}-term")
            text = self._prose((*entry, "text"), entry_id)
            entries.append(Definition(id=entry_id, term=term, sentences=text, mark=self.loaded.mark(entry)))
        return tuple(entries)

    def _contact(self, path: Keys, own: str) -> Contact:
        def detail(key: str) -> Sentence | None:
            return self._line((*path, key), f"{own}-{key}") if key in self._at(path) else None

        contact = Contact(
            id=own,
            name=self._line((*path, "name"), f"{own}-name"),
            about=self._prose((*path, "about"), f"{own}-about"),
            phone=self._number_to_call((*path, "phone"), f"{own}-phone"),
            textphone=self._number_to_call((*path, "textphone"), f"{own}-textphone"),
            email=detail("email"),
            website=detail("website"),
            address=self._lines((*path, "address"), f"{own}-address"),
            hours=detail("hours"),
            cost=detail("cost"),
            mark=self.loaded.mark(path),
        )
        self._expect(contact.website, WebAddress, (*path, "website"), "a web address", "drugs.gov.uk")
        self._expect(contact.email, WebAddress, (*path, "email"), "an e-mail address", "help@example.gov.uk")
        return contact

    def _number_to_call(self, path: Keys, own: str) -> Sentence | None:
        """Here any number is a telephone number, as short as 111 and as long as a relay's prefix makes it."""
        text = self._at(path)
        if text is None:
            return None
        phone = dialled(inline.fold(text))
        if phone is None:
            hint = "Write it as in: 0800 77 66 00. What else there is to say goes in `about` or `hours`."
            self._report_at(path)("bad-contact", f"“{text}” is not a telephone number", hint, "")
            return None
        return Sentence(id=own, inlines=(phone,), mark=self.loaded.mark(path))

    def _expect(self, sentence: Sentence | None, kind: type, path: Keys, what: str, example: str) -> None:
        if sentence is not None and not (len(sentence.inlines) == 1 and isinstance(sentence.inlines[0], kind)):
            message = f"“{text_of(sentence.inlines)}” is not {what}"
            self._report_at(path)("bad-contact", message, f"Write it as in: {example}", "")

    # ------------------------------------------------------------------------------------------- text

    def _line(self, path: Keys, own: str) -> Sentence:
        """A text that is one sentence whatever its punctuation: a heading, a label, a cell."""
        found = self._inlines(path)
        self._heard(found)
        return Sentence(id=own, inlines=found, mark=self.places.find(text_of(found), self.loaded.mark(path)))

    def _lines(self, path: Keys, own: str) -> tuple[Sentence, ...]:
        data = self._at(path) or ()
        return tuple(self._line((*path, n), f"{own}-{n + 1}") for n in range(len(data)))

    def _prose(self, path: Keys, own: str) -> tuple[Sentence, ...]:
        """A text cut into sentences, and after them what its abbreviations stand for where that is not said yet."""
        if self._at(path) is None:
            return ()
        found: list[Sentence] = []
        mark = self.loaded.mark(path)
        for n, piece in enumerate(inline.sentences(self._inlines(path), self.language), 1):
            mark = self.places.find(text_of(piece), mark, beyond=n > 1)
            found.append(Sentence(id=f"{own}-s{n}", inlines=piece, mark=mark))
            self._heard(piece)
        return (*found, *self._explanations(own))

    def _inlines(self, path: Keys) -> tuple[Inline, ...]:
        return inline.inlines(self._at(path), self.known, self._report_at(path))

    def _heard(self, found: tuple[Inline, ...]) -> None:
        """Take note of what readers have met: words said in full, and abbreviations that are still owed a word."""
        abbreviations = _abbreviations(found)
        self.said += " " + " ".join(text_of(found).lower().split())
        for abbreviation in abbreviations:
            if abbreviation.text in self.explained:
                continue
            self.explained.add(abbreviation.text)
            if not re.search(rf"\b{re.escape(abbreviation.expansion.lower())}\b", self.said):
                self.owed.append(abbreviation)

    def _explanations(self, own: str) -> tuple[Sentence, ...]:
        """One sentence for each abbreviation that was met without its words ("NTORS stands for …")."""
        owed, self.owed = self.owed, []
        return tuple(self._explanation(abbreviation, own) for abbreviation in owed)

    def _explanation(self, abbreviation: Abbreviation, own: str) -> Sentence:
        pieces: list[Inline] = []
        before, _, rest = self.words["stands_for"].partition("{short}")
        middle, _, after = rest.partition("{long}")
        for piece in (before, abbreviation, middle, abbreviation.expansion, after):
            if piece:
                pieces += [Text(text=piece)] if isinstance(piece, str) else [piece]
        mark = self.loaded.mark(("terms", abbreviation.text))
        return Sentence(id=f"{own}-{_slug(abbreviation.text)}-stands-for", inlines=tuple(pieces), mark=mark)

    # ------------------------------------------------------------------------------------------- faults

    def _at(self, path: Keys) -> Any:
        value: Any = self.data
        for step in path:
            if isinstance(step, str) and step not in value:
                return None
            value = value[step]
        return value

    def _report_at(self, path: Keys) -> inline.Report:
        mark = self.loaded.mark(path)

        def report(code: str, message: str, hint: str, words: str) -> None:
            place: Mark = self.places.find(words, mark) if words else mark
            severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
            self.diagnostics.append(Diagnostic(severity=severity, code=code, message=message, mark=place, hint=hint))

        return report


def _abbreviations(found: tuple[Inline, ...]) -> list[Abbreviation]:
    abbreviations: list[Abbreviation] = []
    for inline_ in found:
        if isinstance(inline_, Abbreviation):
            abbreviations.append(inline_)
        abbreviations += _abbreviations(getattr(inline_, "children", ()))
    return abbreviations


def _slug(name: str) -> str:
    """A folder's or word's name as a part of addresses: small letters, digits, hyphens."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "publication"


def _translations(path: Path, language: str) -> tuple[str, ...]:
    """The other languages of the publication, from the files beside this one."""
    beside = {file.stem for file in path.parent.glob("*.yaml")} if path.stem == language else set()
    return tuple(sorted((beside - {language}) & set(languages())))
