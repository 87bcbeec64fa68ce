"""Turns a publisher's choice of type, or its own font files, into what a Document says of them, or into faults of
licence and format."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from model.diagnostics import Diagnostic
from model.document import Document, Typeface
from model.traverse import sentences_of, text_of
from reader.beside import file_beside, from_source
from yaml_source.node import Node

RESTRICTED: Final = 0x0002
PRINT_ONLY: Final = 0x0004
WHOLE_ONLY: Final = 0x0100
BITMAPS_ONLY: Final = 0x0200
"""The bits of fsType in a font's OS/2 table (OpenType 1.9). They say how the licence allows embedding."""

HOUSE: Final = "Atkinson Hyperlegible Next"
UNDRAWN: Final = frozenset("\t\n\r \u00a0\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Font:
    """The facts in a font file: the bits of its licence, whether its weight can be chosen, its letters, its digest."""

    rights: int
    weights: bool
    letters: frozenset[int]
    digest: str


def typeface_of(body: Node, source: Path, diagnostics: list[Diagnostic]) -> Typeface | None:
    """The typeface under `publisher:`: one that comes with the program, or files beside the file that names them. None
    for the house's, and where it cannot be used; faults go to `diagnostics`."""
    node = body.get("type")
    if node is None or node.value == HOUSE:
        return None
    if isinstance(node.value, str):
        return Typeface(regular="", digest=node.text, family=node.text, mark=node.mark)
    read = {key: _checked(node[key], diagnostics) for key in ("regular", "bold") if key in node}
    fonts = {key: font for key, font in read.items() if font is not None}
    if len(fonts) < len(read):
        return None
    regular, bold = fonts["regular"], fonts.get("bold")
    if bold is None and not regular.weights:
        message = f"{node['regular'].text} has one weight, and there is no bold"
        hint = f"Bold words and headings are set in {HOUSE}. Add `bold:` with the file of the bold."
        diagnostics.append(_diagnostic("warning", "no-bold", message, node["regular"], hint))
    print_only = any(font.rights & PRINT_ONLY for font in fonts.values())
    if print_only:
        message = f"{node['regular'].text} may be embedded for view and print alone"
        hint = f"Printed editions are set in it, and the page in {HOUSE}. A licence for the web comes with other files."
        diagnostics.append(_diagnostic("warning", "print-only-font", message, node["regular"], hint))

    return Typeface(
        regular=from_source(node["regular"], source),
        bold=from_source(node["bold"], source) if "bold" in node else None,
        digest=" ".join(font.digest for font in fonts.values()),
        weights=regular.weights,
        print_only=print_only,
        mark=node["regular"].mark,
    )


def letters_lacking(document: Document) -> Iterator[Diagnostic]:
    """A warning that lists the letters of the text that the publisher's own typeface lacks. Those that come with the
    program have the letters of the house's."""
    face = document.publisher.typeface
    if face is None or face.family:
        return
    folder = Path(document.mark.file).parent
    files = [folder / name for name in (face.regular, face.bold) if name is not None]
    found = [font for font in map(_read, files) if isinstance(font, _Font)]
    letters = frozenset.intersection(*(font.letters for font in found)) if found else frozenset()
    text = dict.fromkeys("".join(text_of(sentence.inlines) for sentence in sentences_of(document)))
    lacking = [letter for letter in text if ord(letter) not in letters and letter not in UNDRAWN]
    if lacking:
        shown = "”, “".join(lacking[:12]) + ("”, and more" if len(lacking) > 12 else "”")
        message = f"the publisher's typeface has no “{shown}"
        hint = f"These are set in {HOUSE}, beside the others."
        yield Diagnostic(severity="warning", code="letters-lacking", message=message, mark=face.mark, hint=hint)


def _checked(file: Node, diagnostics: list[Diagnostic]) -> _Font | None:
    """The font in `file`. None where it cannot be used, with an error in `diagnostics`."""
    font = _read(file_beside(file))
    if not isinstance(font, _Font):
        code, said, hint = font
    elif font.rights & RESTRICTED or font.rights & BITMAPS_ONLY:
        code, said = "font-rights", "may not be embedded: its own table OS/2 says so (fsType)"
        hint = "Ask its maker for a licence to embed it, or choose another typeface."
    elif font.rights & WHOLE_ONLY:
        code, said = "font-rights", "may be embedded only whole, and editions embed the letters that they use"
        hint = "Ask its maker for a licence to subset it, or choose another typeface."
    else:
        return font
    diagnostics.append(_diagnostic("error", code, f"the font {file.text} {said}", file, hint))
    return None


def _read(path: Path) -> _Font | tuple[str, str, str]:
    """The font at `path`. If it cannot be read: code, what is wrong, and what to do."""
    try:
        state = path.stat()
        return _font(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        return "no-such-font", f"cannot be read: {error.strerror}", "Put the file beside publisher.yaml."


@functools.lru_cache(maxsize=16)
def _font(path: Path, _changed_ns: int, _size: int) -> _Font | tuple[str, str, str]:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (40 ms, for a publisher with type of its own)

    data = path.read_bytes()
    try:
        with TTFont(path, lazy=True) as font:
            return _Font(
                rights=int(font["OS/2"].fsType),
                weights="fvar" in font and any(axis.axisTag == "wght" for axis in font["fvar"].axes),
                letters=frozenset(font.getBestCmap()),
                digest=hashlib.sha256(data).hexdigest(),
            )
    except (TTLibError, KeyError, AssertionError, ValueError, TypeError):
        return "bad-font", "is no font that can be read", "Give a TrueType or OpenType file: .ttf, .otf or .woff2."


def _diagnostic(severity: Literal["error", "warning"], code: str, message: str, node: Node, hint: str) -> Diagnostic:
    return Diagnostic(severity=severity, code=code, message=message, mark=node.mark, hint=hint)
