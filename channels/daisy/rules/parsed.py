"""Turns the files of a book into what its rules look at: trees of XML, pars with their clips, tracks.

Nothing here judges. What a rule demands and is not there is empty, and left to that rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from channels.elements.mp3 import Mp3, mp3_of

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
NCC: Final = "ncc.html"
TEXT: Final = "text.html"
MASTER: Final = "master.smil"
TIME: Final = re.compile(r"(?:npt=)?(\d+(?:\.\d+)?)s?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, the clause of the specification that it stands in, and the function that tells where it is broken."""

    name: str
    clause: str
    broken: Callable[[Book], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A stretch of a track in seconds, None where its times are not written as prescribed."""

    track: str
    times: tuple[float, float] | None

    @property
    def seconds(self) -> float:
        return self.times[1] - self.times[0] if self.times else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Par:
    """A par: its id, the element that it speaks, its clips, and what a listener may turn off it for."""

    id: str
    file: str
    element: str
    clips: tuple[Clip, ...]
    optional: str


@dataclass(frozen=True, kw_only=True)
class Smil:
    """A SMIL file and its pars in order."""

    name: str
    tree: Element
    pars: tuple[Par, ...]

    @cached_property
    def seconds(self) -> float:
        return round(sum(clip.seconds for par in self.pars for clip in par.clips), 3)


class Book:
    """A book, by the files of its archive."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self.folders = {name.rpartition("/")[0] for name in packed}
        self.files = {name.rpartition("/")[2]: data for name, data in packed.items()}
        self.trees: dict[str, Element] = {}
        self.unreadable: dict[str, str] = {}
        for name, data in self.files.items():
            if name.endswith((".html", ".smil")):
                try:
                    self.trees[name] = ElementTree.fromstring(data)  # noqa: S314 (of our own making)
                except ElementTree.ParseError as fault:
                    self.unreadable[name] = str(fault)

    @property
    def ncc(self) -> Element:
        return self.trees[NCC]

    @property
    def text(self) -> Element:
        return self.trees[TEXT]

    @cached_property
    def facts(self) -> Mapping[str, dict[str, list[str]]]:
        """What each file says of the book: the values of its `meta` elements, by their names."""
        return {name: _facts_of(tree) for name, tree in self.trees.items()}

    @cached_property
    def entries(self) -> tuple[Element, ...]:
        """The headings and other entries of ncc.html, in order."""
        body = self.ncc.find(f"{XHTML}body")
        return tuple(body) if body is not None else ()

    @cached_property
    def smils(self) -> tuple[Smil, ...]:
        """The SMIL files in the order of ncc.html, then those that it does not lead to."""
        led = [target_of(entry)[0] for entry in self.entries]
        every = [name for name in self.trees if name.endswith(".smil") and name != MASTER]
        order = dict.fromkeys(name for name in [*led, *every] if name in every)
        return tuple(Smil(name=name, tree=self.trees[name], pars=tuple(_pars(self.trees[name]))) for name in order)

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """The elements of the text that have an id, in order."""
        return {own: node for node in self.text.iter() if (own := node.get("id")) is not None}

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        """The element of the text around each."""
        return {node: parent for parent in self.text.iter() for node in parent}

    @cached_property
    def tracks(self) -> Mapping[str, Mp3 | str]:
        """The tracks that clips name and that are there: what their frames say, or why they cannot be read."""
        named = dict.fromkeys(clip.track for smil in self.smils for par in smil.pars for clip in par.clips)
        return {name: _read(self.files[name]) for name in named if name in self.files}

    @cached_property
    def elapsed(self) -> Mapping[str, float]:
        """The seconds before each SMIL file."""
        found, at = {}, 0.0
        for smil in self.smils:
            found[smil.name] = round(at, 3)
            at += smil.seconds
        return found

    @property
    def seconds(self) -> float:
        """How long the whole book plays."""
        return round(sum(smil.seconds for smil in self.smils), 3)


def _facts_of(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.iter(f"{XHTML}meta" if tree.tag.startswith(XHTML) else "meta"):
        if (name := node.get("name")) is not None:
            found.setdefault(name, []).append(node.get("content", ""))
    return found


def target_of(entry: Element) -> tuple[str, str]:
    """The file and the id that an entry of ncc.html leads to."""
    link = entry.find(f"{XHTML}a")
    file, _, own = (link.get("href", "") if link is not None else "").partition("#")
    return file, own


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def _pars(tree: Element) -> Iterator[Par]:
    for node in tree.iter("par"):
        text = node.find("text")
        file, _, element = (text.get("src", "") if text is not None else "").partition("#")
        clips = tuple(_clip(audio) for audio in node.iter("audio"))
        own, optional = node.get("id", ""), node.get("system-required", "")
        yield Par(id=own, file=file, element=element, clips=clips, optional=optional)


def _clip(audio: Element) -> Clip:
    begin, end = (TIME.fullmatch(audio.get(key, "")) for key in ("clip-begin", "clip-end"))
    return Clip(track=audio.get("src", ""), times=(float(begin[1]), float(end[1])) if begin and end else None)


def _read(data: bytes) -> Mp3 | str:
    try:
        return mp3_of(data)
    except ValueError as fault:
        return str(fault)
