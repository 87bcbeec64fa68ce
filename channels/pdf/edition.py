"""What an edition is while it is made: laid out and judged, then drawn where nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from channels.base import File
from model.diagnostics import Diagnostic, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of one edition; none where a diagnostic is an error."""

    files: tuple[File, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An edition laid out: what is wrong with it, lines for the summary, and how its files are drawn.
    `words_over` counts those that have no room, where the room is limited."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    draw: Callable[[], tuple[File, ...]]
    notes: tuple[str, ...] = ()
    words_over: int = 0

    @property
    def fits(self) -> bool:
        """Whether nothing stands in the way of its files."""
        return not has_errors(self.diagnostics)

    def made(self) -> Made:
        """The edition with its files, where it has no fault."""
        if not self.fits:
            return Made(diagnostics=self.diagnostics)
        return Made(files=self.draw(), diagnostics=self.diagnostics, notes=self.notes)
