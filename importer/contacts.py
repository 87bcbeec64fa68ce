"""The lines of a contact block (hCard, govspeak) to a contact: what is known to its field, the rest to about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Value
from importer.reading import Reading
from importer.runs import joined
from importer.tree import classes, tag
from languages.base import Language, language_of

KINDS: Final = frozenset({"contact", "vcard", "hcard", "gem-c-contact", "app-c-contact"})
LABELLED: Final = re.compile(r"(?:\*\*)?([A-Za-z][A-Za-z -]{1,30}?)(?:\*\*)?\s*:?\s*(?:\*\*)?\s*:?\s*(?=[+(\d])(.+)")
PHONES: Final = frozenset({"telephone", "phone", "tel", "call", "helpline", "telephone number", "phone number"})
TEXTPHONES: Final = frozenset({"textphone", "minicom", "text phone"})
EMAIL: Final = re.compile(
    r"(?:\*\*)?(?:(e-?mail)(?: address)?)?:?(?:\*\*)?:?\s*(?:\[([^\]]+)\]\(mailto:([^)]+)\)|([\w.+-]+@[\w.-]+\w))",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+", re.ASCII)
HOURS: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|24 hours)\b.*(?:\d|closed)|\bopening hours\b", re.IGNORECASE
)
STRONG: Final = re.compile(r"\*\*(.+)\*\*")


def is_contact(element: Element) -> bool:
    """Whether an element is a contact block."""
    return tag(element) in ("div", "section", "address") and bool(KINDS & classes(element))


def contact(texts: Sequence[str], address: Sequence[str], reading: Reading) -> list[Value]:
    """The contact that the lines of a block make; `address` are those of them that are a postal address. Lines that the
    contact has no place for follow it."""
    name = next((text for text in texts if text not in address), texts[0])
    made: dict[str, Value] = {"type": "contact", "name": _plain(name)}
    about: list[str] = []
    after: list[Value] = []
    for text in texts:
        if text is name:
            continue
        if text in address:
            made["address"] = tuple(line for line in address if line is not name)
            continue
        key, value, label = _detail(text, language_of(reading.language))
        if key and key not in made:
            made[key] = value
            reading.leave_out(label, f"the label of `{key}`, which each edition writes itself")
        elif "about" not in made or list(made)[-1] == "about":
            about.append(text)
            made["about"] = joined(about)
        else:
            after.append(text)
    return [made, *after]


def _detail(text: str, language: Language) -> tuple[str, str, str]:
    """The field that a line of a contact is, its value and the label that it had; "" where it is none."""
    if (
        (found := EMAIL.fullmatch(text))
        and ADDRESS.fullmatch(email := found[2] or found[4])
        and found[3] in (None, email)
    ):
        return "email", email, found[1] or ""
    if found := LABELLED.fullmatch(text):
        label, number = found[1].strip(), found[2].strip()
        key = "phone" if label.lower() in PHONES else "textphone" if label.lower() in TEXTPHONES else ""
        if key and language.dialled(number) is not None:
            return key, number, label
    if HOURS.search(text):
        return "hours", text, ""
    return "", "", ""


def _plain(text: str) -> str:
    """A name without the signs that make it strong as a whole."""
    found = STRONG.fullmatch(text)
    return found[1] if found and "**" not in found[1] else text
