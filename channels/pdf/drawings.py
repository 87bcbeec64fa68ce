"""Turns a Document's images into faults: what paper cannot show of them, and what is removed before publishing.

Each drawing is set alone once. What WeasyPrint warns of would otherwise stop the whole edition later, without a
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from channels.design.brand import logo_files
from channels.design.cover_art import art_files
from channels.pdf.engine import warnings_of
from channels.pictures.clean import clean
from channels.pictures.figures import figures_of
from channels.pictures.told import told_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark

NO_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")


def faults(document: Document) -> Iterator[Diagnostic]:
    """The faults of each image once, where it first stands; then those of the publisher's logo and cover."""
    folder = Path(document.mark.file).parent
    for figure in figures_of(document).values():
        yield from told_of(figure.image, clean((folder / figure.image).read_bytes()), figure.mark)
        yield from _undrawable(figure.image, folder / figure.image, figure.mark)
    publisher = document.publisher
    for own, files in ((publisher.logo, logo_files(document)), (publisher.cover, art_files(document))):
        if own is not None:
            for path in files.values():
                yield from told_of(path.name, clean(path.read_bytes()), own.mark)
                yield from _undrawable(path.name, path, own.mark)


def _undrawable(name: str, path: Path, mark: Mark) -> Iterator[Diagnostic]:
    """The faults of a drawing: one for all signs that no typeface has, or one for anything else."""
    messages = warnings_of(path) if path.suffix.lower() == ".svg" else []
    lacking = [chr(int(found[1], 16)) for message in messages if (found := NO_GLYPH.match(message))]
    if lacking:
        yield Diagnostic(
            severity="error",
            code="no-glyph",
            message=f"the typefaces of the PDF have no “{'”, “'.join(lacking)}”, which stands in {name}",
            mark=mark,
            hint="turn the letters of the drawing into outlines, or write them in another way",
        )
    elif messages:
        yield Diagnostic(
            severity="error",
            code="bad-image",
            message=f"{name} cannot be drawn on paper: a part of it is damaged",
            mark=mark,
            hint="export it again as plain SVG whose pictures are PNG or JPEG, its letters as outlines, or as PNG",
        )
