"""Turns what was removed from an image into a warning that says so."""

from __future__ import annotations

from model.blocks import Figure
from model.diagnostics import Diagnostic


def cleaned(figure: Figure, taken_off: tuple[str, ...]) -> Diagnostic:
    """The warning for a figure whose image is published without some of what is in its file."""
    message = f"{figure.image} is published without {' and '.join(taken_off)}"
    hint = "Nothing need be done. Save the image without it, and there is nothing to say."
    return Diagnostic(severity="warning", code="image-cleaned", message=message, mark=figure.mark, hint=hint)
