"""Turns a file into a draft by its kind, with the images that lie beside it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from importer.draft import Draft
from importer.faults import refuse
from importer.html import parse
from importer.page import draft
from importer.source import Source

MOST_BYTES: Final = 20_000_000
KINDS: Final = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".govspeak": "markdown",
    ".txt": "text",
}
OTHERS: Final = {
    ".pdf": "A PDF has lost what its words are. Ask for the Word file or the web page that it was made from.",
    ".doc": "Open it in Word or LibreOffice and save it as .docx.",
    ".odt": "Open it in LibreOffice and save it as .docx.",
    ".rtf": "Open it in Word or LibreOffice and save it as .docx.",
    ".mhtml": "Save the page as “Web page, complete” instead of as a single file.",
}
HINT: Final = "Files that can be imported end in .html, .docx, .md or .txt."


def read_file(path: Path, language: str | None) -> Draft:
    """The draft for the file at `path`. Raises Refused if the file cannot be imported."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise refuse(
            "not-a-page", str(path), "files of this kind cannot be imported", OTHERS.get(path.suffix.lower(), HINT)
        )
    data = _bytes(path)
    source = _source(kind, data, path)
    return draft(source, path.stem, _images(path.parent, source.images), language)


def _source(kind: str, data: bytes, path: Path) -> Source:
    """The elements of a file and the images that it carries. Each kind imports its own libraries only when it is
    needed: mammoth takes 80 ms."""
    match kind:
        case "docx":
            from importer.docx import parse as parse_docx  # noqa: PLC0415

            return parse_docx(data, str(path))
        case "markdown":
            from importer.markdown import parse as parse_markdown  # noqa: PLC0415

            return parse_markdown(data, str(path))
        case "text":
            from importer.text import parse as parse_text  # noqa: PLC0415

            return parse_text(data, str(path))
        case _:
            return parse(data, str(path))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size / 1_000_000
            raise refuse(
                "too-large",
                str(path),
                f"the file has {size:.0f} MB; the most is {MOST_BYTES // 1_000_000} MB",
                "A page of text is smaller: check that this is the right file, or take large pictures out.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise refuse(
            "cannot-read", str(path), f"the file cannot be read: {error.strerror}", "Check its name and permissions."
        ) from None
    if not data.strip():
        raise refuse("empty-file", str(path), "the file is empty", "Check that it was saved whole.")
    return data


def _images(folder: Path, carried: Mapping[str, bytes]) -> Callable[[str], bytes | None]:
    """A function that gives the bytes of an image by its address in the page, or None. The image is carried by the
    page or lies in a file beside it. Nothing is fetched from the web, and nothing above the page's folder is read."""

    def image(source: str) -> bytes | None:
        if source in carried:
            return carried[source]
        if source.startswith("data:"):
            return _of_data_url(source)
        place = (folder / unquote(re.split("[?#]", source, maxsplit=1)[0])).resolve()
        inside = place.is_relative_to(folder.resolve())
        try:
            return (
                place.read_bytes()
                if source and inside and place.is_file() and place.stat().st_size <= MOST_BYTES
                else None
            )
        except OSError:
            return None

    return image


def _of_data_url(source: str) -> bytes | None:
    head, _, body = source.partition(",")
    try:
        return base64.b64decode(body, validate=False) if head.endswith(";base64") else unquote_to_bytes(body)
    except binascii.Error:
        return None
