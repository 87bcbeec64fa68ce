"""Makes drafts of the files that take long: by a recipe of the last edition, which an edition now under way replaces.

They are made side by side, by workers that do nothing else. These give way to the worker of the page, and those of
the editions to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from channels.base import Draft
from publish.config import BuildConfig
from publish.draft import draft
from publish.pool import Pool, Process
from publish.schedule import Task

MOST = 2  # workers; a publication mostly has two files to draft
NICENESS = 2  # how much they give way


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to draft: its publication, its channel, its path there and its recipe. `after` tells of how many saves
    the draft is."""

    source: Path
    place: str
    channel: str
    path: str
    recipe: str = field(repr=False)
    after: int = 0

    def task(self) -> Task:
        """The task for a worker."""
        step = partial(draft, source=self.source, channel=self.channel, path=self.path, recipe=self.recipe)
        return Task(kind="make", unit=f"draft of {self.place}/{self.path}", step=step, source=self.source)


class Drafter:
    """Workers for drafts. `stop` ends what they do."""

    def __init__(self, config: BuildConfig, jobs: int, stop: Callable[[], bool]) -> None:
        self.pool = Pool(config, min(jobs, MOST), stop, niceness=NICENESS)

    def drafts(self, wanted: Iterable[Wanted], still: Callable[[Wanted], bool]) -> Iterator[tuple[Wanted, Draft]]:
        """The drafts of what is wanted, as they are made. `still` says of each whether it is wanted when its turn
        comes. What cannot be drafted is left out, since the build beside this one tells why. Raises Interrupted when
        `stop` says so."""
        self.pool.free()
        waiting = list(wanted)
        begun: dict[str, Wanted] = {}
        while True:
            waiting = [one for one in waiting if still(one)]
            for worker in self.pool.workers:
                if worker.task is None and waiting:
                    one = _for(worker, waiting)
                    waiting.remove(one)
                    task = one.task()
                    begun[task.unit] = one
                    worker.loaded.add(one.path)
                    self.pool.give(worker, task)
            if all(worker.task is None for worker in self.pool.workers):
                return
            for task, result in self.pool.results():
                if isinstance(result, Draft):
                    yield begun[task.unit], result


def _for(worker: Process, waiting: list[Wanted]) -> Wanted:
    """The best of what waits for a worker: a file like one that it has drafted, whose styles it has read."""
    return min(waiting, key=lambda one: one.path not in worker.loaded)
