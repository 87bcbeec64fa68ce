"""Turns panels on a sheet into an article thread, along which a viewer leads from one to the next (ISO 32000-1,
12.4.3).

The order is that of the tags, as ISO 14289-1, 7.12 asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Pdf, String

from channels.pdf.impose import MM, Imposition, Sheet


def write_thread(pdf: Pdf, sheets: Sequence[Sheet], imposed: Imposition, title: str) -> None:
    """Gives `pdf` one thread with a bead for each placement of the threaded sheets, in the order of their pages."""
    placements = sorted(
        (placement for sheet in sheets if sheet.threaded for placement in sheet.placements),
        key=lambda placement: placement.page,
    )
    if not placements:
        return
    thread = pdf.make_indirect(Dictionary(Type=Name.Thread, I=Dictionary(Title=String(title))))
    beads = []
    for placement in placements:
        sheet, x, y = imposed.origins[placement.page]
        edges = (x, y, x + placement.width * MM, y + placement.height * MM)
        bead = Dictionary(Type=Name.Bead, P=imposed.sheets[sheet], R=Array([round(edge, 4) for edge in edges]))
        beads.append(pdf.make_indirect(bead))
        imposed.sheets[sheet].B = Array([*imposed.sheets[sheet].get("/B", Array()), beads[-1]])
    for before, bead in zip([beads[-1], *beads[:-1]], beads, strict=True):
        before.N, bead.V = bead, before
    thread.F = beads[0]
    beads[0].T = thread
    pdf.Root.Threads = Array([thread])
