"""Turns the markers of footnotes in the texts of one source into numbered markers, in the order in which they occur."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from model.document import Words
from model.inlines import Emphasis, FootnoteMark, Inline, Strong
from reader.ids import Ids, slug
from reader.inline import Report
from yaml_source.node import Node

ELSEWHERE: Final = "Put it behind words of the running text: a paragraph, an item of a list, a cell of a table."


class Footnotes:
    """Numbers the footnotes of one document while its texts are read in their logical order."""

    def __init__(self, root: Node, words: Words, ids: Ids) -> None:
        known = root.get("footnotes")
        self.nodes: dict[str, Node] = dict(known.entries) if known else {}
        self.words = words
        self.ids = ids
        self.marks: dict[str, list[FootnoteMark]] = {}
        """The markers of each note, by the note's name, in the order in which they occur. Notes without a marker are
        absent."""
        self._allowed = False

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Allows footnotes in the texts read within. A title or a summary may have none, since lists and covers show
        it."""
        before, self._allowed = self._allowed, True
        try:
            yield
        finally:
            self._allowed = before

    @contextmanager
    def forbidden(self) -> Iterator[None]:
        """Forbids footnotes in the texts read within, which are shown without elements, such as the alternative of
        an image."""
        before, self._allowed = self._allowed, False
        try:
            yield
        finally:
            self._allowed = before

    def numbered(self, found: tuple[Inline, ...], report: Report) -> tuple[Inline, ...]:
        """The inlines of a text, with its markers as the editions show them."""
        if not self.nodes:
            return found
        return tuple(made for inline in found for made in self._numbered(inline, report))

    def _numbered(self, inline: Inline, report: Report) -> Iterator[Inline]:
        match inline:
            case FootnoteMark() if self._allowed:
                yield self._mark(inline.note)
            case FootnoteMark():
                report("footnote-here", "a footnote cannot be marked here", ELSEWHERE, f"[^{inline.note}]")
            case Strong() | Emphasis():
                yield replace(inline, children=self.numbered(inline.children, report))
            case _:
                yield inline

    def _mark(self, name: str) -> FootnoteMark:
        """A new marker of a note. The note gets its number with its first marker."""
        before = self.marks.setdefault(name, [])
        note = before[0].note if before else self.ids.place(f"note-{slug(name, 'note')}")
        number = before[0].number if before else len(self.marks)
        own = self.ids.place(f"{note}-mark-{len(before) + 1}" if before else f"{note}-mark")
        words = " " + self.words["footnote_mark"].format(number=number)
        before.append(FootnoteMark(text=words, id=own, note=note, number=number, first=not before))
        return before[-1]

    def unmarked(self) -> Iterator[tuple[str, Node]]:
        """The notes that no text marks, with their names."""
        yield from ((name, node) for name, node in self.nodes.items() if name not in self.marks)
