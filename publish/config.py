"""What a run is made of: the channels that were asked for, their settings, and where things go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from channels.base import Entry, Settings
from model.diagnostics import Diagnostic
from model.document import Document


class ReadResult(Protocol):
    """What the reader gives: a document, or None where a diagnostic is an error."""

    @property
    def document(self) -> Document | None: ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """When a run began (nanoseconds), and a digest of the program as it was then."""

    at_ns: int
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """The channels, slowest first, their settings, and where things go: `cache` is a folder of this machine, `shared`
    the address of a store that many machines share, which then keeps the renderings.

    `read` turns a source into a document. `at_end` is called once all editions stand, with the output folder and
    whether to wait for the disk. A worker finds both functions by name. `flush` waits for the
    disk before each swap. `apart` names channels that wait for the network and have their own worker. `strict` takes
    every warning for an error. Where nothing is said of how the run `began`, none of its editions is passed over by the
    next."""

    channels: Mapping[str, Entry]
    settings: Settings
    output: Path
    cache: Path
    shared: str = ""
    read: Callable[[Path], ReadResult]
    at_end: Callable[[Path, bool], None]
    flush: bool = True
    apart: frozenset[str] = frozenset()
    strict: bool = False
    began: Began | None = None

    @property
    def choice(self) -> str:
        """What was chosen, as a text that is the same for the same choice."""
        return repr((list(self.channels), self.settings))
