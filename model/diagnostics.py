"""Turns a fault in content into text: `file:line:column: error CODE: …`, the line, a caret, and what to type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from model.inlines import Mark

LONGEST_LINE = 160
LARGEST_FILE = 1_000_000
ARCHIVE = b"PK\3\4"
"""How a Word file begins. It has no line that a person could read."""
KEBAB = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


OURS = "This is a fault of the program and not of what you wrote. Please report it, with the source."
"""The hint for a fault in a file that a channel made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault. `code` is stable and hyphenated ("unknown-key"). `hint` says what to write instead. The first line
    of `message` says what is wrong; further lines list the words that it is about. Raises ValueError without any of
    these. Only a fault of a whole finished file may have no place yet (NOWHERE): see `placed`."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    mark: Mark
    hint: str

    def __post_init__(self) -> None:
        if not (KEBAB.fullmatch(self.code) and self.message.strip() and self.hint.strip()):
            raise ValueError(f"a fault without code, message or hint: {self}")


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if any of `diagnostics` is an error, which stops the build."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def strictly(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same faults, each of them an error."""
    return tuple(replace(diagnostic, severity="error") for diagnostic in diagnostics)


def placed(diagnostics: Iterable[Diagnostic], mark: Mark) -> tuple[Diagnostic, ...]:
    """The same faults, with `mark` as the place of those without one, which are faults of a whole finished file."""
    return tuple(found if found.mark.line > 0 else replace(found, mark=mark) for found in diagnostics)


def place_of(diagnostic: Diagnostic) -> Mark:
    """The place of a diagnostic that is shown to somebody. Raises ValueError without file, line and column."""
    mark = diagnostic.mark
    if not mark.file or mark.line < 1 or mark.column < 1:
        raise ValueError(f"a fault is shown without a place: {diagnostic}")
    return mark


def show(diagnostic: Diagnostic) -> str:
    """A diagnostic as text for a terminal or a web page, without colour."""
    mark = place_of(diagnostic)
    place = f"{mark.file}:{mark.line}:{mark.column}: "
    message, *listed = map(_printable, diagnostic.message.split("\n"))
    lines = [f"{place}{diagnostic.severity} {diagnostic.code}: {message}", *(f"    {line}" for line in listed)]
    return "\n".join((*lines, *_excerpt(mark), f"    {diagnostic.hint}"))


def _excerpt(mark: Mark) -> list[str]:
    """The source line with a caret under the column. Empty where the file cannot be read as text."""
    try:
        if not Path(mark.file).is_file():
            return []
        with Path(mark.file).open("rb") as file:
            lines = file.read(LARGEST_FILE).splitlines()
    except OSError:
        return []
    raw = lines[mark.line - 1] if mark.line <= len(lines) else b""
    if not raw.strip() or len(raw) == LARGEST_FILE or raw.startswith(ARCHIVE):
        return []
    line = raw.decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    start = max(0, mark.column - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
    line = _printable(line[start : start + LONGEST_LINE])
    return [f"    {line}", "    " + " " * (mark.column - 1 - start) + "^"]


def _printable(text: str) -> str:
    """The text with every sign replaced that a terminal could obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
