"""Turns faults of words that have no room into faults whose hints name the publisher's own look, which may be why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from model.diagnostics import Diagnostic
from model.document import Document

OF_ROOM: Final = ("too-wide", "too-tall", "word-parted", "words-lost")
TOO_LONG: Final = "-too-long"


def naming_the_look(found: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """The faults. Where the publisher has a typeface or a style sheet for print of its own, large type or a wide
    headline may be the cause, and no author can see that in the text: the hint names the key and its place."""
    keys = " and ".join(_keys(document))
    for fault in found:
        if keys and (fault.code in OF_ROOM or fault.code.endswith(TOO_LONG)):
            hint = fault.hint.rstrip(".")
            fault = replace(fault, hint=f"{hint}. Or make the type smaller in the publisher's {keys}.")  # noqa: PLW2901
        yield fault


def _keys(document: Document) -> Iterator[str]:
    styles, face = document.publisher.styles, document.publisher.typeface
    if styles is not None and styles.print is not None:
        mark = styles.mark
        yield f"`styles: print` ({PurePosixPath(styles.print).name}; {PurePosixPath(mark.file).name}, line {mark.line})"
    if face is not None:
        name = face.family or PurePosixPath(face.regular).name
        yield f"`type` ({name}; {PurePosixPath(face.mark.file).name}, line {face.mark.line})"
