"""Turns the reason why a file cannot be imported into an exception with a diagnostic. It is caught for each file."""

from __future__ import annotations

from model.diagnostics import Diagnostic
from model.inlines import Mark


class Refused(Exception):
    """Raised for a file that cannot be imported. `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def refuse(code: str, name: str, message: str, hint: str) -> Refused:
    """The exception for a fault of the file called `name`."""
    mark = Mark(file=name, line=1, column=1)
    fault = Diagnostic(severity="error", code=code, message=message, mark=mark, hint=hint)
    return Refused(fault)
