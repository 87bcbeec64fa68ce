"""Turns a Document into its figures, each image once."""

from __future__ import annotations

from model.blocks import Figure
from model.document import Document
from model.traverse import blocks_of


def figures_of(document: Document) -> dict[str, Figure]:
    """The figures by the author's paths of their images, each where the image first stands, in the order of the
    text."""
    found: dict[str, Figure] = {}
    for block in blocks_of(document):
        if isinstance(block, Figure):
            found.setdefault(block.image, block)
    return found
