"""Turns a drawing into the same drawing that only shows: without scripts, without what it would fetch, without notes.

The drawing is read as browsers read it, by an XML parser that fetches nothing, and only what `svg_names` lists is
written again. So nothing depends on how a thing is spelt: by prefix, entity, character reference, encoding or document
type.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from channels.pictures.svg_names import (
    ANIMATIONS,
    ATTRIBUTES,
    ELEMENTS,
    FREE,
    OF_XLINK,
    OF_XML,
    PICTURES,
    STYLED,
    SVG,
    XLINK,
    XML,
)
from channels.pictures.svg_styles import harmless

SCRIPTS: Final = "scripts and links"
MOVEMENT: Final = "its movement"
ELSEWHERE: Final = "what it would fetch from elsewhere"
NOTES: Final = "notes of program or people"
PLAIN: Final = frozenset({None, "utf-8", "us-ascii"})
"""Encodings that every reader of XML reads in the same way."""
EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g)(?:;[^,;]*)*;base64,", re.IGNORECASE)
BREAKS: Final = {9: "&#9;", 10: "&#10;", 13: "&#13;"}
ACTIVE: Final = frozenset({"script", "handler", "listener", "foreignObject"})

Raster = Callable[[bytes], bytes]
"""Called with the bytes of a PNG or JPEG. Gives them without notes. Raises ValueError if it is neither, or
is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing that may be published. `taken_off` says in plain words what was removed."""

    data: bytes
    taken_off: tuple[str, ...] = ()


def only_shown(data: bytes, raster: Raster) -> Drawing:
    """The drawing in `data`, whose bytes stay the same if nothing is removed. `raster` cleans a photograph within.
    Raises ValueError where it is not XML or a picture in it is damaged."""
    writer = _Writer(raster)
    try:
        writer.parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise ValueError(str(error)) from error
    taken_off = tuple(said for said in (SCRIPTS, MOVEMENT, ELSEWHERE, NOTES) if said in writer.taken_off)
    if not taken_off and not writer.rewritten:
        return Drawing(data=data)
    return Drawing(data="".join(writer.made).encode(), taken_off=taken_off)


class _Writer:
    """Writes what a parser finds in a drawing, if it may stand."""

    def __init__(self, raster: Raster) -> None:
        self.raster = raster
        self.made: list[str] = []
        self.taken_off: set[str] = set()
        self.rewritten = False
        self.style: list[str] | None = None  # the text of the style element that is open
        self.left_out = 0  # how many elements are open that are not written
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.ProcessingInstructionHandler = self._instruction
        parser.CommentHandler = lambda _: self.taken_off.add(NOTES)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        self.rewritten |= (encoding and encoding.lower()) not in PLAIN

    def _document_type(self, *_: object) -> None:
        """It may define attributes and entities. The parser has put them where they belong."""
        self.rewritten = True

    def _instruction(self, target: str, _: str) -> None:
        self.taken_off.add(ELSEWHERE if target == "xml-stylesheet" else NOTES)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        refused = NOTES if self.style is not None else _refused(space, local)
        if self.left_out or refused:
            self.taken_off |= set() if self.left_out else {refused}
            self.left_out += 1
            return
        written = "".join(
            f' {key}="{_escaped(value)}"'
            for name, given in attributes.items()
            if (key := self._key(name)) and (value := self._value(local, key, given)) is not None
        )
        spaces = "" if self.made else f' xmlns="{SVG}" xmlns:xlink="{XLINK}"'
        self.made.append(f"<{local}{spaces}{written}>")
        self.style = [] if local == "style" else None

    def _end(self, name: str) -> None:
        if self.left_out:
            self.left_out -= 1
            return
        if self.style is not None:
            self.made.append(_escaped(self._styled("".join(self.style)), quote=False))
            self.style = None
        last, local = self.made[-1], name.rpartition(" ")[2]
        if last.startswith(f"<{local}") and not last.endswith("/>"):
            self.made[-1] = f"{last[:-1]}/>"
        else:
            self.made.append(f"</{local}>")

    def _text(self, text: str) -> None:
        if self.left_out:
            return
        if self.style is not None:
            self.style.append(text)
        else:
            self.made.append(_escaped(text, quote=False))

    def _key(self, name: str) -> str:
        """The name of an attribute as it is written, or "" for one that may not stand."""
        space, _, local = name.rpartition(" ")
        match space:
            case "" if local in ATTRIBUTES or local.startswith(FREE):
                return local
            case _ if space == XML and local in OF_XML:
                return f"xml:{local}"
            case _ if space == XLINK and (local == "href" or local in OF_XLINK):
                return f"xlink:{local}"
        self.taken_off.add(SCRIPTS if local.lower().startswith("on") else NOTES)
        return ""

    def _value(self, element: str, key: str, value: str) -> str | None:
        """The value of an attribute as it is written. None for one that may not stand."""
        if key in ("href", "xlink:href"):
            return self._address(element, value)
        return self._styled(value) if key in STYLED else value

    def _styled(self, css: str) -> str:
        styles = harmless(css)
        removed = ((MOVEMENT, styles.moved), (ELSEWHERE, styles.fetched), (NOTES, styles.noted))
        self.taken_off |= {said for said, found in removed if found}
        return styles.text

    def _address(self, element: str, address: str) -> str | None:
        if address.strip()[:1] in ("", "#"):
            return address
        head = EMBEDDED.match(address.strip()) if element in PICTURES else None
        if head:
            given = base64.b64decode(unquote_to_bytes(address.strip()[head.end() :]) + b"==")
            bare = self.raster(given)
            if bare == given:
                return address
            self.taken_off.add(NOTES)
            return head[0] + base64.b64encode(bare).decode()
        self.taken_off.add(SCRIPTS if element == "a" else ELSEWHERE)
        return None


def _refused(space: str, local: str) -> str:
    """What an element is called if it may not stand. "" if it may."""
    if space == SVG and local in ELEMENTS:
        return ""
    if space == SVG and local in ANIMATIONS:
        return MOVEMENT
    return SCRIPTS if local in ACTIVE else NOTES


def _escaped(text: str, *, quote: bool = True) -> str:
    """Text as XML that every parser reads back as the same text, line breaks too."""
    return html.escape(text, quote).translate(BREAKS if quote else {13: "&#13;"})
