"""Turns what became of a Document's images into warnings of what was removed and errors of what is damaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from channels.pictures.clean import Cleaned
from channels.pictures.figures import figures_of
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark


def told(document: Document, pictures: Mapping[str, Cleaned]) -> Iterator[Diagnostic]:
    """What is said of each of an author's images, where it first stands. `pictures` has them by the author's paths."""
    for figure in figures_of(document).values():
        yield from told_of(figure.image, pictures[figure.image], figure.mark)


def told_of(name: str, picture: Cleaned, mark: Mark) -> Iterator[Diagnostic]:
    """The error for an image that is damaged, or the warning for one that is published without some of what is in its
    file. None where all of it is."""
    if picture.is_damaged:
        message = f"{name} is damaged: no program can show all of it"
        hint = "Export it again, or copy it again from where it is whole."
        yield Diagnostic(severity="error", code="bad-image", message=message, mark=mark, hint=hint)
    elif picture.taken_off:
        message = f"{name} is published without {' and '.join(picture.taken_off)}"
        hint = "Nothing need be done. Save the image without it, and there is nothing to say."
        yield Diagnostic(severity="warning", code="image-cleaned", message=message, mark=mark, hint=hint)
