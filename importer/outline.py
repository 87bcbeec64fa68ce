"""Turns headings and blocks in a row into an introduction and sections with ids, and points links within the page to
these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from importer.draft import Heading, Remarked, Value, is_on
from importer.reading import Reading
from importer.runs import LINKED
from reader.ids import LONGEST, NAMELESS, RESERVED, shortened, slug

ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DEEPEST: Final = 5
WITHIN: Final = re.compile(rf"{LINKED}\(#([^)\s]*)\)")
EMPTY: Final = "on the page this is a heading with nothing under it."


@dataclass(slots=True)
class _Section:
    heading: Heading
    title: str
    blocks: list[Value] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)


def outline(
    parts: Iterable[Heading | Value], notes: Mapping[str, Value], reading: Reading
) -> tuple[tuple[Value, ...], tuple[Value, ...], dict[str, Value]]:
    """The blocks before the first heading, the sections, and the footnotes `notes` with their links pointed to
    sections."""
    found = list(parts)
    links = _Links(reading, [part for part in found if isinstance(part, Heading)])
    introduction: list[Value] = []
    top: list[_Section] = []
    open_: list[_Section] = []
    for part in found:
        if isinstance(part, Heading):
            while open_ and (open_[-1].heading.level >= part.level or len(open_) >= DEEPEST):
                open_.pop()
            section = _Section(part, part.title)
            (open_[-1].sections if open_ else top).append(section)
            open_.append(section)
        else:
            (open_[-1].blocks if open_ else introduction).append(part)
    sections = _filled(top, introduction)
    links.kept = {section.heading.number for section in _walk(sections)}
    for section in _walk(sections):
        section.title, section.blocks = links.mended(section.title), list(map(links.mend, section.blocks))
    opening = tuple(map(links.mend, introduction))
    mended = {name: links.mend(note) for name, note in notes.items()}
    return opening, tuple(_value(section, links) for section in sections), mended


def _walk(sections: Iterable[_Section]) -> Iterator[_Section]:
    """The sections and all that lie within them."""
    for section in sections:
        yield section
        yield from _walk(section.sections)


class _Links:
    """Points links within the page to the section in which their target stands, and knows which sections are linked
    to."""

    def __init__(self, reading: Reading, headings: Iterable[Heading]) -> None:
        self.reading = reading
        self.ids: dict[int, str] = {}
        self.led_to: set[int] = set()
        self.kept: set[int] = set()  # the headings that are sections in the end: those with something under them
        for heading in headings:
            self.ids[heading.number] = self._id(heading)

    def _id(self, heading: Heading) -> str:
        """The id of a section: that of its heading if a source can have it and no other section does; else one made
        from its words."""
        own, from_title = heading.id, shortened(slug(heading.plain, NAMELESS))
        usable = ID.fullmatch(own) and len(own) <= LONGEST and own not in RESERVED
        name = own = own if usable else from_title if from_title[:1].isalpha() else f"{NAMELESS}-{from_title}"
        taken, count = set(self.ids.values()) | RESERVED, 1
        while name in taken:
            count += 1
            name = f"{own}-{count}"
        return name

    def id_of(self, heading: Heading) -> str:
        """The id to write for a section; "" if nothing links to it and its title gives the same id."""
        own = self.ids[heading.number]
        kept = heading.number in self.led_to or heading.id == own != shortened(slug(heading.plain, NAMELESS))
        return own if kept else ""

    def mended(self, text: str) -> str:
        """The text with its links within the page pointed to sections."""
        return WITHIN.sub(self._link, text) if "](#" in text else text

    def _link(self, found: re.Match[str]) -> str:
        number = self.reading.places.get(found[2], 0)
        while number and number not in self.kept:
            number -= 1
        if number:
            self.led_to.add(number)
            return f"[{found[1]}](#{self.ids[number]})"
        self.reading.leave_out(f"the address #{found[2]} of the link “{found[1]}”", "there is no such section")
        return found[1]

    def mend(self, value: Value) -> Value:
        """The value with all its texts mended."""
        match value:
            case str():
                return self.mended(value)
            case bool():
                return value
            case Remarked():
                return replace(value, value=self.mend(value.value))
            case tuple():
                return tuple(map(self.mend, value))
            case _:
                return {key: self.mend(inner) for key, inner in value.items()}


def _filled(sections: Sequence[_Section], before: list[Value]) -> list[_Section]:
    """The sections that hold something. The heading of an empty section becomes a strong paragraph at the same
    place."""
    made: list[_Section] = []
    for section in sections:
        section.sections = _filled(section.sections, section.blocks)
        if section.sections or any(is_on(block) for block in section.blocks):
            made.append(section)
            continue
        title = section.title
        text = title if "*" in title or "](" in title else f"**{title}**"
        holder = _last(made[-1]).blocks if made else before
        holder += [Remarked(value=text, look=(EMPTY,)), *section.blocks]
    return made


def _last(section: _Section) -> _Section:
    return _last(section.sections[-1]) if section.sections else section


def _value(section: _Section, links: _Links) -> Value:
    own = links.id_of(section.heading)
    fields: dict[str, Value] = {**({"id": own} if own else {}), "title": section.title}
    if section.blocks:
        fields["blocks"] = tuple(section.blocks)
    if section.sections:
        fields["sections"] = tuple(_value(inner, links) for inner in section.sections)
    return fields
