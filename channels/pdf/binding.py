"""Drawn pages, set on sheets, with their tags → the bytes of a finished PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Name, Object, String

from channels.pdf.impose import Sheet, impose
from channels.pdf.structure import write_structure
from channels.pdf.tagging import Node

UNSEEN = str.maketrans("", "", "\u200b\u2060")  # they steer where lines end on paper; a list of bookmarks has no lines


def bind(data: bytes, tree: Node, sheets: Sequence[Sheet], language: str, *, folded: bool = False) -> bytes:
    """The drawn PDF `data` on `sheets`, tagged with `tree`. What is to be `folded` asks the print dialogue for both
    sides, turned on the short edge, at actual size. The same input gives the same bytes, on any day."""
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        imposed = impose(pdf, sheets, {(piece.page, piece.mcid) for piece in tree.pieces()})
        write_structure(pdf, tree, imposed, language)
        if "/Outlines" in pdf.Root:
            _clean(pdf.Root.Outlines.get("/First"))
        if folded:
            pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
            pdf.Root.ViewerPreferences.PrintScaling = Name("/None")
        pdf.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _clean(bookmark: Object | None) -> None:
    """Take the unseen characters out of a bookmark's words, of those below it and of those that follow."""
    while bookmark is not None:
        bookmark.Title = String(str(bookmark.Title).translate(UNSEEN))
        _clean(bookmark.get("/First"))
        bookmark = bookmark.get("/Next")
