"""Turns sources into published editions as a stream of events: gives tasks to workers and takes in their results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from model.errors import PipelineError, RenderError
from publish.config import BuildConfig
from publish.edition import Edition
from publish.events import Begun, Ended, Event, Finished, Note, Progressed, Rendered, Started, Tick
from publish.folder import sweep
from publish.pool import Died, Pool
from publish.results import Made, Progress, Published, ReadAndFinished, Result
from publish.schedule import Schedule, Task


def build(
    config: BuildConfig, sources: Sequence[Path], pool: Pool, standing: Mapping[Path, Edition] | None = None
) -> Iterator[Event]:
    """Publishes `sources` except those in `standing`, whose editions are up to date. Yields what happens, and at the
    end what became of each source. A fault of the run that concerns all is raised, and the rest is not made:
    Interrupted for Ctrl-C, OutputError for a full disk, ToolMissing, VoiceError."""
    if config.output.exists():
        sweep(config.output)
    standing = standing or {}
    rest = [source for source in sources if source not in standing]
    schedule = Schedule(config, rest, {edition.place: source for source, edition in standing.items()})
    yield Begun(documents=len(rest), units=len(rest) * len(config.channels))
    pool.free()
    while not schedule.over:
        yield from _hand_out(schedule, pool)
        for task, result in pool.results():
            if isinstance(result, Died) and config.output.exists():
                sweep(config.output)  # it may have died between two steps of a swap
            if isinstance(result, Progress):
                yield Progressed(unit=task.unit, progress=result)
            else:
                yield from _take_in(schedule, task, result)
        yield Tick()
    made = {edition.source: edition for edition in schedule.editions}
    yield Ended(editions=tuple(standing.get(source) or made[source] for source in sources))


def editions_of(events: Iterable[Event]) -> tuple[Edition, ...]:
    """The editions in a stream of events, for callers who need nothing else."""
    return next(event.editions for event in events if isinstance(event, Ended))


def _hand_out(schedule: Schedule, pool: Pool) -> Iterator[Event]:
    """Gives every idle worker its most useful task."""
    idle = [worker for worker in pool.workers if worker.task is None]
    # Those that have loaded most choose first, so that they get the work that fits them.
    for worker in sorted(idle, key=lambda worker: -len(worker.loaded)):
        elsewhere = {name for other in pool.workers if other is not worker for name in other.loaded}
        task = schedule.next(worker.lane, worker.loaded, elsewhere) or schedule.ahead(
            worker.lane, worker.loaded | elsewhere
        )
        if task is None:
            continue
        if task.kind in ("make", "load"):
            worker.loaded |= schedule.near(task.channel)
        if task.kind in ("make", "finish", "read and finish"):
            yield Started(unit=task.unit)
        pool.give(worker, task)


def _take_in(schedule: Schedule, task: Task, result: Result | PipelineError | Died) -> Iterator[Event]:
    """Notes the result of `task`."""
    if isinstance(result, Died):
        how = f"signal {-result.exit_code}" if result.exit_code < 0 else f"exit code {result.exit_code}"
        if result.after is not None:
            said = f"{task.unit}: not done after {result.after:.0f} seconds, and stopped"
        elif schedule.again(task):
            yield Note(text=f"the worker making {task.unit} ended ({how}); trying once more")
            return
        else:
            said = f"{task.unit}: the worker that made it ended twice ({how})"
        result = RenderError(said, "The rest was made.")
    edition = schedule.done(task, result)
    if edition is None:
        return
    result = result.done if isinstance(result, ReadAndFinished) else result
    for made in result.made if isinstance(result, Published) else (result,) if isinstance(result, Made) else ():
        if made.key is not None:
            yield Rendered(unit=f"{edition.place} {made.channel}", made=made)
    if schedule.settled(edition):
        yield Finished(edition=edition)
