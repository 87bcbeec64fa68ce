"""Turns a source that was read into all that channels say of it before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from channels.base import Channel, own_of
from model.diagnostics import Diagnostic, placed
from publish.config import ReadResult

Inspect: TypeAlias = Callable[[ReadResult], Iterable[Diagnostic]]
"""Gives the faults that channels find in what was read."""


def inspected(result: ReadResult, channels: Iterable[Channel]) -> Iterator[Diagnostic]:
    """The faults that `channels` find in what was read. In the draft of a source with errors these are errors only.
    What the reader put in the place of something else stands in no line of its file, so an error of that follows from
    another."""
    document = result.document or result.draft
    if document is None:
        return
    for channel in channels:
        found = channel.preflight(own_of(channel, document))
        if result.document is None:
            found = tuple(one for one in found if one.severity == "error" and (one.mark.line or not one.mark.file))
        yield from placed(found, document.mark)
