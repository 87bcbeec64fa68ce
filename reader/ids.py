"""Turns names into ids that are unique in all editions: those of authors, those from titles, those from places."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from typing import Final, Literal

from model.diagnostics import Diagnostic
from yaml_source.node import Node, walk

RESERVED: Final = frozenset(
    {"title", "summary", "publisher", "as-of", "notice", "glossary", "main", "contents", "notes", "notes-title"}
    | {
        "listen",
        "listen-title",
        "listen-help",
        "listen-mark",
        "listen-follow",
        "listen-choose",
        "listen-next",
        "listen-previous",
        "listen-speed",
    }
)
"""The ids that every page gives to its own parts."""
LONGEST: Final = 60
NAMELESS: Final = "section"


def slug(name: str, otherwise: str = "publication") -> str:
    """The name of a folder, word or title in a form for addresses: small letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()) if not name.isascii() else name.lower()
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(letters.split()) or otherwise


class Ids:
    """Gives out the ids of one document. An author's id never changes; all other ids make way for it."""

    def __init__(self, root: Node) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.renamed: dict[str, str] = {}
        """Ids that authors used although every page uses them, and the ids that they became."""
        self._taken: set[str] = set(RESERVED)
        self._authors: dict[int, str] = {}
        self._lines: dict[str, int] = {}
        self._next: dict[str, int] = {}
        written = [(node, own) for node in walk(root) if (own := node.get("id")) and isinstance(own.value, str)]
        meant = {own.text for _, own in written}
        for node, own in written:
            self._authors[id(node)] = self._authors_id(own, meant)

    def _authors_id(self, node: Node, meant: set[str]) -> str:
        own = node.text
        if own in RESERVED:
            new = self._free(f"{own}-section", meant)
            self.renamed[own] = new
            message = f"every page has a part with the id `{own}`; here it becomes `{new}`"
            self._report("warning", "renamed-id", message, f"Write `{new}`, or delete the line.", node)
            own = new
        elif own in self._taken:
            hint = f"Write `{self._free(own, meant)}`, or delete the line."
            self._report(
                "error", "duplicate-id", f"the id `{own}` stands in line {self._lines[own]} already", hint, node
            )
        self._lines.setdefault(own, node.mark.line)
        self._taken.add(own)
        return own

    def _report(self, severity: Literal["error", "warning"], code: str, message: str, hint: str, node: Node) -> None:
        self.diagnostics.append(Diagnostic(severity=severity, code=code, message=message, mark=node.mark, hint=hint))

    def of_section(self, node: Node, title: str) -> str:
        """The id of a section: the author's, or one made from its title."""
        return self._authors.get(id(node)) or self._new(shortened(slug(title, NAMELESS)))

    def of_block(self, node: Node, place: str) -> str:
        """The id of a block: the author's, or one made from its place."""
        return self._authors.get(id(node)) or self.place(place)

    def place(self, own: str) -> str:
        """An id made from a place, such as `help-2-s1`. If it is taken, it gets two hyphens, which no author's id
        has."""
        if own in self._taken and own not in RESERVED:
            head, _, tail = own.rpartition("-")
            own = self._free(f"{head or own}--{tail}")
        self._taken.add(own)
        return own

    def _new(self, own: str) -> str:
        if own in RESERVED:
            own = f"{own}-section"
        own = self._free(own)
        self._taken.add(own)
        return own

    def _free(self, own: str, beside: Set[str] = frozenset()) -> str:
        """`own`, or `own-2`, `own-3` … if that is taken or in `beside`."""
        number, free = self._next.get(own, 2), own
        while free in self._taken or free in beside:
            free, number = f"{own}-{number}", number + 1
        self._next[own] = number
        return free


def shortened(own: str) -> str:
    """An id cut after a whole word, so that it is not too long for an address."""
    if len(own) <= LONGEST:
        return own
    return own[: LONGEST + 1].rpartition("-")[0] or own[:LONGEST]
