"""A Document's digest: SHA-256 over everything it says, and over nothing of where it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass

from document.model import Document


def digest(document: Document) -> str:
    """Hexadecimal SHA-256 of a document's content; marks are left out, so a moved line changes nothing."""
    state = hashlib.sha256()
    _feed(state.update, document)
    return state.hexdigest()


def _feed(update: Callable[[bytes], None], node: object) -> None:
    """Every value with its type and length before it, so that no two contents read the same."""
    if is_dataclass(node):
        update(f"<{type(node).__name__}>".encode())
        for item in fields(node):
            if item.compare:
                update(item.name.encode() + b"=")
                _feed(update, getattr(node, item.name))
    elif isinstance(node, tuple):
        update(b"(%d:" % len(node))
        for value in node:
            _feed(update, value)
    else:
        text = f"{type(node).__name__}:{node}".encode("utf-8", "surrogatepass")
        update(b"%d:" % len(text) + text)
