"""Turns a text that YAML would misread into what an author types so that it is taken word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ENTRY: Final = re.compile(r"\s*(?:- +)*(?:[A-Za-z_]\w*: +)?(?=\S)")
"""The text that may stand before a value in its line: dashes and a key."""
LONGEST_SHOWN: Final = 70
BELOW: Final = "Write `>-` there, and the whole text in the lines below, four spaces further in than this one."
"""Four spaces, since `- text: >-` needs more than two."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The text in a line of a source. `column` (from 1) is where it begins, `goes_on` whether the next line
    continues it."""

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


def entry_at(lines: list[str], number: int, column: int) -> Entry:
    """The text at a place: all the text of its line or, within brackets, the piece between commas."""
    whole = entry(lines, number)
    line, start = lines[number - 1], whole.column - 1
    before = line[start : column - 1]
    opened = sum(map(before.count, "[{")) - sum(map(before.count, "]}"))
    if whole.text[:1] not in ("[", "{") or opened < 1:
        return whole
    begin = start + max(map(before.rfind, "[{,")) + 1
    begin += len(line[begin:]) - len(ENTRY.sub("", line[begin:], count=1))
    ends = [end for end in (line.find(sign, max(begin, column - 1)) for sign in ",]}") if end >= 0]
    return Entry(line[begin : min(ends, default=len(line))].rstrip(), begin + 1, goes_on=False)


def how_to_quote(text: str, *, goes_on: bool = False) -> str:
    """The hint that says what to type instead of `text`. Quotes around the whole text are taken off first."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if goes_on or (('"' in text or "\\" in text) and "'" in text):
        return BELOW
    quote = "'" if '"' in text or "\\" in text else '"'
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"Put the whole text in quotes: {quote}{shown}{quote}"
