"""Turns the pages of a PDF into pictures for the preview: panel by panel if an article thread leads over folded
sheets."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import pikepdf
import pypdfium2

SCALE = 1.5
_one_at_a_time = threading.Lock()
NOT_DRAWN = (OSError, pikepdf.PdfError, pypdfium2.PdfiumError)
"""What is raised for a file that is no PDF, or that has gone."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The content of one picture: a page (from 0), or the part of it in `box`."""

    page: int
    box: Box | None = None


def views_of(path: Path) -> tuple[View, ...]:
    """The panels of the PDF at `path` in the order of its article threads (ISO 32000-1, 12.4.3). Without threads,
    its pages."""
    state = path.stat()
    return _views(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _views(path: Path, _changed_ns: int, _size: int) -> tuple[View, ...]:
    with pikepdf.open(path) as pdf:
        return tuple(_beads(pdf)) or tuple(View(page=number) for number in range(len(pdf.pages)))


def _beads(pdf: pikepdf.Pdf) -> Iterator[View]:
    pages: dict[tuple[int, int], int] = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for thread in pdf.Root.get("/Threads", pikepdf.Array()):
        first = bead = thread.F
        while True:
            left, bottom, right, top = (float(edge) for edge in bead.R)
            yield View(page=pages[bead.P.objgen], box=(left, bottom, right, top))
            bead = bead.N
            if bead.objgen == first.objgen:
                break


def picture_of(path: Path, number: int) -> bytes:
    """View `number` (from 1) of the PDF at `path` as PNG. The last view if there are fewer."""
    views = views_of(path)
    state = path.stat()
    return _drawn(path, state.st_mtime_ns, state.st_size, views[max(0, min(number, len(views)) - 1)])


@lru_cache(maxsize=64)
def _drawn(path: Path, _changed_ns: int, _size: int, view: View) -> bytes:
    with _one_at_a_time:  # PDFium keeps global state
        document = pypdfium2.PdfDocument(path.read_bytes())
        try:
            page = document[view.page]
            width, height = page.get_size()
            left, bottom, right, top = view.box or (0, 0, width, height)
            drawn = io.BytesIO()
            around = (left, bottom, width - right, height - top)
            page.render(scale=SCALE, crop=around).to_pil().save(drawn, "PNG", compress_level=1)
            return drawn.getvalue()
        finally:
            document.close()
