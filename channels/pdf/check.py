"""The bytes of a PDF → what is wrong with it that a validator cannot know."""

from __future__ import annotations

from collections.abc import Iterator


def faults_of(data: bytes) -> Iterator[str]:
    """Faults of one PDF, in words."""
    yield from ()
