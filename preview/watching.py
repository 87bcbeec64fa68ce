"""Turns what is saved into builds: drafts of the page and of the leaflets, and beside them the editions."""

from __future__ import annotations

import asyncio
import stat
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from pathlib import Path

import watchfiles

from preview.builder import Builder
from publish.cache_key import ROOT

PROGRAM = [ROOT / room for room in ("model", "yaml_source", "languages", "reader", "narration", "channels")]
SETTLE_MS = 10
LOOK_MS = 500  # after which a folder that was deleted and made again is watched anew


class Loop:
    """Does one kind of work whenever something was saved, and again if more is saved meanwhile."""

    def __init__(self, tasks: asyncio.TaskGroup, work: Callable[[set[Path]], Awaitable[None]]) -> None:
        self._tasks, self._work = tasks, work
        self._changed: set[Path] = set()
        self._task: asyncio.Task[None] | None = None

    def wake(self, changed: set[Path]) -> None:
        """Works for what has `changed`: now, or after the work under way."""
        self._changed |= changed
        if self._task is None or self._task.done():
            self._task = self._tasks.create_task(self._go_on())

    async def _go_on(self) -> None:
        while True:
            changed, self._changed = self._changed, set()
            await self._work(changed)
            if not self._changed:
                return


async def watch(builder: Builder) -> None:
    """Builds now and whenever something is saved: drafts of the page and of the leaflets, and beside them the
    editions."""
    async with asyncio.TaskGroup() as tasks:
        drafts = Loop(tasks, lambda changed: asyncio.to_thread(builder.draft, changed))
        files = Loop(tasks, lambda changed: asyncio.to_thread(builder.draft_files, changed))
        editions = Loop(tasks, lambda changed: _build(builder, changed, files))
        if not builder.shown.editions:
            drafts.wake(set())
        editions.wake(set())
        async for found in saved(builder):
            builder.saves += 1
            if any(path.is_relative_to(room) for path in found for room in PROGRAM):
                await asyncio.to_thread(builder.renew)
            drafts.wake(found)
            files.wake(found)
            editions.wake(found)


async def _build(builder: Builder, changed: set[Path], files: Loop) -> None:
    """Makes the editions. After the first ones, `files` is woken once for nothing, so that its workers are warm."""
    builder.shown.status, first = "Making …", not builder.recipes
    builder.tell("building")
    await asyncio.to_thread(builder.build, changed)
    builder.tell("built")
    if first:
        files.wake(set())


async def saved(builder: Builder) -> AsyncGenerator[set[Path], None]:
    """The files that were saved, each time. If the system cannot watch more files (inotify has run out), they are
    looked at again and again."""
    home = builder.home / "source"
    places = (*({path if path.is_dir() else path.parent for path in builder.typed} | {home}), *PROGRAM)
    polling, missed = None, set[Path]()
    while True:
        watched = _standing(places)
        watching = watchfiles.awatch(
            *watched,
            step=SETTLE_MS,
            debounce=10 * SETTLE_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            force_polling=polling,
            ignore_permission_denied=True,
        )
        try:
            async with aclosing(watching):
                async for found in watching:
                    changed = missed | {Path(path) for _, path in found if "__pycache__" not in path}
                    if changed:
                        yield changed
                    # What is in a folder that was made again is told once that folder is watched.
                    if missed := {place for place, _ in _standing(places).items() ^ watched.items()}:
                        break
                else:
                    return
        except OSError as error:
            if polling:
                raise
            polling = True
            sys.stderr.write(f"note: the system cannot watch the sources ({error}); they are looked at instead\n")


def _standing(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The folders among `places`, each with what tells it from another folder of the same name."""
    found = {}
    for place in places:
        with suppress(OSError):
            state = place.stat()
            if stat.S_ISDIR(state.st_mode):
                found[place] = (state.st_dev, state.st_ino)
    return found
