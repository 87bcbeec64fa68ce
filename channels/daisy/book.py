"""Turns chapters into the files of a DAISY 2.02 book: ncc.html, a SMIL file for each heading, the text, the tracks.

Numbers in brackets are clauses of the DAISY 2.02 Specification, Recommendation of 28 February 2001.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from channels.daisy.about import identity_of, xhtml
from channels.daisy.ncc import ncc
from channels.daisy.smil import master, smil
from channels.daisy.stretches import headings_in, stretches
from channels.daisy.text import body_of
from channels.elements.chapters import Chapter
from channels.elements.dialect import Context
from model.document import Document


def files_of(
    document: Document,
    chapters: tuple[Chapter, ...],
    context: Context,
    sound: Mapping[str, bytes],
    images: Mapping[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """The files of the book, ncc.html first. `sound` are its tracks and `images` its pictures, by their names in
    it."""
    cut = stretches(document, chapters)
    content = body_of(chapters, headings_in(cut), context)
    written = Markup(content)  # noqa: S704 (a tree, written by its own parser)
    text = xhtml(document, identity_of(document), written, directed=True)
    files = {"text.html": text.encode(), "master.smil": master(document, cut).encode()}
    elapsed = 0.0
    for stretch in cut:
        files[stretch.name] = smil(document, stretch, elapsed).encode()
        elapsed = round(elapsed + stretch.seconds, 3)
    files |= dict(sound) | dict(images)
    yield "ncc.html", ncc(document, cut, files).encode()
    yield from files.items()
