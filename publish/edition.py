"""The state of one source in a run: an Edition, which is filled as the run goes on."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from model.diagnostics import Diagnostic, has_errors
from model.errors import PipelineError
from model.inlines import Mark
from publish.results import Made, Output, Parsed, Published


@dataclass(slots=True, kw_only=True)
class Edition:
    """The result for one source. `place` is its folder under the output, "" if the source could not be read. `far`
    are the files that were read neither beside the source nor in the project, `programs` the programs used outside
    Python."""

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

    def note_parsed(self, parsed: Parsed, places: MutableMapping[str, Path]) -> None:
        """Notes that its source was read. `places` maps each place that is taken to its source, and gets this one's."""
        self.diagnostics += parsed.diagnostics
        self.place, self.title = parsed.place, parsed.title
        other = places.setdefault(parsed.place, self.source) if parsed.place else self.source
        if other != self.source:
            self.diagnostics.append(taken(self, other))

    def note_made(self, made: Made) -> None:
        """Notes one more rendering, unless it has errors. Its key is not kept, since a thousand keys would fill the
        memory."""
        self.diagnostics += made.diagnostics
        if made.key is not None:
            self.made.append(replace(made, key=None))

    def note_published(self, done: Published) -> None:
        """Notes that it is published, or the errors that prevent it."""
        self.diagnostics += done.diagnostics
        self.outputs, self.reasons, self.changed = done.outputs, done.reasons, done.changed
        self.far, self.programs = done.far, done.programs


def taken(edition: Edition, other: Path) -> Diagnostic:
    """The fault of an `edition` whose place `other` has taken."""
    return Diagnostic(
        severity="error",
        code="same-place",
        message=f"this would be published at {edition.place}, and so would {other}",
        mark=Mark(file=str(edition.source), line=1, column=1),
        hint="Put it into a folder of its own, or give it another `language`.",
    )
