"""The images that a Document names, as files of the edition and as what the page says of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from channels.base import File
from channels.design.brand import logo_files
from channels.elements.dialect import Image
from model.document import Document, Figure
from model.traverse import blocks_of

MEDIA_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


def image_files(document: Document) -> dict[str, Path]:
    """Each image that the author names with its file, in the order of the text; then the publisher's logo."""
    folder = Path(document.mark.file).parent
    return {figure.image: folder / figure.image for figure in _figures(document)} | logo_files(document)


def shown_images(document: Document) -> dict[str, Image]:
    """What the page says of each image."""
    figures = _figures(document)
    return {figure.image: Image(source=figure.image, width=figure.width, height=figure.height) for figure in figures}


def read_images(document: Document) -> tuple[File, ...]:
    """The images as files of the edition."""
    return tuple(
        File(path=name, data=path.read_bytes(), media_type=MEDIA_TYPES[path.suffix.lower()])
        for name, path in image_files(document).items()
    )


def _figures(document: Document) -> Iterator[Figure]:
    return (block for block in blocks_of(document) if isinstance(block, Figure))
