"""Turns what a body has published into a draft of its accessibility statement: what was checked, and what was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup, escape

from catalogue.entries import LANGUAGE, Entry, Publication
from catalogue.frames import template
from catalogue.page import icon_of
from languages.base import language_of
from languages.statement import read_statement
from model.traverse import has_name

BLANK: Final = re.compile(r"\[[^\]]*\]")
"""Matches what the body must write itself."""


def statement_of(publications: list[Publication], generator: str, style: str, theme: str) -> bytes:
    """The draft as a page; `style` is the address of its style. Empty if several bodies publish, since each signs its
    own, or if none does."""
    said = read_statement(LANGUAGE)
    entries = [entry for each in publications for entry in each]
    publishers = {entry.publisher for entry in entries}
    if said is None or len(publishers) != 1:
        return b""
    publisher = publishers.pop()
    channels = {channel for entry in entries for channel in entry.channels}
    proved = [entry for entry in entries if entry.proved]
    text = template("statement.html.j2").render(
        said=said,
        blanks=_blanks,
        filled=lambda key: _blanks(str(said[key]).replace("{publisher}", publisher)),
        publisher=publisher,
        checks=[said["source"], *(check for channel, check in said["checks"].items() if channel in channels)],
        proved=said["proved"].format(**_counts(said, proved)) if proved else "",
        listed=[(_line(said, entry), _departures(said, entry), entry) for entry in entries],
        address=_address(publisher, entries),
        feedback=next((entry.feedback for entry in entries if entry.feedback), ""),
        generator=generator,
        style=style,
        icon=icon_of(entries),
        theme=theme,
        language=LANGUAGE,
    )
    return text.encode("utf-8", "replace")


def _address(publisher: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The lines of the body's address, below its name unless the first has that. Empty if no publication has one."""
    lines = next((entry.address for entry in entries if entry.address), ())
    return lines if not lines or has_name(lines[0], publisher) else (publisher, *lines)


def _blanks(text: str) -> Markup:
    """`text`, with the places to be filled in marked."""
    escaped = str(escape(text))
    return Markup(BLANK.sub(lambda found: f"<mark>{found[0]}</mark>", escaped))  # noqa: S704 (escaped above)


def _line(said: Mapping[str, Any], entry: Entry) -> str:
    words = said["publication"] if entry.proved else said["unproved"]
    return str(words.format(title=entry.title, **_counts(said, [entry])))


def _departures(said: Mapping[str, Any], entry: Entry) -> list[str]:
    """The files that lack sentences on purpose, with the reasons."""
    return [said["departure"].format(file=file, why=why) for file, why in entry.departures]


def _counts(said: Mapping[str, Any], entries: Iterable[Entry]) -> dict[str, str]:
    entries = tuple(entries)
    return {
        "sentences": _counted(said["sentences"], sum(entry.sentences for entry in entries)),
        "files": _counted(said["files"], sum(len(entry.proved) for entry in entries)),
    }


def _counted(forms: Mapping[str, str], number: int) -> str:
    category = language_of(LANGUAGE).plural_category(number)
    return forms.get(category, forms["other"]).format(count=f"{number:,}")
