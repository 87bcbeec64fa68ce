"""The sources that were just imported to what `check` says of each, side by side where there are several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import RenderError
from reader.read import read

FEW: Final = 2
"""Pages for which a second process costs more than it saves."""

Inspect = Callable[[Document], Iterable[Diagnostic]]
"""What `check` looks at beyond the source file itself."""
Check = Callable[[Path], Callable[[], tuple[Diagnostic, ...]]]
"""Begins to check the source at a path, and gives what waits for its faults."""

_inspecting: list[Inspect] = []
"""What this process inspects with: a worker's own, made once."""


def checked(place: Path, inspect: Inspect | None) -> tuple[Diagnostic, ...]:
    """What `check` finds in the source file at `place`; without `inspect`, what its reader finds."""
    result = read(place)
    if result.document is None or inspect is None:
        return result.diagnostics
    return (*result.diagnostics, *inspect(result.document))


@contextmanager
def checking(made: Callable[[], Inspect] | None, pages: int) -> Iterator[Check]:
    """How sources are checked, `pages` of them: each by a process of its own, as many at once as there are processors.
    `made` gives what inspects a document; without it, none is laid out."""
    if made is None or pages <= FEW:
        inspect = made() if made is not None else None
        yield lambda place: lambda: checked(place, inspect)
        return
    # 30 ms that a single page does not need.
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
