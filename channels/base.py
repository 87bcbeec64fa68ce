"""The interface of a channel, which turns a Document into a Rendering: files as bytes, diagnostics, clips."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias, cast

from model.diagnostics import Diagnostic
from model.document import OWN_EDITIONS, Document, EditionNames
from model.errors import PipelineError
from model.parting import for_edition, missing

Role: TypeAlias = Literal["page", "download", "part", "asset"]
"""The purpose of a file for a reader. A `page` is opened first. A `download` is taken away whole, and the page
offers it. A `part` is a piece of a download that can also be taken alone. An `asset` is fetched by another file,
never by a reader."""


ROOT: Final = Path(__file__).parent.parent
INSTALLED: Final = ".dist-info"
"""How the name of the folder ends that tells of an installed package (PyPA, “Recording installed projects”)."""

KEPT_FOR_OTHERS: Final = "the author keeps it for other editions"

Told: TypeAlias = Callable[[int, int], None]
"""Is told how much of something is done, and how much there is of it."""


def untold(done: int, of: int) -> None:
    """Told, where nobody wants to hear it."""


Proof: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""For each file, the ids of the sentences that were read back from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of an edition. `path` is relative to the language's folder, with forward slashes. `title` is what
    readers call it ("Leaflet"); it is empty for an asset. `pages` and `seconds` say how much there is to read or to
    hear."""

    path: str
    data: bytes
    media_type: str
    role: Role = "asset"
    title: str = ""
    pages: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A stretch of the recording: the sentence or row `id`, from `begin` to `end` (seconds) in `file`. `section` is
    the id of its part, `text` are the words that were spoken."""

    id: str
    file: str
    begin: float
    end: float
    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The result of a channel for a document. `notes` are lines for the summary ("set at 13.25 pt"). `proof` is what
    the engine read back from the files. `recipes` has the files that the channel can make a draft of, by path, each
    with what `Channel.draft` needs to know of how it was made."""

    channel: str
    files: tuple[File, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    clips: tuple[Clip, ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof = ()
    recipes: tuple[tuple[str, str], ...] = ()

    def downloads(self) -> tuple[File, ...]:
        """The files that a page offers to its readers."""
        return tuple(file for file in self.files if file.role == "download")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file that stands in a preview for one that takes long, until that is made. It is never published. `note` tells
    how it was made, for people ("set at 13.25 pt")."""

    file: File
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence as a reader of `file` meets it: its `id` in the Document, and the words that stand there. `text` of
    a picture is its description, and `drawn` the words that are seen in it."""

    file: str
    id: str
    text: str
    drawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Sentences that `file` has in another place than the Document, on purpose, or not at all where `stands` is
    false. `ids` are theirs, `why` is the reason in words."""

    file: str
    ids: tuple[str, ...]
    stands: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A setting of a channel that its user may choose. The command line shows it as `--name`, with `help`.

    `values` are the choices, the usual one first. Without values any text will do, and the help calls it `metavar`.
    `requires` names, for a value, another option that this value needs. `sends_to` names, for a value, who is sent
    the text of the publication; the user is told before that happens. `tried` is a function ("module:name") that
    tries the chosen settings; it exists where a source may choose them too.
    """

    name: str
    help: str
    values: tuple[str, ...] = ()
    metavar: str | None = None
    requires: Mapping[str, str] = field(default_factory=dict)
    sends_to: Mapping[str, str] = field(default_factory=dict)
    tried: str = ""

    def fault_of(self, settings: Settings) -> PipelineError | None:
        """Why the chosen settings cannot be used here. None where they can."""
        if not self.tried:
            return None
        module, _, name = self.tried.partition(":")
        return cast(PipelineError | None, getattr(import_module(module), name)(settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of a run for its channels. `chosen` has the value of each chosen option by the option's name.
    `named` are the channels that the command line names. `lexicons` is the folder with `<language>/lexicon.yaml`,
    which says how words are spoken."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    lexicons: Path = ROOT / "languages"

    def of(self, document: Document) -> Settings:
        """These settings, completed with what `document` asks for. The run's own choices win."""
        asked = {choice.name: choice.value for choice in document.choices}
        return replace(self, chosen={**asked, **self.chosen}) if asked else self


class Store(Protocol):
    """A place where finished work is kept, by the digest of what it was made from. A damaged entry counts as absent."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


class Channel(Protocol):
    """One way to publish a document. A class that names this one as its base inherits the answers given here.

    `render` returns bytes, writes and prints nothing, and reads neither clock nor environment. A fault of content
    comes back as a diagnostic. A fault of the run is raised as a PipelineError.
    """

    name: str
    edition: str = ""  # the edition that all its files are, by the authors' name; "" for several
    draws: bool = False  # whether its files show the pictures of statistics, which are then proved

    def programs(self) -> tuple[str, ...]:
        """The programs and libraries outside Python that the channel uses ("espeak-ng", "libpango-1.0.so.0"). A new
        version of one makes its editions anew. A name without a slash is searched for in the system's usual places."""
        return ()

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """Every file that `render` reads, except the code in the channel's own folder."""
        ...

    def fingerprint(self) -> str:
        """The settings and the versions of tools: everything else that changes the bytes. Must be quick and import
        no engine."""
        ...

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:  # noqa: ARG002, an answer to inherit
        """All faults that `render` would find in `document`, except those that only a finished file shows. Makes
        nothing and takes about a second."""
        return ()

    def watch(self, told: Told) -> None:  # noqa: ARG002, an answer to inherit
        """Gives a channel the function to call with its progress ("so many of so many sentences"), for a rendering
        that may take minutes. A quick channel never calls it."""
        return

    def get_ready(self) -> None:
        """Imports what `render` and `check` import late. Asked of a worker that has nothing else to do."""
        return

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """`document` as files. `made` holds the renderings that the channel's entry says it quotes, as far as they
        were made."""
        ...

    def draft(self, document: Document, path: str, recipe: str) -> Draft | None:  # noqa: ARG002, an answer to inherit
        """The file `path` for `document`, made as quickly as it can be: by the `recipe` of the last rendering, so that
        nothing has to be searched for. None where `document` has no such file."""
        return None

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of the files that were really made."""
        ...

    def read_back(self, rendering: Rendering) -> Iterable[Passage]:  # noqa: ARG002, an answer to inherit
        """The files that were really made, sentence by sentence, in the order and the words (or signs: `written`)
        in which a reader meets them. Empty for a channel that cannot read its files yet."""
        return ()

    def written(self, document: Document) -> Mapping[str, str]:  # noqa: ARG002, an answer to inherit
        """The signs in which the files have each sentence, by its id. Empty where these are its words."""
        return {}

    def departures(self, document: Document) -> Iterable[Departure]:  # noqa: ARG002, an answer to inherit
        """The places where the files, on purpose, keep another order than the Document or lack something of it."""
        return ()


@cache
def version_of(package: str) -> str:
    """The version of an installed package, for a fingerprint. A folder beside the package names it
    ("jinja2-3.1.6.dist-info"); only where there is none is the package's own metadata read, since that takes 15 ms."""
    version = _versions().get(_plain(package))
    if version is None:
        from importlib.metadata import version as read_version  # noqa: PLC0415 (15 ms)

        version = read_version(package)
    return version


@cache
def _versions() -> Mapping[str, str]:
    """The version of each package that has such a folder, by its name. Looked up once in a process, which keeps the
    packages that it loaded."""
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):  # no folder, but a zip file or nothing
            for folder in os.listdir(place or "."):  # noqa: PTH208 (a third of the time of a glob)
                if folder.endswith(INSTALLED):
                    package, _, version = folder.removesuffix(INSTALLED).partition("-")
                    found.setdefault(_plain(package), version)
    return found


def _plain(package: str) -> str:
    """The name of a package as all who mean it may spell it (PyPA, “Name normalization”)."""
    return re.sub(r"[-_.]+", "-", package).lower()


def own_of(channel: Channel, document: Document) -> Document:
    """The part of a document that `channel` gets: what its edition has of it."""
    return for_edition(document, channel.edition) if channel.edition else document


def left_out_of(channel: Channel, document: Document, rendering: Rendering) -> Iterator[Departure]:
    """The parts that the files of `rendering` lack because the author keeps them for other editions."""
    ids = missing(document, channel.edition) if channel.edition and document.restricted else ()
    if ids:
        for file in rendering.files:
            yield Departure(file=file.path, ids=ids, stands=False, why=KEPT_FOR_OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the registry: where a channel's class is ("module:Class"), and what a scheduler must know of the
    channel without importing it.

    `needs` names the renderings that it quotes whole. A need that was not asked for is absent, unless it is in
    `brings`: those are made for it, and not published. `quotes_downloads` says that it also gets the downloads of
    all other channels, and so comes after them. Such a channel shows what is published, so it gets only those needs
    that are published. `publishes` is false for a rendering that only others quote. `options` are what its user may
    choose. `edition` says how authors choose it, who then name it as the registry does: `usual`, `spoken` or
    `on_wish`, as in `EditionNames`. The editions of the program's own channels stand there already.
    """

    path: str
    needs: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    quotes_downloads: bool = False
    publishes: bool = True
    options: tuple[Option, ...] = ()
    edition: Literal["usual", "spoken", "on_wish"] | None = None

    @property
    def words(self) -> Path:
        """The file in the channel's folder with fixed words of its own, by language and key. There may be none."""
        return ROOT.joinpath(*self.path.partition(":")[0].split(".")[:-1], "words.yaml")

    def load(self, settings: Settings, store: Store) -> Channel:
        """The channel, imported now and made with the run's settings and store."""
        module, _, name = self.path.partition(":")
        return cast(Channel, getattr(import_module(module), name)(settings, store))

    def quoted(self, made: Mapping[str, Rendering], entries: Mapping[str, Entry]) -> dict[str, Rendering]:
        """The part of the renderings in `made` that this channel gets: those it needs, whole; those that these quote
        and that are not published; and, where it quotes downloads, the downloads of the others."""
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


def names_of_editions(entries: Mapping[str, Entry]) -> EditionNames:
    """The editions that authors may name where these are the channels: the program's own and the channels'."""

    def named(kind: str, own: tuple[str, ...]) -> tuple[str, ...]:
        return (*own, *(name for name, entry in entries.items() if entry.edition == kind and name not in own))

    own = OWN_EDITIONS
    return EditionNames(
        usual=named("usual", own.usual), spoken=named("spoken", own.spoken), on_wish=named("on_wish", own.on_wish)
    )
