"""Turns an attachment of GOV.UK, or one like it, into a file to download with its details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Heading, Value
from importer.reading import Reading
from importer.runs import escaped
from importer.tree import classes, first, folded, tag, walk, words

KINDS: Final = frozenset({"attachment", "gem-c-attachment"})
DETAILS: Final = {
    "type": "format",
    "gem-c-attachment__abbr": "format",
    "file-size": "size",
    "page-length": "pages",
}
LINES: Final = ("metadata", "gem-c-attachment__metadata")
DETAIL: Final = "gem-c-attachment__attribute"
"""A detail of any kind, which its words tell."""
FORMAT: Final = re.compile(r"[A-Z]{2,6}|HTML|MS (?:Word|Excel|PowerPoint) \w+")
SIZE: Final = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(bytes|KB|MB|GB)", re.IGNORECASE)
PAGES: Final = re.compile(r"([1-9]\d{0,3}) pages?")
LONGEST_FORMAT: Final = 120
URL: Final = re.compile(r"https?://[^\s/?#]+\.\S+")
UNITS: Final = {"kb": "KB", "mb": "MB", "gb": "GB", "bytes": "bytes"}


def is_attachment(element: Element) -> bool:
    """True if an element offers a file with its details."""
    return tag(element) in ("section", "div") and bool(KINDS & classes(element))


def title_of(element: Element) -> Element | None:
    """The link of an attachment: the first with words that everybody meets. None if there is none."""
    links = (link for link in walk(element) if tag(link) == "a" and link.get("aria-hidden") != "true")
    return next((link for link in links if words(link)), None)


def download(element: Element, link: Element, reading: Reading) -> tuple[dict[str, Value], Element | None] | None:
    """The file that `link` leads to, and the line with its details. None if the link does not lead to a file on the
    web."""
    url = reading.target(link.get("href") or "", words(link))
    if not URL.fullmatch(url):
        return None
    made: dict[str, Value] = {"title": escaped(words(link)), "url": url}
    line = next((line for name in LINES if (line := first(element, "*", name)) is not None), None)
    if line is None:
        return made, None
    found = dict(_details(line))
    left = words(line)
    for said, _ in found.values():
        left = left.replace(said, "", 1)
    if any(sign.isalnum() for sign in left):
        return made, None  # the line says more than a download can hold, so it stays as words
    made |= {key: value for key, (_, value) in found.items()}
    if any(said != value for said, value in found.values()):
        reading.leave_out(words(line), f"is now {' and '.join(f'`{key}:`' for key in found)} of a file")
    return made, line


def _details(line: Element) -> Iterator[tuple[str, tuple[str, str]]]:
    """The details that a line gives, by the key in the source: the words on the page, and the value."""
    for part in walk(line):
        key = next((key for name, key in DETAILS.items() if name in classes(part)), "")
        said = folded(words(part))
        if DETAIL in classes(part) and not any(DETAILS.keys() & classes(inner) for inner in walk(part)):
            kinds = {"size": SIZE, "pages": PAGES, "format": FORMAT}
            key = next((kind for kind, sign in kinds.items() if sign.fullmatch(said)), "")
        if key == "format" and 0 < len(said) <= LONGEST_FORMAT:
            yield key, (said, said)
        elif key == "size" and (size := SIZE.fullmatch(said)):
            yield key, (said, f"{size[1]} {UNITS[size[2].lower()]}")
        elif key == "pages" and (pages := PAGES.fullmatch(said)):
            yield key, (said, pages[1])


def merged(blocks: Sequence[Heading | Value]) -> list[Heading | Value]:
    """The blocks, with downloads that follow each other joined into one list."""
    made: list[Heading | Value] = []
    for block in blocks:
        match (made[-1] if made else None), block:
            case {"type": "downloads", "items": tuple(before)}, {"type": "downloads", "items": tuple(items)}:
                made[-1] = {"type": "downloads", "items": (*before, *items)}
            case _:
                made.append(block)
    return made
