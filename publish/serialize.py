"""Turns a Rendering into bytes for the store, and back: a JSON header after its length, then the files' bytes.

The mark of a diagnostic is kept as the number of its node in the document, and not as a line; one in a file beside the
source, as a style sheet, with that file's place from the source's folder. Moved text rebuilds
nothing, but a diagnostic must still name the line where the text stands today. Equal documents have equal trees, so
the number finds the same node again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from channels.base import Clip, File, Rendering
from model.diagnostics import Diagnostic
from model.document import Document
from model.inlines import NOWHERE, Mark

LENGTH = 8


def serialize(rendering: Rendering, document: Document) -> bytes:
    """`rendering` as bytes. It was made from `document`."""
    marks = (
        {mark: number for number, mark in reversed(list(enumerate(_marks(document))))} if rendering.diagnostics else {}
    )
    header = json.dumps(
        {
            "channel": rendering.channel,
            "files": [
                [f.path, len(f.data), f.media_type, f.role, f.title, f.pages, f.seconds] for f in rendering.files
            ],
            "diagnostics": [
                [d.severity, d.code, d.message, marks.get(d.mark, _beside(d.mark, document)), d.hint]
                for d in rendering.diagnostics
            ],
            "clips": [[c.id, c.file, c.begin, c.end, c.section, c.text] for c in rendering.clips],
            "notes": rendering.notes,
            "proof": rendering.proof,
            "recipes": rendering.recipes,
        },
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")
    return b"".join((len(header).to_bytes(LENGTH, "big"), header, *(file.data for file in rendering.files)))


def files_in(data: bytes) -> tuple[File, ...]:
    """The files in what `serialize` returned."""
    return _files(data, *_header(data))


def _files(data: bytes, header: Mapping[str, Any], end: int) -> tuple[File, ...]:
    files = []
    for path, size, media_type, role, title, pages, seconds in header["files"]:
        content, end = data[end : end + size], end + size
        about = {"media_type": media_type, "role": role, "title": title, "pages": pages, "seconds": seconds}
        files.append(File(path=path, data=content, **about))
    return tuple(files)


def recipes_in(data: bytes) -> tuple[tuple[str, str], ...]:
    """The recipes in what `serialize` returned."""
    header, _ = _header(data)
    return _recipes(header)


def _recipes(header: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((path, recipe) for path, recipe in header["recipes"])


def _header(data: bytes) -> tuple[dict[str, Any], int]:
    """The header, and the position where the files begin."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    return json.loads(data[LENGTH:end]), end


def deserialize(data: bytes, document: Document) -> Rendering:
    """The rendering that was serialized. Its marks are where `document` has them now."""
    header, end = _header(data)
    marks = list(_marks(document)) if header["diagnostics"] else []
    return Rendering(
        channel=header["channel"],
        files=_files(data, header, end),
        diagnostics=tuple(
            Diagnostic(
                severity=severity,
                code=code,
                message=message,
                mark=marks[place] if isinstance(place, int) else _mark_of(place, document),
                hint=hint,
            )
            for severity, code, message, place, hint in header["diagnostics"]
        ),
        clips=tuple(
            Clip(id=id_, file=file, begin=begin, end=end, section=section, text=text)
            for id_, file, begin, end, section, text in header["clips"]
        ),
        notes=tuple(header["notes"]),
        proof=tuple((file, tuple(ids)) for file, ids in header["proof"]),
        recipes=_recipes(header),
    )


def _beside(mark: Mark, document: Document) -> tuple[str, int, int] | None:
    """A place in a file beside the source, such as a style sheet, relative to the source's folder. None if there is
    no place."""
    if mark.line < 1:
        return None
    folder = Path(document.mark.file).absolute().parent
    return os.path.relpath(Path(mark.file).absolute(), folder), mark.line, mark.column


def _mark_of(place: list[Any] | None, document: Document) -> Mark:
    if place is None:
        return NOWHERE
    file, line, column = place
    return Mark(file=os.path.normpath(Path(document.mark.file).parent / file), line=line, column=column)


def _marks(node: object) -> Iterator[Mark]:
    """Every mark of a document, in the order of its tree."""
    if isinstance(node, tuple):
        for part in node:
            yield from _marks(part)
    elif isinstance(node, Mark):
        yield node
    elif is_dataclass(node):
        for field in fields(node):
            yield from _marks(getattr(node, field.name))
