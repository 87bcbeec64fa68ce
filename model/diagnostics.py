"""Turns a fault in content into text: `file:line:column: error CODE: …`, the line, a caret, and what to type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from model.inlines import Mark

LONGEST_LINE = 160
LARGEST_FILE = 1_000_000


OURS = "This is a fault of the program and not of what you wrote. Please report it, with the source."
"""The hint for a fault in a file that a channel made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault. `code` is stable and hyphenated ("unknown-key"). `hint` says what to write instead. The first line
    of `message` says what is wrong; further lines list the words that it is about."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    mark: Mark
    hint: str


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if any of `diagnostics` is an error, which stops the build."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def strictly(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same faults, each of them an error."""
    return tuple(replace(diagnostic, severity="error") for diagnostic in diagnostics)


def placed(diagnostics: Iterable[Diagnostic], mark: Mark) -> tuple[Diagnostic, ...]:
    """The same faults, with `mark` as the place of those without one, which are faults of a whole finished file."""
    return tuple(found if found.mark.line > 0 else replace(found, mark=mark) for found in diagnostics)


def show(diagnostic: Diagnostic) -> str:
    """A diagnostic as text for a terminal or a web page, without colour."""
    mark = diagnostic.mark
    place = f"{mark.file}:{mark.line}:{mark.column}: " if mark.file else ""
    message, *listed = map(_printable, diagnostic.message.split("\n"))
    lines = [f"{place}{diagnostic.severity} {diagnostic.code}: {message}", *(f"    {line}" for line in listed)]
    lines += _excerpt(mark)
    if diagnostic.hint:
        lines.append(f"    {diagnostic.hint}")
    return "\n".join(lines)


def _excerpt(mark: Mark) -> list[str]:
    """The source line with a caret under the column. Empty where the file cannot be read as text."""
    if mark.line < 1 or not Path(mark.file).is_file():
        return []
    try:
        with Path(mark.file).open("rb") as file:
            lines = file.read(LARGEST_FILE).splitlines()
    except OSError:
        return []
    raw = lines[mark.line - 1] if mark.line <= len(lines) else b""
    if not raw.strip() or len(raw) == LARGEST_FILE:
        return []
    line = raw.decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    start = max(0, mark.column - LONGEST_LINE // 2) if len(line) > LONGEST_LINE else 0
    line = _printable(line[start : start + LONGEST_LINE])
    return [f"    {line}", "    " + " " * (mark.column - 1 - start) + "^"]


def _printable(text: str) -> str:
    """The text with every sign replaced that a terminal could obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
