"""Turns a publisher's cover picture or pattern into its file and its element on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from markupsafe import Markup

from channels.elements.escape import fill
from model.document import CoverArt, Document

ART: Final = "art"
"""The class of the element. It has an area of its own, into which no text runs."""


def art_files(document: Document) -> dict[str, Path]:
    """The file of the cover's picture or pattern, by its name in an edition. Empty if the publisher names none."""
    art = document.publisher.cover
    return {} if art is None else {_name(art): Path(document.mark.file).parent / art.image}


def art_of(document: Document, source: Callable[[str], str]) -> Markup:
    """The cover's picture or pattern as an element. Empty if the publisher names none. `source` gives the address of
    a file by its name in an edition."""
    art = document.publisher.cover
    if art is None:
        return Markup("")
    address = source(_name(art))
    if art.alternative:
        return fill('<div class="{}"><img src="{}" alt="{}"></div>', ART, address, art.alternative)
    tiles = f"background: url({address}) repeat; background-size: {art.width}px {art.height}px"
    return fill('<div class="{}" aria-hidden="true" style="{}"></div>', ART, tiles)


def _name(art: CoverArt) -> str:
    return f"images/publisher-cover{PurePosixPath(art.image).suffix.lower()}"
