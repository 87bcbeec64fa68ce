"""Turns the bytes of a plain text into elements: a title, paragraphs between blank lines, lists by their signs,
headings by their underlines or their capitals, and tables by their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from importer.html import decoded
from importer.source import Source
from importer.text_tables import Rows, as_rows

BULLET: Final = re.compile(r"\s*[-*•‣◦–]\s+(?=\S)")
NUMBER: Final = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
LETTER: Final = re.compile(r"\s*\(?[a-z][.)]\s+(?=\S)")
SIGNS: Final = {"ul": BULLET, "ol": NUMBER, "a": LETTER}
UNDERLINE: Final = re.compile(r"(=|-|~)\1{2,}\s*")
NARROW: Final = 45
"""If all lines of a paragraph are shorter than this, its writer broke them on purpose."""
FULL: Final = 0.75
"""A line was also broken on purpose if it and the next word together fill no more than this share of the longest
line."""
LONGEST_HEADING: Final = 80
ENDED: Final = re.compile(r"[.,;:!?]\Z")


def parse(data: bytes, name: str) -> Source:
    """The elements of the plain text in `data`. `name` is the name of the file, for messages. Raises Refused."""
    read = decoded(data, name)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    html = Element("html")
    main = SubElement(SubElement(html, "body"), "main")
    groups = [group.strip("\n").split("\n") for group in re.split(r"\n\s*\n", text) if group.strip()]
    levels = _levels([group[1] for group in groups[1:] if _is_underlined(group)])
    for number, lines in enumerate(groups):
        if rows := as_rows(lines):
            _table(main, rows)
        else:
            _group(main, [line.expandtabs(4) for line in lines], levels, first=number == 0 and len(groups) > 1)
    return Source(tree=html, warnings=read.warnings)


def _is_underlined(lines: list[str]) -> bool:
    return len(lines) > 1 and bool(UNDERLINE.fullmatch(lines[1])) and len(lines[0].strip()) <= LONGEST_HEADING


def _levels(underlines: list[str]) -> Mapping[str, int]:
    """The levels of headings by the sign that underlines them, among the signs that a text uses below its title."""
    used = {line[0] for line in underlines}
    return {sign: 2 + level for level, sign in enumerate(sign for sign in "=-~" if sign in used)}


def _table(main: Element, rows: Rows) -> None:
    table = SubElement(main, "table")
    for number, cells in enumerate(rows.cells):
        row = SubElement(table, "tr")
        for cell in cells:
            SubElement(row, "th" if number == 0 and rows.headed else "td").text = cell


def _group(main: Element, lines: list[str], levels: Mapping[str, int], *, first: bool) -> None:
    """Adds the elements for the lines between two blank ones."""
    plain = lines[0].strip()
    if _is_underlined(lines):
        SubElement(main, "h1" if first else f"h{levels[lines[1][0]]}").text = plain
        lines = lines[2:]
    elif len(lines) == 1 and len(plain) <= LONGEST_HEADING and not ENDED.search(plain) and not _sign(plain):
        if first:
            SubElement(main, "h1").text = plain
            return
        if plain.isupper() and " " in plain:
            SubElement(main, "h2").text = plain
            return
    for kind, entries in _entries(lines):
        if kind == "p":
            _paragraph(SubElement(main, "p"), [entry.text for entry in entries])
        else:
            _list(main, entries)


@dataclass(slots=True)
class _Entry:
    """A line of a paragraph, or an entry of a list with the kind of the list and the indent of its sign."""

    kind: str
    indent: int
    text: str


def _list(main: Element, entries: list[_Entry]) -> None:
    """Adds entries as lists. An entry that is indented more than the one before belongs to a list inside that one."""
    open_: list[tuple[_Entry, Element]] = []
    for entry in entries:
        while open_ and entry.indent < open_[-1][0].indent:
            open_.pop()
        if open_ and entry.indent == open_[-1][0].indent and entry.kind != open_[-1][0].kind:
            open_.pop()
        if not open_ or entry.indent > open_[-1][0].indent:
            parent = open_[-1][1][-1] if open_ else main
            made = SubElement(parent, "ul" if entry.kind == "ul" else "ol", {"type": "a"} if entry.kind == "a" else {})
            open_.append((entry, made))
        SubElement(open_[-1][1], "li").text = entry.text


def _sign(line: str) -> str:
    """The kind of list that a line is an entry of; "" for none."""
    return next((kind for kind, sign in SIGNS.items() if sign.match(line)), "")


def _entries(lines: list[str]) -> Iterator[tuple[str, list[_Entry]]]:
    """The paragraphs and lists among some lines. An indented line without a sign continues the entry before it.
    Letters count as signs only if there are several: "a." alone may begin a sentence."""
    lettered = sum(_sign(line) == "a" for line in lines) > 1
    listing, entries = False, [_Entry("", 0, "")][:0]
    for line in lines:
        sign = _sign(line)
        if sign and (sign != "a" or lettered):
            if not listing and entries:
                yield "p", entries
                entries = []
            listing = True
            indent = len(line) - len(line.lstrip())
            entries.append(_Entry(sign, indent, SIGNS[sign].sub("", line, count=1).strip()))
        elif listing and line.startswith(" "):
            entries[-1].text += f" {line.strip()}"
        else:
            if listing:
                yield "list", entries
                listing, entries = False, []
            entries.append(_Entry("p", 0, line.strip()))
    if entries:
        yield "list" if listing else "p", entries


def _paragraph(element: Element, lines: list[str]) -> None:
    """Fills `element` with lines as one paragraph, and breaks it where its writer broke a line on purpose."""
    element.text = lines[0]
    last: Element | None = None
    widest = max(map(len, lines))
    for before, line in pairwise(lines):
        if widest < NARROW or len(before) + 1 + len(line.split(" ", maxsplit=1)[0]) <= widest * FULL:
            last = SubElement(element, "br")
            last.tail = line
        elif last is None:
            element.text += f" {line}"
        else:
            last.tail = f"{last.tail} {line}"
