"""Turns the places where named elements were drawn into the destinations of a PDF (ISO 32000-1, 12.3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from channels.pdf.impose import Imposition
from channels.pdf.tagging import Corner


def write_destinations(pdf: Pdf, corners: Mapping[str, Corner], imposed: Imposition) -> None:
    """Replaces the destinations of `pdf` by one for each of `corners`."""
    names: list[Object] = []
    for name, (page, left, top) in sorted(corners.items()):
        sheet, x, y = imposed.origins[page]
        placement = Array([imposed.sheets[sheet], Name.XYZ, round(left + x, 4), round(top + y, 4), None])
        names += [String(name), placement]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
