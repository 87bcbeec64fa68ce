"""Finds whom a poster tells people to call: the contact that the author chose, or the only one there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.blocks import Contact
from model.document import Document
from model.inlines import Sentence
from model.traverse import blocks_of


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
    """The main contact, else the only one with a telephone. The program never chooses among several: a reader in Derry
    might be given a number in Belfast."""
    reached = [(block, _numbers(block)) for block in blocks_of(document) if isinstance(block, Contact)]
    reached = [(contact, numbers) for contact, numbers in reached if numbers]
    chosen = [found for found in reached if found[0].main] or (reached if len(reached) == 1 else [])
    return Call(name=chosen[0][0].name, numbers=chosen[0][1]) if chosen else None


def _numbers(contact: Contact) -> tuple[tuple[Sentence | None, Sentence], ...]:
    alone = ((None, contact.phone),) if contact.phone is not None else ()
    return (*alone, *((one.purpose, one.number) for one in contact.numbers if one.kind == "phone"))
