"""What happens in a run, as a stream of small values: who reads it shows it to people or hands it to machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from publish.edition import Edition
from publish.results import Made, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """So many documents will be looked at, in so many units (a document in a channel)."""

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
    """`unit` is there, as `made` tells."""

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
    """The last event: what became of each source, in their order."""

    editions: tuple[Edition, ...]


Event: TypeAlias = Begun | Started | Progressed | Rendered | Finished | Note | Tick | Ended
