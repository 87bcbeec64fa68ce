"""Turns a Document into its digest: SHA-256 over everything it says, and nothing of where it was written. Each of its
parts has one too, which tells what was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Final

from model.blocks import Section
from model.document import OWN_EDITIONS, Document, Words
from model.traverse import text_of

SECTIONED: Final = ("introduction", "sections", "glossary", "related")
"""The fields of a document that are named last among its parts, and by their titles."""


def digest(document: Document) -> str:
    """Hexadecimal SHA-256 of a document's content. Marks are left out, so moving a line changes nothing."""
    return digests(document)[0]


def digests(document: Document) -> tuple[str, Mapping[str, str]]:
    """The digest of a document, and those of its parts by the names that editors know. All is written once. The names
    of editions are no content, and count only where channels have added some: they decide which editions there are."""
    written: list[str] = []
    parts: dict[str, str] = {}
    sections: dict[str, str] = {}
    for label, name in _labels(Document):
        value = getattr(document, name)
        written.append(label)
        if name == "sections":
            written.append(f"({len(value)}:")
        for part in value if name == "sections" else (value,):
            begin = len(written)
            if isinstance(part, Words):
                written.append(_of_words(part))
            else:
                _write(written, part)
            own = _hashed(written[begin:])[:16]
            if isinstance(part, Section):
                sections[f"section ‘{text_of(part.title.inlines)}’"] = own
            elif name == "introduction":
                sections[name] = own
            elif name not in SECTIONED:
                parts[name.replace("_", " ")] = own
    if document.edition_names != OWN_EDITIONS:
        written.append(repr(document.edition_names))
    return _hashed(written), {**parts, **sections}


@lru_cache(maxsize=8)
def _of_words(words: Words) -> str:
    """The fixed words of a language as they are written. They are half of a document, and the same for many."""
    written: list[str] = []
    _write(written, words)
    return "".join(written)


def _hashed(written: list[str]) -> str:
    return hashlib.sha256("".join(written).encode("utf-8", "surrogatepass")).hexdigest()


def _write(to: list[str], node: object) -> None:
    """Writes every value after its type and its length in bytes, so that two different contents never read the same."""
    if isinstance(node, tuple):
        to.append(f"({len(node)}:")
        for value in node:
            _write(to, value)
    elif labels := _labels(type(node)):  # type: ignore[arg-type]  # (a class has a hash)
        for label, name in labels:
            to.append(label)
            _write(to, getattr(node, name))
    else:
        text = f"{type(node).__name__}:{node}"
        size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        to.append(f"{size}:{text}")


@cache
def _labels(kind: type) -> tuple[tuple[str, str], ...]:
    """For a dataclass, each field that counts and the label written before its value. Empty for a plain value."""
    if not is_dataclass(kind):
        return ()
    names = [item.name for item in fields(kind) if item.compare]
    return tuple((f"<{kind.__name__}>" * (not n) + f"{name}=", name) for n, name in enumerate(names))
