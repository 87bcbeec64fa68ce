"""Turns a finished EPUB into its faults: compares every overlay with its text and with its track.

EPUBCheck, which the tests run, knows the rules of the format. It does not notice a clip beyond the end of its file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from channels.base import File
from channels.elements.mp3 import mp3_of
from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE

OPF = "{http://www.idpf.org/2007/opf}"
SMIL = "{http://www.w3.org/ns/SMIL}"


def texts_of(data: bytes) -> Iterator[ElementTree.Element]:
    """The texts of a book as trees, in the order of its spine."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for _, href, _ in _spine(packed):
            yield _xml(packed, href)


def faults_of(file: File) -> Iterator[Diagnostic]:
    """The faults of the book in `file`."""

    def fault(message: str) -> Diagnostic:
        return Diagnostic(
            severity="error", code="epub-overlay", message=f"{file.path}: {message}", mark=NOWHERE, hint=OURS
        )

    with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
        lasts = {name: mp3_of(packed.read(name)).seconds for name in packed.namelist() if name.endswith(".mp3")}
        for _, href, overlay in _spine(packed):
            ids = {own for node in _xml(packed, href).iter() if (own := node.get("id"))}
            at: dict[str, float] = {}
            for par in _xml(packed, overlay).iter(f"{SMIL}par"):
                text, sound = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
                if text is None or sound is None:
                    yield fault(f"{overlay} has a par without text or sound")
                    continue
                name, _, own = text.get("src", "").partition("#")
                if name != href or own not in ids:
                    yield fault(f"{overlay} speaks {name}#{own}, which is not there")
                track = sound.get("src", "")
                begin, end = (float(sound.get(key, "").removesuffix("s")) for key in ("clipBegin", "clipEnd"))
                if not at.get(track, 0.0) <= begin < end <= lasts.get(f"EPUB/{track}", 0.0):
                    yield fault(f"{overlay}: {own} is heard from {begin} to {end} s, out of order or after the end")
                at[track] = end


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(f"EPUB/{name}"))  # noqa: S314 (of our own making)


def _spine(packed: zipfile.ZipFile) -> Iterator[tuple[str, str, str]]:
    """The id, the text and the overlay of each item of the spine."""
    root = _xml(packed, "package.opf")
    items = {item.get("id", ""): item for item in root.iter(f"{OPF}item")}
    for reference in root.iter(f"{OPF}itemref"):
        item = items[reference.get("idref", "")]
        overlay = items[item.get("media-overlay", "")]
        yield item.get("id", ""), item.get("href", ""), overlay.get("href", "")
