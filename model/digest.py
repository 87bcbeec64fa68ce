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
NOTHING: Final = "13:NoneType:None"
"""How None is written."""


def digest(document: Document) -> str:
    """Hexadecimal SHA-256 of a document's content. Marks are left out, so moving a line changes nothing."""
    return digests(document)[0]


def digests(document: Document) -> tuple[str, Mapping[str, str]]:
    """The digest of a document, and those of its parts by the names that editors know. All is written once. The names
    of editions are no content, and count only where channels have added some: they decide which editions there are."""
    whole = hashlib.sha256()
    parts: dict[str, str] = {}
    sections: dict[str, str] = {}
    for label, name in _labels(Document):
        value = getattr(document, name)
        whole.update(label.encode())
        if name == "sections":
            whole.update(f"({len(value)}:".encode())
        for part in value if name == "sections" else (value,):
            written, own = _of_words(part) if isinstance(part, Words) else _of(part)
            whole.update(written)
            if isinstance(part, Section):
                sections[f"section ‘{text_of(part.title.inlines)}’"] = own
            elif name == "introduction":
                sections[name] = own
            elif name not in SECTIONED:
                parts[name.replace("_", " ")] = own
    if document.edition_names != OWN_EDITIONS:
        whole.update(_encoded(repr(document.edition_names)))
    return whole.hexdigest(), {**parts, **sections}


def _of(part: object) -> tuple[bytes, str]:
    """A part of a document as it is written, and its digest."""
    to: list[str] = []
    _write(to, part)
    written = _encoded("".join(to))
    return written, hashlib.sha256(written).hexdigest()[:16]


_of_words = lru_cache(maxsize=8)(_of)
"""The same of the fixed words of a language. They are half of a document, and the same for many."""


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _write(to: list[str], node: object) -> None:
    """Writes every value after its type and its length in bytes, so that two different contents never read the same.
    Texts, which most values are, are written where they are met: a call for each would take twice as long."""
    if isinstance(node, tuple):
        to.append(f"({len(node)}:")
        for value in node:
            _write(to, value)
    elif labels := _labels(type(node)):  # type: ignore[arg-type]  # (a class has a hash)
        for label, name in labels:
            value = getattr(node, name)
            if value is None:
                to.append(f"{label}{NOTHING}")
            elif type(value) is str and value.isascii():
                to.append(f"{label}{len(value) + 4}:str:{value}")
            else:
                to.append(label)
                _write(to, value)
    else:
        text = f"{type(node).__name__}:{node}"
        size = len(text) if text.isascii() else len(_encoded(text))
        to.append(f"{size}:{text}")


@cache
def _labels(kind: type) -> tuple[tuple[str, str], ...]:
    """For a dataclass, each field that counts and the label written before its value. Empty for a plain value."""
    if not is_dataclass(kind):
        return ()
    names = [item.name for item in fields(kind) if item.compare]
    return tuple((f"<{kind.__name__}>" * (not n) + f"{name}=", name) for n, name in enumerate(names))
