"""What the three steps of a publication give: a source that was read, a rendering that was made, an edition that
stands. All are small and cross process borders; the bytes of a rendering stay in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from channels.base import File, Role
from model.diagnostics import Diagnostic
from model.errors import PipelineError
from publish.cache_key import CacheKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A source that was read. `document` is pickled, and None where a diagnostic is an error."""

    document: bytes | None = field(repr=False)
    digest: str = ""
    place: str = ""
    title: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a rendering is that takes long: `done` of so many sentences, after so many seconds."""

    done: int
    of: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A rendering that is in the store under its `key`; None where it has errors and is neither kept nor published.
    `stored` when it was there before, `idle` when nobody asks for anything of the channel and it says nothing."""

    channel: str
    key: CacheKey | None = field(repr=False)
    stored: bool
    seconds: float
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    idle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A published file: its place under the output folder, and its size and time of change as a `stat` tells them. So
    is a folder, whose path ends with a slash and whose time tells whether a name has come or gone."""

    path: str
    size: int
    changed: int
    role: Role = "asset"
    media_type: str = ""
    title: str = ""
    pages: int | None = None
    seconds: float | None = None

    @classmethod
    def of(cls, file: File, place: str, size: int, changed: int = 0) -> Output:
        """`file` in the folder `place` of the output."""
        return cls(
            path=f"{place}/{file.path}",
            size=size,
            changed=changed,
            role=file.role,
            media_type=file.media_type,
            title=file.title,
            pages=file.pages,
            seconds=file.seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An edition that stands in the output folder; `changed` when it was swapped in just now. `made` are the renderings
    that were made last of all. `far` are the files that were read neither beside the source nor in the project,
    `programs` what was used outside Python. Where a diagnostic is an error nothing was published."""

    changed: bool = False
    outputs: tuple[Output, ...] = ()
    made: tuple[Made, ...] = ()
    reasons: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAndFinished:
    """A source that was read, and what came of it, in one step."""

    parsed: Parsed
    done: Published | PipelineError


Result: TypeAlias = Parsed | Made | Published | ReadAndFinished | None
