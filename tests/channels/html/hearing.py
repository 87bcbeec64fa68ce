"""Turns a page into the words that a screen reader's user hears from top to bottom: Chromium's accessibility tree as
lines of speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from playwright.sync_api import Page

from model.document import Document
from model.traverse import sentences_of, text_of

LANDMARKS: Final = {
    "banner": "banner",
    "main": "main",
    "navigation": "navigation",
    "complementary": "beside the text",
    "contentinfo": "foot of the page",
    "region": "region",
}
SAID: Final = {
    "link": "link",
    "button": "button",
    "DisclosureTriangle": "button",
    "checkbox": "tick box",
    "combobox": "choice",
    "ComboBoxMenuPopup": "choice",
    "doc-noteref": "link",
    "doc-backlink": "link",
    "image": "image",
    "Audio": "player",
}
INLINE: Final = frozenset({"StaticText", "emphasis", "strong", "code", "superscript", "time", "Abbr", "status", *SAID})
NAMED: Final = frozenset(
    {"table", "group", "region", "figure", "form", "article", "note", "doc-endnotes", "blockquote"}
)
SILENT: Final = frozenset({"InlineTextBox", "ListMarker", "LineBreak", "MenuListPopup"})


def heard(page: Page) -> list[str]:
    """The lines: a landmark in brackets, a heading with its level, a list with its length, then the words. A control
    or an image is named with its role. Whatever else has a name (a table, a group, a figure) says it, too."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if _role(node) == "RootWebArea")
    lines = [_line(parts) for parts in _blocks(root, nodes)]
    return [line for line in lines if line]


def _role(node: Mapping[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: Mapping[str, Any]) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def _line(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())


def _children(node: Mapping[str, Any], nodes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The nodes below a node. Ignored nodes are replaced by their own children."""
    for id in node.get("childIds", ()):
        child = nodes.get(id)
        if child is None or _role(child) in SILENT:
            continue
        if child.get("ignored"):
            yield from _children(child, nodes)
        else:
            yield child


def _blocks(node: Mapping[str, Any], nodes: Mapping[str, Any]) -> Iterator[list[str]]:
    """Each line as its parts: the parts of one line of text are heard in one go."""
    parts: list[str] = []
    for child in _children(node, nodes):
        role, name = _role(child), _name(child)
        if role in INLINE:
            parts += _inline(child, nodes)
            continue
        yield parts
        parts = []
        if role == "heading":
            level = next(one["value"]["value"] for one in child["properties"] if one["name"] == "level")
            yield [f"heading {level}: {name}"]
        elif role == "row":
            cells = (_line(_inline(cell, nodes)) or _name(cell) for cell in _children(child, nodes))
            yield [" | ".join(cells)]
        else:
            if role in LANDMARKS:
                yield ["[" + ", ".join(filter(None, (LANDMARKS[role], name))) + "]"]
            elif role == "list":
                count = sum(_role(one) == "listitem" for one in _children(child, nodes))
                yield [f"list of {count}{':' if name else ''} {name}"]
            elif name and role in NAMED:
                yield [f"{role}: {name}"]
            yield from _blocks(child, nodes)
    yield parts


def words_of(line: str) -> str:
    """The words of a line without what is said of them: their role, their level."""
    plain = re.sub(r"\((?:link|button|tick box|choice|image|player): ([^()]*(?:\([^()]*\))?[^()]*)\)", r"\1", line)
    plain = re.sub(r"^\[[a-z ]+(?:, (.*))?\]$", r"\1", plain)
    plain = re.sub(r"^(?:heading \d|[a-z-]+): |^list of \d+:?", "", plain)
    return re.sub(r" (?=[.,;:!?])", "", " ".join(plain.split()))


def said_twice(lines: Sequence[str], page: Document) -> list[str]:
    """What is heard more often than the author wrote it, wherever it stands. The contents repeat the headings, which is
    what they are for, and a label stands once for each contact."""
    everywhere = (page.publisher.name, *sentences_of(page))
    written = Counter(words_of(_line([text_of(sentence.inlines)])) for sentence in everywhere)
    labels = {words for _, words in page.words.entries if isinstance(words, str)}
    links = [line for line in lines if line.startswith("(link: ") and line.endswith(")")]
    said = Counter(words_of(line) for line in lines if line not in links and " | " not in line)
    twice = [(words, n) for words, n in said.items() if n > max(1, written[words]) and words not in labels]
    twice += [(line, n) for line, n in Counter(links).items() if n > max(1, written[words_of(line)])]
    for line, after in pairwise(lines):
        if words_of(line) == words_of(after) and written[words_of(line)] < 2:
            twice.append((line, 2))
    return [f"{words} ({n} times)" for words, n in twice if re.search(r"\w", words)]


def _inline(node: Mapping[str, Any], nodes: Mapping[str, Any]) -> list[str]:
    """The words that are heard for a part of a line."""
    role = _role(node)
    if role in SAID:
        return [f"({SAID[role]}: {_name(node)})"]
    if role == "StaticText":
        return [_name(node)]
    return [part for child in _children(node, nodes) for part in _inline(child, nodes)]
