"""A Document → the images that it shows, and the files that these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from document.model import Block, Document, Figure, Section


def image_names(document: Document) -> tuple[str, ...]:
    """The images that the document shows, as the author wrote their paths, each once, in order of appearance."""
    return tuple(dict.fromkeys(figure.image for figure in _figures(document)))


def image_files(document: Document) -> Mapping[str, Path]:
    """The address of each image in the frames' HTML → its file, for those that lie inside the publication's folder."""
    folder = Path(document.mark.file).parent
    inside = folder.resolve()
    files = {quote(name): folder / name for name in image_names(document)}
    return {name: file for name, file in files.items() if file.resolve().is_relative_to(inside)}


def _figures(document: Document) -> Iterator[Figure]:
    yield from _in_blocks(document.introduction)
    for section in (*document.sections, document.glossary, document.related):
        if section is not None:
            yield from _in_section(section)


def _in_section(section: Section) -> Iterator[Figure]:
    yield from _in_blocks(section.blocks)
    for inner in section.sections:
        yield from _in_section(inner)


def _in_blocks(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    yield from (block for block in blocks if isinstance(block, Figure))
