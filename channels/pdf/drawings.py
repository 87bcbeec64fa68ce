"""Turns a Document's images into faults: what paper cannot show of them, and what is removed before publishing.

Each drawing is set alone once. What WeasyPrint warns of would otherwise stop the whole edition later, without a
place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PIL import Image

from channels.design.brand import logo_files, logo_for
from channels.design.cover_art import art_files
from channels.design.pixels import pixels
from channels.pdf.engine import warnings_of
from channels.pdf.weasyprint_parts import FILTERS
from channels.pictures.clean import clean
from channels.pictures.figures import figures_of
from channels.pictures.svg_names import SVG
from channels.pictures.told import told_of
from model.blocks import Figure
from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import RenderError
from model.inlines import Mark
from model.parting import without
from model.traverse import blocks_of

LOOKED_AT = (128, 128)
FAINT = 225
"""A grey between 0 and 255 that has a contrast of 1.3 with white."""

FILTER = re.compile(r"(?<![\w-])filter\s*:", re.IGNORECASE)
"""Matches where a style asks for a filter."""
NO_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")


def faults(document: Document) -> Iterator[Diagnostic]:
    """The faults of each image once, where it first stands; then those of the publisher's logo and cover."""
    folder = Path(document.mark.file).parent
    for figure in figures_of(document).values():
        yield from _of_image(figure.image, folder / figure.image, figure.mark)
    publisher = document.publisher
    for own, files in ((publisher.logo, logo_files(document)), (publisher.cover, art_files(document))):
        if own is not None:
            for path in files.values():
                yield from _of_image(path.name, path, own.mark)
    if publisher.logo is not None:
        yield from _unseen(logo_for(document, "light")[0], publisher.logo.mark)


def without_damaged(document: Document, found: Iterable[Diagnostic]) -> Document:
    """The document without the images that have an error in `found`, so that the rest can be laid out. The same
    object where none has."""
    at_fault = {fault.mark for fault in found if fault.code in ("bad-image", "no-glyph") and fault.severity == "error"}
    figures = [block for block in blocks_of(document) if isinstance(block, Figure)]
    damaged = {figure.image for figure in figures if figure.mark in at_fault}
    publisher = document.publisher
    logo = None if publisher.logo and publisher.logo.mark in at_fault else publisher.logo
    cover = None if publisher.cover and publisher.cover.mark in at_fault else publisher.cover
    if not damaged and (logo, cover) == (publisher.logo, publisher.cover):
        return document
    rest = without(document, {figure.id for figure in figures if figure.image in damaged})
    return replace(rest, publisher=replace(publisher, logo=logo, cover=cover))


def _of_image(name: str, path: Path, mark: Mark) -> Iterator[Diagnostic]:
    """What every edition tells of an image, and what paper tells of a drawing."""
    picture = clean(path.read_bytes())
    yield from told_of(name, picture, mark)
    if path.suffix.lower() == ".svg" and not picture.is_damaged:
        root = ElementTree.fromstring(picture.data)  # noqa: S314 (cleaned: it defines nothing)
        yield from _undrawable(name, root, warnings_of(path), mark)


def _unseen(logo: Path, mark: Mark) -> Iterator[Diagnostic]:
    """A warning for a logo that is as good as white throughout, which is for dark grounds."""
    try:
        shown = pixels(logo, LOOKED_AT)
    except RenderError:  # whoever draws it tells
        return
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    if min(paper.convert("L").tobytes()) > FAINT:
        yield Diagnostic(
            severity="warning",
            code="logo-unseen",
            message=f"the logo {logo.name} is white, or nearly so, and cannot be seen on white",
            mark=mark,
            hint="Name it under `on_dark:`, and a dark version under `image:`.",
        )


def _undrawable(name: str, root: Element, messages: Sequence[str], mark: Mark) -> Iterator[Diagnostic]:
    """The faults of a drawing of which the engine said `messages`: one for all signs that no typeface has, or one for
    anything else."""
    lacking = [chr(int(found[1], 16)) for message in messages if (found := NO_GLYPH.match(message))]
    if lacking:
        yield Diagnostic(
            severity="error",
            code="no-glyph",
            message=f"the typefaces of the PDF have no “{'”, “'.join(lacking)}”, which stands in {name}",
            mark=mark,
            hint="turn the letters of the drawing into outlines, or write them in another way",
        )
    elif messages or (part := next(_unlike(root), "")):
        yield Diagnostic(
            severity="error",
            code="bad-image",
            message=f"{name} cannot be drawn on paper: {'a part of it is damaged' if messages else part}",
            mark=mark,
            hint="export it again as plain SVG whose pictures are PNG or JPEG, its letters as outlines, or as PNG",
        )
    elif _has_effects(root):
        yield Diagnostic(
            severity="warning",
            code="effects-left-out",
            message=f"paper shows {name} without its effects, such as blur and shadow",
            mark=mark,
            hint="Look whether it still says what it should. An image as PNG keeps them.",
        )


def _unlike(root: Element) -> Iterator[str]:
    """What would not be read on paper as it was drawn. The engine sets each letter by itself, from left to right."""
    for element in root.iter():
        match element.tag.rpartition("}")[2]:
            case "textPath":
                yield "it has words along a path"
            case "switch":
                yield "it has parts of which only one is shown (switch)"
            case "text" if any(_leans_on_others(letter) for letter in "".join(element.itertext())):
                yield "it has letters that join, or are read from right to left"


def _leans_on_others(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in ("Mn", "Mc")


def _has_effects(root: Element) -> bool:
    """True if a part of a drawing has a filter that the engine leaves out."""
    kinds = {part.tag.rpartition("}")[2] for filters in root.iter(f"{{{SVG}}}filter") for part in filters}
    styles = (f"{element.get('style', '')}\n{element.text or ''}" for element in root.iter())
    used = any("filter" in element.attrib for element in root.iter()) or any(map(FILTER.search, styles))
    return used and not kinds <= FILTERS
