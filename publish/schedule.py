"""Turns sources into the tasks of a run, in the order in which they are most useful. Starts no processes.

Tasks that let an edition be finished come before tasks that begin another, and slow channels before quick ones. Only
a few documents are under way at once, so memory stays flat however many there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from channels.base import Draft
from model.errors import NotOurs, PipelineError, RenderError
from publish.cache_key import CacheKey
from publish.config import BuildConfig
from publish.edition import Edition
from publish.finish import finish, read_and_finish
from publish.results import Made, Parsed, Published, ReadAndFinished, Result
from publish.worker import Worker, load, make, read

ATTEMPTS = 2
WINDOW = 8
LIST = "the list of publications"
NOT_YET = Parsed(document=None)
Kind: TypeAlias = Literal["load", "read", "make", "finish", "read and finish", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task for a worker: a `step`, which is called with the worker. `unit` is its name for people:
    "drug-related-crime/en pdf"."""

    kind: Kind
    unit: str
    step: Callable[[Worker], Result] = field(repr=False)
    source: Path = Path()
    channel: str = ""


@dataclass(slots=True, kw_only=True)
class _UnderWay:
    """A source that was begun: what was read, and the keys of the renderings made so far, by channel."""

    edition: Edition
    parsed: Parsed = NOT_YET
    keys: dict[str, CacheKey] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


class Schedule:
    """Decides which task comes next. Every source ends as an Edition; then the list of publications is written."""

    def __init__(self, config: BuildConfig, sources: Iterable[Path], places: Mapping[str, Path] | None = None) -> None:
        self._config = config
        self.editions = [Edition(source=source) for source in sources]
        self._begin = deque(sorted(self.editions, key=_slowest_first))
        self._under_way: dict[Path, _UnderWay] = {}
        self._tasks: deque[Task] = deque()
        self._places = dict(places or {})
        self._attempts: dict[tuple[Path, str], int] = {}
        self._listed: Literal["ahead", "under way", "done"] = "ahead"
        self._loaded_ahead: set[str] = set()
        # A single channel is made in the step that publishes, and so is a channel that quotes all others.
        names = [name for name, entry in config.channels.items() if not entry.quotes_downloads]
        self._first = names if len(config.channels) > 1 else []
        self._last = list(config.channels)[-1]
        self._below = {name: self._behind(name) for name in self._first}

    def _behind(self, name: str) -> list[str]:
        """The channels whose renderings `name` is made from, directly or not, each after those that it quotes."""
        needs = {need for need in self._config.channels[name].needs if need in self._config.channels}
        below = needs.union(*map(self._behind, needs))
        return [other for other in self._config.channels if other in below]

    @property
    def over(self) -> bool:
        """True if nothing is left to do, including the list of publications."""
        return self._listed == "done"

    def settled(self, edition: Edition) -> bool:
        """True if nothing more will happen to `edition`."""
        return edition.source not in self._under_way

    # ------------------------------------------------------------------------------------------------ what comes next

    def next(
        self, lane: str = "processor", loaded: Set[str] = frozenset(), elsewhere: Set[str] = frozenset()
    ) -> Task | None:
        """The most useful task for a worker of this `lane` that has `loaded` these channels, where other workers
        have those of `elsewhere`. None if it has to wait. An engine that two workers load costs its import twice:
        half a second of the five that one publication takes."""
        network = lane == "network"
        can_begin = not network and bool(self._begin) and len(self._under_way) < WINDOW

        def rank(task: Task) -> int:
            return 0 if task.kind == "finish" or task.channel in loaded else 2 if task.channel in elsewhere else 1

        fitting = [task for task in self._tasks if network == (task.channel in self._config.apart)]
        best = min(fitting, key=rank, default=None)
        if best is not None and (rank(best) < 2 or not can_begin):
            self._tasks.remove(best)
            return best
        if can_begin:
            edition = self._begin.popleft()
            self._under_way[edition.source] = _UnderWay(edition=edition)
            return self._first_step(edition)
        if not network and self._listed == "ahead" and not self._under_way:
            self._listed = "under way"
            return Task(kind="list", unit=LIST, step=write_list)
        return None

    def ahead(self, lane: str, loaded: Set[str]) -> Task | None:
        """A task for a worker that would wait: to load the slowest channel that is still to come and that no worker
        has `loaded`, each once. While one reads a source, another imports the engine for it. None where all are loaded,
        or where one step makes the page, which has no time to wait in."""
        if lane == "network" or not self._first:
            return None
        coming = {self._last} if self._under_way else set()
        for one in self._under_way.values():
            coming |= set(self._first) if one.parsed is NOT_YET else one.waiting
        coming -= loaded | self._loaded_ahead | self._config.apart
        name = next((name for name in self._config.channels if name in coming), None)
        if name is None:
            return None
        self._loaded_ahead.add(name)
        return Task(kind="load", unit=name, step=partial(load, channel=name), channel=name)

    def _first_step(self, edition: Edition) -> Task:
        """The task that reads a source. If only the page is made, which is quick, the same task makes and publishes it.
        The place where the source is expected to be published is then reserved for it, so that no two are published
        there."""
        source = edition.source
        place = f"{source.absolute().parent.name}/{source.stem}"
        page_alone = not self._first and self._config.channels[self._last].quotes_downloads
        if not page_alone or self._places.setdefault(place, source) != source:
            return self._task("read", edition, partial(read, source=source))
        step, unit = partial(read_and_finish, source=source, place=place), f"{place} {self._last}"
        return Task(kind="read and finish", unit=unit, step=step, source=source)

    def near(self, channel: str) -> set[str]:
        """The channel, and those that quote it. A worker that has made it has in memory what they need."""
        return {channel, *(name for name, below in self._below.items() if channel in below)}

    def _task(self, kind: Kind, edition: Edition, step: Callable[[Worker], Result], channel: str = "") -> Task:
        name = edition.place or str(edition.source)
        said = self._last if kind == "finish" else channel
        return Task(kind=kind, unit=f"{name} {said}".rstrip(), step=step, source=edition.source, channel=channel)

    def _await(self, under_way: _UnderWay, channels: Iterable[str]) -> None:
        """Adds the tasks for renderings that can be made now."""
        source, parsed = under_way.edition.source, under_way.parsed
        for name in channels:
            keys = tuple((below, under_way.keys[below]) for below in self._below[name])
            step = partial(make, source=source, parsed=parsed, channel=name, keys=keys)
            self._tasks.append(self._task("make", under_way.edition, step, name))

    def _await_end(self, under_way: _UnderWay) -> None:
        keys = tuple(sorted(under_way.keys.items()))
        step = partial(finish, source=under_way.edition.source, parsed=under_way.parsed, keys=keys)
        self._tasks.appendleft(self._task("finish", under_way.edition, step))

    def again(self, task: Task) -> bool:
        """Puts back a task whose worker died. Returns False if it was tried often enough."""
        tried = self._attempts[task.source, task.unit] = self._attempts.get((task.source, task.unit), 0) + 1
        if tried >= ATTEMPTS:
            return False
        match task.kind:
            case "make" | "finish":
                self._tasks.appendleft(task)
            case "read" | "read and finish":
                self._begin.appendleft(self._under_way.pop(task.source).edition)
            case "list":
                self._listed = "ahead"
            case "load":
                pass
            case _:
                assert_never(task.kind)
        return True

    # ------------------------------------------------------------------------------------------------ what came of it

    def done(self, task: Task, result: Result | PipelineError) -> Edition | None:
        """Notes the result of `task` and adds the tasks that may follow. Returns the edition that it concerns, if
        any. Raises a fault that every other document would meet, which ends the run."""
        if task.kind == "load":  # who needs the channel meets its faults again
            return None
        if isinstance(result, PipelineError) and (task.kind == "list" or not isinstance(result, RenderError | NotOurs)):
            raise result
        if task.kind == "list":
            self._listed = "done"
            return None
        under_way = self._under_way[task.source]
        edition = under_way.edition
        if isinstance(result, ReadAndFinished):
            edition.note_parsed(result.parsed, self._places)
            return self.done(task, result.done)
        match result:
            case Parsed():
                self._read(under_way, result)
            case Made():
                edition.note_made(result)
                self._made(under_way, result.channel, result.key)
            case Published():
                for made in result.made:
                    edition.note_made(made)
                edition.note_published(result)
                del self._under_way[task.source]
            case PipelineError():
                edition.error = edition.error or result
                if task.kind == "make":
                    self._made(under_way, task.channel, None)
                else:
                    del self._under_way[task.source]
            case Draft() | None:  # of no task that this schedule gives
                raise AssertionError(task)
            case _:
                assert_never(result)
        return edition

    def _read(self, under_way: _UnderWay, parsed: Parsed) -> None:
        edition = under_way.edition
        edition.note_parsed(parsed, self._places)
        if edition.failed:
            del self._under_way[edition.source]
            return
        under_way.parsed, under_way.waiting = parsed, set(self._first)
        self._await(under_way, [name for name in self._first if not self._below[name]])
        if not self._first:
            self._await_end(under_way)

    def _made(self, under_way: _UnderWay, channel: str, key: CacheKey | None) -> None:
        """Notes that a channel is made. Channels that quote it come next, or are dropped if it failed. After the
        last channel the edition is published, or all its faults are known."""
        under_way.waiting.discard(channel)
        after = [name for name in self._first if name in under_way.waiting and channel in self._below[name]]
        if key is not None:
            under_way.keys[channel] = key
            self._await(under_way, [name for name in after if under_way.keys.keys() >= {*self._below[name]}])
        else:
            under_way.waiting.difference_update(after)
        if not under_way.waiting and under_way.edition.failed:
            del self._under_way[under_way.edition.source]
        elif not under_way.waiting:
            self._await_end(under_way)


def write_list(worker: Worker) -> None:
    """Does what is to be done after all editions are published."""
    worker.config.at_end(worker.config.output, worker.config.flush)


def _slowest_first(edition: Edition) -> tuple[int, str]:
    """Sorts large sources before small ones, so that no long one is left for the end."""
    try:
        size = edition.source.stat().st_size
    except OSError:
        size = 0
    return -size, str(edition.source)
