"""Turns the main part of a page into headings and blocks, in order. Each element becomes the block that it stands
for, and every word is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from importer import contacts, downloads, figures, lists, notices, quotations, tables
from importer.draft import Heading, Value, is_on
from importer.reading import Reading
from importer.runs import NOTE, Style, escaped, joined, line, lines, nodes_of
from importer.tree import HEADINGS, classes, folded, is_block, tag, walk, words

Part: TypeAlias = Heading | Value

LISTS: Final = ("ul", "ol", "menu", "dir")
NO_STYLE: Final = Style()


def read(nodes: Iterable[str | Element], reading: Reading, style: Style = NO_STYLE) -> list[Part]:
    """The headings and blocks that some nodes make. Words that stand loose between blocks become paragraphs."""
    parts: list[Part] = []
    loose: list[str | Element] = []
    for node in nodes:
        if isinstance(node, str) or not is_block(node):
            loose.append(node)
            continue
        parts += _paragraphs(loose, reading, style)
        loose = []
        parts += _block(node, reading, style)
    return downloads.merged(lists.of_bullets([*parts, *_paragraphs(loose, reading, style)]))


def _paragraphs(nodes: Iterable[str | Element], reading: Reading, style: Style) -> tuple[str, ...]:
    """Loose words as paragraphs. The first paragraph under a heading takes the heading's footnotes, because a
    heading cannot have any."""
    found = tuple(text for text in lines(nodes, reading, style) if reading.heard(text))
    if found and reading.owed:
        found = (f"{found[0]}{''.join(reading.owed)}", *found[1:])
        reading.owed.clear()
    return found


def note_text(element: Element, reading: Reading) -> tuple[str, list[Value]]:
    """The words of a footnote, and the blocks in it that no note can hold, such as a table or a figure."""
    texts, rest = texts_of(flat(settled(read(nodes_of(element), reading))))
    return NOTE.sub(lambda found: f" [{found[0][2:-1]}]", joined(texts)), rest


def _block(element: Element, reading: Reading, style: Style) -> Sequence[Part]:
    if reason := reading.reason_to_drop(element):
        reading.drop(element, reason)
        return []
    if tag(element) in HEADINGS:
        return _heading(element, reading)
    if contacts.is_contact(element):
        return _contact(element, reading)
    if downloads.is_attachment(element):
        return _attachment(element, reading)
    if kind := notices.kind_of(element):
        parts = read(nodes_of(element), reading)
        told = any(isinstance(part, Heading) or is_on(part) for part in parts)
        return [notices.notice(kind, parts, settled(parts))] if told else parts
    if tag(element) == "address" or {"address", "adr"} & classes(element):
        return _address(element, reading)
    return _plain(element, reading, style)


def _plain(element: Element, reading: Reading, style: Style) -> Sequence[Part]:
    """The blocks that an element makes, judged by its name alone."""
    match tag(element):
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
        case "blockquote":
            return _quotation(element, reading)
        case "summary":
            return [f"**{text}**" for text in lines(nodes_of(element), reading)]
        case "pre":
            return _preformatted(element, reading)
        case "a":
            href = reading.target(element.get("href") or "", words(element))
            return read(nodes_of(element), reading, replace(style, href=href))
        case "strong" | "b":
            return read(nodes_of(element), reading, replace(style, strong=True))
        case _:
            return read(nodes_of(element), reading, style)


def _preformatted(element: Element, reading: Reading) -> list[Part]:
    """The lines of a text that keeps its line breaks. A line of signs alone (a brace) stays with the line before it."""
    rows: list[str] = []
    for text in filter(None, map(folded, "".join(element.itertext()).split("\n"))):
        if rows and not all(any(map(str.isalnum, row)) for row in (rows[-1], text)):
            rows[-1] += f" {text}"
        else:
            rows.append(text)
    return [escaped(text) for text in rows if reading.heard(text)]


def _heading(element: Element, reading: Reading) -> list[Part]:
    """A heading, followed by the images that stand in it."""
    marked = " ".join(lines(_without_whole(element), reading))
    title = reading.heard(NOTE.sub("", marked).strip())
    if NOTE.search(marked):
        reading.owed += NOTE.findall(marked)
        reading.leave_out(
            marked.replace("[^", " ["), "its footnote is marked in the text under it, since no heading has one"
        )
    reading.heading = title or reading.heading
    inner: list[Part] = [
        part for image in walk(element) if tag(image) == "img" for part in figures.figure(image, (), reading)
    ]
    if not title:
        return inner
    number, own = reading.numbers.get(element, 0), element.get("id") or ""
    return [
        Heading(level=int(tag(element)[1]), title=title, plain=words(element, reading.markers), id=own, number=number),
        *inner,
    ]


def _without_whole(element: Element) -> Iterable[str | Element]:
    """The content of a heading. Strong that covers the whole heading is removed."""
    while len(element) == 1 and tag(element[0]) in ("strong", "b") and words(element) == words(element[0]):
        element = element[0]
    return nodes_of(element)


def settled(parts: Iterable[Part]) -> tuple[Value, ...]:
    """Only blocks. A heading inside something that is not a section becomes a strong paragraph."""
    return tuple(_as_strong(part.title) if isinstance(part, Heading) else part for part in parts)


def _as_strong(text: str) -> str:
    return text if "*" in text or "](" in text else f"**{text}**"


def texts_of(blocks: Iterable[Value]) -> tuple[list[str], list[Value]]:
    """The paragraphs among some blocks, and the other blocks."""
    found = list(blocks)
    return [block for block in found if isinstance(block, str)], [
        block for block in found if not isinstance(block, str)
    ]


def _contact(element: Element, reading: Reading) -> Sequence[Part]:
    address = [inner for inner in walk(element) if "adr" in classes(inner)]
    postal = [text for inner in address for text in lines(nodes_of(inner), Reading(language=reading.language))]
    parts = settled(read(contacts.without_inner(element), reading))
    texts, rest = texts_of(_unfolded(parts))
    return [*contacts.contact(texts, postal, reading), *rest] if texts else rest


def _unfolded(blocks: Iterable[Value]) -> Iterable[Value]:
    """The blocks, with each address replaced by its lines."""
    for block in blocks:
        match block:
            case {"type": "address", "lines": tuple(inner)}:
                yield from inner
            case _:
                yield block


def _attachment(element: Element, reading: Reading) -> Sequence[Part]:
    """A file to download, followed by whatever else the element says about it."""
    link = downloads.title_of(element)
    made = downloads.download(element, link, reading) if link is not None else None
    if link is None or made is None:
        return settled(read(nodes_of(element), reading))
    item, details = made
    taken = {link} if details is None else {link, details}
    rest = settled(read(_without(element, taken), reading))
    return [{"type": "downloads", "items": (item,)}, *rest]


def _without(element: Element, taken: set[Element]) -> Iterable[str | Element]:
    """The nodes of an element without the elements `taken`. These are emptied in place."""
    for inner in taken:
        tail = inner.tail
        inner.clear()
        inner.tail = tail
    return nodes_of(element)


def _address(element: Element, reading: Reading) -> Sequence[Part]:
    """A postal address. An element of one line, or with more than lines, is not one, and its blocks are returned as
    they are."""
    parts = settled(read(nodes_of(element), reading))
    if len(parts) < 2 or not all(isinstance(part, str) for part in parts):
        return parts
    return [{"type": "address", "lines": parts}]


def _quotation(element: Element, reading: Reading) -> Sequence[Part]:
    by = quotations.said_by(element)
    speaker = line(nodes_of(by), reading) if by is not None else ""
    nodes = _without(element, {by} if by is not None else set())
    texts, rest = texts_of(flat(settled(read(nodes, reading))))
    return quotations.quotation(texts, speaker, rest)


def _list(element: Element, reading: Reading) -> Sequence[Part]:
    items: list[list[Value]] = []
    above = reading.heading
    for child in nodes_of(element):
        inner = [child] if isinstance(child, str) else nodes_of(child) if tag(child) == "li" else [child]
        found = settled(read(inner, reading))
        if found and items and not isinstance(child, str) and tag(child) in LISTS:
            items[-1] += found  # a list directly inside a list belongs to the item before it
        elif found:
            items.append(list(found))
    reading.heading = above
    waiting = [block for item in items for block in item if not is_on(block)]  # for a person: behind the list
    items = [kept for item in items if (kept := list(filter(is_on, item)))]
    before, items = lists.without_leading_blocks(items)
    return [*before, *([lists.listed(element, items)] if items else []), *waiting]


def _definitions(element: Element, reading: Reading) -> list[Part]:
    """Terms with their meanings. A term without a meaning, and a meaning without a term, become paragraphs."""
    made: list[Part] = []
    entries: list[Value] = []
    terms: list[str] = []
    for child in _pairs(element):
        if tag(child) == "dt":
            terms += filter(None, [line(nodes_of(child), reading)])
            continue
        texts, rest = texts_of(flat(settled(read(nodes_of(child), reading))))
        if terms and texts:
            entries.append({"term": joined(terms), "text": joined(texts)})
            terms = []
        elif texts and entries and isinstance(last := entries[-1], dict):
            entries[-1] = {**last, "text": joined([str(last["text"]), *texts])}
        else:
            made += texts
        made += rest
    made += terms
    return [{"type": "definitions", "entries": tuple(entries)}, *made] if entries else made


def flat(blocks: Iterable[Value]) -> Iterable[Value]:
    """The blocks with the items of lists as paragraphs, for a place where no list can stand."""
    for block in blocks:
        match block:
            case {"type": "list" | "steps" | "numbered", "items": tuple(items)}:
                yield from flat(items)
            case {"type": "address", "lines": tuple(items)}:
                yield from items
            case {"type": _}:
                yield block
            case {"text": str(text), "items": tuple(items)} | {"text": str(text), "blocks": tuple(items)}:
                yield from (text, *flat(items))
            case _:
                yield block


def _pairs(element: Element) -> list[Element]:
    found: list[Element] = []
    for child in element:
        found += [child] if tag(child) in ("dt", "dd") else _pairs(child) if tag(child) == "div" else []
    return found


def _table(element: Element, reading: Reading) -> Sequence[Part]:
    """A table. A table that is only used for layout is read cell by cell instead."""
    if tables.is_layout(element):
        rows = [row for part in element for row in (part, *part)]
        cells = [cell for row in rows for cell in row if tag(cell) in ("td", "th", "caption")]
        return [part for cell in cells for part in read(nodes_of(cell), reading)]
    return tables.table(element, reading)


def _figure(element: Element, reading: Reading, style: Style) -> Sequence[Part]:
    caption = next((inner for inner in walk(element) if tag(inner) == "figcaption"), None)
    images = [inner for inner in walk(element) if tag(inner) == "img"]
    quoted = next((inner for inner in walk(element) if tag(inner) == "blockquote"), None)
    if quoted is not None and not images:
        return _quotation(element, reading)
    if not images:
        return read(nodes_of(element), reading, style)
    said = lines(nodes_of(caption), reading) if caption is not None else ()
    made: list[Part] = [part for image in images[:-1] for part in figures.figure(image, (), reading)]
    return [*made, *figures.figure(images[-1], said, reading)]
