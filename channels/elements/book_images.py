"""Turns a Document into the images of a book: their names in it, their files, and what its text shows of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from channels.elements.dialect import Image
from model.blocks import Figure
from model.document import Document
from model.traverse import blocks_of


def images_of(document: Document, name: Callable[[int, str], str]) -> dict[str, tuple[str, Path]]:
    """Each image that the author names, with its name in the book and its file. `name` makes the name of a number,
    from 1, and the author's path."""
    folder = Path(document.mark.file).parent
    named = dict.fromkeys(block.image for block in blocks_of(document) if isinstance(block, Figure))
    return {image: (name(number, image), folder / image) for number, image in enumerate(named, 1)}


def shown(document: Document, images: Mapping[str, tuple[str, Path]]) -> dict[str, Image]:
    """What the text shows of `images`, by the author's paths."""
    return {
        block.image: Image(source=images[block.image][0], width=block.width, height=block.height)
        for block in blocks_of(document)
        if isinstance(block, Figure)
    }
