"""Turns the content of a quotation into its words and the person who said them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Value
from importer.tree import tag

QUOTED: Final = re.compile(r"[“\"]([^“”\"]+)[”\"]")
WHOLLY_EMPHASISED: Final = re.compile(r"\A(\*{1,3})((?:[^*\\]|\\.)+)\1\Z")
"""Matches a name that is emphasis as a whole, which says nothing beside a quotation, and would be cut in two at its
comma."""
DASH: Final = re.compile(r"\A[–—-]+\s*")


def quotation(texts: Sequence[str], said_by: str, rest: Sequence[Value]) -> list[Value]:
    """The quotation with the paragraphs `texts`. Blocks that have no place in it follow it."""
    if not texts:
        return [*rest, *([said_by] if said_by else [])]
    text = " ".join(texts)
    if found := QUOTED.fullmatch(text):
        text = found[1]
    fields: dict[str, Value] = {"type": "quotation", "text": text}
    if speaker := WHOLLY_EMPHASISED.sub(r"\2", DASH.sub("", said_by)):
        name, _, role = speaker.partition(", ")
        fields |= {"speaker": name, "role": role} if role and not set(",*") & set(role) else {"speaker": speaker}
    return [fields, *rest]


def said_by(element: Element) -> Element | None:
    """The part of a quotation that names the speaker; None if there is none."""
    for inner in element.iter():
        if tag(inner) in ("footer", "figcaption") or (tag(inner) == "cite" and inner is not element):
            return inner
    return None
