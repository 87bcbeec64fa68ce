"""What an edition gives back: its files, what was wrong, a line for the summary."""

from __future__ import annotations

from dataclasses import dataclass

from channels.base import File
from model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of one edition; none where a diagnostic is an error."""

    files: tuple[File, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
