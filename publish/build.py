"""A run: sources in, published editions out. Which task comes next, who does it, and what becomes of it.

The order: what lets an edition be finished comes before what begins another, and slow channels before quick ones; a
few documents are under way at once, so memory stays flat however many there are. Among tasks that are equally urgent
a worker takes the channel whose engine it has imported; one with nothing to do imports what will be needed next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import assert_never

from model.errors import NotOurs, RenderError
from publish.cache_key import Recipe
from publish.edition import Edition, taken
from publish.events import Begun, Ended, Event, Finished, Note, Rendered, Started, Tick
from publish.folder import sweep
from publish.pool import Died, Pool
from publish.worker import (
    BuildConfig,
    Done,
    Failed,
    Finish,
    Index,
    Made,
    Make,
    Outcome,
    Published,
    Read,
    Readout,
    Task,
    Warm,
)

ATTEMPTS = 2


def build(
    config: BuildConfig, sources: Sequence[Path], pool: Pool, standing: Mapping[Path, Edition] | None = None
) -> Iterator[Event]:
    """Publish `sources`, but for those that are `standing`; tell what happens, and in the end what became of each. A
    fault of the run that concerns all is raised, and the rest is then left alone: Interrupted for Ctrl-C, OutputError
    for a full disk, ToolMissing, VoiceError."""
    if config.output.exists():
        sweep(config.output)
    standing = standing or {}
    rest = [source for source in sources if source not in standing]
    schedule = Schedule(config, rest, {edition.place: source for source, edition in standing.items()})
    yield Begun(documents=len(rest), units=len(rest) * len(config.channels))
    _free(pool)
    while not schedule.over:
        yield from _hand_out(schedule, pool)
        for task, outcome in pool.outcomes():
            if isinstance(outcome, Died) and config.output.exists():
                sweep(config.output)  # it may have died between two steps of a swap
            yield from _take_in(schedule, task, outcome)
        yield Tick()
    made = {edition.source: edition for edition in schedule.editions}
    yield Ended(editions=tuple(standing.get(source) or made[source] for source in sources))


def editions_of(events: Iterable[Event]) -> tuple[Edition, ...]:
    """What became of each source, for who wants to know nothing else."""
    return next(event.editions for event in events if isinstance(event, Ended))


def _free(pool: Pool) -> None:
    """Replace the workers that a run before, which a fault has stopped, left busy: this one would take their answers
    for its own."""
    for worker in pool.workers:
        if worker.task is not None and not isinstance(worker.task, Warm):
            pool.replace(worker)


def _hand_out(schedule: Schedule, pool: Pool) -> Iterator[Event]:
    """Give every idle worker the most useful thing to do."""
    idle = [worker for worker in pool.workers if worker.task is None]
    # Those that have an engine warm choose first, so that they get the work that fits it.
    for worker in sorted(idle, key=lambda worker: -len(worker.warmed)):
        elsewhere = {name for other in pool.workers if other is not worker for name in other.warmed}
        task = schedule.next(worker.warmed, elsewhere, worker.lane)
        if task is None:
            continue
        if isinstance(task, Make | Warm):
            worker.warmed |= schedule.near(task.channel)
        if isinstance(task, Make | Finish):
            yield Started(unit=schedule.unit(task))
        pool.give(worker, task)


def _take_in(schedule: Schedule, task: Task, outcome: Outcome | Died) -> Iterator[Event]:
    """Note what came of `task`."""
    if isinstance(outcome, Died):
        name = schedule.unit(task)
        how = f"signal {-outcome.exit_code}" if outcome.exit_code < 0 else f"exit code {outcome.exit_code}"
        if outcome.after is not None and not isinstance(task, Warm):
            said = f"{name}: not done after {outcome.after:.0f} seconds, and stopped"
        elif schedule.again(task):
            yield Note(text=f"the worker making {name} ended ({how}); trying once more")
            return
        else:
            said = f"{name}: the worker that made it ended twice ({how})"
        outcome = Failed(error=RenderError(said, "The rest was made."))
    edition = schedule.done(task, outcome)
    if edition is None:
        return
    rendered = outcome.made if isinstance(outcome, Published) else (outcome,) if isinstance(outcome, Made) else ()
    for made in rendered:
        yield Rendered(unit=f"{edition.place} {made.channel}", made=made)
    if schedule.settled(edition):
        yield Finished(edition=edition)


# ---------------------------------------------------------------------------------------------------- the schedule


@dataclass(slots=True, kw_only=True)
class _Document:
    """A source under way: its document, and the renderings made of it so far, by channel."""

    edition: Edition
    document: bytes = b""
    digest: str = ""
    recipes: dict[str, Recipe] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


class Schedule:
    """Which task comes next; no processes here. Every source ends as an Edition, then the index is written."""

    def __init__(self, config: BuildConfig, sources: Iterable[Path], places: Mapping[str, Path] | None = None) -> None:
        self._config = config
        self.editions = [Edition(source=source) for source in sources]
        self._begin = deque(sorted(self.editions, key=_slowest_first))
        self._under_way: dict[Path, _Document] = {}
        self._makes: deque[Make] = deque()
        self._finishes: deque[Finish] = deque()
        self._places = dict(places or {})
        self._attempts: dict[tuple[Path | None, str], int] = {}
        self._window = 8
        self._index = "ahead"
        self._first = [name for name, entry in config.channels.items() if not entry.quotes_downloads]
        self._below = {name: self._behind(name) for name in self._first}
        if len(config.channels) == 1:
            self._first = []

    def _behind(self, name: str) -> list[str]:
        """The channels whose renderings `name` is made from, directly or not, each after those that it quotes."""
        needs = {need for need in self._config.channels[name].needs if need in self._config.channels}
        below = needs.union(*map(self._behind, needs))
        return [other for other in self._config.channels if other in below]

    def near(self, channel: str) -> set[str]:
        """The channel, and those that quote it: who made it has in memory what they want of it."""
        return {channel, *(name for name, below in self._below.items() if channel in below)}

    @property
    def over(self) -> bool:
        """Whether nothing is left to do, the index included."""
        return self._index == "done"

    def unit(self, task: Task) -> str:
        """How people call a task: "drug-related-crime/en pdf"."""
        if isinstance(task, Index):
            return "the list of publications"
        if isinstance(task, Warm):
            return f"the engine of {task.channel}"
        under_way = self._under_way.get(task.source)
        name = under_way.edition.place if under_way and under_way.edition.place else str(task.source)
        last = list(self._config.channels)[-1]
        return f"{name} {task.channel if isinstance(task, Make) else last if isinstance(task, Finish) else ''}".rstrip()

    def next(self, warmed: set[str], elsewhere: set[str], lane: str = "processor") -> Task | None:
        """The most useful task for a worker that has the engines of `warmed`, others having those of `elsewhere`."""
        if lane == "network":
            return self._pick(lambda make: make.channel in self._config.apart)
        if self._finishes:
            return self._finishes.popleft()
        here = self._pick(lambda make: self._near(make) and make.channel in warmed)
        fresh = here or self._pick(lambda make: self._near(make) and make.channel not in elsewhere)
        if fresh is not None:
            return fresh
        if self._begin and len(self._under_way) < self._window:
            edition = self._begin.popleft()
            self._under_way[edition.source] = _Document(edition=edition)
            return Read(source=edition.source)
        return self._pick(self._near) or self._last() or self._warm(warmed, elsewhere)

    def _near(self, make: Make) -> bool:
        return make.channel not in self._config.apart

    def _pick(self, fits: Callable[[Make], bool]) -> Make | None:
        for make in self._makes:
            if fits(make):
                self._makes.remove(make)
                return make
        return None

    def _last(self) -> Index | None:
        if self._index == "ahead" and not self._under_way and not self._begin:
            self._index = "under way"
            return Index()
        return None

    def _warm(self, warmed: set[str], elsewhere: set[str]) -> Warm | None:
        """What an idle worker may import ahead: a channel that documents under way still wait for. A single channel is
        made where its document was read."""
        if not self._under_way or not self._first:
            return None
        for name in self._config.channels:
            tried = self._attempts.get((None, self.unit(Warm(channel=name))), 0)
            if name not in warmed | elsewhere | self._config.apart and not tried:
                return Warm(channel=name)
        return None

    def again(self, task: Task) -> bool:
        """Put back a task whose worker died; False when it was tried often enough."""
        key = (getattr(task, "source", None), self.unit(task))
        self._attempts[key] = self._attempts.get(key, 0) + 1
        if isinstance(task, Warm):
            return True
        if self._attempts[key] >= ATTEMPTS:
            return False
        match task:
            case Make():
                self._makes.appendleft(task)
            case Finish():
                self._finishes.appendleft(task)
            case Read():
                edition = self._under_way.pop(task.source).edition
                self._begin.appendleft(edition)
            case Index():
                self._index = "ahead"
            case _:
                assert_never(task)
        return True

    def settled(self, edition: Edition) -> bool:
        """Whether nothing more will happen to `edition`."""
        return edition.source not in self._under_way

    def done(self, task: Task, outcome: Outcome) -> Edition | None:
        """Note the outcome of `task`, and what may follow it. The edition it concerns, if any."""
        if isinstance(task, Index | Warm):
            self._done_apart(task, outcome)
            return None
        under_way = self._under_way[task.source]
        edition = under_way.edition
        match outcome:
            case Readout():
                self._read(under_way, outcome)
            case Made():
                _note(edition, outcome)
                if outcome.recipe is not None:
                    under_way.recipes[outcome.channel] = outcome.recipe
                self._went(under_way, outcome.channel)
            case Published():
                for made in outcome.made:
                    _note(edition, made)
                edition.outputs, edition.reasons = outcome.outputs, outcome.reasons
                edition.changed = outcome.changed
                del self._under_way[task.source]
            case Failed():
                self._fail(under_way, task, outcome)
            case Done():
                raise AssertionError(task)
            case _:
                assert_never(outcome)
        return edition

    def _done_apart(self, task: Index | Warm, outcome: Outcome) -> None:
        if isinstance(outcome, Failed) and outcome.error is not None and isinstance(task, Index):
            raise outcome.error
        if isinstance(task, Index):
            self._index = "done"

    def _read(self, under_way: _Document, outcome: Readout) -> None:
        edition = under_way.edition
        edition.diagnostics += outcome.diagnostics
        edition.place, edition.title = outcome.place, outcome.title
        other = self._places.setdefault(outcome.place, edition.source) if outcome.place else edition.source
        if other != edition.source:
            edition.diagnostics.append(taken(edition, other))
        if outcome.document is None or edition.failed:
            del self._under_way[edition.source]
            return
        under_way.document, under_way.digest = outcome.document, outcome.digest
        under_way.waiting = set(self._first)
        self._begin_makes(under_way, [name for name in self._first if not self._below[name]])
        if not self._first:
            self._finishes.append(self._finish_of(under_way))

    def _begin_makes(self, under_way: _Document, channels: list[str]) -> None:
        self._makes += [
            Make(
                source=under_way.edition.source,
                document=under_way.document,
                digest=under_way.digest,
                channel=name,
                recipes=tuple((below, under_way.recipes[below]) for below in self._below[name]),
            )
            for name in channels
        ]

    def _finish_of(self, under_way: _Document) -> Finish:
        return Finish(
            source=under_way.edition.source,
            document=under_way.document,
            digest=under_way.digest,
            recipes=tuple(sorted(under_way.recipes.items())),
        )

    def _went(self, under_way: _Document, channel: str) -> None:
        """Another channel is through: what quotes it comes next, or never where it has failed. After the last the
        edition is finished, or it is known what is wrong with all."""
        under_way.waiting.discard(channel)
        after = {name for name in under_way.waiting if channel in self._below[name]}
        if channel in under_way.recipes:
            ready = [name for name in self._first if name in after and under_way.recipes.keys() >= {*self._below[name]}]
            self._begin_makes(under_way, ready)
        else:
            under_way.waiting -= after
        if not under_way.waiting and under_way.edition.failed:
            del self._under_way[under_way.edition.source]
        elif not under_way.waiting:
            self._finishes.append(self._finish_of(under_way))

    def _fail(self, under_way: _Document, task: Task, outcome: Failed) -> None:
        """A fault of this document alone ends it, as soon as every channel has said its own; one that every other
        document would meet ends the run."""
        if outcome.error is not None and not isinstance(outcome.error, RenderError | NotOurs):
            raise outcome.error
        under_way.edition.error = under_way.edition.error or outcome.error
        under_way.edition.diagnostics += outcome.diagnostics
        if isinstance(task, Make):
            self._went(under_way, task.channel)
        else:
            del self._under_way[under_way.edition.source]


def _note(edition: Edition, made: Made) -> None:
    """One more rendering of `edition`. Its recipe is not kept: a thousand of them would fill the memory."""
    edition.made.append(replace(made, recipe=None))
    edition.diagnostics += made.diagnostics
    edition.far = tuple(sorted({*edition.far, *made.inputs}))
    edition.programs = tuple(sorted({*edition.programs, *made.programs}))


def _slowest_first(edition: Edition) -> tuple[int, str]:
    """Large sources before small ones, so that no long one is left for the end."""
    try:
        size = edition.source.stat().st_size
    except OSError:
        size = 0
    return -size, str(edition.source)
