"""Turns sources that were just imported into the faults that `check` finds in them. Several sources are checked in
parallel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from model.diagnostics import Diagnostic
from model.errors import RenderError
from reader.read import Result, read

FEW: Final = 2
"""Up to this number of pages, a second process costs more than it saves."""

Inspect = Callable[[Result], Iterable[Diagnostic]]
"""Gives the faults of what was read that `check` finds beyond reading its source file."""
Check = Callable[[Path], Callable[[], tuple[Diagnostic, ...]]]
"""Begins to check the source at a path. Returns a function that waits for the faults and returns them."""

_inspecting: list[Inspect] = []
"""The inspection of this worker process, made once."""


def checked(place: Path, inspect: Inspect | None) -> tuple[Diagnostic, ...]:
    """The faults that `check` finds in the source file at `place`. Without `inspect`, only those that its reader
    finds."""
    result = read(place)
    return (*result.diagnostics, *(inspect(result) if inspect else ()))


@contextmanager
def checking(made: Callable[[], Inspect] | None, pages: int) -> Iterator[Check]:
    """Gives a function that checks a source. More than FEW `pages` are checked in processes of their own, as many at
    once as there are processors. `made` returns the inspection of documents; without it, nothing is laid out."""
    if made is None or pages <= FEW:
        inspect = made() if made is not None else None
        yield lambda place: lambda: checked(place, inspect)
        return
    # Takes 30 ms, which a single page does not need.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    workers = ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _begin, (made,))
    try:
        yield lambda place: workers.submit(_checked, place).result
    except BrokenProcessPool as error:
        raise RenderError(
            "a process that checked a page has ended before it was done", "Import with --no-check, then check."
        ) from error
    finally:
        workers.shutdown(cancel_futures=True)


def _begin(made: Callable[[], Inspect]) -> None:
    _inspecting.append(made())


def _checked(place: Path) -> tuple[Diagnostic, ...]:
    return checked(place, _inspecting[0])
