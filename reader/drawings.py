"""Turns a drawing's bytes into its size, or into the first reason why a reader would not see all of it."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

SVG, XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
HREFS: Final = ("href", "http://www.w3.org/1999/xlink href")
SHOWING: Final = frozenset(
    {"image", "feImage", "use", "pattern", "linearGradient", "radialGradient", "filter", "textPath", "tref"}
)
"""What shows the thing that it refers to."""
PICTURES: Final = ("image", "feImage")
KINDS: Final = {"data:image/png": b"\x89PNG\r\n\x1a\n", "data:image/jpeg": b"\xff\xd8", "data:image/jpg": b"\xff\xd8"}
FIGURE: Final = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d)?", re.ASCII)
DEEPEST, MOST = 200, 100_000
"""Elements in elements, and elements in all, with each `use` drawn out. Programs that draw break at 800 levels."""

MOST_TIMES: Final = 1000
"""A drawing of more pixels than that in a row, for one in a column, would take gigabytes."""
PLAIN: Final = "Export it again as plain SVG."
AS_TEXT: Final = "Export it as plain SVG, with its text as text."
DAMAGED: Final = "does not say how large it is: its viewBox is damaged"
FOUR: Final = "A viewBox is four figures, such as 0 0 100 50. Export it again."
INSIDE: Final = "Export it again with its pictures inside the drawing (embedded), as PNG or JPEG."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a drawing's file says. `fault` is what is wrong and what to do, None for a drawing that browsers show
    completely and as intended. `size` is its width and height in pixels, None where it does not say."""

    fault: tuple[str, str] | None = None
    size: tuple[int, int] | None = None


def drawing_of(data: bytes) -> Drawing:
    """The drawing in `data`."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        return Drawing(fault=(f"is no drawing: {error}", PLAIN))
    except (ValueError, LookupError) as error:
        return Drawing(fault=(f"is in letters that not every browser reads: {error}", "Export it again in UTF-8."))
    fault = reader.fault or reader.too_much()
    sides = _size(*(reader.root.get(side, "").strip().removesuffix("px") for side in ("width", "height")))
    box = reader.root.get("viewBox")
    size = sides if box is None else _size(*box.replace(",", " ").split())
    if fault is None and box is not None and size is None:
        fault = DAMAGED, FOUR
    if fault is None and any(max(one) > MOST_TIMES * min(one) for one in (sides, size) if one):
        fault = f"is more than {MOST_TIMES:,} times as long as it is broad: nothing could be seen of it", PLAIN
    return Drawing(fault=fault, size=size)


def _size(*figures: str) -> tuple[int, int] | None:
    """The size that the last two of two or four figures say. None where one is no figure, or says nothing."""
    found = [float(figure) for figure in figures if FIGURE.fullmatch(figure)]
    if len(found) != len(figures) or len(found) not in (2, 4) or min(found[-2:]) <= 0:
        return None
    return max(1, round(found[-2])), max(1, round(found[-1]))


class _Reader:
    """Keeps the first fault that a parser comes by, and what calls for what."""

    def __init__(self) -> None:
        self.fault: tuple[str, str] | None = None
        self.root: dict[str, str] = {}
        self.open: list[int] = []
        self.held: list[int] = []  # for each element, how many it holds, with itself
        self.left_out = 0  # how many elements are open that are notes for programs
        self.ids: dict[str, int] = {}
        self.uses: list[tuple[str, tuple[int, ...]]] = []  # what is called for, and the elements around the call
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = lambda name, _: self._say(f"holds a sign that nothing explains (&{name};)", PLAIN)

    def _say(self, message: str, hint: str) -> None:
        self.fault = self.fault or (message, hint)

    def _entity(self, name: str, _: bool, value: str | None, *__: object) -> None:
        if value is None:
            self._say(f"calls for another file in its document type ({name})", PLAIN)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.held:
            self._begin(space, local, attributes)
        self.left_out += bool(self.left_out or local == "metadata")
        if space == XHTML or local == "foreignObject":
            if not self.left_out:
                self._say("holds a part in HTML (foreignObject), which is not shown everywhere", AS_TEXT)
        elif space == SVG and local in SHOWING and not self.left_out:
            self._refers(local, next((attributes[href] for href in HREFS if href in attributes), ""))
        if local == "feTurbulence" and len(attributes.get("numOctaves", "").strip()) > 1:  # nobody sees the tenth
            self._say("asks for more layers of noise than can be seen", "Save the picture with at most 9 (numOctaves).")
        self.ids.setdefault(attributes.get("id", ""), len(self.held))
        self.open.append(len(self.held))
        self.held.append(1)
        if len(self.open) > DEEPEST:
            self._say(f"has parts in parts, more than {DEEPEST} deep", PLAIN)

    def _end(self, _: str) -> None:
        self.left_out -= bool(self.left_out)
        closed = self.open.pop()
        if self.open:
            self.held[self.open[-1]] += self.held[closed]

    def _begin(self, space: str, local: str, attributes: dict[str, str]) -> None:
        self.root = attributes
        if local != "svg":
            self._say(f"is no drawing: it begins with <{local}>", PLAIN)
        elif space != SVG:
            hint = f'Write <svg xmlns="{SVG}" … at its beginning, or export it again as plain SVG.'
            self._say("does not say that it is a drawing, so that no browser shows it", hint)

    def _refers(self, local: str, address: str) -> None:
        address = address.strip()
        if local == "use" and address.startswith("#") and len(self.open) <= DEEPEST:
            self.uses.append((address[1:], tuple(self.open)))
        elif address and not address.startswith("#") and not (local in PICTURES and _is_picture(address)):
            what = "a part that is no PNG or JPEG" if address.startswith("data:") else "a part in another file"
            self._say(f"calls for {what}, which is not shown", INSIDE)

    def too_much(self) -> tuple[str, str] | None:
        """The fault of a drawing that is far larger once each part is drawn wherever it is used."""
        targets = {self.ids[name] for name, _ in self.uses if name in self.ids}
        calls: dict[int, list[int]] = {}
        for name, around in self.uses:
            for element in around:
                if name in self.ids and (element in targets or element == 0):
                    calls.setdefault(element, []).append(self.ids[name])
        drawn = dict(enumerate(self.held)) if calls else {}
        try:
            for element in TopologicalSorter(calls).static_order():
                drawn[element] += sum(drawn[used] for used in calls.get(element, ()))
        except CycleError:
            return "holds a part that holds itself (use)", PLAIN
        if max(drawn.values(), default=0) > MOST:
            return f"has more than {MOST:,} parts, once each is drawn where it is used", PLAIN
        return None


def _is_picture(address: str) -> bool:
    """Whether an address holds a PNG or a JPEG in itself."""
    head, _, data = address.partition(",")
    begin = KINDS.get(head.partition(";")[0].lower())
    if begin is None or not head.lower().endswith(";base64"):
        return False
    try:
        return base64.b64decode(unquote_to_bytes(data) + b"==").startswith(begin)
    except binascii.Error:
        return False
