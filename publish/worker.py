"""What one worker does: read a source, make a rendering (or find it in the store), put an edition together, publish it.

A task goes in, an outcome comes out; both are small and cross process borders. Renderings do not: the store is how
workers hand them on, so what was finished is kept in whatever way the run ends.
"""

from __future__ import annotations

import importlib
import os
import pickle
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeAlias, assert_never

from channels.base import Channel, Entry, File, Rendering, Role, Settings, left_out_of, own_of
from model.diagnostics import Diagnostic, has_errors, strictly
from model.digest import digest as digest_of_document
from model.document import Document
from model.errors import OutputError, PipelineError, RenderError, ToolMissing
from model.traverse import text_of
from publish import folder, manifest
from publish.cache_key import ROOT, Hashes, Recipe, SourceDocument, inputs_of, parts_of, recipe_of
from publish.choices import faults_of_choices
from publish.explain import Records, reasons_for
from publish.proof import proof_of, prove
from publish.serialize import pack, unpack
from publish.store import DiskStore


class ReadResult(Protocol):
    """What the reader gives: a document, or None where a diagnostic is an error."""

    @property
    def document(self) -> Document | None: ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig:
    """What a run is made of: the channels asked for (slowest first), their settings, and where things go.

    `read` turns a source into a document. `at_end` is called once all editions stand, with the output folder and
    whether to wait for the disk. A worker finds both functions by name. `flush` waits for the
    disk before each swap; `apart` names channels that wait for the network and have their own worker. `strict` takes
    every warning for an error."""

    channels: Mapping[str, Entry]
    settings: Settings
    output: Path
    cache: Path
    read: Callable[[Path], ReadResult]
    at_end: Callable[[Path, bool], None]
    flush: bool = True
    apart: frozenset[str] = frozenset()
    strict: bool = False


LONGEST_NAME = 255
"""Bytes that a file's name may have, on every file system that is in use."""


# ---------------------------------------------------------------------------------------------------- tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    source: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """Make `channel` of the pickled `document`, which was read from `source`. `recipes` are those of the renderings
    that it quotes, by channel, each after what it quotes itself."""

    source: Path
    document: bytes = field(repr=False)
    digest: str
    channel: str
    recipes: tuple[tuple[str, Recipe], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Make the channels that quote others, then publish all. `recipes` are those of the renderings made so far, by
    channel."""

    source: Path
    document: bytes = field(repr=False)
    digest: str
    recipes: tuple[tuple[str, Recipe], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Do what is to be done once all editions stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """Import what `channel` will need."""

    channel: str


Task: TypeAlias = Read | Make | Finish | Index | Warm


# ---------------------------------------------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A task with nothing to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """A source that was read; `document` is None when a diagnostic is an error."""

    document: bytes | None = field(repr=False)
    digest: str = ""
    place: str = ""
    title: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A rendering that is in the store under its `recipe`, which whoever publishes it needs, and nobody later;
    `stored` when it was there before. `inputs` are files that the channel reads far from the project and the source,
    `programs` what it uses outside Python."""

    channel: str
    recipe: Recipe | None = field(repr=False)
    stored: bool
    seconds: float
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A published file: its place under the output folder, and what it looks like to a `stat`. So is a folder, whose
    path ends with a slash and whose time tells whether a name has come or gone."""

    path: str
    size: int
    changed: int
    role: Role = "asset"
    media_type: str = ""
    title: str = ""
    pages: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An edition that stands in the output folder; `changed` when it was swapped in just now."""

    changed: bool
    outputs: tuple[Output, ...]
    made: tuple[Made, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A task that a fault of the run, or of the content, has stopped."""

    error: PipelineError | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


Outcome: TypeAlias = Done | Readout | Made | Published | Failed


# ---------------------------------------------------------------------------------------------------- the worker


class Worker:
    """One worker: its store, the channels it has loaded, the digests it knows. Everything a task needs is on
    the task or here; nothing is kept from one document to the next but what makes the next one quicker."""

    def __init__(self, config: BuildConfig) -> None:
        self.config = config
        self.hashes = Hashes()
        self.renderings = DiskStore(config.cache / "store" / "renderings")
        self.utterances = DiskStore(config.cache / "store" / "utterances")
        self.records = Records(config.cache / "records", config.output)
        self.loaded: dict[tuple[str, tuple[tuple[str, str], ...]], Channel] = {}
        self.latest: tuple[str, Rendering] | None = None
        self.read: tuple[bytes, Document] | None = None

    def do(self, task: Task) -> Outcome:
        """The outcome of `task`. A fault of the run comes back as Failed; a fault of the program is raised."""
        try:
            match task:
                case Read():
                    return self._read(task.source)
                case Make():
                    return self._make_one(task)
                case Finish():
                    return self._finish(task)
                case Index():
                    self.config.at_end(self.config.output, self.config.flush)
                    return Done()
                case Warm():
                    return self._warm(task.channel)
                case _:
                    assert_never(task)
        except PipelineError as error:
            return Failed(error=error)
        except ImportError as error:
            return Failed(error=ToolMissing(f"a package is missing: {error}", "Run `make`, which installs it."))
        except FileNotFoundError as error:
            return Failed(error=RenderError(f"{error.filename} was there and is gone", "Put it back, and run again."))

    def _channel(self, name: str, document: Document | None = None) -> Channel:
        """The channel `name`, with what the run chooses and, else, what `document` asks for."""
        settings = self.config.settings if document is None else self.config.settings.of(document)
        key = (name, tuple(sorted(settings.chosen.items())))
        if key not in self.loaded:
            self.loaded[key] = self.config.channels[name].load(settings, self.utterances)
        return self.loaded[key]

    def _warm(self, name: str) -> Done:
        self._channel(name)
        for engine in self.config.channels[name].engines:
            importlib.import_module(engine)
        return Done()

    def _read(self, source: Path) -> Readout:
        result = self.config.read(source)
        document, found = result.document, self._judged(result.diagnostics)
        if document is not None:
            found += tuple(faults_of_choices(document, self.config.channels, self.config.settings))
        if document is None or has_errors(found):
            return Readout(document=None, diagnostics=found)
        data = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
        self.read = (data, document)
        return Readout(
            document=data,
            digest=digest_of_document(document),
            place=f"{document.id}/{document.language}",
            title=text_of(document.title.inlines),
            diagnostics=found,
        )

    def _judged(self, diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """Faults as the run takes them."""
        return strictly(diagnostics) if self.config.strict else diagnostics

    def _document(self, data: bytes) -> Document:
        """The document that was pickled as `data`: the one this worker read last, or another's."""
        if self.read is None or self.read[0] != data:
            document = pickle.loads(data)  # noqa: S301 (from our own process, by a pipe)
            assert isinstance(document, Document)  # noqa: S101
            self.read = (data, document)
        return self.read[1]

    def _make_one(self, task: Make) -> Made | Failed:
        subject = SourceDocument(document=self._document(task.document), digest=task.digest, source=task.source)
        renderings: dict[str, Rendering] = {}
        for name, recipe in task.recipes:
            kept = self._kept(recipe.key(), subject.document)
            if kept is None:
                outcome, kept = self._make(name, subject, self._quoted(name, renderings))
                if outcome.recipe is None:
                    return Failed(diagnostics=outcome.diagnostics)
            renderings[name] = kept
        made, _ = self._make(task.channel, subject, self._quoted(task.channel, renderings))
        return Failed(diagnostics=made.diagnostics) if made.recipe is None else made

    def _quoted(self, name: str, renderings: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """What the channel `name` is given of the `renderings` that there are."""
        return self.config.channels[name].quoted(renderings, self.config.channels)

    def _make(self, name: str, subject: SourceDocument, made: Mapping[str, Rendering]) -> tuple[Made, Rendering]:
        """The rendering of `subject` in channel `name`, from the store or made now. Without a recipe when it has
        errors: what is at fault is neither kept nor published."""
        begin = time.perf_counter()
        channel, document = self._channel(name, subject.document), subject.document
        recipe = recipe_of(channel, subject, made, self.hashes)
        key = recipe.key()
        rendering = self._kept(key, document)
        stored = rendering is not None
        if rendering is None:
            rendering = channel.render(own_of(channel, document), made)
            found = tuple(dict.fromkeys((*rendering.diagnostics, *channel.check(rendering))))
            departures = (*channel.departures(document), *left_out_of(channel, document, rendering))
            proof, unproved = prove(document, channel.read_back(rendering), departures)
            found = (*found, *unproved)
            rendering = replace(rendering, diagnostics=found, proof=proof)
            # A picture that was saved meanwhile may be in it or not: that is kept under no recipe, and made once more.
            if not has_errors(found) and inputs_of(channel, subject, self.hashes) == recipe.inputs:
                self.renderings.put(key, pack(rendering, document))
                self.latest = (key, rendering)
        else:
            self.latest = (key, rendering)
        judged = self._judged(rendering.diagnostics)
        outcome = Made(
            channel=name,
            recipe=None if has_errors(judged) else recipe,
            stored=stored,
            seconds=time.perf_counter() - begin,
            diagnostics=judged,
            notes=rendering.notes,
            inputs=_far((*channel.inputs(document), *map(Path, document.defaults)), subject.source),
            programs=channel.programs(),
        )
        return outcome, rendering

    def _kept(self, key: str, document: Document) -> Rendering | None:
        """The rendering under `key`: the one this worker made last, or the store's."""
        if self.latest is not None and self.latest[0] == key:
            return self.latest[1]
        data = self.renderings.get(key)
        return None if data is None else unpack(data, document)

    def _finish(self, task: Finish, *, anew: bool = False) -> Published | Failed:
        """All renderings, those in the store by the recipes of `task` unless `anew`, put together and published."""
        subject = SourceDocument(document=self._document(task.document), digest=task.digest, source=task.source)
        given = dict(task.recipes)
        renderings: dict[str, Rendering] = {}
        recipes: dict[str, Recipe] = {}
        made: list[Made] = []
        for name in self.config.channels:
            kept = self._kept(given[name].key(), subject.document) if name in given and not anew else None
            if kept is not None:
                renderings[name], recipes[name] = kept, given[name]
                continue
            outcome, renderings[name] = self._make(name, subject, self._quoted(name, renderings))
            if outcome.recipe is None:
                return Failed(diagnostics=outcome.diagnostics)
            recipes[name] = outcome.recipe
            if name not in given:
                made.append(outcome)
        if not anew and not _agree(recipes.values()):
            return self._finish(task, anew=True)
        if not any(had.files for name, had in renderings.items() if self.config.channels[name].publishes):
            return Failed(diagnostics=(_nothing_made(subject.document, renderings),))
        return self._publish(subject, renderings, recipes, tuple(made))

    def _publish(
        self,
        subject: SourceDocument,
        renderings: Mapping[str, Rendering],
        recipes: Mapping[str, Recipe],
        made: tuple[Made, ...],
    ) -> Published:
        """Swap the edition in, unless what stands there is the same already."""
        document = subject.document
        place = f"{document.id}/{document.language}"
        target = self.config.output / place
        shown = {name: made for name, made in renderings.items() if self.config.channels[name].publishes}
        channels = [(self._channel(name, document), rendering) for name, rendering in shown.items()]
        departures = [d for channel, _ in channels for d in channel.departures(document)]
        departures += [d for channel, rendering in channels for d in left_out_of(channel, document, rendering)]
        published = (*shown.values(), *proof_of(document, shown.values(), departures))
        files = [file for rendering in published for file in rendering.files]
        _check_paths(files, place)
        made_with = {name: recipe.fingerprint for name, recipe in recipes.items()}
        sheet = manifest.manifest_of(document, subject.digest, published, made_with)
        parts = parts_of(document)
        reasons = reasons_for(self.records.get(place), parts, recipes, shown, target)
        changed = not _stands(target, sheet)
        if changed:
            content = [*((file.path, file.data) for file in files), (manifest.NAME, sheet)]
            folder.publish(self.config.output, place, content, ours=manifest.is_ours, flush=self.config.flush)
        if changed:
            self.records.put(place, parts, recipes)
        else:
            with suppress(OutputError):  # only explanations rest on it, and all that was asked for is there
                self.records.put(place, parts, recipes)
        return Published(changed=changed, outputs=_outputs(target, place, files), made=made, reasons=reasons)


def _nothing_made(document: Document, renderings: Mapping[str, Rendering]) -> Diagnostic:
    """Why none of the channels asked for made a file: each has said so in its notes."""
    said = "; ".join(f"{name}: {note}" for name, rendering in renderings.items() for note in rendering.notes)
    hint = "Ask for another channel, or leave out --channel for all that can be made."
    message = f"nothing can be made of this ({said})"
    return Diagnostic(severity="error", code="nothing-made", message=message, mark=document.language_mark, hint=hint)


def _agree(recipes: Iterable[Recipe]) -> bool:
    """Whether what several editions show was the same for all: not where a picture was saved between two of them."""
    shown = {pair for recipe in recipes for pair in recipe.inputs}
    return len(shown) == len({name for name, _ in shown})


def _far(inputs: tuple[Path, ...], source: Path) -> tuple[str, ...]:
    """The inputs that lie neither in the project nor beside the source, where a later run looks anyway."""
    beside, program, sources = f"{source.parent.absolute()}/", f"{ROOT}/", f"{ROOT}/source/"
    paths = (os.path.abspath(path) for path in inputs)  # noqa: PTH100 (a publisher's logo lies above the source)
    return tuple(
        path
        for path in paths
        if not path.startswith(beside) and (path.startswith(sources) or not path.startswith(program))
    )


def _stands(target: Path, sheet: bytes) -> bool:
    """Whether `target` holds the edition that `sheet` lists, byte for byte."""
    try:
        if (target / manifest.NAME).read_bytes() != sheet:
            return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    return not manifest.faults_in(target)


def _outputs(target: Path, place: str, files: list[File]) -> tuple[Output, ...]:
    """What a later run compares with: taken from files and folders themselves, whose times the swap has kept."""
    outputs = []
    folders = sorted(f"{inner or '.'}/" for inner in folder.folders_of(file.path for file in files))
    extra = [File(path=path, data=b"", media_type="") for path in (manifest.NAME, *folders)]
    for file in (*files, *extra):
        state = os.stat(f"{target}/{file.path}")  # noqa: PTH116 (a dozen times a page)
        outputs.append(
            Output(
                path=f"{place}/{file.path}",
                size=state.st_size,
                changed=state.st_mtime_ns,
                role=file.role,
                media_type=file.media_type,
                title=file.title,
                pages=file.pages,
                seconds=file.seconds,
            )
        )
    return tuple(outputs)


def _check_paths(files: list[File], place: str) -> None:
    """Two channels that write one path, or one that writes outside its folder, is a fault of the program's parts."""
    seen = {manifest.NAME}
    for file in files:
        parts = file.path.split("/")
        if file.path in seen or not file.path or any(part in ("", ".", "..") for part in parts):
            raise RenderError(f"{place}: a channel may not write {file.path!r}", "This is a fault of that channel.")
        if any(len(os.fsencode(part)) > LONGEST_NAME for part in parts):
            hint = "Give the publication's folder, or the section that it is called by, a shorter name."
            raise RenderError(f"{place}: no file may have a name as long as {parts[-1]!r}", hint)
        seen.add(file.path)
