"""The builds behind the preview: drafts of the page and the leaflets at once, then every edition. Each part is shown
as it comes.

A draft of the page is the page alone, without its recording and downloads. A worker that does nothing else builds it,
beside the workers that make the editions. Both builds use the engine; a draft goes into a folder of the cache. Other
workers make drafts of the leaflets (drafts.py).
"""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import attrgetter
from pathlib import Path

from channels.base import Draft, Entry
from model.errors import Interrupted, PipelineError
from preview.drafts import MOST, Drafter, Wanted
from publish.build import build
from publish.config import BuildConfig
from publish.edition import Edition
from publish.events import Ended, Event, Rendered, Started
from publish.faults import fault, faults, writing
from publish.ledger import write_whole
from publish.manifest import read_manifest
from publish.pool import Pool
from publish.results import Output
from publish.serialize import files_in, recipes_in
from publish.store import DiskStore
from reader.sources import find_sources, real_folder

RUN = Path()  # stands for all sources, in a list of faults
PATIENCE = 5.0  # seconds that a build may go on after the sources have changed
BEHIND = 10  # how much the workers of the editions give way to the worker of the draft


@dataclass(slots=True, kw_only=True)
class Shown:
    """The state that the preview shows: the last good editions, newer parts, and the faults of the sources.

    `version` counts the builds that changed something, `revision` counts every new thing to see. For each place,
    `drafts` has the revision of a page that is newer than its edition, `parts` has newer files, and `under_way` has
    the work on each part by channel. `unread` has the faults that a draft met, which the build beside it will also
    meet.
    """

    version: int = 0
    revision: int = 0
    status: str = "Making …"
    faults: dict[Path, str] = field(default_factory=dict)
    unread: dict[Path, str] = field(default_factory=dict)
    warnings: dict[Path, str] = field(default_factory=dict)
    editions: dict[Path, Edition] = field(default_factory=dict)
    drafts: dict[str, int] = field(default_factory=dict)
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)
    under_way: dict[str, dict[str, str]] = field(default_factory=dict)

    def said(self) -> dict[str, str]:
        """The faults and the warnings, for people."""
        faults = "\n".join({**self.unread, **self.faults}.values())
        return {"faults": faults, "warnings": "\n".join(self.warnings.values())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that was made after its edition, the revision in which it came, and after how many saves it was begun.
    `draft` tells how it was made if it is a draft."""

    output: Output
    revision: int
    after: int
    draft: str = ""


def no_list(_output: Path, _flush: bool) -> None:
    """Does nothing, since drafts have no list of publications."""


class Builder:
    """Builds with warm workers, one build and one draft at a time, and tells those who listen."""

    def __init__(self, config: BuildConfig, typed: Sequence[Path], home: Path, jobs: int) -> None:
        self.config, self.typed, self.home = config, typed, home
        self.shown = Shown()
        self.over = threading.Event()
        self.saves = 0  # how often something was saved
        self.begun, self.begun_after = 0.0, 0  # when the build under way began, and after how many saves
        self.taking = threading.Lock()  # drafts and editions come from several threads
        self.built_after: dict[Path, int] = {}  # by source, after how many saves its edition was begun
        self.ended_after: dict[Path, int] = {}  # the same, also if it failed
        self.drafted_after: dict[Path, int] = {}  # by source, after how many saves its page was last drafted
        self.made_after: dict[tuple[str, str], int] = {}  # the same by place and channel, once that has made its files
        self.recipes: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}  # by place and channel
        self.unfinished: frozenset[Path] = frozenset()  # the sources of a build that was stopped
        self.listeners: set[Callable[[str, str], object]] = set()
        self.aside = config.cache / "preview"
        pages = {name: entry for name, entry in config.channels.items() if entry.quotes_downloads}
        drafts = self.aside / "drafts"
        self.draft_config = replace(
            config, channels=pages, output=drafts, at_end=no_list, flush=False, remembered=False
        )
        self.pool = Pool(config, jobs, self.outdated, niceness=BEHIND)
        self.draft_pool = Pool(self.draft_config, 1, self.over.is_set)
        self.drafter = Drafter(config, jobs, self.over.is_set)
        self.renderings = DiskStore(config.cache / "store" / "renderings")
        for source in find_sources(typed, home):
            self._show_what_stands(source)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Keeps the workers alive within. Deletes in the end what they made for the preview only. Raises OutputError if
        there can be no folder for what they make."""
        shutil.rmtree(self.aside, ignore_errors=True)
        for folder, option in ((self.draft_config.output, "--cache"), (self.config.output, "--output")):
            with writing(folder, option):
                folder.mkdir(parents=True, exist_ok=True)
        try:
            with self.pool, self.draft_pool, self.drafter.pool:
                yield
        finally:
            shutil.rmtree(self.aside, ignore_errors=True)

    def outdated(self) -> bool:
        """True if the build under way must stop: the preview ends, or the build takes long and a newer source was
        saved. So a build that never ends is over once its source is mended."""
        late = time.monotonic() - self.begun > PATIENCE
        return self.over.is_set() or (late and self.saves > self.begun_after)

    def _show_what_stands(self, source: Path) -> None:
        """Shows what is published from a source, until its first build and for as long as it has errors."""
        place = f"{real_folder(source).name}/{source.stem}"
        sheet = read_manifest(self.config.output / place)
        if sheet is not None:
            outputs = tuple(
                Output(
                    path=f"{place}/{file['path']}",
                    size=file["size"],
                    changed=0,
                    role=file.get("role", "asset"),
                    media_type=file["media_type"],
                    title=file.get("title", ""),
                    pages=file.get("pages"),
                    seconds=file.get("seconds"),
                )
                for file in sheet["files"]
            )
            self.shown.editions[source] = Edition(source=source, place=place, title=sheet["title"], outputs=outputs)

    def tell(self, event: str) -> None:
        """Tells every listener the name of an event, and what is shown. May be called by any thread."""
        said = self.described()
        for listener in self.listeners.copy():
            listener(event, said)

    def described(self) -> str:
        """The shown state as JSON."""
        shown = self.shown
        seen = {"version": shown.version, "revision": shown.revision, "status": shown.status}
        return json.dumps({**seen, "parts": shown.under_way.copy(), **shown.said()})

    def concerned(self, changed: Iterable[Path]) -> tuple[Sequence[Path], Sequence[Path]]:
        """All sources, and those that a change of the files `changed` concerns: the sources beside these files, or
        all."""
        sources = find_sources(self.typed, self.home)
        folders = {real_folder(path) for path in changed}
        beside = [source for source in sources if real_folder(source) in folders]
        own = folders <= {real_folder(source) for source in sources}
        return sources, beside if own and beside and RUN not in self.shown.faults else sources

    def draft(self, changed: Iterable[Path]) -> None:
        """Makes the page of each source that `changed` concerns. Notes the faults of a source that cannot be read."""
        after = self.saves
        try:
            sources, wanted = self.concerned(changed)
            _forget(self.shown.unread, sources)
            for event in build(self.draft_config, wanted, self.draft_pool):
                if isinstance(event, Ended):
                    for edition in event.editions:
                        self._take_draft(edition, after)
        except PipelineError:  # the build beside this one reports it
            return

    def _take_draft(self, edition: Edition, after: int) -> None:
        """Shows a draft, or the faults of its source, unless an edition was begun after as many saves and is there."""
        with self.taking:
            if self.built_after.get(edition.source, -1) >= after:
                return
            self.drafted_after[edition.source] = after
            if edition.failed and not edition.place:
                self.shown.unread[edition.source] = faults([edition])
            else:
                self.shown.unread.pop(edition.source, None)
                if edition.failed or not edition.changed:
                    return
                self.shown.revision += 1
                self.shown.drafts[edition.place] = self.shown.revision
        self.tell("part")

    def draft_files(self, changed: Collection[Path]) -> None:
        """Makes drafts of the files that take long, of each source that `changed` concerns. If nothing changed, the
        workers make those of one publication, which nobody sees: then the next are made in half the time."""
        after = self.saves
        try:
            if not changed:
                first = islice(self._wanted([*self.shown.editions], after), MOST)
                for _ in self.drafter.drafts(first, lambda _: True):
                    pass
                return
            _, sources = self.concerned(changed)
            wanted = self._wanted(sources, after)
            for one, draft in self.drafter.drafts(wanted, lambda one: self._lacks(one) and one.after == self.saves):
                self._take_file(one, draft)
        except PipelineError:  # the build beside this one reports it
            return

    def _wanted(self, sources: Sequence[Path], after: int) -> Iterator[Wanted]:
        """Every file of `sources` that can be drafted. The build beside this may take an edition away meanwhile."""
        for source in sources:
            edition = self.shown.editions.get(source)
            place = edition.place if edition else ""
            for channel, recipes in self.recipes.get(place, {}).copy().items():
                for path, recipe in recipes:
                    yield Wanted(source=source, place=place, channel=channel, path=path, recipe=recipe, after=after)

    def _lacks(self, wanted: Wanted) -> bool:
        """True until the channel has made the file, or its edition has failed, after as many saves."""
        made = self.made_after.get((wanted.place, wanted.channel), -1)
        return max(made, self.ended_after.get(wanted.source, -1)) < wanted.after

    def _take_file(self, wanted: Wanted, draft: Draft) -> None:
        """Shows the draft of a file, unless the file is there."""
        write_whole(self.aside / "files" / wanted.place / wanted.path, draft.file.data)
        with self.taking:
            if not self._lacks(wanted):
                return
            self.shown.revision += 1
            output = Output.of(draft.file, wanted.place, len(draft.file.data))
            part = Part(output=output, revision=self.shown.revision, after=wanted.after, draft=draft.note)
            self.shown.parts.setdefault(wanted.place, {})[output.path] = part
        self.tell("part")

    def build(self, changed: Iterable[Path] = ()) -> None:
        """Makes what `changed` concerns: the sources beside these files, or all if the files belong to no source."""
        self.begun, self.begun_after = time.monotonic(), self.saves
        editions: tuple[Edition, ...] = ()
        try:
            sources, wanted = self.concerned(changed)
            wanted = [source for source in sources if source in wanted or source in self.unfinished]
            self.unfinished = frozenset(wanted)
            for event in build(self.config, wanted, self.pool):
                self._follow(event)
                if isinstance(event, Ended):
                    editions = event.editions
            self.unfinished = frozenset()
        except Interrupted:  # by a newer source, or by the end of the preview
            return
        except PipelineError as error:
            with self.taking:
                for source, edition in self.shown.editions.items():
                    self.ended_after[source] = self.begun_after
                    self._keep(edition.place, self.shown.parts.get(edition.place, ()))
            self.shown.faults[RUN] = fault(error)
            self.shown.status = "Not made."
            return
        finally:
            self.shown.under_way.clear()
        _forget(self.shown.faults, sources)
        _forget(self.shown.warnings, sources)
        self._withdraw(sources)
        for edition in editions:
            self._take(edition)
        if any(edition.changed for edition in editions) or not self.shown.version:
            self.shown.version += 1
        self.shown.revision += 1
        made = "Not made." if self.shown.faults else f"Made in {time.monotonic() - self.begun:.2f} s."
        self.shown.status = made

    def _follow(self, event: Event) -> None:
        """Shows what each part is doing as it goes on, and each part that is made."""
        match event:
            case Started(unit=unit):
                place, _, name = unit.rpartition(" ")
                if name in self.config.channels:
                    self._under_way(place)[name] = "being made"
                    self.tell("building")
            case Rendered(unit=unit, made=made):
                place, _, name = unit.rpartition(" ")
                self._under_way(place)[name] = "as saved"
                if made.key is not None and self.config.channels[name].publishes:
                    self._show_part(place, name, made.key.name())
                self.tell("part")

    def _under_way(self, place: str) -> dict[str, str]:
        """The work on each part of the publication at `place`. Before it begins, the thing that it waits for."""
        return self.shown.under_way.setdefault(place, waits(self.config.channels))

    def _show_part(self, place: str, channel: str, key: str) -> None:
        data = self.renderings.get(key)
        if data is None:
            return
        found = [file for file in files_in(data) if file.title]
        if not found:
            return
        for file in found:
            write_whole(self.aside / "parts" / place / file.path, file.data)
        with self.taking:
            self.made_after[place, channel] = self.begun_after
            self.recipes.setdefault(place, {})[channel] = recipes_in(data)
            self.shown.revision += 1
            parts = self.shown.parts.setdefault(place, {})
            for file in found:
                output = Output.of(file, place, len(file.data))
                made = Part(output=output, revision=self.shown.revision, after=self.begun_after)
                parts[output.path] = max(made, parts.get(output.path, made), key=attrgetter("after"))

    def _keep(self, place: str, made: Collection[str]) -> None:
        """Shows of the newer files at `place` only those in `made`, and drafts of a later save than this build's. The
        next build replaces these."""
        self.shown.parts[place] = {
            path: part
            for path, part in self.shown.parts.get(place, {}).items()
            if (part.after > self.begun_after if part.draft else path in made)
        }

    def _take(self, edition: Edition) -> None:
        """Replaces the drafts of an edition by the edition, except those of a later save. If the edition failed, its
        parts are dropped."""
        self.ended_after[edition.source] = self.begun_after
        said = faults([edition])
        self.shown.faults.pop(edition.source, None)
        self.shown.warnings.pop(edition.source, None)
        if said:
            (self.shown.faults if edition.failed else self.shown.warnings)[edition.source] = said
        if not edition.failed:
            self.shown.editions[edition.source] = edition
            with self.taking:
                self.built_after[edition.source] = self.begun_after
                if self.drafted_after.get(edition.source, -1) <= self.begun_after:
                    self.shown.unread.pop(edition.source, None)
                    self.shown.drafts.pop(edition.place, None)
                self._keep(edition.place, {output.path for output in edition.outputs})
        elif edition.source in self.shown.editions:
            with self.taking:
                self._keep(self.shown.editions[edition.source].place, ())

    def _withdraw(self, sources: Sequence[Path]) -> None:
        """Shows no edition whose source is gone. It is published until `clean --withdrawn`."""
        for gone in [source for source in self.shown.editions if source not in sources]:
            place = self.shown.editions.pop(gone).place
            with self.taking:
                self.shown.drafts.pop(place, None)
                self.shown.parts.pop(place, None)

    def renew(self) -> None:
        """Replaces all workers by new ones, which load the program as it is now."""
        for pool in (self.pool, self.draft_pool, self.drafter.pool):
            for worker in pool.workers:
                pool.replace(worker)


def _forget(said: dict[Path, str], sources: Sequence[Path]) -> None:
    """Forgets what was said of sources that are gone."""
    for gone in [source for source in said if source not in sources]:
        del said[gone]


def waits(channels: Mapping[str, Entry]) -> dict[str, str]:
    """For each channel, what it waits for before it can begin."""
    said = {}
    for name, entry in channels.items():
        needs = [need for need in entry.needs if need in channels]
        needs += ["what it offers"] if entry.quotes_downloads else []
        said[name] = f"waits for {', '.join(needs)}" if needs else "waits for a worker"
    return said
