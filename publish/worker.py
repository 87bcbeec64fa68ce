"""Turns a source into a Document, and a Document in a channel into a rendering in the store: the first two steps.

Each step is a function of a Worker and of what it works on, and returns a small result. The bytes of a rendering
stay in the store, through which workers hand them on. So what was finished is kept however the run ends.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from channels.base import Channel, Rendering, Told, left_out_of, own_of, untold
from model.diagnostics import Diagnostic, has_errors, placed, strictly
from model.digest import digests
from model.document import Document
from model.errors import PipelineError, RenderError, ToolMissing
from model.traverse import text_of
from proof.prove import prove
from publish.cache_key import CacheKey, Hashes, SourceDocument, cache_key_of, inputs_of
from publish.choices import faults_of_choices
from publish.config import BuildConfig, ReadResult
from publish.faults import unforeseen
from publish.inspection import inspected
from publish.ledger import Ledgers
from publish.links import Links
from publish.results import Made, Parsed
from publish.serialize import deserialize, serialize
from publish.store import RENDERINGS, DiskStore

T = TypeVar("T")
SMALL = 4 * 1024 * 1024
"""The most bytes of a rendering that is remembered although no other channel quotes it."""

Keys: TypeAlias = tuple[tuple[str, CacheKey], ...]
"""The keys of renderings in the store, by channel, each after those that it quotes."""


class Worker:
    """The things that a process keeps from one step to the next: its store, the channels it has loaded, what it read
    or made last. None of it changes a result; it makes the next step quicker."""

    def __init__(self, config: BuildConfig, told: Told = untold) -> None:
        self.config = config
        self.told = told
        self.hashes = Hashes()
        self.renderings = config.shared() if config.shared else DiskStore(config.cache / "store" / RENDERINGS)
        self.utterances = DiskStore(config.cache / "store" / "utterances")
        self.ledgers = Ledgers(config)
        self.links = Links()
        self._loaded: dict[tuple[str, tuple[tuple[str, str], ...]], Channel] = {}
        self._remembered: dict[CacheKey, Rendering] = {}
        self._parsed: tuple[bytes, Document] | None = None

    def channel(self, name: str, document: Document) -> Channel:
        """The channel `name`, with the run's settings completed by what `document` asks for. Loaded once."""
        settings = self.config.settings.of(document)
        key = (name, tuple(sorted(settings.chosen.items())))
        if key not in self._loaded:
            self._loaded[key] = self.config.channels[name].load(settings, self.utterances)
            self._loaded[key].watch(self.told)
        return self._loaded[key]

    def inspected(self, result: ReadResult) -> tuple[Diagnostic, ...]:
        """The faults that channels find in a source that is not made, so that one run tells them all."""
        if (content := result.document or result.draft) is None:
            return ()
        channels = [self.channel(name, content) for name in self.config.channels]
        return self.judged(tuple(inspected(result, channels)))

    def judged(self, diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """The diagnostics as errors if the run is strict, else unchanged."""
        return strictly(diagnostics) if self.config.strict else diagnostics

    def subject(self, source: Path, parsed: Parsed) -> SourceDocument:
        """The document that was read from `source`: the one that this worker read last, or one from another worker,
        which comes pickled."""
        assert parsed.document is not None  # noqa: S101 (nothing is made of a source that is at fault)
        if self._parsed is None or self._parsed[0] != parsed.document:
            self._parsed = (parsed.document, pickle.loads(parsed.document))  # noqa: S301 (from our own process)
        return SourceDocument(document=self._parsed[1], digest=parsed.digest, source=source, parts=parsed.parts)

    def handed_on(self, subject: SourceDocument, parsed: Parsed) -> Parsed:
        """`parsed` with its document, for the worker of the next step. It is remembered, since that is often this
        one."""
        data = pickle.dumps(subject.document, pickle.HIGHEST_PROTOCOL)
        self._parsed = (data, subject.document)
        return replace(parsed, document=data)

    def kept(self, key: CacheKey, document: Document) -> Rendering | None:
        """The rendering under `key`: the one that this worker remembers, or the store's. None if there is none."""
        if key in self._remembered:
            return self._remembered[key]
        data = self.renderings.get(key.name())
        return None if data is None else deserialize(data, document)

    def keep(self, key: CacheKey, rendering: Rendering, document: Document) -> None:
        """Puts `rendering` into the store."""
        self.renderings.put(key.name(), serialize(rendering, document))

    def remember(self, name: str, key: CacheKey, rendering: Rendering) -> None:
        """Remembers the rendering in channel `name`, which is in the store, until another document is made: others
        quote it, and the last step publishes it. Reading a recording takes 10 ms each time. The marks of diagnostics
        belong to one document, so a rendering with any is read anew."""
        if any(other.document != key.document for other in self._remembered):
            self._remembered.clear()
        quoted = any(name in entry.needs for entry in self.config.channels.values())
        if not rendering.diagnostics and (quoted or sum(len(file.data) for file in rendering.files) <= SMALL):
            self._remembered[key] = rendering

    def quoted(self, name: str, renderings: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """The part of `renderings` that the channel `name` gets."""
        return self.config.channels[name].quoted(renderings, self.config.channels)


def load(worker: Worker, *, channel: str) -> None:
    """Imports what `channel` needs to render, in a worker that would wait."""
    worker.config.channels[channel].load(worker.config.settings, worker.utterances).get_ready()


def read(worker: Worker, *, source: Path) -> Parsed:
    """The document at `source`, or its faults."""
    subject, parsed = understood(worker, source)
    return parsed if subject is None else worker.handed_on(subject, parsed)


def understood(worker: Worker, source: Path) -> tuple[SourceDocument | None, Parsed]:
    """The document at `source` (None if it has errors), and what is known of it."""
    result = worker.config.read(source)
    document, found = result.document, worker.judged(result.diagnostics)
    if (content := document or result.draft) is not None:
        found += tuple(faults_of_choices(content, worker.config.channels, worker.config.settings))
    if document is None or has_errors(found):
        return None, Parsed(document=None, diagnostics=(*found, *worker.inspected(result)))
    digest, parts = digests(document)
    subject = SourceDocument(document=document, digest=digest, source=source, parts=parts)
    place, title = f"{document.id}/{document.language}", text_of(document.title.inlines)
    parsed = Parsed(document=None, digest=digest, parts=parts, place=place, title=title, diagnostics=found)
    return subject, parsed


def make(worker: Worker, *, source: Path, parsed: Parsed, channel: str, keys: Keys = ()) -> Made:
    """The rendering of `parsed` from `source` in `channel`. `keys` are those of the renderings that it quotes."""
    subject = worker.subject(source, parsed)
    renderings: dict[str, Rendering] = {}
    for name, key in keys:
        kept = worker.kept(key, subject.document)
        if kept is None:
            made, kept = rendered(worker, name, subject, worker.quoted(name, renderings))
            if made.key is None:
                return replace(made, channel=channel)
        renderings[name] = kept
    return rendered(worker, channel, subject, worker.quoted(channel, renderings))[0]


def rendered(
    worker: Worker, name: str, subject: SourceDocument, quoted: Mapping[str, Rendering]
) -> tuple[Made, Rendering]:
    """The rendering of `subject` in channel `name`, from the store or made now."""
    begin = time.perf_counter()
    channel, document = worker.channel(name, subject.document), subject.document
    key = cache_key_of(channel, subject, quoted, worker.hashes)
    rendering = worker.kept(key, document)
    stored = rendering is not None
    if rendering is None:
        rendering = _proved(channel, document, quoted)
        # A picture that was saved meanwhile may be in the rendering or not. It is then kept under no key, and made once
        # more.
        sound = not has_errors(rendering.diagnostics) and inputs_of(channel, subject, worker.hashes) == key.inputs
        if sound:
            worker.keep(key, rendering, document)
            worker.remember(name, key, rendering)
    else:
        worker.remember(name, key, rendering)
    found = worker.judged(rendering.diagnostics)
    made = Made(
        channel=name,
        key=None if has_errors(found) else key,
        stored=stored,
        seconds=time.perf_counter() - begin,
        diagnostics=found,
        notes=rendering.notes,
        idle=not (rendering.files or rendering.notes or found),
    )
    return made, rendering


def _proved(channel: Channel, document: Document, quoted: Mapping[str, Rendering]) -> Rendering:
    """The files of `channel` for `document`, checked and compared with it."""
    rendering = channel.render(own_of(channel, document), quoted)
    found = tuple(dict.fromkeys((*rendering.diagnostics, *channel.check(rendering))))
    departures = (*channel.departures(document), *left_out_of(channel, document, rendering))
    read = channel.read_back(rendering)
    proof, unproved = prove(document, read, departures, channel.written(document), draws=channel.draws)
    return replace(rendering, diagnostics=placed((*found, *unproved), document.mark), proof=proof)


def result_of(step: Callable[[Worker], T], worker: Worker) -> T | PipelineError:
    """The result of `step`. A fault of the run is returned. A fault of the program is raised, and ends the worker."""
    try:
        return step(worker)
    except PipelineError as error:
        return error
    except ImportError as error:
        return ToolMissing(f"a package is missing: {error}", "Run `make`, which installs it.")
    except FileNotFoundError as error:
        return RenderError(f"{error.filename} was there and is gone", "Put it back, and run again.")
    except OSError as error:
        return unforeseen(error)
