"""Turns sources into published editions with the workers of a Dask cluster: they render, this machine reads and
publishes.

Documents travel in bundles, several in a task where they are quick. A bounded number is under way. Renderings come
back through the cache alone. If a worker dies, the documents that it had become suspects. After all others are made,
each suspect is tried alone, and one that kills a second worker is named.
"""

from __future__ import annotations

import logging
import pickle
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from distributed import Client, get_worker
from distributed.scheduler import KilledWorker

from cluster.bundle import (
    PROBE,
    Answer,
    Bundle,
    Identity,
    Refused,
    There,
    bundle_of,
    identity_of,
    identity_there,
    render,
)
from cluster.reach import START_ONE, reach
from model.errors import ClusterError, NotOurs, PipelineError, RenderError
from publish.config import BuildConfig
from publish.edition import Edition
from publish.events import Begun, Ended, Event, Finished, Note, Progressed, Rendered, Tick
from publish.finish import finish
from publish.folder import sweep
from publish.results import Made, Parsed, Progress, Published
from publish.signals import RESTED, interrupted
from publish.worker import Worker, read, result_of

LOOK = 0.1
PATIENCE = 30  # seconds, for a scheduler to answer and a first worker to come
LONG_ENOUGH = 2.0  # seconds that a task should take; long compared with the milliseconds that sending it costs
MOST = 50


@dataclass(slots=True, kw_only=True, eq=False)
class _Job:
    """A document on its way: what was read, and the bundle that travels."""

    edition: Edition
    parsed: Parsed
    bundle: Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """The result of a task whose `worker` ended, and how it ended."""

    worker: str
    how: str


def build_on(
    address: str,
    config: BuildConfig,
    sources: Sequence[Path],
    standing: Mapping[Path, Edition],
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Publishes `sources`, except those in `standing`, with the workers of the scheduler at `address`. Yields and
    raises what `publish.build` does, and raises ClusterError for what is wrong with the cluster."""
    if config.output.exists():
        sweep(config.output)
    rest = [source for source in sources if source not in standing]
    yield Begun(documents=len(rest), units=len(rest) * len(config.channels))
    run = _Run(config, rest, {edition.place: source for source, edition in standing.items()})
    if rest:
        with closing(_Cluster(address, run.worker)) as cluster:
            yield from cluster.refusals()
            while not run.over:
                yield from run.hand_out(cluster)
                yield from run.take_in(cluster)
                if stop():
                    raise interrupted()
                yield Tick()
    config.at_end(config.output, config.flush)
    made = {edition.source: edition for edition in run.editions}
    yield Ended(editions=tuple(standing.get(source) or made[source] for source in sources))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The progress of a rendering in a task: the number of its bundle, its channel."""

    bundle: int
    channel: str
    progress: Progress


# ---------------------------------------------------------------------------------------------------- the documents


class _Run:
    """The documents of a run: which of them travel next, and what becomes of each."""

    def __init__(self, config: BuildConfig, sources: Sequence[Path], places: Mapping[str, Path]) -> None:
        self.worker = Worker(config)
        self.editions = [Edition(source=source) for source in sources]
        self._ahead = deque(self.editions)
        self._suspects: deque[_Job] = deque()
        self._under_way: dict[str, list[_Job]] = {}
        self._lost: dict[str, list[_Job]] = {}  # what each worker had when it ended
        self._places = dict(places)
        self._seconds = LONG_ENOUGH  # for a document, as far as is known

    @property
    def over(self) -> bool:
        return not (self._ahead or self._suspects or self._under_way)

    def hand_out(self, cluster: _Cluster) -> Iterator[Event]:
        """Sends as much as there is room for. Suspects are sent alone, after all others are made."""
        while self._ahead and len(self._under_way) < cluster.room():
            jobs: list[_Job] = []
            while self._ahead and len(jobs) < max(1, min(MOST, int(LONG_ENOUGH / self._seconds))):
                edition = self._ahead.popleft()
                job = self._read(edition)
                if job is None:
                    yield Finished(edition=edition)
                else:
                    jobs.append(job)
            if jobs:
                self._under_way[cluster.send([job.bundle for job in jobs])] = jobs
        if self._suspects and not self._under_way:
            job = self._suspects.popleft()
            self._under_way[cluster.send([job.bundle])] = [job]

    def _read(self, edition: Edition) -> _Job | None:
        """A document that can travel. None if it has errors."""
        parsed = result_of(lambda worker: read(worker, source=edition.source), self.worker)
        if isinstance(parsed, PipelineError):
            _fail(edition, parsed)
            return None
        edition.note_parsed(parsed, self._places)
        if edition.failed:
            return None
        bundle = result_of(lambda worker: bundle_of(worker, worker.subject(edition.source, parsed)), self.worker)
        if isinstance(bundle, PipelineError):
            _fail(edition, bundle)
            return None
        return _Job(edition=edition, parsed=parsed, bundle=bundle)

    def take_in(self, cluster: _Cluster) -> Iterator[Event]:
        """Publishes what came back."""
        found = cluster.answer()
        if found is None:
            return
        task, answer = found
        if isinstance(answer, _Told):
            if task in self._under_way:
                place = self._under_way[task][answer.bundle].edition.place
                yield Progressed(unit=f"{place} {answer.channel}", progress=answer.progress)
            return
        jobs = self._under_way.pop(task)
        match answer:
            case _Lost():
                yield from self._died(jobs, answer)
            case Refused():
                yield cluster.refuse(answer)
                self._under_way[cluster.send([job.bundle for job in jobs])] = jobs
            case _:
                took = sum(one.seconds for made in answer if isinstance(made, tuple) for one in made)
                self._seconds = max(0.001, (self._seconds + took / len(jobs)) / 2)
                for job, made in zip(jobs, answer, strict=True):
                    yield from self._made(job, made)

    def _died(self, jobs: list[_Job], lost: _Lost) -> Iterator[Event]:
        """Handles the documents that a worker had when it ended. A document that was alone on its worker twice is
        named, since no other can be the cause."""
        had = self._lost.setdefault(lost.worker, [])
        had += jobs
        if sum(others == had for others in self._lost.values() if len(others) == 1) > 1:
            edition = had[0].edition
            said = f"{edition.place}: the worker that made it ended twice ({lost.how})"
            _fail(edition, RenderError(said, "The rest was made."))
            yield Finished(edition=edition)
            return
        self._suspects += jobs
        named = ", ".join(job.edition.place for job in jobs)
        yield Note(text=f"a worker ended ({lost.how}); tried once more, alone: {named}")

    def _made(self, job: _Job, made: tuple[Made, ...] | PipelineError) -> Iterator[Event]:
        edition = job.edition
        if isinstance(made, PipelineError):
            _fail(edition, made)
        else:
            for one in made:
                edition.note_made(replace(one, diagnostics=tuple(_told(found, job) for found in one.diagnostics)))
                if one.key is not None:
                    yield Rendered(unit=f"{edition.place} {one.channel}", made=one)
            if not edition.failed:
                self._publish(job, made)
        yield Finished(edition=edition)

    def _publish(self, job: _Job, made: tuple[Made, ...]) -> None:
        """Publishes the edition from the renderings in the cache."""
        keys = tuple((one.channel, one.key) for one in made if one.key is not None)
        edition, source, parsed = job.edition, job.edition.source, job.parsed
        done = result_of(lambda worker: finish(worker, source=source, parsed=parsed, keys=keys), self.worker)
        match done:
            case Published():
                edition.note_published(done)
            case _:
                _fail(edition, done)


# ---------------------------------------------------------------------------------------------------- the cluster


class _Cluster:
    """A scheduler and its workers, which get tasks and give answers. Workers unlike this machine get no tasks."""

    def __init__(self, address: str, worker: Worker) -> None:
        for name in ("distributed", "distributed.client"):  # what matters of its log becomes an event
            logging.getLogger(name).setLevel(logging.CRITICAL)
        config = worker.config
        config = replace(config, cache=config.cache.absolute(), output=Path(), began=None)
        self._address, self._config = address, pickle.dumps(config)
        worker.renderings.put(PROBE, PROBE.encode())
        self._identity = identity_of(config)
        self._futures: dict[str, Any] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._refused: set[str] = set()
        self._silent = 0.0
        reach(address, PATIENCE)
        self._client: Any = Client.__new__(Client)  # kept from the start, since half a client waits for a minute to end
        try:
            Client.__init__(self._client, address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError; TypeError: it is a worker
            with suppress(OSError):
                self._client.close(timeout=LOOK)
            self._client.status = "closed"
            raise ClusterError(f"no scheduler answers at {address}", START_ONE) from error
        # A task is given up when its first worker dies. This program finds the document that caused it, without losing
        # a third worker.
        self._before = self._client.run_on_scheduler(_allowing(0))
        self._topic = f"one-source {self._client.id}"
        self._client.subscribe_topic(self._topic, self._done.put)

    def refusals(self) -> Iterator[Event]:
        """Waits for a first worker, then names those that are unlike this machine."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            hint = f"Start some: `dask worker {self._address} --nthreads 1`."
            raise ClusterError(f"the scheduler at {self._address} has no workers", hint) from error
        with self._reached():
            found = self._client.run(_identity_on_worker, self._config, on_error="return")
        for worker, identity in found.items():
            if isinstance(identity, BaseException):
                identity = {"the program": f"none, as {identity}"}  # noqa: PLW2901
            if identity != self._identity:
                yield self.refuse(Refused(worker=worker, identity=identity))

    def refuse(self, refused: Refused) -> Note:
        """Stops sending anything to a worker. Raises ClusterError if it was the last."""
        self._refused.add(refused.worker)
        differences = [
            f"{what}: {refused.identity.get(what, 'none')} there, {here} here"
            for what, here in self._identity.items()
            if refused.identity.get(what) != here
        ]
        said = f"the worker {refused.worker} is refused: {'; '.join(differences)}"
        if not self._threads():
            raise ClusterError(said, "Every worker needs this program and its tools in the same versions.")
        return Note(text=said)

    def _threads(self) -> dict[str, int]:
        """The number of tasks that each worker does at once, without refused workers."""
        with self._reached():
            known: dict[str, int] = self._client.nthreads()
        return {worker: threads for worker, threads in known.items() if worker not in self._refused}

    def room(self) -> int:
        """The number of tasks that may be sent. While a worker does one task, it has its next."""
        return max(2, 2 * len(self._threads()))

    def send(self, bundles: Sequence[Bundle]) -> str:
        """Sends a task that renders `bundles`. Returns its name."""
        workers = list(self._threads()) if self._refused else None
        task = (self._config, self._identity, tuple(bundles), self._topic)
        future = self._client.submit(_render_on_worker, *task, pure=False, workers=workers)
        self._futures[future.key] = future
        future.add_done_callback(self._done.put)
        return str(future.key)

    def answer(self) -> tuple[str, Answer | _Lost | _Told] | None:
        """The next result: the name of a task with its answer, its progress, or the worker that was lost. None if
        nothing came."""
        try:
            future = self._done.get(timeout=LOOK)
        except queue.Empty:
            self._heard()
            return None
        if isinstance(future, tuple):  # an event: when the scheduler had it, and what the worker told
            task, told = future[1]
            return task, pickle.loads(told)  # noqa: S301 (from our own worker)
        # A worker may end while its answer is fetched. The task is then done once more, or given up.
        with self._reached():
            found = self._client.gather([future], errors="skip") if future.status == "finished" else []
        if not found and future.status not in ("error", "cancelled"):
            future.add_done_callback(self._done.put)
            return None
        del self._futures[future.key]
        if found:
            return future.key, found[0]
        if future.status == "cancelled":
            raise self._gone()
        error = future.exception()
        if isinstance(error, KilledWorker):
            return future.key, _Lost(worker=str(error.last_worker.address), how="killed, or out of memory")
        return future.key, _Lost(worker=future.key, how=f"{type(error).__name__}: {error}")

    def _heard(self) -> None:
        """Raises ClusterError if the scheduler has been silent too long."""
        now = time.monotonic()
        self._silent = 0.0 if self._client.status == "running" else self._silent or now
        if self._silent and now - self._silent > PATIENCE:
            raise self._gone()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turns what the client raises if it cannot reach the scheduler into a ClusterError."""
        if self._client.status == "closed":
            raise self._gone()
        try:
            yield
        except OSError as error:  # TimeoutError is one of them
            raise self._gone() from error

    def _gone(self) -> ClusterError:
        return ClusterError(f"the scheduler at {self._address} is gone", RESTED)

    def close(self) -> None:
        """Cancels what is under way, and leaves the scheduler as it was."""
        if self._client.status == "running":
            with suppress(OSError):  # the scheduler is just going away
                self._client.cancel(list(self._futures.values()))
                self._client.run_on_scheduler(_allowing(self._before))
        self._client.close(timeout=LOOK)


def _allowing(failures: int) -> Callable[[Any], int]:
    """A function that tells a scheduler after how many deaths to give up a task, and returns the number it had
    before. As a function within a function it travels whole, so the scheduler needs no code of this program."""

    def allow(dask_scheduler: Any) -> int:
        before: int = dask_scheduler.allowed_failures
        dask_scheduler.allowed_failures = failures
        return before

    return allow


def _identity_on_worker(config: bytes, dask_worker: Any) -> Identity:
    return identity_there(config, dask_worker.local_directory)


def _render_on_worker(config: bytes, identity: Identity, bundles: tuple[Bundle, ...], topic: str) -> Answer:
    worker = get_worker()
    task = worker.get_current_task()

    def tell(number: int, channel: str, progress: Progress) -> None:
        told = _Told(bundle=number, channel=channel, progress=progress)
        worker.log_event(topic, (task, pickle.dumps(told)))

    return render(config, identity, bundles, There(name=worker.address, local=worker.local_directory, tell=tell))


def _fail(edition: Edition, error: PipelineError) -> None:
    """Notes a fault of one document. Raises a fault that every other document would meet."""
    if not isinstance(error, RenderError | NotOurs):
        raise error
    edition.error = error


def _told(found: Any, job: _Job) -> Any:
    """A diagnostic with the name that the source has on this machine."""
    same = found.mark.file == job.bundle.source
    return replace(found, mark=replace(found.mark, file=str(job.edition.source))) if same else found
