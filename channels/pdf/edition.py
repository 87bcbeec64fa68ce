"""An edition while it is made: laid out and judged, then drawn if it has no error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from channels.base import File
from model.diagnostics import Diagnostic, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of one edition. There are none if a diagnostic is an error."""

    files: tuple[File, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    recipes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An edition, laid out: its diagnostics, its lines for the summary, the function that draws its files, and the
    recipe for a draft of the first of them. `words_over` counts the words without room, in an edition whose room is
    limited."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    draw: Callable[[], tuple[File, ...]]
    recipe: str
    notes: tuple[str, ...] = ()
    words_over: int = 0

    @property
    def fits(self) -> bool:
        """True if no diagnostic is an error, so that the files can be drawn."""
        return not has_errors(self.diagnostics)

    def made(self) -> Made:
        """The edition with its files, or without them if it has an error."""
        if not self.fits:
            return Made(diagnostics=self.diagnostics)
        files = self.draw()
        recipes = ((files[0].path, self.recipe),)
        return Made(files=files, diagnostics=self.diagnostics, notes=self.notes, recipes=recipes)
