"""Turns a Document into the images that it shows, and into their files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from channels.design.brand import logo_files
from channels.design.cover_art import art_files
from channels.pictures.figures import figures_of
from model.document import Document


def image_names(document: Document) -> tuple[str, ...]:
    """The images that the document shows, by the author's paths, each once, in order of appearance."""
    return tuple(figures_of(document))


def image_files(document: Document) -> Mapping[str, Path]:
    """The address of each image in the frames' HTML → its file, for those that lie inside the publication's folder;
    and the publisher's logo and cover."""
    folder = Path(document.mark.file).parent
    inside = folder.resolve()
    files = {quote(name): folder / name for name in image_names(document)}
    own = {name: file for name, file in files.items() if file.resolve().is_relative_to(inside)}
    return own | logo_files(document) | art_files(document)
