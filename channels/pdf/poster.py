"""Turns a Document into what its poster prints of the contact to call: its name and its telephone numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.calling import contact_to_call, telephones
from model.document import Document
from model.inlines import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The name of a contact and its telephone numbers, each with its purpose, or None if the source gives none."""

    name: Sentence
    numbers: tuple[tuple[Sentence | None, Sentence], ...]

    def sentences(self) -> Iterator[Sentence]:
        """The sentences that the poster prints for it."""
        yield self.name
        yield from (said for pair in self.numbers for said in pair if said is not None)


def to_call(document: Document) -> Call | None:
    """The call that the poster of `document` asks for. None where the program would have to choose."""
    contact = contact_to_call(document)
    return Call(name=contact.name, numbers=telephones(contact)) if contact is not None else None
