"""Turns a tagged PDF into one that is also for the archive, PDF/A-2a (ISO 19005-2), in which every colour is
defined."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from channels.design.inks import COATED, SRGB
from channels.pdf.impose import drawn_things

PRINTED = 4  # the flag of an annotation that is also printed (ISO 32000-1, 12.5.3)


def keep(pdf: Pdf) -> None:
    """Makes `pdf` fit for the archive. Its colours are sRGB; pictures in four inks have the colours of coated paper."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile(pdf, SRGB, 3),
    )
    pdf.Root.OutputIntents = Array([intent])
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            annotation.F = PRINTED
    pictures = images(pdf)
    make_plain(pictures)
    if any(image.get("/ColorSpace") == Name.DeviceCMYK for image in pictures):
        define(pdf, "DefaultCMYK", profile(pdf, COATED, 4))


def profile(pdf: Pdf, file: Path, inks: int) -> Object:
    """A colour profile with `inks` channels as a stream of `pdf`."""
    return pdf.make_stream(file.read_bytes(), N=inks)


def images(pdf: Pdf) -> list[Object]:
    """The images of `pdf`, masks included."""
    return [thing for thing in drawn_things(pdf) if thing.get("/Subtype") == "/Image"]


def make_plain(pictures: Iterable[Object]) -> None:
    """Stops viewers from choosing what to show between the points of a picture (ISO 19005-2, 6.2.8)."""
    for image in pictures:
        if "/Interpolate" in image:
            del image.Interpolate


def define(pdf: Pdf, device: str, icc: Object) -> None:
    """Defines the colours of a device ("DefaultRGB", "DefaultCMYK") by a profile, on pages, in groups and in
    patterns (ISO 32000-1, 8.6.5.6)."""
    space = pdf.make_indirect(Array([Name.ICCBased, icc]))
    for resources in every_resources(pdf):
        spaces = Dictionary(dict(resources.get("/ColorSpace", Dictionary()).items()))
        spaces[f"/{device}"] = space
        resources.ColorSpace = spaces


def every_resources(pdf: Pdf) -> list[Object]:
    """The resource dictionaries of pages, groups and patterns, each once."""
    found: dict[tuple[int, int], Object] = {}
    owners: list[Object] = [page.obj for page in pdf.pages]
    owners += [thing for thing in drawn_things(pdf) if "/Resources" in thing]
    for number, owner in enumerate(owners):
        resources = owner.Resources
        found[resources.objgen if resources.is_indirect else (-number, 0)] = resources
    return list(found.values())
