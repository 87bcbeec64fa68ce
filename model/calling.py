"""Finds whom a Document tells people to call, and the telephone numbers of a contact."""

from __future__ import annotations

from model.blocks import Contact
from model.document import Document
from model.inlines import Sentence
from model.traverse import blocks_of


def telephones(contact: Contact) -> tuple[tuple[Sentence | None, Sentence], ...]:
    """The telephone numbers of a contact, each with its purpose, or None if the source gives none."""
    alone = ((None, contact.phone),) if contact.phone is not None else ()
    return (*alone, *((one.purpose, one.number) for one in contact.numbers if one.kind == "phone"))


def contact_to_call(document: Document) -> Contact | None:
    """The contact that the author chose, else the only one with a telephone. The program never chooses among several,
    since a reader in Derry might be given a number in Belfast."""
    reached = [block for block in blocks_of(document) if isinstance(block, Contact) and telephones(block)]
    chosen = [contact for contact in reached if contact.main] or (reached if len(reached) == 1 else [])
    return chosen[0] if chosen else None
