"""Turns pages that were laid out with a publisher's own style sheet into the words that it cuts off, or lays over
others. Words over the edge of a page are found on every page; only somebody else's style sheet can cause these two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from channels.pdf.markup import seen
from channels.pdf.weasyprint_parts import in_margin, page_box, real
from model.diagnostics import Diagnostic
from model.document import Document

SLACK = 2.0  # px
MUCH = 0.4  # the least share of the height of letters that counts as an overlap; closely set lines overlap by less


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of a page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Place) -> bool:
        """True if the whole of `other` lies within."""
        return (
            other.left >= self.left - SLACK
            and other.right <= self.right + SLACK
            and other.top >= self.top - MUCH * (other.bottom - other.top)
            and other.bottom <= self.bottom + MUCH * (other.bottom - other.top)
        )

    def common(self, other: Place) -> Place:
        """The part that lies in both."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Place(left, top, min(self.right, other.right), min(self.bottom, other.bottom))

    def lies_over(self, other: Place) -> bool:
        """True if words in both places could not be read."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > SLACK and down > MUCH * min(self.bottom - self.top, other.bottom - other.top)


def of_theme(pages: Sequence[Any], document: Document) -> Iterator[Diagnostic]:
    """Errors for the first words that the publisher's style sheet for print cuts off, and for the first that it lays
    over others."""
    styles = document.publisher.styles
    if styles is None or styles.print is None:
        return
    name = PurePosixPath(styles.print).name
    for page in pages:
        words = list(_words(page_box(page), None))
        cut = next((said for said, place, window in words if window is not None and not window.holds(place)), None)
        over = next(_over([(said, place) for said, place, _ in words]), None)
        for code, said, what in (
            ("theme-cuts", cut, "{} is cut off by the style sheet {}"),
            ("theme-overlaps", over, "{} cannot be read: the style sheet {} lays words over each other"),
        ):
            if said is not None:
                hint = "Leave heights and places to the words: they have the room that they need."
                message = what.format(f"“{seen(said).strip()}”", name)
                yield Diagnostic(severity="error", code=code, message=message, mark=styles.mark, hint=hint)
        if cut is not None or over is not None:
            return


def _words(box: Any, window: Place | None) -> Iterator[tuple[str, Place, Place | None]]:
    """Each piece of text with its place, and with the window through which it is seen, if there is one."""
    box = real(box)
    if in_margin(box) or (box.element is not None and box.element.get("aria-hidden")):
        return
    if getattr(box, "text", None):
        if box.text.strip():
            left, top = box.position_x, box.position_y
            yield box.text, Place(left, top, left + box.width, top + box.height), window
        return
    if box.element is not None and box.style["overflow"] != "visible":
        left, top = box.padding_box_x(), box.padding_box_y()
        own = Place(left, top, left + box.padding_width(), top + box.padding_height())
        window = own if window is None else window.common(own)
    for child in getattr(box, "children", ()):
        yield from _words(child, window)


def _over(words: Sequence[tuple[str, Place]]) -> Iterator[str]:
    """The words that lie over others, if the page is read from its top."""
    near: list[tuple[str, Place]] = []
    for said, place in sorted(words, key=lambda word: word[1].top):
        near = [(other, there) for other, there in near if there.bottom > place.top]
        if any(place.lies_over(there) for _, there in near):
            yield said
        near.append((said, place))
