"""What became of one source: an Edition, which fills as the run goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from model.diagnostics import Diagnostic, has_errors
from model.errors import PipelineError
from model.inlines import Mark
from publish.results import Made, Output


@dataclass(slots=True, kw_only=True)
class Edition:
    """What became of one source. `place` is its folder under the output, empty where it could not be read; `far` are
    the files that were read neither beside the source nor in the project, `programs` what was used outside Python."""

    source: Path
    place: str = ""
    title: str = ""
    changed: bool = False
    error: PipelineError | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    outputs: tuple[Output, ...] = ()
    reasons: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return self.error is not None or has_errors(self.diagnostics)


def taken(edition: Edition, other: Path) -> Diagnostic:
    """The fault of an `edition` whose place `other` has."""
    return Diagnostic(
        severity="error",
        code="same-place",
        message=f"this would be published at {edition.place}, and so would {other}",
        mark=Mark(file=str(edition.source), line=0, column=0),
        hint="Put it into a folder of its own, or give it another `language`.",
    )
