"""Turns a publisher's own font files, or the typeface that it chooses of ours, into the fonts that editions embed: two
weights; for the page only the letters it uses."""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from model.document import Document
from model.traverse import sentences_of, text_of

FAMILY: Final = "Publisher Type"
HOUSE: Final = '"Atkinson Hyperlegible Next"'
SET_IN_HOUSE: Final = f"font-family: {HOUSE}"
HOUSE_BOLD: Final = Path(__file__).parent / "fonts" / "AtkinsonHyperlegibleNext-Bold.ttf"
FAMILIES: Final = Path(__file__).parent / "families"
"""The typefaces that a publisher may name, besides the house's: two files each. The schemas list their names."""

WEIGHTS: Final = (400, 700)
ORDINARY: Final = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + "–—‘’“”…•€"
"""The letters of the fixed words, which a page has in addition to the author's."""


LICENCE: Final = (13, 14)
"""The names of a font that state its licence. The Open Font License asks that they go with it."""

Flavour = Literal["woff2"] | None
"""The packing of a font file: for the web, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One weight of the typeface as a font file."""

    weight: int
    data: bytes


def files_of_family(name: str) -> tuple[Path, Path]:
    """The regular and the bold of a typeface that comes with the program."""
    stem = name.replace(" ", "")
    return FAMILIES / f"{stem}-Regular.ttf", FAMILIES / f"{stem}-Bold.ttf"


def typeface_files(document: Document) -> tuple[Path, ...]:
    """The font files that the publisher names."""
    face = document.publisher.typeface
    if face is None:
        return ()
    if face.family:
        return files_of_family(face.family)
    folder = Path(document.mark.file).parent
    return tuple(folder / name for name in (face.regular, face.bold) if name is not None)


def family_of(document: Document) -> str:
    """The name of the publisher's typeface in style sheets, different from any other publisher's. "" without one."""
    face = document.publisher.typeface
    return f"{FAMILY} {hashlib.sha256(face.digest.encode()).hexdigest()[:8]}" if face is not None else ""


def faces_for_paper(document: Document) -> tuple[Face, ...]:
    """Both weights as TrueType or OpenType."""
    return tuple(Face(weight=weight, data=_static(*_origin(document, weight))) for weight in WEIGHTS)


def faces_for_page(document: Document) -> tuple[Face, ...]:
    """Both weights as WOFF2, with the letters that the page uses. Empty if the licence is for print only."""
    if document.publisher.typeface is None:
        return ()
    return _faces(document, "".join(text_of(sentence.inlines) for sentence in sentences_of(document)), "woff2")


def faces_for_book(document: Document, text: str) -> tuple[Face, ...]:
    """Both weights as TrueType or OpenType, which every reading app knows, with the letters of `text`. Empty if the
    licence is for print only."""
    return _faces(document, text, None)


def _faces(document: Document, text: str, flavour: Flavour) -> tuple[Face, ...]:
    face = document.publisher.typeface
    if face is None or face.print_only:
        return ()
    letters = "".join(sorted(set(ORDINARY + text)))
    return tuple(Face(weight=weight, data=_subset(*_origin(document, weight), letters, flavour)) for weight in WEIGHTS)


def _origin(document: Document, weight: int) -> tuple[bytes, int]:
    """The file for a weight, and the weight to choose in it (0 where the file has one only). Without a bold, the
    house's bold replaces it; the reader has warned of that."""
    face = document.publisher.typeface
    assert face is not None  # noqa: S101 (asked only where there is one)
    if face.family:
        return files_of_family(face.family)[WEIGHTS.index(weight)].read_bytes(), 0
    folder = Path(document.mark.file).parent
    if weight == 400:
        return (folder / face.regular).read_bytes(), weight if face.weights else 0
    if face.bold is not None:
        return (folder / face.bold).read_bytes(), 0
    return ((folder / face.regular).read_bytes(), weight) if face.weights else (HOUSE_BOLD.read_bytes(), 0)


@functools.lru_cache(maxsize=8)
def _static(data: bytes, weight: int) -> bytes:
    """A font of one weight. In a variable font `weight` is chosen, and every other axis has its default."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (40 ms, for a publisher with type of its own)
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 (50 ms, as above)

    font = TTFont(io.BytesIO(data))
    if "fvar" in font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        limits = next(((axis.minValue, axis.maxValue) for axis in font["fvar"].axes if axis.axisTag == "wght"), (0, 0))
        if weight and "wght" in axes:
            axes["wght"] = min(max(weight, limits[0]), limits[1])
        font = instantiateVariableFont(font, axes)
    return _written(font, None)


@functools.lru_cache(maxsize=8)
def _subset(data: bytes, weight: int, letters: str, flavour: Flavour) -> bytes:
    """The same font with only `letters`."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 (60 ms, for a publisher with type of its own)
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (40 ms, as above)

    font = TTFont(io.BytesIO(_static(data, weight)))
    options = Options(layout_features=["*"], notdef_outline=True, hinting=False)
    options.name_IDs += LICENCE
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    return _written(font, flavour)


def _written(font: object, flavour: Flavour) -> bytes:
    file = io.BytesIO()
    font.flavor = flavour  # type: ignore[attr-defined]
    font.recalcTimestamp = False  # type: ignore[attr-defined]
    font.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def rules(family: str, addresses: dict[int, str], kind: str) -> str:
    """The weights of `family`, each at its address, as CSS rules."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{address}") format("{kind}"); }} '
        for weight, address in addresses.items()
    )


# ---------------------------------------------------------------------------------------------------- paper

SCHEME: Final = "type:"
_embedded: dict[str, bytes] = {}


def paper_type(document: Document) -> str:
    """The typeface as CSS for paper. Its files are then at addresses that `embedded` knows."""
    if document.publisher.typeface is None:
        return ""
    addresses = {}
    for face in faces_for_paper(document):
        addresses[face.weight] = embed(face.data)
    return f" {rules(family_of(document), addresses, 'truetype')}.picture .value strong {{ font-family: inherit }}"


def in_type_of(document: Document, css: str) -> str:
    """A style sheet for paper in the publisher's typeface. A page's margins know no token and inherit nothing, so the
    house's typeface is named wherever something is set in it."""
    family = family_of(document)
    return css.replace(SET_IN_HOUSE, f'font-family: "{family}", {HOUSE}') if family else css


def embed(font: bytes) -> str:
    """The address in style sheets for paper at which `embedded` has this font."""
    address = f"{SCHEME}{hashlib.sha256(font).hexdigest()}"
    _embedded[address] = font
    return address


def embedded(address: str) -> bytes | None:
    """The font at an address that `paper_type` gave out, None for any other address."""
    return _embedded.get(address)
