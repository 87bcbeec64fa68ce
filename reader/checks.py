"""Meaning: what a schema cannot say. References that lead nowhere, dates out of order, figures without a source."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from languages.fixed_words import languages, read_words
from model.diagnostics import Diagnostic
from model.document import Abbreviation, Document, Foreign, Link, Section, Sentence, Term
from model.traverse import sentences_of, walk
from reader.ids import check_authors_ids, check_ids
from yaml_source.load import Keys, Loaded
from yaml_source.quoting import entry, how_to_quote

DEEPEST: Final = 5


def _fault(code: str, message: str, loaded: Loaded, path: Keys, hint: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=loaded.mark(path), hint=hint)


def check_source(path: Path, loaded: Loaded) -> Iterator[Diagnostic]:
    """Faults that stand in the way of building the document at all."""
    language = loaded.data["language"]
    if language not in languages():
        message = f"the editions have no fixed words in “{language}”"
        hint = f"Known: {', '.join(languages())}. For another language add languages/{language}/words.yaml."
        yield _fault("no-words", message, loaded, ("language",), hint)
    else:
        yield from read_words(language)[1]
    if re.fullmatch("[a-z]{2}(-[A-Z]{2})?", path.stem) and path.stem != language:
        message = f"the file is called {path.name} and its language is “{language}”"
        yield _fault("language-mismatch", message, loaded, ("language",), f"Write `{path.stem}`, or rename the file.")
    yield from _comments(loaded)
    yield from _dates(loaded)
    yield from _archive(loaded)
    yield from check_authors_ids(loaded)


def _comments(loaded: Loaded) -> Iterator[Diagnostic]:
    """What YAML takes for a comment behind a text without quotes: `#tag`, or `£5 # a visit`, which loses a price. A
    comment behind a single word (`status: current # until May`) is one."""
    lines = loaded.text.splitlines()
    for path, mark in loaded.comments.items():
        comment = lines[mark.line - 1][mark.column - 1 :].rstrip()
        words = " " in str(loaded.at(path)) or isinstance(path[-1], int)
        if words or comment[1:2].isalnum():
            begin = loaded.mark(path).line
            instead = how_to_quote(entry(lines, begin).text, goes_on=begin != mark.line)
            message = f"`{comment}` is a comment to YAML, and not in the text"
            hint = f"{instead.rstrip('.')}. A comment goes on a line of its own."
            yield Diagnostic(severity="warning", code="comment", message=message, mark=mark, hint=hint)


def _dates(loaded: Loaded) -> Iterator[Diagnostic]:
    order = [key for key in ("published", "reviewed", "review_by") if key in loaded.data]
    for first, then in pairwise(order):
        if loaded.data[then] < loaded.data[first]:
            message = f"`{then}` is before `{first}` ({loaded.data[first]})"
            yield _fault("date-order", message, loaded, (then,), "Check which of the two days is wrong.")


def _archive(loaded: Loaded) -> Iterator[Diagnostic]:
    if loaded.data["status"] != "archived":
        return
    if "notice" not in loaded.data:
        message = "an archived page must say so in every edition, and there is no `notice`"
        yield _fault("no-notice", message, loaded, ("status",), "Add `notice:` with `title:` and `text:`.")
    if not {"as_of", "published", "reviewed"} & set(loaded.data):
        message = "an archived page does not say what time it describes"
        yield _fault("no-date", message, loaded, ("status",), "Add `as_of:` in words, or `published:` or `reviewed:`.")


def check_document(document: Document, loaded: Loaded) -> Iterator[Diagnostic]:
    """Faults of a document that was built."""
    sections = dict(_sections(document))
    named = {known.get("section") for known in loaded.data.get("references", {}).values()}
    yield from _links(document, set(sections) | named)
    yield from _reference_targets(loaded, set(sections))
    yield from _unused(document, loaded)
    yield from check_ids(document, loaded)
    for section, depth in sections.values():
        if depth > DEEPEST:
            message = f"“{section.id}” is {depth} sections deep; a page has at most {DEEPEST} levels under its title"
            yield Diagnostic(
                severity="error", code="too-deep", message=message, mark=section.mark, hint="Move it one level up."
            )


def _sections(document: Document) -> Iterator[tuple[str, tuple[Section, int]]]:
    def walk(section: Section, depth: int) -> Iterator[tuple[str, tuple[Section, int]]]:
        yield section.id, (section, depth)
        for inner in section.sections:
            yield from walk(inner, depth + 1)

    for section in document.all_sections:
        yield from walk(section, 1)


def _links(document: Document, known: set[str]) -> Iterator[Diagnostic]:
    for sentence in (*sentences_of(document), *document.breadcrumb):
        for node in walk(sentence.inlines):
            if isinstance(node, Link) and node.target and node.target[0] == "#" and node.target[1:] not in known:
                yield _nowhere(node.target[1:], known, sentence)


def _nowhere(name: str, sections: set[str], sentence: Sentence) -> Diagnostic:
    return Diagnostic(
        severity="error",
        code="bad-reference",
        message=f"no section has the id `{name}`",
        mark=sentence.mark,
        hint=_suggestion(name, sections),
    )


def _suggestion(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"did you mean `{close[0]}`?" if close else f"The sections are: {', '.join(sorted(known))}."


def _reference_targets(loaded: Loaded, sections: set[str]) -> Iterator[Diagnostic]:
    for name, known in loaded.data.get("references", {}).items():
        if "section" in known and known["section"] not in sections:
            message = f"no section has the id `{known['section']}`"
            path = ("references", name, "section")
            yield _fault("bad-reference", message, loaded, path, _suggestion(known["section"], sections))


def _unused(document: Document, loaded: Loaded) -> Iterator[Diagnostic]:
    written = loaded.text
    for name in loaded.data.get("references", {}):
        if not re.search(rf"\[{re.escape(name)}\]", written, re.IGNORECASE):
            yield _warning("unused", f"the reference `{name}` is used nowhere", loaded, ("references", name))
    used = {
        node.text
        for sentence in sentences_of(document)
        for node in walk(sentence.inlines)
        if isinstance(node, Abbreviation | Term | Foreign)
    }
    for word in loaded.data.get("terms", {}):
        if word not in used:
            yield _warning("unused", f"the term `{word}` stands nowhere in the text", loaded, ("terms", word))


def _warning(code: str, message: str, loaded: Loaded, path: Keys) -> Diagnostic:
    hint = "Delete it, or check its spelling in the text."
    return Diagnostic(severity="warning", code=code, message=message, mark=loaded.keys[path], hint=hint)
