"""Turns a source file into a Document: loads it, checks its shape, builds it, checks its meaning. Returns all
faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.diagnostics import Diagnostic, has_errors
from model.document import OWN_EDITIONS, Document, EditionNames
from reader.assumptions import gathered
from reader.build import Builder
from reader.checks import check_document, check_source
from reader.mend import Mending, mend
from reader.prose import MANY, TooMuch
from reader.publisher import fill, publisher_of, stand_in, taken_for_errors
from reader.schema_errors import check_shape
from reader.sublists import find_sublists
from reader.typefaces import letters_lacking
from yaml_source.flow_commas import join_cuts
from yaml_source.load import load

MOST_FAULTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A document, or None if a diagnostic is an error. Warnings may come with a document. `draft` is what could be read
    of a source with errors: channels find their faults in it, and nothing is made of it."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    draft: Document | None = None


def read(path: Path, names: EditionNames = OWN_EDITIONS, words: Sequence[Path] = ()) -> Result:
    """Reads the publication at `path`, which may choose from the editions in `names`. `words` are files of channels
    with fixed words of their own. Never raises for a fault in the content: it is in `diagnostics`."""
    loaded = load(path, pasted=True)
    if loaded.diagnostics:
        return Result(document=None, diagnostics=tuple(loaded.diagnostics))
    publisher, told = publisher_of(path)
    of_publisher = () if publisher is not None else told
    nobody = None if of_publisher else fill(loaded, publisher)
    if of_publisher:  # its own faults come first, since what it would have added is missing here
        fill(loaded, None)
    of_shape = [*join_cuts(loaded), *of_publisher, *check_shape(loaded, names=names), *([nobody] if nobody else [])]
    mending = mend(loaded, names, of_shape) if of_shape else Mending()
    if mending is None:
        return Result(document=None, diagnostics=_fewer(of_shape))
    of_shape += mending.faults
    stand_in(loaded.root)
    found = [*find_sublists(loaded), *check_source(path, loaded, names), *(told if publisher is not None else ())]
    builder = Builder(path, loaded, publisher, names, words)
    document, too_much = _built(builder)
    found += builder.diagnostics
    if too_much:  # what was not read may seem to be unused or missing
        found = [*(fault for fault in found if fault.severity == "error"), *too_much]
    if document is not None:
        text = builder.text
        found += check_document(document, loaded, text.places, set(builder.ids.renamed), text.known.terms.base)
        found += letters_lacking(document)
    if of_publisher:  # the words may stand in it
        found = [fault for fault in found if fault.code != "no-words"]
    if of_shape:  # a warning may only follow from a block that was taken out
        found = [fault for fault in found if fault.severity == "error" and not mending.explains(fault)]
        found = [*of_shape, *found]
    found.sort(key=lambda diagnostic: (diagnostic.mark.line, diagnostic.mark.column))
    unique = gathered(dict.fromkeys(taken_for_errors(found, publisher)))
    if not has_errors(unique):
        return Result(document=document, diagnostics=_fewer(unique))
    return Result(document=None, diagnostics=_fewer(unique), draft=None if of_publisher else document)


def _built(builder: Builder) -> tuple[Document | None, list[Diagnostic]]:
    """The document; None, and why, for a page that holds more than is read."""
    try:
        return builder.document(), []
    except TooMuch as too_much:
        return None, [too_much.diagnostic]


def _fewer(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """At most MOST_FAULTS of the faults, errors before warnings, and a last one that says how many more there are."""
    if len(found) <= MOST_FAULTS:
        return tuple(found)
    errors = [fault for fault in found if fault.severity == "error"]
    kept = (errors or found)[:MOST_FAULTS]
    severity: Literal["error", "warning"] = "error" if errors else "warning"
    last = (errors or found)[-1]
    least = "at least " if any(fault.code == "too-many" for fault in errors) else ""
    message = f"the file has {least}{len(found) - len(kept)} more faults than the {len(kept)} above"
    return (*kept, Diagnostic(severity=severity, code="too-many", message=message, mark=last.mark, hint=MANY))
