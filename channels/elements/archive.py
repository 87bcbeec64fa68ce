"""Turns files into a zip file. The same files give the same bytes: no clock, no owner; text is packed, sound is
stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can hold."""

PACKED = (".xhtml", ".html", ".smil", ".opf", ".xml", ".css", ".txt", ".svg", ".m3u8", ".vtt")


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the files, given by path and content, in this order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for path, data in files:
            entry = zipfile.ZipInfo(path, date_time=EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if path.endswith(PACKED) else zipfile.ZIP_STORED
            packed.writestr(entry, data)
    return archive.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    """The files of a zip file, by their paths."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
