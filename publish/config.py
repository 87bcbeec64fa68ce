"""The configuration of a run: the channels that were asked for, their settings, and where things go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from channels.base import Entry, Settings, Store
from model.diagnostics import Diagnostic
from model.document import Document


class ReadResult(Protocol):
    """The result of reading: a document, or None where a diagnostic is an error, and then what could be read as a
    draft."""

    @property
    def document(self) -> Document | None: ...

    @property
    def draft(self) -> Document | None: ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


Read: TypeAlias = Callable[[Path], ReadResult]
"""Reads the source at a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """When a run began (nanoseconds), and a digest of the program at that time."""

    at_ns: int
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """The channels, slowest first, their settings, and where things go.

    `cache` is a folder of this machine. `shared` opens the store of renderings that many machines share; without it,
    they are kept in `cache`. `read` turns a source into a document. `at_end` is called after all editions are
    published, with the output folder and whether to wait for the disk. A worker finds these functions by name.
    `flush` waits for the disk before each swap. `apart` names channels that wait for the network and have their own
    worker. `strict` makes every warning an error. `remembered` keeps a ledger of each edition, which drafts do not
    need. Without `began`, the next run looks at every edition of this one again.
    """

    channels: Mapping[str, Entry]
    settings: Settings
    output: Path
    cache: Path
    shared: Callable[[], Store] | None = None
    read: Read
    at_end: Callable[[Path, bool], None]
    flush: bool = True
    apart: frozenset[str] = frozenset()
    strict: bool = False
    remembered: bool = True
    began: Began | None = None

    @property
    def choice(self) -> str:
        """The choices as a text that is equal for equal choices."""
        return repr((list(self.channels), self.settings))
