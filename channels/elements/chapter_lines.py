"""Turns the lines of a chapter into elements of a book: the first into its heading, the others into paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup

from channels.elements.blocks import block
from channels.elements.chapters import Chapter, Spoken
from channels.elements.dialect import Context
from channels.elements.escape import fill
from channels.elements.inlines import element, sentence
from model.blocks import Notice
from model.inlines import Sentence


def chapter_lines(chapter: Chapter, context: Context) -> Iterator[Markup]:
    """The elements of the lines, in order."""
    for number, line in enumerate(chapter.lines):
        match line:
            case Spoken() if number == 0:
                yield fill('<h1 id="{}">{}</h1>', line.id, line.text)
            case Spoken():
                yield fill('<p class="said" id="{}">{}</p>', line.id, line.text)
            case Sentence() if number == 0:
                yield element("h1", line, context)
            case Sentence():
                yield fill("<p>{}</p>", sentence(line, context))
            case Notice():
                yield block(line, 1, context)
            case _:
                assert_never(line)
