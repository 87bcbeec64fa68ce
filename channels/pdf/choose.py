"""Turns a Document into the plans of its printed editions: those that the author names, or those that the text fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from channels.pdf import leaflet, pages, single_sheet
from channels.pdf.edition import Plan
from model.document import Document
from model.editions import chooses_print, editions_of, printed_editions
from model.parting import for_edition
from model.traverse import sentences_of, text_of

Planner: TypeAlias = Callable[[Document, Sequence[str]], Plan]
PLANNERS: Mapping[str, Planner] = {
    "leaflet": leaflet.plan,
    "factsheet": pages.factsheet,
    "flyer": single_sheet.flyer,
    "poster": single_sheet.poster,
    "booklet": pages.booklet,
    "large-print": pages.large_print,
}
HOLDS = 1100  # words of running text that the six panels of a leaflet hold at the smallest type
NEVER = 1600  # words; with so many, no leaflet is tried


def plans(document: Document) -> Iterator[Plan]:
    """Every printed edition, laid out. If the author names none and the text does not fit a leaflet, a factsheet
    replaces the leaflet, and a note says so."""
    editions, printed = editions_of(document), printed_editions(document)
    if "leaflet" in printed and not chooses_print(document):
        first, editions = _leaflet_or_factsheet(document, editions)
        yield first
        printed = tuple(name for name in printed if name != "leaflet")
    for name in printed:
        yield PLANNERS[name](for_edition(document, name), editions)


def _leaflet_or_factsheet(document: Document, editions: Sequence[str]) -> tuple[Plan, tuple[str, ...]]:
    """A leaflet, or a factsheet with a note. Also all editions that there are in that case."""
    parted = for_edition(document, "leaflet")
    words = sum(len(text_of(sentence.inlines).split()) for sentence in sentences_of(parted))
    why = f"the text is about {words - HOLDS} words too long for one"
    if words < NEVER:
        plan = leaflet.plan(parted, editions)
        if plan.fits:
            return plan, tuple(editions)
        why = _why(plan)
    named = tuple("factsheet" if name == "leaflet" else name for name in editions)
    plan = pages.factsheet(for_edition(document, "factsheet"), named)
    return replace(plan, notes=(f"factsheet.pdf: made in place of a leaflet: {why}", *plan.notes)), named


def _why(plan: Plan) -> str:
    """The reason why there is no leaflet."""
    if plan.words_over:
        return f"the text is about {plan.words_over} words too long for one"
    first = next(found for found in plan.diagnostics if found.severity == "error")
    place = f" (line {first.mark.line})" if first.mark.line else ""
    return f"{first.message}{place}"
