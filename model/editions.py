"""What an author names under `editions` and `without` → the editions of a publication that are made.

An edition is what a reader takes away: the page, the recording, a leaflet. A channel makes one or several.
"""

from __future__ import annotations

from typing import Final

from model.document import Document

PRINTED: Final = ("leaflet", "factsheet", "flyer", "poster", "booklet", "large-print")
OTHERS: Final = ("page", "recording", "braille")
EDITIONS: Final = (*OTHERS, *PRINTED)
USUAL_PRINT: Final = ("leaflet", "large-print")  # a factsheet stands in for a leaflet that the text does not fit


def chooses_print(document: Document) -> bool:
    """Whether the author says which printed editions there are; where not, the text decides."""
    return bool(document.editions)


def printed_editions(document: Document) -> tuple[str, ...]:
    """The printed editions, in the author's order; where the author names no edition, the usual ones."""
    named = document.editions or USUAL_PRINT
    return tuple(name for name in named if name in PRINTED and name not in document.without)


def is_wanted(document: Document, edition: str) -> bool:
    """Whether an edition that is not printed is made. A list that names printed ones only says nothing of the others:
    they are made. A list that names one of the others names all that there are."""
    named = set(document.editions)
    said = not named <= set(PRINTED)
    return edition not in document.without and (edition in named if said else True)


def editions_of(document: Document) -> tuple[str, ...]:
    """All editions that are made, those first that are not printed."""
    return (*(name for name in OTHERS if is_wanted(document, name)), *printed_editions(document))
