"""Turns `only:` and `not:` of sections and blocks into Restrictions, and checks them."""

from __future__ import annotations

from collections.abc import Iterator

from model.diagnostics import Diagnostic
from model.document import Document, Restriction
from model.editions import chooses_print, editions_of
from model.parting import for_edition, is_for
from yaml_source.node import Node


def restriction_of(node: Node, own: str) -> Iterator[Restriction]:
    """The Restriction of a section or block with the id `own`, if it has one."""
    only, without = (tuple(item.text for item in node[key].items) if key in node else () for key in ("only", "not"))
    if only or without:
        mark = node["only" if only else "not"].mark
        yield Restriction(id=own, only=only, without=without, mark=mark)


def check_restrictions(document: Document) -> Iterator[Diagnostic]:
    """Faults of restrictions: a part that no edition has is lost, and an edition needs at least one section."""
    editions = editions_of(document)
    if not chooses_print(document):
        editions = (*editions, "factsheet")  # it may replace the leaflet
    for one in document.restricted:
        if one.only and one.without:
            message = "`only` and `not` stand together"
            yield _fault("contradiction", message, one, "Keep `only`: it names all editions that have this.")
        elif not any(is_for(one, name) for name in editions):
            message = "no edition that is made has this"
            yield _fault("in-no-edition", message, one, f"The editions are {', '.join(editions_of(document))}.")
    for name in editions if document.restricted else ():
        if not for_edition(document, name).sections:
            message = f"nothing is left for the edition `{name}`"
            yield _fault("empty-edition", message, document.restricted[0], f"Write `without: [{name}]` for the page.")


def _fault(code: str, message: str, one: Restriction, hint: str) -> Diagnostic:
    return Diagnostic(severity="error", code=code, message=message, mark=one.mark, hint=hint)
