"""Turns drawn pages with their tags, set on sheets, into the bytes of a finished PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Name, Object, String

from channels.base import File
from channels.pdf.archive import keep
from channels.pdf.clusters import complete, spelt
from channels.pdf.destinations import write_destinations
from channels.pdf.engine import Drawing
from channels.pdf.frames import full_title
from channels.pdf.impose import Sheet, impose
from channels.pdf.links import join_lines
from channels.pdf.markup import seen
from channels.pdf.metadata import write_metadata
from channels.pdf.shop import make_ready
from channels.pdf.structure import write_structure
from channels.pdf.tagging import trace, unlink
from channels.pdf.threads import write_thread
from channels.pdf.tiles import overlap
from model.document import Document


def file_of(drawing: Drawing, path: str, title: str, sheets: Sequence[Sheet], document: Document) -> File:
    """The drawn pages on `sheets` as a file that readers call `title`."""
    data = bind(drawing, sheets, document, full_title(document, title))
    return File(path=path, data=data, media_type="application/pdf", role="download", title=title, pages=len(sheets))


def bind(drawing: Drawing, sheets: Sequence[Sheet], document: Document, title: str) -> bytes:
    """The drawn pages on `sheets`, tagged, under `title`. Sheets with several pages are folded. They ask the print
    dialogue for both sides, turned on the short edge, at actual size. A sheet with a slug is for a print shop and
    has no links. The same input gives the same bytes on any day."""
    traced = trace(drawing.pages)
    finished, shop = io.BytesIO(), any(sheet.slug for sheet in sheets)
    folded = any(len(sheet.placements) > 1 for sheet in sheets)
    with pikepdf.open(io.BytesIO(drawing.data)) as pdf:
        said = spelt(drawing.pages)
        pieces = ((piece.page, piece.mcid) for piece in traced.root.pieces())
        tagged = {piece: said.get(piece, "") for piece in pieces}
        if shop:
            unlink(traced.root)
        complete(pdf)
        overlap(pdf)
        imposed = impose(pdf, sheets, tagged, None if shop else traced.repeated_links)
        if not shop:
            join_lines(pdf, traced.root)
        write_structure(pdf, traced.root, imposed, document.language)
        write_destinations(pdf, traced.corners, imposed)
        write_thread(pdf, sheets, imposed, title)
        if "/Outlines" in pdf.Root:
            _clean(pdf.Root.Outlines.get("/First"))
        write_metadata(pdf, document, title, shop=shop)
        make_ready(pdf, document) if shop else keep(pdf)
        if folded:
            pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
            pdf.Root.ViewerPreferences.PrintScaling = Name("/None")
        version = "1.6" if shop else ""  # of PDF/X-4
        pdf.save(
            finished, force_version=version, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return finished.getvalue()


def _clean(bookmark: Object | None) -> None:
    """Takes the invisible characters out of a bookmark's words, and those of the bookmarks below and after it."""
    while bookmark is not None:
        bookmark.Title = String(seen(str(bookmark.Title)))
        _clean(bookmark.get("/First"))
        bookmark = bookmark.get("/Next")
