"""The files beside a page, each under a name that holds its digest: what a browser has kept is never another version.

What a reader takes away keeps its name, and is linked with its digest as a query.
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
    """The address of a file that keeps its name."""
    return f"{file.path}?v={digest(file.data)}"


def digest(data: bytes) -> str:
    """Enough of the SHA-256 of some bytes to tell two versions of a file apart."""
    return hashlib.sha256(data).hexdigest()[:8]
