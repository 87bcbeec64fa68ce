"""Turns the events of a run into what it says: plain lines, one JSON event a line, or nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol, assert_never

from languages import humanize
from languages.fixed_words import read_words
from model.counted import number_of
from model.diagnostics import Diagnostic, place_of
from model.document import Words
from publish.edition import Edition
from publish.events import Begun, Ended, Event, Finished, Note, Progressed, Rendered, Started, Tick
from publish.faults import faults
from publish.results import Made, Output, Progress

LISTED = 12
EVERY = 15.0
"""Seconds between two lines of a log on one recording that takes long."""
OUTCOMES = {"made": 0, "content": 1, "run": 3}
"""The exit code for each outcome of a command."""
NOTHING = "Nothing to do: {count} up to date.\n"


class Report(Protocol):
    """Tells people, or machines, of a run. `done` comes last, unless the run itself fails."""

    def tell(self, event: Event) -> None: ...

    def close(self) -> None: ...

    def done(self, editions: Sequence[Edition], output: str, seconds: float) -> None: ...


class Plain:
    """Lines for a log: progress and faults on standard error, the table of what was made on standard output."""

    def __init__(self, out: IO[str] | None = None, log: IO[str] | None = None, *, explain: bool = False) -> None:
        self.out = out or sys.stdout
        self.log = log or sys.stderr
        self.explain = explain
        self.total = self.count = 0
        self.next_line: dict[str, float] = {}

    def tell(self, event: Event) -> None:
        match event:
            case Begun():
                self.total = event.units
            case Rendered():
                self.count += 1
                if not (event.made.stored or event.made.idle):
                    self.log.write(f"[{self.count}/{self.total}] {event.unit}: {how_made(event.made)}\n")
                    self.log.flush()
            case Progressed():
                if event.progress.seconds >= self.next_line.get(event.unit, EVERY):
                    self.next_line[event.unit] = event.progress.seconds + EVERY
                    self.log.write(f"{event.unit}: {how_far(event.progress)}\n")
                    self.log.flush()
            case Note():
                self.log.write(f"{event.text}\n")
            case Started() | Finished() | Tick() | Ended():
                return
            case _:
                assert_never(event)

    def close(self) -> None:
        return

    def done(self, editions: Sequence[Edition], output: str, seconds: float) -> None:
        self.close()
        if self.explain:
            for edition in editions:
                self.out.writelines(f"{edition.place}/{reason}\n" for reason in explained(edition))
        changed = [edition for edition in editions if edition.changed]
        if changed:
            self.table(changed, output)
        self.log.write(faults(editions))
        self.out.write(closing(editions, output, seconds))

    def table(self, changed: Sequence[Edition], output: str) -> None:
        """Writes what was made, one file a line."""
        rows = table_of(changed, output)
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for name, size, length in rows:
            self.out.write(f"  {name:<{widths[0]}}  {size:>{widths[1]}}  {length:>{widths[2]}}".rstrip() + "\n")
        if len(changed) > LISTED:
            self.out.write(f"  … and {len(changed) - LISTED} more publications\n")


class Quiet(Plain):
    """Faults, and nothing else."""

    def tell(self, event: Event) -> None:
        if isinstance(event, Note):
            super().tell(event)

    def done(self, editions: Sequence[Edition], output: str, seconds: float) -> None:  # noqa: ARG002
        self.log.write(faults(editions))


class Json:
    """One event a line on standard output, for machines."""

    def __init__(self, out: IO[str] | None = None) -> None:
        self.out = out or sys.stdout

    def _event(self, event: str, **values: object) -> None:
        self.out.write(json.dumps({"event": event, **values}) + "\n")
        self.out.flush()

    def tell(self, event: Event) -> None:
        match event:
            case Begun():
                self._event("begin", documents=event.documents, units=event.units)
            case Started():
                self._event("started", unit=event.unit)
            case Rendered():
                made = event.made
                seconds = round(made.seconds, 4)
                self._event("made", unit=event.unit, stored=made.stored, seconds=seconds, notes=made.notes)
            case Progressed():
                progress = event.progress
                seconds = round(progress.seconds, 1)
                self._event("progress", unit=event.unit, done=progress.done, of=progress.of, seconds=seconds)
            case Finished():
                self._finished(event.edition)
            case Note():
                self._event("note", text=event.text)
            case Tick() | Ended():
                return
            case _:
                assert_never(event)

    def _finished(self, edition: Edition) -> None:
        self._event(
            "finished",
            source=str(edition.source),
            place=edition.place,
            changed=edition.changed,
            failed=edition.failed,
            error=str(edition.error) if edition.error else None,
            diagnostics=[_as_data(diagnostic) for diagnostic in edition.diagnostics],
            reasons=edition.reasons,
            files=[
                {"path": o.path, "size": o.size, "pages": o.pages, "seconds": o.seconds}
                for o in edition.outputs
                if not o.path.endswith("/")
            ],
        )

    def close(self) -> None:
        return

    def done(self, editions: Sequence[Edition], output: str, seconds: float) -> None:
        self._event(
            "done",
            output=output,
            seconds=round(seconds, 3),
            documents=len(editions),
            changed=sum(edition.changed for edition in editions),
            failed=sum(edition.failed for edition in editions),
        )


def _as_data(diagnostic: Diagnostic) -> dict[str, object]:
    mark = place_of(diagnostic)
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": mark.file,
        "line": mark.line,
        "column": mark.column,
        "hint": diagnostic.hint,
    }


# ---------------------------------------------------------------------------------------------------- in words


def how_made(made: Made) -> str:
    """The way in which a rendering was made: "made in 1.2 s; 1 of 84 sentences spoken"."""
    words = "in the store" if made.stored else f"made in {made.seconds:.1f} s"
    return "; ".join((words, *made.notes))


def how_far(progress: Progress) -> str:
    """The progress of a recording that takes long: "12 of 49 sentences spoken, 0.4 a second, about 1 min 30 s left"."""
    pace = progress.done / progress.seconds
    minutes, seconds = divmod(round((progress.of - progress.done) / pace), 60)
    left = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    quick = f"{pace:.1f} a second" if pace >= 0.1 else f"{pace * 60:.1f} a minute"
    return f"{progress.done} of {progress.of} sentences spoken, {quick}, about {left} left"


def explained(edition: Edition) -> list[str]:
    """Why each of an edition's files was made or not, then what its channels noted of their work."""
    notes = [f"{made.channel}: {note}" for made in edition.made if not made.stored for note in made.notes]
    return [*edition.reasons, *notes]


def closing(editions: Sequence[Edition], output: str, seconds: float) -> str:
    """The last line: what was made and what was not."""
    failed = sum(edition.failed for edition in editions)
    changed = sum(edition.changed for edition in editions)
    rest = len(editions) - failed - changed
    if not failed and not changed:
        return NOTHING.format(count=number_of(rest, f"publication in {output} is", f"publications in {output} are"))
    parts = []
    if changed:
        parts.append(f"{counted(changed)} made in {output} in {seconds:.1f} s")
    if rest:
        parts.append(f"{rest} unchanged")
    if failed:
        parts.append(f"{counted(failed)} at fault: what was published before still stands")
    return ", ".join(parts) + ".\n"


def counted(number: int) -> str:
    return number_of(number, "publication")


def table_of(changed: Sequence[Edition], output: str) -> list[tuple[str, str, str]]:
    """File, size, and pages or duration, of the first editions that changed."""
    return [
        (f"{output}/{item.path}", size_in_words(item.size), length_in_words(item))
        for edition in changed[:LISTED]
        for item in edition.outputs
        if item.title
    ]


def size_in_words(size: int) -> str:
    """A file's size: "0.8 KB", "84 KB", "1.2 MB"."""
    return humanize.size_in_words(size, _words())


def length_in_words(item: Output) -> str:
    """The length of a file to read or to hear: "2 pages", "2 min 41 s"."""
    if item.pages is not None:
        return humanize.pages_in_words(item.pages, _words())
    return humanize.length_in_words(item.seconds, _words()) if item.seconds is not None else ""


def _words() -> Words:
    return read_words("en")[0]


def named(path: Path | str) -> str:
    """A folder as people would type it here; an address as it is."""
    if isinstance(path, str):
        return path.rstrip("/")
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
