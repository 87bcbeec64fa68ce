"""Turns a publisher's own typeface into a book's font files and style rules, where its licence allows it.

A reading app shows the book in it until its reader chooses another: no rule is `!important`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from channels.design.typeface import faces_for_book, family_of, rules
from channels.epub.package import Item
from model.document import Document

OPENTYPE = b"OTTO"
"""The first bytes of a font with outlines of CFF (OpenType 1.9). The others are TrueType."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnType:
    """The font files by their names in the book, and the CSS that sets it in them."""

    files: dict[str, bytes]
    css: str

    def items(self) -> Iterable[Item]:
        """The files as the package lists them."""
        for number, name in enumerate(self.files, 1):
            yield Item(id=f"font-{number}", href=name, media_type=f"font/{name.rpartition('.')[2]}")


def own_type(document: Document, texts: Iterable[str]) -> OwnType:
    """The publisher's typeface with the letters of `texts`."""
    files: dict[str, bytes] = {}
    addresses: dict[int, str] = {}
    for face in faces_for_book(document, "".join(texts)):
        suffix = "otf" if face.data.startswith(OPENTYPE) else "ttf"
        addresses[face.weight] = f"fonts/own-{face.weight}.{suffix}"
        files[addresses[face.weight]] = face.data
    if not files:
        return OwnType(files={}, css="")
    family = family_of(document)
    faces = rules(family, addresses, "opentype")
    return OwnType(files=files, css=f'\n{faces}\nbody {{ font-family: "{family}", sans-serif; }}\n')
