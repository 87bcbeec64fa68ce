"""Turns the `styles` of a publisher into the paths of the style sheets, one for the page and one for print."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from model.document import Document

Medium = Literal["page", "print"]


def theme_file(document: Document, medium: Medium) -> Path | None:
    """The publisher's style sheet for a medium, None without one."""
    styles = document.publisher.styles
    name = getattr(styles, medium) if styles is not None else None
    return Path(document.mark.file).parent / name if name else None


def theme_files(document: Document) -> tuple[Path, ...]:
    """The publisher's style sheets."""
    files = (theme_file(document, "page"), theme_file(document, "print"))
    return tuple(file for file in files if file is not None)
