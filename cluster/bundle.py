"""Turns a bundle (a source with all that lies beside it) into its renderings in the cache, on a worker of a cluster.

A worker knows nothing of the machine that builds, so the bundle brings every file that is read. The renderings are
made by the same functions and under the same keys as on one machine. Small results go back directly, renderings go
into the cache.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from channels.base import Rendering, Settings
from model.diagnostics import Diagnostic
from model.errors import PipelineError, RenderError
from publish.cache_key import SourceDocument
from publish.config import BuildConfig
from publish.finish import far_files
from publish.ledger import digest_now, program_roots
from publish.results import Made, Progress
from publish.store import Nothing
from publish.telling import Teller
from publish.worker import Worker, read, rendered, result_of

MOST = 64 * 1024 * 1024
"""The most bytes of a bundle."""
DEEP = "1/2/3/4"
"""The place in a new folder where a bundle is unpacked. It is so deep that nothing above it can be taken for a
publisher's."""
PROBE = "a cluster reads what is written here"
_one_at_a_time = threading.Lock()  # engines are not thread-safe, and a worker may have several threads


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A source, by its path among `files`. These are all files that are read for it, by paths that keep their places
    relative to each other."""

    source: str
    files: tuple[tuple[str, bytes], ...] = field(repr=False)


Identity: TypeAlias = Mapping[str, str]
"""Everything besides its document that decides about a rendering: the program, Python, the tools of each channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A worker that is not as it must be. `identity` is its own."""

    worker: str
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A worker as it makes a task: its name, the folder `local` where it keeps what others do not need, and `tell`,
    which hears how far a rendering is: the number of its bundle, its channel, its progress."""

    name: str
    local: str
    tell: Callable[[int, str, Progress], None]


Answer: TypeAlias = Refused | tuple[tuple[Made, ...] | PipelineError, ...]


def bundle_of(worker: Worker, subject: SourceDocument) -> Bundle:
    """All files that a worker elsewhere needs to read and render `subject`. Raises RenderError if that is too much."""
    folder = subject.source.parent.absolute()
    beside = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder)))
    paths = [*beside, *map(Path, far_files(worker, subject))]
    anchor = _anchor([folder, *(path.parent for path in paths)])
    files, size = [], 0
    for path in paths:
        size += path.stat().st_size
        if size > MOST:
            said = f"{subject.source}: more than {MOST // 1024**2} MB lie beside it, too much for a cluster"
            raise RenderError(said, "Give it a folder of its own: source/<publication>/.")
        files.append((path.relative_to(anchor).as_posix(), path.read_bytes()))
    source = subject.source.absolute().relative_to(anchor)
    return Bundle(source=source.as_posix(), files=tuple(files))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _anchor(folders: list[Path]) -> Path:
    """The folder that contains all of `folders`. It is above the first one, whose name is the publication's."""
    anchor = folders[0].parent
    while not all(folder.is_relative_to(anchor) for folder in folders):
        anchor = anchor.parent
    return anchor


def identity_of(config: BuildConfig) -> Identity:
    """This machine's identity: what it would make renderings with, and whether it sees the cache."""
    worker = Worker(config)
    found = {"the program": digest_now(program_roots())[:16], "Python": sys.version.split()[0]}
    for name, entry in config.channels.items():
        try:
            found[f"the channel {name}"] = entry.load(config.settings, Nothing()).fingerprint()
        except PipelineError as error:
            found[f"the channel {name}"] = f"none, as {error}"
    found["the cache"] = (worker.renderings.get(PROBE) or b"not to be seen").decode()
    return found


def render(config: bytes, identity: Identity, bundles: tuple[Bundle, ...], there: There) -> Answer:
    """The renderings of `bundles`, by the worker `there`. `config` is pickled, so that all tasks of a run share one
    Worker."""
    with _one_at_a_time:
        worker, teller, own = _worker(config, there.local)
        if own != identity:
            return Refused(worker=there.name, identity=own)

        def begin(number: int, channel: str) -> None:
            teller.begin(lambda progress: there.tell(number, channel, progress))

        return tuple(_rendered(worker, bundle, partial(begin, number)) for number, bundle in enumerate(bundles))


def identity_there(config: bytes, local: str) -> Identity:
    """The identity of a worker's machine."""
    with _one_at_a_time:
        return _worker(config, local)[2]


@lru_cache(maxsize=2)
def _worker(config: bytes, local: str) -> tuple[Worker, Teller, Identity]:
    loaded: BuildConfig = pickle.loads(config)  # noqa: S301 (from who builds)
    settings = replace(loaded.settings, lexicons=Settings().lexicons)
    here = replace(loaded, settings=settings, cache=Path(local) / "one-source" if loaded.shared else loaded.cache)
    teller = Teller()
    return Worker(here, teller), teller, identity_of(here)


def _rendered(worker: Worker, bundle: Bundle, begin: Callable[[str], None]) -> tuple[Made, ...] | PipelineError:
    with TemporaryDirectory(prefix="one-source-") as folder:
        root = Path(folder).resolve() / DEEP
        for path, data in bundle.files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        made = result_of(lambda worker: _make_all(worker, root / bundle.source, begin), worker)
        worker.hashes.forget(root)
    if isinstance(made, PipelineError):
        return type(made)(str(made).replace(f"{root}/", ""), made.hint)
    return tuple(replace(one, diagnostics=_here(one.diagnostics, root)) for one in made)


def _make_all(worker: Worker, source: Path, begin: Callable[[str], None]) -> tuple[Made, ...]:
    """Every channel's rendering. `begin` hears the name of each before. A channel that quotes one with errors is left
    out."""
    parsed = read(worker, source=source)
    if parsed.document is None:
        raise RenderError(f"{source} is at fault here, and was not where it was sent from")
    subject, channels = worker.subject(source, parsed), worker.config.channels
    renderings: dict[str, Rendering] = {}
    made: list[Made] = []
    for name, entry in channels.items():
        needs = set(channels) - {name} if entry.quotes_downloads else {need for need in entry.needs if need in channels}
        if needs <= renderings.keys():
            begin(name)
            one, rendering = rendered(worker, name, subject, worker.quoted(name, renderings))
            made.append(one)
            if one.key is not None:
                renderings[name] = rendering
    return tuple(made)


def _here(diagnostics: tuple[Diagnostic, ...], root: Path) -> tuple[Diagnostic, ...]:
    """Diagnostics that name files by their paths in the bundle."""
    prefix = f"{root}/"
    return tuple(
        replace(found, mark=replace(found.mark, file=found.mark.file.removeprefix(prefix))) for found in diagnostics
    )
