"""Turns the files beside a page into names that hold their digest, so that a browser never uses an old version.

What a reader takes away keeps its name, and links to it have the digest as a query.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from channels.base import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The addresses of what every page fetches. `cues` is empty where there is no recording."""

    icon: str
    style: str
    script: str
    cues: str = ""


def asset(path: str, data: bytes, media_type: str) -> File:
    """A file named after its content: `page.css` becomes `page.1f2e3d4c.css`."""
    stem, dot, suffix = path.rpartition(".")
    return File(path=f"{stem}.{digest(data)}{dot}{suffix}", data=data, media_type=media_type)


def versioned(file: File) -> str:
    """The address of a file that keeps its name, with its digest as a query."""
    return f"{file.path}?v={digest(file.data)}"


def digest(data: bytes) -> str:
    """The beginning of the SHA-256 of some bytes, long enough to tell two versions of a file apart."""
    return hashlib.sha256(data).hexdigest()[:8]
