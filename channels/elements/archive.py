"""Turns files into a zip file. The same files give the same bytes: no clock, no owner; text is packed, sound is
stored."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from hashlib import sha256

from model.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can hold."""

LETTERS = 4
"""How many of a publication's own letters begin the name of its folder."""

SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"

PACKED = (".xhtml", ".html", ".smil", ".opf", ".xml", ".css", ".txt", ".svg", ".m3u8", ".vtt")


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the files, given by path and content, in this order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for path, data in files:
            entry = zipfile.ZipInfo(path, date_time=EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if path.endswith(PACKED) else zipfile.ZIP_STORED
            packed.writestr(entry, data)
    return archive.getvalue()


def folder_of(document: Document, kind: str) -> str:
    """The folder of a `kind` of edition: eight letters and digits, the first of which are the publication's. The
    others differ for another publication, language or kind, so that many fit side by side on one card."""
    own = sha256(f"{document.id}/{document.language}/{kind}".encode()).digest()
    number = int.from_bytes(own[:8], "big")
    tail = "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(8 - LETTERS))
    return plain(document.id)[:LETTERS] + tail


def plain(text: str) -> str:
    """The letters and digits of `text` that every disc can hold."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


def contents(data: bytes, ending: str = "") -> dict[str, bytes]:
    """The files of a zip file whose paths have this ending, by their paths."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.endswith(ending)}
