"""What a channel is: a Document goes in, a Rendering (files as bytes, diagnostics, clips) comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias, cast

from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import PipelineError
from model.parting import for_edition, missing

Role: TypeAlias = Literal["page", "download", "part", "asset"]
"""What a file is to a reader. `page`: opened first. `download`: taken away whole, offered by the page. `part`: a piece
of a download that can be taken alone. `asset`: fetched by another file, and never by a reader."""


KEPT_FOR_OTHERS: Final = "the author keeps it for other editions"

Proof: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""By file, the ids of the sentences that were read back from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of an edition. `path` is relative to the language's folder, with forward slashes. `title` is how a reader
    calls it ("Leaflet"), empty for an asset. `pages` and `seconds` say how much there is to read or to hear."""

    path: str
    data: bytes
    media_type: str
    role: Role = "asset"
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
    """What a channel made of a document. `notes` are lines for the summary ("set at 13.25 pt"); `proof` is what the
    engine read back from the files."""

    channel: str
    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    clips: tuple[Clip, ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof = ()

    def downloads(self) -> tuple[File, ...]:
        """The files that a page offers to its readers."""
        return tuple(file for file in self.files if file.role == "download")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence as a reader of `file` meets it: the `id` it has in the Document, and the words that stand there."""

    file: str
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Sentences, by their ids, that `file` has elsewhere than the Document on purpose, or, where it does not `stand`
    there, not at all; `why` in words."""

    file: str
    ids: tuple[str, ...]
    stands: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What a channel's user may choose. The command line shows it as `--name`, with `help`.

    `values` are the choices, the usual one first; where there are none, any text will do, which the help calls
    `metavar`. `requires` names, by value, the option without which that value makes no sense. `sends_to` names, by
    value, who is sent the text of the publication: that is told before it happens. `tried` is
    a function ("module:name") that tries what Settings choose, where a source may choose it, too."""

    name: str
    help: str
    values: tuple[str, ...] = ()
    metavar: str | None = None
    requires: Mapping[str, str] = field(default_factory=dict)
    sends_to: Mapping[str, str] = field(default_factory=dict)
    tried: str = ""

    def fault_of(self, settings: Settings) -> PipelineError | None:
        """Why what was chosen cannot be used here; None where it can."""
        if not self.tried:
            return None
        module, _, name = self.tried.partition(":")
        return cast(PipelineError | None, getattr(import_module(module), name)(settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run chooses for its channels. `chosen` has a value for each option that was chosen, by the option's name;
    `named` are the channels that the command line asks for by name; `lexicons` is the folder with
    `<language>/lexicon.yaml`, which says how words are said."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    lexicons: Path = Path(__file__).parent.parent / "languages"

    def of(self, document: Document) -> Settings:
        """These settings, with what `document` asks for and the run does not choose."""
        asked = {choice.name: choice.value for choice in document.choices}
        return replace(self, chosen={**asked, **self.chosen}) if asked else self


class Store(Protocol):
    """Where finished work is kept by the digest of what it was made from. A damaged entry counts as absent."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class Channel(Protocol):
    """One way to publish a document. A class that names this one as its base inherits the answers given here.

    `render` returns bytes, writes and prints nothing, and reads neither clock nor environment. A fault of content comes
    back as a diagnostic; a fault of the run is raised as a PipelineError."""

    name: str
    edition: str = ""  # which edition all its files are, by the name that authors know; "" where they are several

    def programs(self) -> tuple[str, ...]:
        """The programs and libraries outside Python that are used ("espeak-ng", "libpango-1.0.so.0"): a change of one
        is a change. A name without a slash is looked for where the system keeps such things."""
        return ()

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """Every file that `render` reads, other than the code of the channel's own folder."""
        ...

    def fingerprint(self) -> str:
        """Settings and tools' versions: whatever else changes the bytes. Cheap: no engine is imported for it."""
        ...

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:  # noqa: ARG002, an answer to inherit
        """What can be said against `document` without making anything: all that `render` would find, but for what only
        a finished file tells. In about a second."""
        return ()

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """`document` as files. `made` holds the renderings that the channel's entry says it quotes, as far as they
        were asked for."""
        ...

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """Look at what was really made, and say what is wrong with it."""
        ...

    def read_back(self, rendering: Rendering) -> Iterable[Passage]:  # noqa: ARG002, an answer to inherit
        """What was really made, sentence by sentence, in the order and the words in which a reader meets it. Nothing
        where a channel cannot read its files yet."""
        return ()

    def departures(self, document: Document) -> Iterable[Departure]:  # noqa: ARG002, an answer to inherit
        """Where the files keep another order than the Document, or lack something of it, on purpose."""
        return ()


def own_of(channel: Channel, document: Document) -> Document:
    """What `channel` is given of a document: that which its edition has of it."""
    return for_edition(document, channel.edition) if channel.edition else document


def left_out_of(channel: Channel, document: Document, rendering: Rendering) -> Iterator[Departure]:
    """What the files of `rendering` lack because the author keeps it for other editions."""
    ids = missing(document, channel.edition) if channel.edition and document.restricted else ()
    if ids:
        for file in rendering.files:
            yield Departure(file=file.path, ids=ids, stands=False, why=KEPT_FOR_OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the registry: where a channel's class is ("module:Class"), imported when it is loaded and not before,
    and what a scheduler must know of it without importing it.

    `needs` names the renderings that it quotes whole. One that was not asked for is absent, but for those it `brings`:
    of these it is made, so they are made for it, and not published. `quotes_downloads` says that it is also given the
    downloads of all others, and so comes after them: it shows what is published, and of its needs is given those that
    are. `publishes` is false for a rendering that only others quote: none of its files is published. `options` are what
    its user may choose."""

    path: str
    needs: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    quotes_downloads: bool = False
    publishes: bool = True
    options: tuple[Option, ...] = ()

    def load(self, settings: Settings, store: Store) -> Channel:
        """The channel, made with the run's settings and store."""
        module, _, name = self.path.partition(":")
        return cast(Channel, getattr(import_module(module), name)(settings, store))

    def quoted(self, made: Mapping[str, Rendering], entries: Mapping[str, Entry]) -> dict[str, Rendering]:
        """What this channel is given of the renderings that were `made`: those it needs, whole, with what these quote
        that is not published; and of the others their downloads, where it quotes those."""
        shown = [need for need in self.needs if need in entries]
        if self.quotes_downloads:
            shown = [need for need in shown if entries[need].publishes]
        behind = {below for need in shown for below in entries[need].needs}
        whole = {*shown, *(name for name in behind if name in entries and not entries[name].publishes)}
        given = {}
        for name, rendering in made.items():
            if name in whole:
                given[name] = rendering
            elif self.quotes_downloads and entries[name].publishes and not entries[name].quotes_downloads:
                given[name] = Rendering(channel=name, files=rendering.downloads())
        return given
