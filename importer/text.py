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
from importer.text_tables import BULLET, Rows, as_rows

NUMBER: Final = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
LETTER: Final = re.compile(r"\s*\(?[a-z][.)]\s+(?=\S)")
SIGNS: Final = {"ul": re.compile(rf"{BULLET}\s+(?=\S)"), "ol": NUMBER, "a": LETTER}
UNDERLINE: Final = re.compile(r"(=|-|~)\1{2,}\s*")
NARROW: Final = 45
"""If all lines of a paragraph are shorter than this, its writer broke them on purpose."""
FULL: Final = 0.75
"""A line was also broken on purpose if it and the next word together fill no more than this share of the longest
line."""
LONGEST_HEADING: Final = 80
BEGUN: Final = re.compile(r"(?<![\w-])([^\W\d_]{2,})-\Z")
REST: Final = re.compile(r"\s*([a-z]{2,})(?![\w-])")
WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-\n)")
"""Matches a word as it stands within a line."""
JOINED: Final = "These words were divided at the ends of lines, and are joined here: {words}."
SUBJECT: Final = "Subject:"
FIELD: Final = re.compile(r"[^\W\d][\w -]*:\s")
"""Matches the name at the begin of a line such as "Tel: 01632 960001"."""
ENDED: Final = re.compile(r"[.,;:!?]\Z")


def parse(data: bytes, name: str) -> Source:
    """The elements of the plain text in `data`. `name` is the name of the file, for messages. Raises Refused."""
    read = decoded(data, name)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    html = Element("html")
    main = SubElement(SubElement(html, "body"), "main")
    groups = [group.strip("\n").split("\n") for group in re.split(r"\n\s*\n", text) if group.strip()]
    levels = _levels([group[1] for group in groups[1:] if _is_underlined(group)])
    known = frozenset(WORDS.findall(text.lower()))
    joined = [joined for lines in groups for joined in _join_words(lines, known)]
    warnings = (*read.warnings, *([JOINED.format(words=", ".join(dict.fromkeys(joined)))] if joined else ()))
    alone = [len(lines) == 1 and _sign(lines[0]) == "ol" and not ENDED.search(lines[0].strip()) for lines in groups]
    for number, lines in enumerate(groups):
        if rows := as_rows(lines):
            _table(main, rows)
        elif number == 0 and (title := _title_within(lines)):
            SubElement(main, "h1").text = title
            _group(main, lines, levels, first=False)
        elif alone[number] and not any(alone[max(number - 1, 0) : number]) and not any(alone[number + 1 : number + 2]):
            SubElement(main, "h2").text = lines[0].strip()
        else:
            _group(main, [line.expandtabs(4) for line in lines], levels, first=number == 0 and len(groups) > 1)
    return Source(tree=html, warnings=warnings)


def _join_words(lines: list[str], known: frozenset[str]) -> Iterator[str]:
    """Joins the parts of each word that a line end divides, and gives the word. It keeps its hyphen where the text has
    it with one elsewhere, or its first part alone, as in "part-time". `known` are the words of the text in small
    letters."""
    for number in range(len(lines) - 1, 0, -1):
        begun, ended = BEGUN.search(lines[number - 1].rstrip()), REST.match(lines[number])
        if begun is None or ended is None:
            continue
        whole, hyphened = begun[1] + ended[1], f"{begun[1]}-{ended[1]}"
        keeps = hyphened.lower() in known or (whole.lower() not in known and begun[1].lower() in known)
        word = hyphened if keeps else whole
        lines[number - 1] = lines[number - 1].rstrip()[: begun.start()] + word
        lines[number] = lines[number][ended.end() :].strip()
        yield word
    lines[:] = [line for line in lines if line.strip()]


def _title_within(lines: list[str]) -> str:
    """The title among the first lines of a text, which it is taken out of: the subject of a letter, or the first of
    some short lines. "" for none."""
    if len(lines) < 2 or _is_underlined(lines):
        return ""
    plain = [line.strip() for line in lines]
    subjects = [line for line in plain if line.startswith(SUBJECT)]
    short = (
        max(map(len, plain)) < NARROW and not any(map(_sign, plain)) and not any(FIELD.match(line) for line in plain)
    )
    title = subjects[0] if subjects else plain[0] if short and not ENDED.search(plain[0]) else ""
    if title:
        del lines[plain.index(title)]
    return title.removeprefix(SUBJECT).strip()


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
    """A line of a paragraph, or an entry of a list with the kind of the list, the indent of its sign, and its number as
    written."""

    kind: str
    indent: int
    text: str
    number: str = ""


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
        SubElement(open_[-1][1], "li", {"value": entry.number} if entry.number else {}).text = entry.text


def _sign(line: str) -> str:
    """The kind of list that a line is an entry of; "" for none."""
    return next((kind for kind, sign in SIGNS.items() if sign.match(line)), "")


def _entries(lines: list[str]) -> Iterator[tuple[str, list[_Entry]]]:
    """The paragraphs and lists among some lines. An indented line without a sign continues the entry before it.
    Letters count as signs only if there are several: "a." alone may begin a sentence."""
    lettered = sum(_sign(line) == "a" for line in lines) > 1
    listing, entries = False, list[_Entry]()
    for line in lines:
        sign = _sign(line)
        if sign and (sign != "a" or lettered):
            if not listing and entries:
                yield "p", entries
                entries = []
            listing = True
            indent = len(line) - len(line.lstrip())
            number = re.match(r"\s*(\d+)", line) if sign == "ol" else None
            text = SIGNS[sign].sub("", line, count=1).strip()
            entries.append(_Entry(sign, indent, text, number[1] if number else ""))
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
