"""The events of a run as small values. The caller shows them to people or gives them to machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from publish.edition import Edition
from publish.results import Made, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The run has begun: how many documents it will look at, and in how many units (a document in a channel)."""

    documents: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A worker has begun `unit`: "drug-related-crime/en pdf"."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """`unit`, which takes long, is so far as `progress` tells."""

    unit: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """`unit` is made. `made` says how."""

    unit: str
    made: Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Nothing more will happen to `edition`."""

    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that people want to know at once."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Time has passed: a tenth of a second at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last event: what became of each source, in the order of the sources."""

    editions: tuple[Edition, ...]


Event: TypeAlias = Begun | Started | Progressed | Rendered | Finished | Note | Tick | Ended
