"""Turns the lines of a contact block (hCard, govspeak) into a contact. A line that is recognised goes into its
field, the others into `about`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from importer.draft import Value
from importer.phrases import PHRASES, one_of
from importer.reading import Reading
from importer.runs import joined, nodes_of, without_strong
from importer.tree import classes, tag, walk
from languages.base import Language, language_of
from model.inlines import Code, Phone
from model.traverse import text_of

KINDS: Final = frozenset({"contact", "vcard", "hcard", "gem-c-contact", "app-c-contact"})
PHONES, TEXTPHONES, TEXTS = (frozenset(PHRASES["labels"][kind]) for kind in ("phone", "textphone", "text"))
LONGEST_LABEL: Final = 60
LONGEST_NOTE: Final = 100
LABEL_END: Final = re.compile(r"[\s:–-]*\Z")
EMAIL: Final = re.compile(
    r"(?:\*\*)?(?:(e-?mail)(?: address)?)?:?(?:\*\*)?:?\s*(?:\[([^\]]+)\]\(mailto:([^)]+)\)|([\w.+-]+@[\w.-]+\w))",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+", re.ASCII)
HOURS: Final = re.compile(
    rf"\b(?:{one_of(PHRASES['days'])}days?|{PHRASES['always']})\b.*(?:\d|closed)|\b{PHRASES['opening']}\b",
    re.IGNORECASE,
)
LONGEST_LINE: Final = 60


def is_contact(element: Element) -> bool:
    """True if an element is a contact block."""
    return tag(element) in ("div", "section", "address") and bool(KINDS & classes(element))


def without_inner(element: Element) -> Iterable[str | Element]:
    """The nodes of a contact block. A block within it (GOV.UK's hCard under a heading) is no contact of its own."""
    for inner in walk(element):
        if inner is not element and is_contact(inner):
            inner.set("class", " ".join(classes(inner) - KINDS))
    return nodes_of(element)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A line of a contact that is a number: its label, the number, and the words after it."""

    label: str
    number: str
    note: str

    @property
    def kind(self) -> str:
        label = self.label.lower()
        return "textphone" if label in TEXTPHONES else "text" if label in TEXTS else "phone"

    @property
    def purpose(self) -> str:
        """The label, if it says more than the kind of the number; else ""."""
        return "" if self.label.lower() in PHONES | TEXTPHONES | TEXTS else self.label


def contact(texts: Sequence[str], address: Sequence[str], reading: Reading) -> list[Value]:
    """The contact that the lines of a block make. `address` holds those lines that are a postal address. Lines that
    have no place in the contact follow it."""
    language = language_of(reading.language)
    address = address or _postal(texts, language)
    name = next((text for text in texts if text not in address), texts[0])
    numbers = {text: one for text in texts if text is not name and (one := _number(text, language)) is not None}
    made: dict[str, Value] = {"type": "contact", "name": without_strong(name)}
    about: list[str] = []
    hours: list[str] = []
    after: list[Value] = []
    for text in texts:
        if text is name:
            continue
        if text in address:
            made["address"] = tuple(line for line in address if line is not name)
        elif text in numbers:
            _add_numbers(made, list(numbers.values()), reading)
        elif (email := _email(text)) and "email" not in made:
            made["email"] = email[0]
            _leave_label(email[1], "email", reading)
        elif HOURS.search(text) and ("hours" not in made or list(made)[-1] == "hours"):
            hours.append(text)
            made["hours"] = joined(hours)
        elif "about" not in made or list(made)[-1] == "about":
            about.append(text)
            made["about"] = joined(about)
        else:
            after.append(text)
    return [made, *after]


def _postal(texts: Sequence[str], language: Language) -> Sequence[str]:
    """The lines under the name of a contact up to one that ends in a postcode, where no other is among them."""
    last = next((n for n, text in enumerate(texts) if _ends_in_postcode(text, language)), 0)
    lines = texts[1 : last + 1]
    other = any("@" in text or "](" in text or HOURS.search(text) or len(text) > LONGEST_LINE for text in lines)
    return () if other else lines


def _ends_in_postcode(text: str, language: Language) -> bool:
    last = language.recognise(text)[-1]
    return isinstance(last, Code) and not last.text.isdecimal() and any(map(str.isdecimal, last.text))


def _add_numbers(made: dict[str, Value], numbers: Sequence[_Number], reading: Reading) -> None:
    """Adds all the numbers of a contact at the place of the first. Numbers of different kinds get a field each;
    others become a list that says what each is for."""
    if {"phone", "textphone", "numbers"} & set(made):
        return
    kinds = [one.kind for one in numbers]
    simple = len(set(kinds)) == len(kinds) and not any(one.purpose or one.note or one.kind == "text" for one in numbers)
    for one in numbers:
        if not one.purpose:
            _leave_label(one.label, one.kind if simple else "numbers", reading)
        if simple:
            made[one.kind] = one.number
    if not simple:
        made["numbers"] = tuple(_entry(one) for one in numbers)


def _entry(one: _Number) -> Value:
    known = {
        "for": one.purpose,
        "number": one.number,
        "kind": one.kind if one.kind != "phone" else "",
        "note": one.note,
    }
    return {key: value for key, value in known.items() if value}


def _leave_label(label: str, key: str, reading: Reading) -> None:
    reading.leave_out(label, f"the label of `{key}`, which each edition writes itself")


def _number(text: str, language: Language) -> _Number | None:
    """The number of a line that holds exactly one, with the label before it and the note behind it. None for any
    other line."""
    inlines = language.recognise(_bare(text))
    phones = [n for n, inline in enumerate(inlines) if isinstance(inline, Phone)]
    if len(phones) != 1:
        return None
    label = LABEL_END.sub("", text_of(inlines[: phones[0]])).strip()
    note = text_of(inlines[phones[0] + 1 :]).strip()
    if len(label) > LONGEST_LABEL or len(note) > LONGEST_NOTE or re.search(r"[.!?]\s", label):
        return None
    return _Number(label=label, number=inlines[phones[0]].text, note=note)  # type: ignore[union-attr]


def _bare(text: str) -> str:
    """The line without the signs of strong words, and without links on numbers."""
    return re.sub(r"\[([^\]]+)\]\(tel:[^)]*\)", r"\1", text).replace("**", "")


def _email(text: str) -> tuple[str, str] | None:
    """The e-mail address of a line that holds nothing else but a label, and that label. None for any other line."""
    found = EMAIL.fullmatch(text)
    if found and ADDRESS.fullmatch(email := found[2] or found[4]) and found[3] in (None, email):
        return email, found[1] or ""
    return None
