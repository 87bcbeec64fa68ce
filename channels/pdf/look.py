"""Turns faults of words that have no room into faults whose hints name the publisher's own look, which may be why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import Mark

OF_ROOM: Final = ("too-wide", "too-tall", "word-parted", "words-lost")
TOO_LONG: Final = "-too-long"


def naming_the_look(found: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """The faults. Where the publisher has a typeface or a style sheet for print of its own, large type or a wide
    headline may be the cause, and no author can see that in the text: the hint names the key and its place."""
    ways = ", or ".join(_ways(document))
    for fault in found:
        if ways and (fault.code in OF_ROOM or fault.code.endswith(TOO_LONG)):
            hint = fault.hint.rstrip(".")
            fault = replace(fault, hint=f"{hint}. Or {ways}.")  # noqa: PLW2901
        yield fault


def _ways(document: Document) -> Iterator[str]:
    styles, face = document.publisher.styles, document.publisher.typeface
    if styles is not None and styles.print is not None:
        place = _place(styles.print, styles.mark)
        yield f"make the type smaller in the publisher's `styles: print` ({place})"
    if face is not None:
        yield f"choose a narrower typeface in the publisher's `type` ({_place(face.family or face.regular, face.mark)})"


def _place(path: str, mark: Mark) -> str:
    return f"{PurePosixPath(path).name}; {PurePosixPath(mark.file).name}, line {mark.line}"
