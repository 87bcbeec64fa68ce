"""Turns a Document into the images of a book: their names in it, their bytes, and what its text shows of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from channels.elements.dialect import Image
from channels.pictures.clean import Cleaned, clean
from channels.pictures.figures import figures_of
from channels.pictures.told import told
from model.diagnostics import Diagnostic
from model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class BookImage:
    """An image of a book: its file, what the text shows of it, and what became of the author's."""

    data: bytes
    shown: Image
    cleaned: Cleaned


def images_of(document: Document, name: Callable[[int, str], str]) -> dict[str, tuple[str, Path]]:
    """Each image that the author names, with its name in the book and its file. `name` makes the name of a number,
    from 1, and the author's path."""
    folder = Path(document.mark.file).parent
    return {image: (name(number, image), folder / image) for number, image in enumerate(figures_of(document), 1)}


def read_images(document: Document, images: Mapping[str, tuple[str, Path]]) -> dict[str, BookImage]:
    """The images that `images_of` has found, upright and without notes, by the author's paths."""
    figures = figures_of(document)
    found = {}
    for image, (name, source) in images.items():
        cleaned = clean(source.read_bytes())
        width, height = cleaned.size(figures[image].width, figures[image].height)
        shown = Image(source=name, width=width, height=height)
        found[image] = BookImage(data=cleaned.data, shown=shown, cleaned=cleaned)
    return found


def image_faults(document: Document, pictures: Mapping[str, BookImage]) -> tuple[Diagnostic, ...]:
    """What is damaged in the images of a book, and what was removed from them."""
    return tuple(told(document, {image: picture.cleaned for image, picture in pictures.items()}))
