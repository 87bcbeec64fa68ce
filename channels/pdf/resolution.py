"""Turns pictures on laid-out pages into warnings where they are too coarse for print, and into fewer dots where too
fine.

Print shops want 300 dots an inch. Less than 200 looks coarse. More than 300 cannot be seen and makes files slow to
send.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import unquote

from PIL import Image

from channels.design.cover_art import art_files
from channels.design.inks import MOST, as_printed, most_ink
from channels.pdf.weasyprint_parts import boxes, data_of, picture_of, shown_as
from channels.pictures.figures import figures_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark

FEWEST, ENOUGH = 200, 300  # dots an inch
MUCH_MORE = 1.1  # a picture that is only a little finer is not made coarser
PX = 96  # CSS pixels in an inch
QUALITY = 90  # of a JPEG that is written again


def too_coarse(pages: Sequence[Any], document: Document) -> Iterator[Diagnostic]:
    """A warning for each picture that has fewer than FEWEST dots an inch at one place on `pages`, where it first
    stands in the text."""
    named = _marks(document)
    coarsest: dict[str, float] = {}
    for address, picture, inches in _pictures(pages):
        name = unquote(address.removeprefix("image:"))
        coarsest[name] = min(coarsest.get(name, picture.width / inches), picture.width / inches)
    for name, dots in coarsest.items():
        if dots < FEWEST and name in named:
            yield Diagnostic(
                severity="warning",
                code="coarse-picture",
                message=f"{name} has {dots:.0f} dots an inch in print, where {ENOUGH} are usual: it will look coarse",
                mark=named[name],
                hint="take it as it came from the camera, or show it smaller: `size: small`. It is printed as it is",
            )


def for_the_shop(pages: Sequence[Any], document: Document) -> Iterator[Diagnostic]:
    """A warning for each picture that a print shop would not print as it is."""
    yield from too_coarse(pages, document)
    yield from too_much_ink(pages, document)


def too_much_ink(pages: Sequence[Any], document: Document) -> Iterator[Diagnostic]:
    """A warning for each picture in four inks with more of them at one dot than can dry."""
    named = _marks(document)
    shown = {unquote(address.removeprefix("image:")): picture for address, picture, _ in _pictures(pages)}
    for name, picture in shown.items():
        if picture.mode == "CMYK" and name in named:
            with Image.open(io.BytesIO(data_of(picture))) as image:
                ink = most_ink(as_printed(image, inverted=picture.invert_colors))
            if ink > MOST:
                yield Diagnostic(
                    severity="warning",
                    code="much-ink",
                    message=f"{name} has {ink:.0f} % of ink at its darkest: more than {MOST:.0f} % do not dry",
                    mark=named[name],
                    hint="Dark places are printed with less colour. To decide how, convert it for coated paper "
                    "(FOGRA39).",
                )


def _marks(document: Document) -> dict[str, Mark]:
    """The places of the pictures that an author or a publisher can change, by their names."""
    named = {image: figure.mark for image, figure in figures_of(document).items()}
    if (art := document.publisher.cover) is not None:
        named |= dict.fromkeys(art_files(document), art.mark)
    return named


@contextmanager
def no_finer_than_needed(pages: Sequence[Any]) -> Iterator[None]:
    """Draws pictures of `pages` that have many more than ENOUGH dots an inch with ENOUGH. Afterwards they are as
    before."""
    needed: dict[int, tuple[Any, float]] = {}
    for _, picture, inches in _pictures(pages):
        dots = max(needed.get(id(picture), (picture, 0.0))[1], inches * ENOUGH)
        needed[id(picture)] = (picture, dots)
    with ExitStack() as smaller:
        for picture, dots in needed.values():
            if picture.width > dots * MUCH_MORE:
                smaller.enter_context(shown_as(picture, *_shrunk(picture, dots / picture.width)))
        yield


def _pictures(pages: Sequence[Any]) -> Iterator[tuple[str, Any, float]]:
    """The photographs on laid-out pages: address, WeasyPrint's image, and the width in inches at which it is drawn."""
    for page in pages:
        for box in boxes(page):
            picture = picture_of(box)
            if picture is not None and box.width and box.element is not None:
                width = box.width
                if box.style["object_fit"] == "cover":  # as large as fills the box both ways, and cut off
                    width = max(width, box.height * picture.width / picture.height)
                yield box.element.get("src", ""), picture, width / PX


def _shrunk(picture: Any, ratio: float) -> tuple[bytes, tuple[int, int]]:
    """A photograph with fewer dots: its file and its size."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(data_of(picture))) as image:
        size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
        options = {"quality": QUALITY} if picture.format == "JPEG" else {}
        image.resize(size, Image.Resampling.LANCZOS).save(made, picture.format, **options)
    return made.getvalue(), size
