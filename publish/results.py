"""The results of the three steps of a publication: a source that was read, a rendering that was made, an edition.

All are small and cross process borders. The bytes of a rendering stay in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from channels.base import Draft, File, Role
from model.diagnostics import Diagnostic
from model.errors import PipelineError
from publish.cache_key import CacheKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A source that was read. `document` is pickled. It is None where a diagnostic is an error. `parts` are those of
    the document, each with its digest."""

    document: bytes | None = field(repr=False)
    digest: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    title: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The progress of a rendering that takes long: `done` of so many sentences, after so many seconds."""

    done: int
    of: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A rendering that is in the store under its `key`. The key is None if it has errors and is neither kept nor
    published. `stored` is true if it was there before. `idle` is true if nobody asks anything of the channel and it
    has nothing to say."""

    channel: str
    key: CacheKey | None = field(repr=False)
    stored: bool
    seconds: float
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    idle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A published file: its place under the output folder, and its size and time of change as `stat` gives them. A
    folder is listed too; its path ends with a slash, and its time shows whether a name has come or gone."""

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
        """The Output of `file` in the folder `place` of the output."""
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
    """An edition in the output folder. `changed` is true if it was swapped in just now. `made` are the renderings
    made in the last step. `far` are the files that were read neither beside the source nor in the project,
    `programs` what was used outside Python. If a diagnostic is an error, nothing was published."""

    changed: bool = False
    outputs: tuple[Output, ...] = ()
    made: tuple[Made, ...] = ()
    reasons: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAndFinished:
    """The results of reading a source and publishing it in one step."""

    parsed: Parsed
    done: Published | PipelineError


Result: TypeAlias = Parsed | Made | Published | ReadAndFinished | Draft | None
