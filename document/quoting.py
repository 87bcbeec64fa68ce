"""A text that YAML would read in its own way to what an author types so that it is taken word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ENTRY: Final = re.compile(r"\s*(?:- +)*(?:[A-Za-z_]\w*: +)?(?=\S)")
"""What stands before a text in its line: dashes and a key."""
LONGEST_SHOWN: Final = 70
BELOW: Final = "Write `>-` there, and the whole text in the lines below, four spaces further in than this one."
"""Four, since `- text: >-` needs more than two."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The text that a line of a source holds: its column (from 1) and whether the next line goes on with it."""

    text: str
    column: int
    goes_on: bool


def entry(lines: list[str], number: int) -> Entry:
    """The text in line `number` (from 1) of a source."""
    line = lines[number - 1] if number <= len(lines) else ""
    before = ENTRY.match(line)
    start = before.end() if before else 0
    after = lines[number] if number < len(lines) else ""
    deeper = len(after) - len(after.lstrip()) > len(line) - len(line.lstrip())
    plain = not after.lstrip().startswith("- ") and not re.match(r"\s*\w+:(?:\s|$)", after)
    return Entry(line[start:].rstrip(), start + 1, bool(after.strip()) and deeper and plain)


def how_to_quote(text: str, *, goes_on: bool = False) -> str:
    """What to type instead of `text`; quotes that were put around the whole of it already are taken off first."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if goes_on or (('"' in text or "\\" in text) and "'" in text):
        return BELOW
    quote = "'" if '"' in text or "\\" in text else '"'
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"Put the whole text in quotes: {quote}{shown}{quote}"
