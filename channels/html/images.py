"""Turns the images that a Document names into files of the edition and into what the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from channels.base import File
from channels.design.brand import logo_files
from channels.elements.dialect import Image
from channels.html.assets import asset
from channels.pictures.clean import Cleaned, clean
from channels.pictures.figures import figures_of
from channels.pictures.told import told, told_of
from model.diagnostics import Diagnostic
from model.document import Document

MEDIA_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as a file of the edition, and as the page shows it. `cleaned` is what became of the author's."""

    file: File
    shown: Image
    cleaned: Cleaned


def image_files(document: Document) -> dict[str, Path]:
    """Each image that the author names with its file, in the order of the text, then the publisher's logo."""
    figures = figures_of(document)
    if not figures:
        return logo_files(document)
    folder = Path(document.mark.file).parent
    return {image: folder / image for image in figures} | logo_files(document)


def read_images(document: Document) -> dict[str, Picture]:
    """The images by the paths that the author wrote, then the publisher's logo by its names in an edition."""
    sizes = {image: (figure.width, figure.height) for image, figure in figures_of(document).items()}
    pictures = {}
    for name, path in image_files(document).items():
        cleaned = clean(path.read_bytes())
        file = asset(name, cleaned.data, MEDIA_TYPES[path.suffix.lower()])
        width, height = cleaned.size(*sizes.get(name, (None, None)))
        shown = Image(source=quote(file.path), width=width, height=height)
        pictures[name] = Picture(file=file, shown=shown, cleaned=cleaned)
    return pictures


def taken_off(document: Document, pictures: Mapping[str, Picture]) -> Iterator[Diagnostic]:
    """What is said of each image, and of the publisher's logo."""
    yield from told(document, {name: picture.cleaned for name, picture in pictures.items()})
    if (logo := document.publisher.logo) is not None:
        for name, path in logo_files(document).items():
            yield from told_of(path.name, pictures[name].cleaned, logo.mark)
