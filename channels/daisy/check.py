"""Turns the files of a DAISY 2.02 book into the rules that they break (DAISY 2.02 Specification, Recommendation of 28
February 2001)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from channels.daisy.rules import of_files, of_ncc_body, of_ncc_head, of_smil, of_text
from channels.daisy.rules.parsed import Book, Rule
from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE

RULES: Final = (
    *of_files.WHOLE,
    *of_files.RULES,
    *of_ncc_head.RULES,
    *of_ncc_body.RULES,
    *of_text.RULES,
    *of_smil.RULES,
)


def broken(packed: Mapping[str, bytes]) -> Iterator[tuple[Rule, str]]:
    """Each rule that the book breaks, and how. `packed` are the files of its archive. A book that is not whole is
    looked at no further."""
    book = Book(packed)
    found = [(rule, fault) for rule in of_files.WHOLE for fault in rule.broken(book)]
    if not found:
        rest = (rule for rule in RULES if rule not in of_files.WHOLE)
        found = [(rule, fault) for rule in rest for fault in rule.broken(book)]
    yield from found


def faults_of(path: str, packed: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """A fault for every rule that the book breaks."""
    for rule, fault in broken(packed):
        message = f"{path}: {fault} (DAISY 2.02, {rule.clause})"
        yield Diagnostic(severity="error", code="daisy-rule", message=message, mark=NOWHERE, hint=OURS)
