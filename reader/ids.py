"""Names to ids, ids to diagnostics: an author's ids and those that come from places, each once in all editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from model.diagnostics import Diagnostic
from model.document import Block, BulletList, Definitions, Document, Mark, Section, Steps, Table
from model.traverse import blocks_of, sentences_of
from yaml_source.load import Keys, Loaded

RESERVED: Final = frozenset(
    {"title", "summary", "publisher", "as-of", "notice", "introduction", "glossary", "other-formats", "feedback"}
    | {"rights", "breadcrumb", "main", "contents", "formats", "about", "header", "footer"}
    | {"listen", "listen-title", "listen-help", "listen-mark", "listen-follow", "listen-choose"}
    | {"cover", "opening", "colophon", "leaflet-contacts"}
)
"""What the frames of the editions call their own parts."""


def slug(name: str) -> str:
    """A folder's or word's name as a part of addresses: small letters, digits, hyphens."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()) or "publication"


def check_authors_ids(loaded: Loaded) -> Iterator[Diagnostic]:
    """Authors' ids: each once, none that the editions use themselves."""
    seen: dict[str, Keys] = {}
    for path, own in _authors_ids(loaded):
        if own in RESERVED:
            yield _fault(f"the id `{own}` is used by every page", loaded.mark(path))
        elif own in seen:
            yield _fault(f"the id `{own}` stands in line {loaded.mark(seen[own]).line} already", loaded.mark(path))
        seen.setdefault(own, path)


def check_ids(document: Document, loaded: Loaded) -> Iterator[Diagnostic]:
    """Ids that come from places: none that an author gave to something else, none twice."""
    authors = {own: path for path, own in _authors_ids(loaded)}
    seen: dict[str, Mark] = {}
    for own, mark in _ids(document):
        path = authors.get(own)
        if path is not None and mark != loaded.mark(path[:-1]):
            message = f"the id `{own}` is the one that the text in line {mark.line} has by its place"
            yield _fault(message, loaded.mark(path))
        elif path is None and own in seen:
            message = f"the id `{own}`, which this text has by its place, is that of line {seen[own].line} too"
            yield _fault(message, mark)
        seen.setdefault(own, mark)


def _fault(message: str, mark: Mark) -> Diagnostic:
    return Diagnostic(severity="error", code="duplicate-id", message=message, mark=mark, hint="Choose another id.")


def _authors_ids(loaded: Loaded) -> Iterator[tuple[Keys, str]]:
    for path in loaded.keys:
        if path[-1] == "id" and isinstance(own := loaded.at(path), str):
            yield path, own


def _ids(document: Document) -> Iterator[tuple[str, Mark]]:
    """Every id in a document, with the place of what has it."""
    for section in document.all_sections:
        yield from _ids_of_sections(section)
    for block in (*blocks_of(document), *((document.notice,) if document.notice else ())):
        yield block.id, block.mark
        yield from ((part.id, part.mark) for part in _parts(block))
    yield from ((sentence.id, sentence.mark) for sentence in (*sentences_of(document), *document.breadcrumb))


def _ids_of_sections(section: Section) -> Iterator[tuple[str, Mark]]:
    yield section.id, section.mark
    for inner in section.sections:
        yield from _ids_of_sections(inner)


def _parts(block: Block) -> tuple[Any, ...]:
    """What has an id within a block, but for its sentences."""
    match block:
        case BulletList() | Steps():
            return block.items
        case Table():
            return block.rows
        case Definitions():
            return block.entries
        case _:
            return ()
