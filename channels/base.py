"""What a channel is: a Document goes in, a Rendering (files as bytes, diagnostics, clips) comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from model.diagnostics import Diagnostic
from model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of an edition. `path` is relative to the language's folder, with forward slashes.
    `title` is how a reader calls it ("Leaflet"), empty for files that are only part of another."""

    path: str
    data: bytes
    media_type: str
    title: str = ""
    pages: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A stretch of the recording: the sentence or row `id`, from `begin` to `end` (seconds) in `file`; `section` is
    the id of the part it belongs to, `text` the words that were spoken."""

    id: str
    file: str
    begin: float
    end: float
    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What a channel made of a document. `notes` are lines for the summary ("set at 13.25 pt")."""

    channel: str
    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    clips: tuple[Clip, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run chooses for its channels. `voice` is "espeak-ng", "gtts", "piper" or "flite"; `voice_file` the voice
    that Piper loads; `lexicons` the folder with `<language>/lexicon.yaml`, which says how words are said."""

    voice: str = "espeak-ng"
    voice_file: Path | None = None
    lexicons: Path = Path(__file__).parent.parent / "languages"


class Store(Protocol):
    """Where finished work is kept by the digest of what it was made from. A damaged entry counts as absent."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class Channel(Protocol):
    """One way to publish a document. `render` returns bytes and reads neither clock nor environment; faults of
    content come back as diagnostics, faults of the run are raised as PipelineError."""

    name: str
    needs: tuple[str, ...]

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """Every file that `render` reads, other than the code of the channel's own folder."""
        ...

    def fingerprint(self) -> str:
        """Settings and tools' versions: whatever else changes the bytes. Cheap: no engine is imported for it."""
        ...

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """`document` as files; `made` holds the renderings of the channels in `needs` that were asked for."""
        ...

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """Look at what was really made, and say what is wrong with it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the registry: where a channel's class is ("module:Class"), imported when it is loaded and not before.
    `needs` repeats the class's own, for a scheduler that imports no channel; `engines` are the modules slow to import,
    which a worker that has to wait imports ahead of its work. `voices` are what a user may choose, the usual first;
    `network` names who is sent the text by those that send it."""

    path: str
    needs: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    network: Mapping[str, str] = field(default_factory=dict)

    def load(self, settings: Settings, store: Store) -> Channel:
        """The channel, made with the run's settings and store."""
        module, _, name = self.path.partition(":")
        return cast(Channel, getattr(import_module(module), name)(settings, store))
