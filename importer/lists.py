"""Turns the items of a list, each given as blocks, into a list, steps or a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Heading, Remarked, Value
from importer.tree import classes, tag

LETTERS: Final = ("a", "A")
STYLED: Final = re.compile(r"list-style(?:-type)?:\s*(?:lower|upper)-(?:alpha|latin)")
ROMAN: Final = re.compile(r"list-style(?:-type)?:\s*(?:lower|upper)-roman")
COUNTED: Final = "on the page the items of this list are numbered otherwise: {how}."
TYPED: Final = re.compile(r"\A(?:[•▪‣◦·●\uf0a7\uf0b7\uf0d8]\s*(?=\S)|(?:[-–]|\\\*)\s+(?=[^\W\d]))")
"""A bullet that somebody typed. Those from a private area are Word's."""
COUNT: Final = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s")
"""A number or letter that somebody typed before an item."""
MOST: Final = 9999
DO: Final = {"nhsuk-list--tick": "do", "nhsuk-list--cross": "dont"}


def listed(element: Element, items: Sequence[Sequence[Value]]) -> Value:
    """The list that `items` make. `element` decides on its kind."""
    entries = tuple(map(_item, _with_words(items)))
    if tag(element) != "ol" or all(map(_is_counted, entries)):
        kind = next((kind for name, kind in DO.items() if name in classes(element)), "")
        return {"type": "list", **({"kind": kind} if kind else {}), "items": entries}
    start = _number(element.get("start")) or _number(_first_value(element))
    counted: dict[str, Value] = {"start": str(start)} if start > 1 else {}
    if "steps" in classes(element) or "govuk-steps" in classes(element):
        return {"type": "steps", **counted, "items": entries}
    style = element.get("style") or ""
    if element.get("type") in LETTERS or STYLED.search(style):
        return {"type": "numbered", "style": "letters", **counted, "items": entries}
    made: Value = {"type": "numbered", **counted, "items": entries}
    odd = "i, ii, iii" if (element.get("type") or "").lower() == "i" or ROMAN.search(style) else _odd(element)
    return Remarked(value=made, look=(COUNTED.format(how=odd),)) if odd else made


def of_bullets(parts: Sequence[Heading | Value]) -> list[Heading | Value]:
    """The parts, with paragraphs that follow each other behind typed bullets as a list."""
    made: list[Heading | Value] = []
    for typed, run in groupby(parts, key=lambda part: isinstance(part, str) and bool(TYPED.match(part))):
        same = list(run)
        if typed and len(same) > 1:
            items = tuple(TYPED.sub("", part, count=1) for part in same if isinstance(part, str))
            made.append({"type": "list", "items": items})
        else:
            made += same
    return made


def _is_counted(item: Value) -> bool:
    match item:
        case str(text) | {"text": str(text)}:
            return COUNT.match(text) is not None
        case _:
            return False


def without_leading_blocks(items: Sequence[Sequence[Value]]) -> tuple[list[Value], list[list[Value]]]:
    """The blocks that stand in a list before its first words, such as an address or a table, and the items without
    them. An item cannot begin with these, and there is no item before them."""
    before: list[Value] = []
    rest = [list(item) for item in map(_words_first, items)]
    while rest and not isinstance(rest[0][0], str) and not _is_list(rest[0][0]):
        before.append(rest[0].pop(0))
        rest = [item for item in rest if item]
    return before, rest


def _is_list(block: Value) -> bool:
    match block:
        case {"type": "list" | "steps" | "numbered"}:
            return True
        case _:
            return False


def _with_words(items: Sequence[Sequence[Value]]) -> Iterable[list[Value]]:
    """The items, each beginning with words. An item that begins with another block is added to the item before it;
    if there is none, its inner items take its place."""
    made: list[list[Value]] = []
    for item in map(_words_first, items):
        match item[0]:
            case str():
                made.append(list(item))
            case {"items": tuple(inner)} if not made:
                made += [[each] for each in inner]
                made[-1] += item[1:]
            case _:
                made[-1] += item
    return made


def _words_first(item: Sequence[Value]) -> Sequence[Value]:
    """The item with the pictures before its words behind them, and without a bullet that somebody typed."""
    place = next((n for n, block in enumerate(item) if not _is_picture(block)), 0)
    if not isinstance(words := item[place], str):
        return item
    return [TYPED.sub("", words, count=1), *item[:place], *item[place + 1 :]]


def _is_picture(block: Value) -> bool:
    match block:
        case Remarked(value=inner):
            return _is_picture(inner)
        case {"type": "figure"}:
            return True
        case _:
            return False


def _item(blocks: Sequence[Value]) -> Value:
    """An item: its words alone, or its words with the list or the blocks under them."""
    first, *rest = blocks
    if not rest:
        return first
    match rest:
        case [{"type": "list", "items": tuple(items), **more}] if not more:
            return {"text": first, "items": items}
        case _:
            return {"text": first, "blocks": tuple(rest)}


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() and int(text) <= MOST else 0


def _values(element: Element) -> list[str | None]:
    return [item.get("value") for item in element if tag(item) == "li"]


def _first_value(element: Element) -> str | None:
    return next(iter(_values(element)), None)


def _odd(element: Element) -> str:
    """How the items of a list are counted if not one by one; "" if they are counted one by one."""
    if element.get("reversed") is not None:
        return "backwards"
    values = [_number(value) for value in _values(element)]
    start = values[0] if values and values[0] else _number(element.get("start")) or 1
    leaps = [value for n, value in enumerate(values) if value and value != start + n]
    return f"one has the number {leaps[0]}" if leaps else ""
