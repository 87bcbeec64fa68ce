"""Turns a tagged PDF with bleed and marks into one for a print shop, PDF/X-4 (ISO 15930-7): in inks, for coated paper.

The colours of the design become inks. Text is in black alone and printed over what lies under it. Everything else
that an author has drawn or photographed keeps its colours. They are defined as sRGB, and the shop's machine makes
inks of them. Only what it might print with more ink than can dry is separated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from channels.design.inks import COATED, SRGB, Inks, converted, has_much_ink, inks
from channels.pdf.archive import define, every_resources, images, make_plain, profile
from channels.pdf.frames import read_tokens
from channels.pdf.impose import drawn_things
from channels.pdf.photographs import separate
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
    pictures = images(pdf)
    make_plain(pictures)
    for picture in pictures:
        separate(picture)
    define(pdf, "DefaultRGB", profile(pdf, SRGB, 3))
    colours = inks(document, read_tokens())
    masks = _masks(pdf)
    for stream in _streams(pdf):
        if stream.objgen not in masks:
            stream.write(_Separation(colours).of(stream.read_bytes()))
            if "/Group" in stream:
                stream.Group.CS = Name.DeviceCMYK
    for resources in every_resources(pdf):
        _separate_gradients(resources.get("/Shading", Dictionary()).values(), colours)
        states = Dictionary(dict(resources.get("/ExtGState", Dictionary()).items()))
        for (fill, stroke), name in OVER.items():
            states[name] = Dictionary(Type=Name.ExtGState, op=fill, OP=stroke, OPM=1)
        resources.ExtGState = states
    for page in pdf.pages:
        page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def _separate_gradients(shadings: Iterable[Object], colours: Mapping[str, Inks]) -> None:
    """Lets a gradient that is too dark at one of its stops go from inks to inks."""
    for shading in shadings:
        stops = [end for part in shading.Function.Functions for end in (part.C0, part.C1)]
        if shading.ColorSpace == Name.DeviceRGB and any(has_much_ink(_colour(*stop)) for stop in stops):
            shading.ColorSpace = Name.DeviceCMYK
            for stop in stops:
                colour = _colour(*stop)
                stop[:] = [ink / 100 for ink in colours.get(colour) or converted(colour)]


def _colour(*parts: Any) -> str:
    """Red, green and blue (0 to 1) as #rrggbb."""
    red, green, blue = (round(float(part) * 255) for part in parts)
    return f"#{red:02x}{green:02x}{blue:02x}"


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
        """A colour as inks, if its inks are known or it is too dark, and whether it prints over what lies under it."""
        colour = _colour(match["r"], match["g"], match["b"])
        known = self.colours.get(colour) or (converted(colour) if has_much_ink(colour) else None)
        fills, before = match["op"] == b"rg", self.over
        over = known is not None and known[:3] == BLACK_ALONE and known[3] > 0
        self.over = (over, before[1]) if fills else (before[0], over)
        made = match[0]
        if known is not None:
            made = b"%g %g %g %g " % tuple(part / 100 for part in known) + (b"k" if fills else b"K")
        return made if self.over == before else b"%s gs\n%s" % (OVER[self.over].encode(), made)
