"""Turns the logo and the cover under `publisher:` into what a Document says of them, or into faults at their line."""

from __future__ import annotations

from pathlib import Path

from model.diagnostics import Diagnostic
from model.document import CoverArt, Logo
from reader.beside import from_source
from reader.images import Image, read_image
from yaml_source.node import Node

NO_SIZE = "Export it again with a width and a height, or a viewBox."


def logo_of(body: Node, source: Path, diagnostics: list[Diagnostic]) -> Logo | None:
    """The logo. Its files lie beside the file that names it. None where they cannot be used; then the faults go to
    `diagnostics`."""
    node = body.get("logo")
    if node is None:
        return None
    known = len(diagnostics)
    found = _image(node["image"], diagnostics)
    _must_have_a_size(f"the logo {node['image'].text}", node["image"], found, diagnostics)
    dark = node.get("on_dark")
    dark_digest = _image(dark, diagnostics).digest if dark is not None else ""
    if len(diagnostics) > known:
        return None
    return Logo(
        image=from_source(node["image"], source),
        digest=found.digest,
        width=found.width or 1,
        height=found.height or 1,
        alternative=node["alternative"].text,
        on_dark=from_source(dark, source) if dark is not None else None,
        on_dark_digest=dark_digest,
        clear_space=float(node.word("clear_space", "0.25")),
        mark=node["image"].mark,
    )


def cover_of(body: Node, source: Path, diagnostics: list[Diagnostic]) -> CoverArt | None:
    """The picture or the pattern of the covers. None where it cannot be used; then the faults go to `diagnostics`."""
    node = body.get("cover")
    if node is None:
        return None
    known = len(diagnostics)
    picture, pattern = node.get("picture"), node.get("pattern")
    if picture is not None and pattern is not None:
        hint = "Keep one: a picture fills the room of a cover, and so does a pattern."
        _report(pattern, "contradiction", "the cover has both a picture and a pattern", hint, diagnostics)
        return None
    file = picture if picture is not None else node["pattern"]
    alternative = node.word("alternative", "")
    if picture is not None and not alternative:
        hint = "Add `alternative:` with what it shows. What shows nothing is a `pattern:`."
        _report(file, "no-alternative", f"the cover's picture {file.text} has no alternative", hint, diagnostics)
    if pattern is not None and alternative:
        hint = "Write `picture:` for what shows something, or delete `alternative:`."
        message = "a pattern is decoration, and nobody hears its alternative"
        _report(node["alternative"], "contradiction", message, hint, diagnostics)
    found = _image(file, diagnostics)
    if pattern is not None:
        _must_have_a_size(f"the pattern {file.text}", file, found, diagnostics)
    if len(diagnostics) > known:
        return None
    return CoverArt(
        image=from_source(file, source),
        digest=found.digest,
        width=found.width or 1,
        height=found.height or 1,
        alternative=alternative,
        mark=file.mark,
    )


def _image(file: Node, diagnostics: list[Diagnostic]) -> Image:
    def report(code: str, message: str, hint: str) -> None:
        _report(file, code, message, hint, diagnostics)

    return read_image(Path(file.mark.file).parent, file.text, report)


def _must_have_a_size(what: str, file: Node, found: Image, diagnostics: list[Diagnostic]) -> None:
    if found.digest and not (found.width and found.height):
        _report(file, "bad-image", f"{what} does not say how large it is", NO_SIZE, diagnostics)


def _report(node: Node, code: str, message: str, hint: str, diagnostics: list[Diagnostic]) -> None:
    diagnostics.append(Diagnostic(severity="error", code=code, message=message, mark=node.mark, hint=hint))
