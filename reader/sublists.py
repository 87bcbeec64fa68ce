"""Turns texts that hold a list or a heading in Markdown's form into nodes of that list or into strong words.

YAML makes one line of a text, so a second line `- a passport` would become three more words of the first. A warning
tells the author of each text that is read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from model.diagnostics import Diagnostic
from model.inlines import Mark
from yaml_source.load import Loaded
from yaml_source.node import Node, walk

BULLET: Final = re.compile(r"(\s*)(?:([-*•])|\d{1,2}[.)])\s+(?=\S)")
HEADING: Final = re.compile(r"#{1,6}\s+(\S.*?)(?:\s+#+)?\s*\Z", re.DOTALL)
BLOCK_TEXT: Final = re.compile(r"[|>][+-]?\d?\s*\Z")
BLOCK_LISTS: Final = ("blocks", "introduction")
AS_HEADING: Final = (
    "It is shown as strong words. A heading is the `title:` of a section, by which readers find their way."
)


@dataclass(slots=True)
class _Line:
    text: str
    mark: Mark


@dataclass(slots=True)
class _Item:
    """An entry of a list as lines: its own line, then the lines that are indented further."""

    indent: int
    numbered: bool
    lines: list[_Line] = field(default_factory=list)


def find_sublists(loaded: Loaded) -> list[Diagnostic]:
    """Replaces texts that hold lists by nodes of those lists. Returns a warning for each."""
    if not any(mark in loaded.text for mark in ("- ", "* ", "• ", ". ", ") ", "# ")):
        return []
    found: list[Diagnostic] = []
    for node in [node for node in walk(loaded.root) if isinstance(node.value, dict)]:
        for key in BLOCK_LISTS:
            if (blocks := node.get(key)) and isinstance(blocks.value, list):
                blocks.value = [new for old in blocks.value for new in _of_block(old, loaded.lines, found)]
        if (items := node.get("items")) and isinstance(items.value, list):
            items.value = [_of_item(old, loaded.lines, found) for old in items.value]
    return found


def _of_block(node: Node, lines: list[str], found: list[Diagnostic]) -> Iterator[Node]:
    """A paragraph as nodes: its words, and its list."""
    if isinstance(node.value, str) and (heading := HEADING.match(node.value)) and "\n" not in node.value.strip():
        _warn(found, node.mark, "“#” makes no heading here", AS_HEADING)
        node.value = f"**{heading[1].strip('*')}**"
    intro, items = _parted(node, lines)
    colon = bool(intro) and intro[-1].text.rstrip().endswith(":")
    if not items or (len(items) == 1 and not colon):
        yield node
        return
    _warn(found, items[0].lines[0].mark, *_said("paragraph"))
    if intro:
        yield _text(intro)
    kind = "numbered" if items[0].numbered else "list"
    mark = items[0].lines[0].mark
    entries = {"type": Node(value=kind, mark=mark), "items": Node(value=[_entry(item) for item in items], mark=mark)}
    yield Node(value=entries, mark=mark)


def _of_item(node: Node, lines: list[str], found: list[Diagnostic]) -> Node:
    """An item as a node of its text with the list under it."""
    intro, items = _parted(node, lines)
    if not items or not intro or items[0].numbered:
        return node
    _warn(found, items[0].lines[0].mark, *_said("item"))
    return _with_items(intro, items)


def _parted(node: Node, lines: list[str]) -> tuple[list[_Line], list[_Item]]:
    """The lines of a text before its first bullet, and the entries from there on. No entries where the text has no
    list."""
    if not isinstance(node.value, str) or node.last <= node.mark.line:
        return [], []
    first = lines[node.mark.line - 1][node.mark.column - 1 :]
    start = node.mark.line + (1 if BLOCK_TEXT.match(first) else 0)
    rest = [
        _Line(lines[number - 1], Mark(file=node.mark.file, line=number, column=1))
        for number in range(start, node.last + 1)
    ]
    if start == node.mark.line:
        if first[:1] in ("'", '"'):
            return [], []
        rest[0] = _Line(first, node.mark)
    return _parse(rest, first_is_text=start == node.mark.line)


def _parse(lines: list[_Line], *, first_is_text: bool) -> tuple[list[_Line], list[_Item]]:
    intro: list[_Line] = []
    items: list[_Item] = []
    for number, line in enumerate(lines):
        bullet = None if first_is_text and not number else BULLET.match(line.text)
        if bullet and (not items or len(bullet[1]) <= items[0].indent):
            rest = line.text[bullet.end() :]
            mark = Mark(file=line.mark.file, line=line.mark.line, column=line.mark.column + bullet.end())
            items.append(_Item(len(bullet[1]), bullet[2] is None, [_Line(rest, mark)]))
        elif items:
            items[-1].lines.append(line)
        else:
            intro.append(line)
    if items and items[0].numbered and len(items) < 2:
        return lines, []
    return intro, items


def _entry(item: _Item) -> Node:
    intro, items = _parse(item.lines, first_is_text=True)
    return _with_items(intro, items) if items else _text(intro)


def _with_items(intro: list[_Line], items: list[_Item]) -> Node:
    within = Node(value=[_entry(item) for item in items], mark=items[0].lines[0].mark)
    return Node(value={"text": _text(intro), "items": within}, mark=intro[0].mark)


def _text(lines: list[_Line]) -> Node:
    words = " ".join(line.text.strip() for line in lines if line.text.strip())
    return Node(value=words, mark=lines[0].mark)


def _said(what: str) -> tuple[str, str]:
    """Message and hint for a list within an item or a paragraph."""
    message = "a line that begins like an entry of a list is read as one"
    if what == "item":
        return message, "Write the item as `- text: …` and, under that, `items:` with these lines further in."
    return message, "Write the list as a block of its own: `- type: list` and, under that, `items:` with these lines."


def _warn(found: list[Diagnostic], mark: Mark, message: str, hint: str) -> None:
    found.append(Diagnostic(severity="warning", code="sublist", message=message, mark=mark, hint=hint))
