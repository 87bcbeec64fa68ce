"""Turns a call-out (govspeak, GOV.UK, NHS) into a notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Heading, Value
from importer.runs import without_strong
from importer.tree import classes, tag

KINDS: Final = {
    "info-notice": "information",
    "help-notice": "warning",
    "advisory": "warning",
    "call-to-action": "call-to-action",
    "example": "example",
    "information": "information",
    "additional-information": "information",
    "govuk-inset-text": "information",
    "govuk-warning-text": "warning",
    "govuk-notification-banner": "information",
    "nhsuk-inset-text": "information",
    "nhsuk-warning-callout": "warning",
    "nhsuk-care-card--non-urgent": "non-urgent",
    "nhsuk-care-card--urgent": "urgent",
    "nhsuk-care-card--immediate": "immediate",
    "nhsuk-card--care--non-urgent": "non-urgent",
    "nhsuk-card--care--urgent": "urgent",
    "nhsuk-card--care--emergency": "immediate",
}
LONGEST_TITLE: Final = 120


def kind_of(element: Element) -> str:
    """The kind of notice that an element is; "" for an element that is none."""
    if tag(element) not in ("div", "section", "aside", "p", "article", "h3"):
        return ""
    return next((kind for name, kind in KINDS.items() if name in classes(element)), "")


def notice(kind: str, parts: Sequence[Heading | Value], settled: Sequence[Value]) -> Value:
    """The notice that the parts of a call-out make. `settled` are the same parts without headings. The title is the
    first heading, or the first paragraph if it is wholly strong and something follows it."""
    title, below = "", list(settled)
    if isinstance(parts[0], Heading):
        title, below = parts[0].title, below[1:]
    elif len(below) > 1 and isinstance(first := below[0], str) and (said := without_strong(first)) != first:
        title, below = (said, below[1:]) if len(said) <= LONGEST_TITLE else ("", below)
    if not below:
        title, below = "", [title]
    fields: dict[str, Value] = {"type": "notice", **({"kind": kind} if kind != "information" else {})}
    if title:
        fields["title"] = title
    if isinstance(below[0], str):
        fields["text"] = below[0]
        below = below[1:]
    return {**fields, "blocks": tuple(below)} if below else fields
