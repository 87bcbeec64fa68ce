"""A call-out (govspeak, GOV.UK, NHS) to a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Value
from importer.tree import classes, folded, tag

KINDS: Final = {
    "info-notice": "information",
    "help-notice": "warning",
    "advisory": "warning",
    "call-to-action": "information",
    "govuk-inset-text": "information",
    "govuk-warning-text": "warning",
    "govuk-notification-banner": "information",
    "nhsuk-inset-text": "information",
    "nhsuk-warning-callout": "warning",
}
TITLES: Final = {"information": "Information", "warning": "Warning"}
LONGEST_TITLE: Final = 120
WHOLLY_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")


def kind_of(element: Element) -> str:
    """The kind of the call-out that an element is; "" for what is none."""
    if tag(element) not in ("div", "section", "aside", "p", "article", "h3"):
        return ""
    return next((kind for name, kind in KINDS.items() if name in classes(element)), "")


def title_of(element: Element, kind: str, texts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The title of a call-out and the texts below it: its first words where they are strong and not all there is, else
    what the page calls it for those who do not see it."""
    if len(texts) > 1 and (found := WHOLLY_STRONG.fullmatch(texts[0])) and len(found[1]) <= LONGEST_TITLE:
        return found[1], texts[1:]
    return folded(element.get("aria-label") or "") or TITLES[kind], texts


def notice(kind: str, title: str, text: str) -> Value:
    """The notice itself."""
    fields: dict[str, Value] = {"type": "notice", "title": title, "text": text}
    return fields if kind == "information" else {**fields, "kind": kind}
