"""Turns a source into the draft of one of its files, for a preview. Nothing of it is kept, checked or published."""

from __future__ import annotations

from pathlib import Path

from channels.base import Draft, own_of
from model.diagnostics import has_errors
from publish.worker import Worker


def draft(worker: Worker, *, source: Path, channel: str, path: str, recipe: str) -> Draft | None:
    """The draft of the file `path` of `channel`, by the recipe of its last version. None if the source is at fault,
    or has no such file."""
    result = worker.config.read(source)
    document = result.document
    if document is None or has_errors(result.diagnostics):
        return None
    drawing = worker.channel(channel, document)
    return drawing.draft(own_of(drawing, document), path, recipe)
