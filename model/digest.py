"""Turns a Document into its digest: SHA-256 over everything it says, and nothing of where it was written."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from functools import cache

from model.document import Document


def digest(document: Document) -> str:
    """Hexadecimal SHA-256 of a document's content. Marks are left out, so moving a line changes nothing."""
    written: list[str] = []
    _write(written, document)
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
