"""Turns what an author names under `editions` and `without` into the editions of a publication that are made.

An edition is what a reader takes away: the page, the recording, a leaflet. A channel makes one or several.
"""

from __future__ import annotations

from typing import Final

from model.document import Document

PRINTED: Final = ("leaflet", "factsheet", "flyer", "poster", "booklet", "large-print")
USUAL_PRINT: Final = ("leaflet", "large-print")  # a factsheet replaces a leaflet that the text does not fit


def chooses_print(document: Document) -> bool:
    """True if the author says which printed editions there are. If not, the program chooses."""
    return not set(document.editions) <= set(document.edition_names.on_wish)


def printed_editions(document: Document) -> tuple[str, ...]:
    """The names of the printed editions, in the author's order. They are the usual ones where the author names no
    edition, or only editions that are made on wish."""
    named = document.editions if chooses_print(document) else USUAL_PRINT
    return tuple(name for name in named if name in PRINTED and name not in document.without)


def is_wanted(document: Document, edition: str) -> bool:
    """True if an edition that is not printed is made.

    A list that names only printed editions and those made on wish leaves the others as they are: they are made. A
    list that names one of the others is complete: only what it names is made. The recording is also made where the
    list names an edition that is made from it.
    """
    named, on_wish = set(document.editions), document.edition_names.on_wish
    recorded = (*document.edition_names.spoken, *on_wish)
    if edition in document.without or (edition in recorded and "recording" in document.without):
        return False
    if edition in on_wish:
        return edition in named
    if named <= {*PRINTED, *on_wish}:
        return True
    return edition in named or (edition == "recording" and not named.isdisjoint(recorded))


def editions_of(document: Document) -> tuple[str, ...]:
    """The editions that other editions mention to readers: first those that are not printed, then the printed ones.
    A language that nothing speaks has no recording."""
    usual = (name for name in document.edition_names.usual if document.spoken or name != "recording")
    return (*(name for name in usual if is_wanted(document, name)), *printed_editions(document))
