"""Turns a tagged PDF with bleed and marks into one for a print shop, PDF/X-4 (ISO 15930-7): in inks, for coated paper.

The colours of the design become inks. Text is in black alone and printed over what lies under it. Everything else
that an author has drawn or photographed keeps its colours. They are defined as sRGB, and the shop's machine makes
inks of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from channels.design.inks import COATED, SRGB, Inks, inks
from channels.pdf.archive import define, every_resources, images, make_plain, profile
from channels.pdf.frames import read_tokens
from channels.pdf.impose import drawn_things
from model.document import Document

BLACK_ALONE = (0, 0, 0)  # the other three inks
# The operators that set the state of a stream. Each stands on its own line, except the `q` that impose.py writes.
STATE = re.compile(
    rb"^(?:(?P<q>q)(?: .*)?|(?P<Q>Q)|(?P<r>[\d.]+) (?P<g>[\d.]+) (?P<b>[\d.]+) (?P<op>rg|RG))$", re.MULTILINE
)
# The name of the graphics state, by whether fills and strokes print over what lies under them.
OVER = {(fill, stroke): f"/over{fill:d}{stroke:d}" for fill in (False, True) for stroke in (False, True)}


def make_ready(pdf: Pdf, document: Document) -> None:
    """Makes `pdf` ready for a print shop."""
    pdf.Root.OutputIntents = Array([_intent(pdf)])
    make_plain(images(pdf))
    define(pdf, "DefaultRGB", profile(pdf, SRGB, 3))
    colours = inks(document, read_tokens())
    masks = _masks(pdf)
    for stream in _streams(pdf):
        if stream.objgen not in masks:
            stream.write(_Separation(colours).of(stream.read_bytes()))
            if "/Group" in stream:
                stream.Group.CS = Name.DeviceCMYK
    for resources in every_resources(pdf):
        states = Dictionary(dict(resources.get("/ExtGState", Dictionary()).items()))
        for (fill, stroke), name in OVER.items():
            states[name] = Dictionary(Type=Name.ExtGState, op=fill, OP=stroke, OPM=1)
        resources.ExtGState = states
    for page in pdf.pages:
        page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def _intent(pdf: Pdf) -> Dictionary:
    """The paper and printing that the file is made for (ISO 15930-7, 6.2.2)."""
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("FOGRA39"),
        OutputCondition=String("Offset printing, ISO 12647-2:2004/Amd 1, paper type 1 or 2, coated, 115 g/m2"),
        RegistryName=String("http://www.color.org"),
        Info=String("Coated FOGRA39 (ISO 12647-2:2004/Amd 1)"),
        DestOutputProfile=profile(pdf, COATED, 4),
    )


def _streams(pdf: Pdf) -> list[Object]:
    """Everything that paints: the content of pages, groups and patterns."""
    painted: list[Object] = [page.obj.Contents for page in pdf.pages]
    things = drawn_things(pdf)
    return painted + [thing for thing in things if thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1]


def _masks(pdf: Pdf) -> set[tuple[int, int]]:
    """The groups whose brightness is a mask. They are no ink."""
    states = (state for every in every_resources(pdf) for state in every.get("/ExtGState", Dictionary()).values())
    masks = (state.SMask for state in states if isinstance(state.get("/SMask"), Dictionary))
    return {mask.G.objgen for mask in masks}


@dataclass(slots=True)
class _Separation:
    """Goes through a stream and keeps track of whether fills and strokes are in black alone."""

    colours: Mapping[str, Inks]
    over: tuple[bool, bool] = (False, False)
    saved: list[tuple[bool, bool]] = field(default_factory=list)

    def of(self, content: bytes) -> bytes:
        """The content with its colours as inks. At first nothing prints over what lies under it."""
        return OVER[False, False].encode() + b" gs\n" + STATE.sub(self.step, content)

    def step(self, match: re.Match[bytes]) -> bytes:
        if match["q"]:
            self.saved.append(self.over)
        elif match["Q"]:
            self.over = self.saved.pop()
        else:
            return self.colour(match)
        return match[0]

    def colour(self, match: re.Match[bytes]) -> bytes:
        """A colour as inks, if its inks are known, and whether it prints over what lies under it."""
        red, green, blue = (round(float(match[part]) * 255) for part in ("r", "g", "b"))
        known = self.colours.get(f"#{red:02x}{green:02x}{blue:02x}")
        fills, before = match["op"] == b"rg", self.over
        over = known is not None and known[:3] == BLACK_ALONE and known[3] > 0
        self.over = (over, before[1]) if fills else (before[0], over)
        made = match[0]
        if known is not None:
            made = b"%g %g %g %g " % tuple(part / 100 for part in known) + (b"k" if fills else b"K")
        return made if self.over == before else b"%s gs\n%s" % (OVER[self.over].encode(), made)
