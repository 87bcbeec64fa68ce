"""A page of a PDF as a picture, for the preview."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

import pypdfium2

SCALE = 1.5
_one_at_a_time = threading.Lock()


def picture_of(path: Path, number: int) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as PNG; the last one where there are fewer."""
    state = path.stat()
    return _drawn(path, state.st_mtime_ns, state.st_size, number)


@lru_cache(maxsize=64)
def _drawn(path: Path, _changed_ns: int, _size: int, number: int) -> bytes:
    with _one_at_a_time:  # PDFium keeps global state
        document = pypdfium2.PdfDocument(path.read_bytes())
        try:
            page = document[max(0, min(number, len(document)) - 1)]
            drawn = io.BytesIO()
            page.render(scale=SCALE).to_pil().save(drawn, "PNG", compress_level=1)
            return drawn.getvalue()
        finally:
            document.close()
