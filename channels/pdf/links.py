"""Turns the annotations of a link over several lines into one for each page, with an area for each line.

Each annotation has a description (ISO 14289-1, 7.18.5). A reader who moves from link to link hears the description once
for the link, not once for each line.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Object, Pdf

from channels.pdf.tagging import Annotation, Node


def join_lines(pdf: Pdf, root: Node) -> None:
    """Makes one annotation of those that a link below `root` has on the same page. The pages of `pdf` are on their
    sheets already."""
    for node in root.walk():
        found = [kid for kid in node.kids if isinstance(kid, Annotation)]
        for page in dict.fromkeys(kid.page for kid in found):
            first, *more = (kid for kid in found if kid.page == page)
            if more:
                _join(pdf.get_object(first.number, 0), [pdf.get_object(kid.number, 0) for kid in more])
                node.kids = [kid for kid in node.kids if kid not in more]


def _join(first: Object, more: Sequence[Object]) -> None:
    """Gives `first` the areas of all, and takes the others off their sheet."""
    areas = [[float(edge) for edge in annotation.Rect] for annotation in (first, *more)]
    first.QuadPoints = Array([round(edge, 4) for area in areas for edge in _corners(*area)])
    left, bottom, right, top = zip(*areas, strict=True)
    first.Rect = Array([min(left), min(bottom), max(right), max(top)])
    gone = {annotation.objgen for annotation in more}
    first.P.Annots = Array([annotation for annotation in first.P.Annots if annotation.objgen not in gone])


def _corners(left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
    """The corners of an area, anticlockwise from the lower left (ISO 32000-1, 12.5.6.5)."""
    return left, bottom, right, bottom, right, top, left, top
