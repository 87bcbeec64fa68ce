"""The main part of a page to headings and blocks, in order: each element becomes what it is, each word is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from importer import contacts, figures, notices, tables
from importer.draft import Heading, Value
from importer.reading import Reading
from importer.runs import Style, escaped, joined, line, lines, nodes_of
from importer.tree import HEADINGS, classes, folded, is_block, tag, walk, words

Part: TypeAlias = Heading | Value

CALLED: Final = ("ul", "ol", "menu", "dir")
NO_STYLE: Final = Style()


def read(nodes: Iterable[str | Element], reading: Reading, style: Style = NO_STYLE) -> list[Part]:
    """The headings and blocks among some nodes. Words that stand loose between blocks are paragraphs."""
    parts: list[Part] = []
    loose: list[str | Element] = []
    for node in nodes:
        if isinstance(node, str) or not is_block(node):
            loose.append(node)
            continue
        parts += lines(loose, reading, style)
        loose = []
        parts += _block(node, reading, style)
    parts += lines(loose, reading, style)
    return parts


def _block(element: Element, reading: Reading, style: Style) -> Sequence[Part]:
    if reason := reading.reason_to_drop(element):
        reading.drop(element, reason)
        return []
    name = tag(element)
    if name in HEADINGS:
        return _heading(element, reading)
    if contacts.is_contact(element):
        return _contact(element, reading)
    if kind := notices.kind_of(element):
        return _notice(kind, element, reading)
    match name:
        case "ul" | "ol" | "menu" | "dir":
            return _list(element, reading)
        case "dl":
            return _definitions(element, reading)
        case "table":
            return _table(element, reading)
        case "img":
            return figures.figure(element, (), reading)
        case "figure":
            return _figure(element, reading, style)
        case "summary":
            return [f"**{text}**" for text in lines(nodes_of(element), reading)]
        case "pre":
            return [escaped(text) for row in "".join(element.itertext()).split("\n") if (text := folded(row))]
        case "a":
            href = reading.target(element.get("href") or "", words(element))
            return read(nodes_of(element), reading, replace(style, href=href))
        case "strong" | "b":
            return read(nodes_of(element), reading, replace(style, strong=True))
        case _ if "attachment" in classes(element):
            return settled(read(nodes_of(element), reading, style))
        case _:
            return read(nodes_of(element), reading, style)


def _heading(element: Element, reading: Reading) -> list[Part]:
    """A heading, and after it the images that stand in it."""
    title = line(_without_whole(element), reading)
    reading.heading = title or reading.heading
    inner: list[Part] = [
        part for image in walk(element) if tag(image) == "img" for part in figures.figure(image, (), reading)
    ]
    if not title:
        return inner
    number = reading.numbers.get(element, 0)
    return [
        Heading(
            level=int(tag(element)[1]), title=title, plain=words(element), id=element.get("id") or "", number=number
        ),
        *inner,
    ]


def _without_whole(element: Element) -> Iterable[str | Element]:
    """The content of a heading; what is strong as a whole is not strong."""
    while len(element) == 1 and tag(element[0]) in ("strong", "b") and words(element) == words(element[0]):
        element = element[0]
    return nodes_of(element)


def settled(parts: Iterable[Part]) -> tuple[Value, ...]:
    """Blocks alone: a heading within something that is no section is a strong paragraph."""
    return tuple(_as_strong(part.title) if isinstance(part, Heading) else part for part in parts)


def _as_strong(text: str) -> str:
    return text if "*" in text or "](" in text else f"**{text}**"


def _notice(kind: str, element: Element, reading: Reading) -> list[Part]:
    texts, rest = texts_of(settled(read(nodes_of(element), reading)))
    if not texts:
        return rest
    title, below = notices.title_of(element, kind, texts)
    return [notices.notice(kind, title, joined(below)), *rest]


def _contact(element: Element, reading: Reading) -> list[Part]:
    address = [inner for inner in walk(element) if "adr" in classes(inner)]
    texts, rest = texts_of(settled(read(nodes_of(element), reading)))
    postal = [text for inner in address for text in lines(nodes_of(inner), Reading(language=reading.language))]
    if not texts:
        return rest
    return [*contacts.contact(texts, postal, reading), *rest]


def _list(element: Element, reading: Reading) -> list[Part]:
    items: list[list[Value]] = []
    for child in nodes_of(element):
        inner = [child] if isinstance(child, str) else nodes_of(child) if tag(child) == "li" else [child]
        found = settled(read(inner, reading))
        if found and items and not isinstance(child, str) and tag(child) in CALLED:
            items[-1] += found  # a list straight within a list belongs to the item before it
        elif found:
            items.append(list(found))
    if not items:
        return []
    texts: list[Value] = []
    after: list[Part] = []
    for item in items:
        said, rest = texts_of(item)
        texts += said
        after += rest
    kind = "steps" if tag(element) == "ol" else "list"
    return [{"type": kind, "items": tuple(texts)}, *after]


def texts_of(blocks: Iterable[Value]) -> tuple[list[str], list[Part]]:
    """What some blocks say as texts, and the blocks that are more than texts."""
    texts: list[str] = []
    rest: list[Part] = []
    for block in blocks:
        match block:
            case str():
                texts.append(block)
            case {"type": "list" | "steps", "items": tuple(items)}:
                texts += [item for item in items if isinstance(item, str)]
            case _:
                rest.append(block)
    return texts, rest


def _definitions(element: Element, reading: Reading) -> list[Part]:
    """Terms with their meanings; a term without one, and a meaning without a term, are paragraphs."""
    made: list[Part] = []
    entries: list[Value] = []
    terms: list[str] = []
    for child in _pairs(element):
        if tag(child) == "dt":
            terms.append(line(nodes_of(child), reading))
            continue
        texts, rest = texts_of(settled(read(nodes_of(child), reading)))
        if terms and texts:
            made += terms[:-1]
            entries.append({"term": terms[-1], "text": joined(texts)})
            terms = []
        elif texts and entries and isinstance(last := entries[-1], dict):
            entries[-1] = {**last, "text": joined([str(last["text"]), *texts])}
        else:
            made += texts
        made += rest
    made += terms
    return [{"type": "definitions", "entries": tuple(entries)}, *made] if entries else made


def _pairs(element: Element) -> list[Element]:
    found: list[Element] = []
    for child in element:
        found += [child] if tag(child) in ("dt", "dd") else _pairs(child) if tag(child) == "div" else []
    return found


def _table(element: Element, reading: Reading) -> Sequence[Part]:
    """A table; one that only places things is read as what it places, cell by cell."""
    if tables.is_layout(element):
        cells = [
            cell for part in element for row in (part, *part) for cell in row if tag(cell) in ("td", "th", "caption")
        ]
        return [part for cell in cells for part in read(nodes_of(cell), reading)]
    return tables.table(element, reading)


def _figure(element: Element, reading: Reading, style: Style) -> Sequence[Part]:
    caption = next((inner for inner in walk(element) if tag(inner) == "figcaption"), None)
    images = [inner for inner in walk(element) if tag(inner) == "img"]
    if not images:
        return read(nodes_of(element), reading, style)
    said = lines(nodes_of(caption), reading) if caption is not None else ()
    made = [part for image in images[:-1] for part in figures.figure(image, (), reading)]
    return [*made, *figures.figure(images[-1], said, reading)]
