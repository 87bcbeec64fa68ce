"""Turns a finished PDF into its words in the order of its tags, as a screen reader reads it. Pictures give
descriptions."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from channels.base import Passage
from channels.pdf.reading import Surface, Tag, surfaces, tags


def passages(file: str, data: bytes) -> Iterator[Passage]:
    """The words of each tag that has words of its own. The passages have no ids, since tags do not name every
    sentence."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for said, drawn in words(tags(pdf), surfaces(pdf)):
            yield Passage(file=file, id="", text=said, drawn=drawn)


def words(tag: Tag, pages: list[Surface]) -> Iterator[tuple[str, str | None]]:
    """The words of a tag and of the tags within it, piece by piece. A figure has its description, and the words that
    are drawn in it."""
    alternative = str(tag.element.get("/Alt", "")) if tag.type == "Figure" else ""
    if alternative:
        runs = (pages[page].runs.get(mcid) for page, mcid in tag.words())
        yield alternative, " ".join(run.text for run in runs if run)
        return
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from words(kid, pages)
        else:
            page, mcid = kid
            run = pages[page].runs.get(mcid)
            yield (run.text if run else ""), None
