"""Turns the bytes of a saved web page into elements, as browsers do (the WHATWG's HTML standard)."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

import tinyhtml5

from importer.faults import refuse

DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
LOOKED_AT: Final = 4096
ELEMENT: Final = re.compile(r"<(?:!doctype|html|head|body|main|article|div|p|h[1-6]|ul|ol|table)\b", re.IGNORECASE)
SAVE: Final = "Save it again as UTF-8 (in a browser: Save page as, Web page, complete)."


def parse(data: bytes, name: str) -> Element:
    """The elements of the page in `data`. `name` is the name of the file, for messages. Raises Refused."""
    text = decoded(data, name)
    if not ELEMENT.search(text):
        raise refuse(
            "not-a-page", name, "this is not a web page", "Save the page in a browser, or rename the file: .md or .txt."
        )
    tree: Element = tinyhtml5.parse(text, namespace_html_elements=False)
    return tree


def decoded(data: bytes, name: str) -> str:
    """The text of a page. Its byte order mark decides on the encoding, else what the page declares, else it is UTF-8
    or Windows-1252. Raises Refused if the bytes do not fit."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _as(data[3:], "utf-8", name)
    declared = DECLARED.search(data[:LOOKED_AT])
    if declared:
        return _as(data, declared[1].decode("ascii"), name)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _as(data, "windows-1252", name)


def _as(data: bytes, encoding: str, name: str) -> str:
    # To browsers, Latin-1 means Windows-1252 (the WHATWG's Encoding standard, 4.2).
    encoding = "windows-1252" if encoding.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else encoding
    try:
        return data.decode(encoding)
    except LookupError:
        raise refuse("bad-encoding", name, f"the page is in an encoding that is not known: {encoding}", SAVE) from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = (
            f"the page says that it is {encoding}, and line {line} has a byte that is not (0x{data[error.start]:02X})"
        )
        raise refuse("bad-encoding", name, message, SAVE) from None
