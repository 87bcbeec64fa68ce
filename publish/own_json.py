"""Turns JSON that this program wrote earlier back into what it says. Any damage, of whatever kind, is None.

What stands on a disk may be cut off, edited, nested a hundred thousand deep, or somebody else's. So no other module of
these rooms reads JSON from a file. What is kept in the cache is sealed with its digest, and opens only as it was
written; what is published is plain JSON, and whoever asks says what shape it must have.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final, TypeVar

T = TypeVar("T")
DIGEST: Final = 32
"""Bytes of the digest in front of what is sealed."""


def read_json(data: bytes, into: Callable[[Any], T]) -> T | None:
    """What `into` makes of the JSON in `data`. None if it is no JSON, or if `into` finds another shape in it and
    raises one of the errors that a wrong shape causes."""
    try:
        return into(json.loads(data))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def sealed(data: bytes) -> bytes:
    """`data` behind its digest, for the cache."""
    return hashlib.sha256(data).digest() + data


def open_sealed(data: bytes, into: Callable[[Any], T]) -> T | None:
    """What `into` makes of the JSON that was sealed. None if anything in it has changed since."""
    digest, inner = data[:DIGEST], data[DIGEST:]
    return read_json(inner, into) if digest == hashlib.sha256(inner).digest() else None
