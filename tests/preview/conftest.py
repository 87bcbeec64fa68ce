"""Fixtures that tests of the preview share with those of publishing, and a thread for what runs in a loop of events."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tests.publish.conftest import workshop

__all__ = ["apart", "workshop"]

T = TypeVar("T")


def apart(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`. It runs in another thread, since Playwright may keep a loop of events in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
