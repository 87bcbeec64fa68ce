"""Workers: processes that take tasks and give results, kept warm, replaced when they die or grow.

A worker is forked where the parent has one thread, so that what the parent has imported is paid once; from a fork
server where it has more (the preview). It ends when its parent does, in whatever way that happens: a pipe, whose other
end only the parent holds, then reads as closed.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, TypeVar, cast

from model.errors import Interrupted, OutputError, PipelineError
from publish.config import BuildConfig
from publish.faults import output_error
from publish.folder import sweep
from publish.results import Progress, Result
from publish.schedule import Task
from publish.signals import STOPS
from publish.worker import Worker, result_of

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess, ForkServerProcess

T = TypeVar("T")
LARGEST = 192 * 1024 * 1024
ROOMY = 120 * 1024 * 1024
LOOK = 0.1
TELLING = 1.0
READING = 60.0
LANES = {"processor": 1800.0, "network": 4 * 3600.0}
"""Seconds that a task may take: one that reads, and by its lane one that makes. Far beyond what any real page takes, on
a slow machine, too: what takes longer will never end."""
M_ARENA_MAX = -8  # mallopt(3), by its number in malloc.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """What a worker leaves that ended before its task did: killed by a signal (negative), or a fault of the program.
    `after` are the seconds that the task was given, where it was ended for taking longer."""

    exit_code: int
    after: float | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Process:
    """One process, as its parent sees it, the task it is at, and the channels it has loaded."""

    process: ForkProcess | ForkServerProcess
    pipe: Connection
    lane: str
    task: Task | None = None
    loaded: set[str] = field(default_factory=set)
    memory: int = 0
    limit: float = 0.0
    until: float = 0.0


class Pool:
    """`size` workers for the processor, and one apart for what waits for the network where the config names any.
    They give way to other processes by `niceness` (nice(2))."""

    def __init__(
        self, config: BuildConfig, size: int, stop: Callable[[], bool] = lambda: False, niceness: int = 0
    ) -> None:
        self._config, self._stop, self._niceness = config, stop, niceness
        self._lanes = ["processor"] * size + ["network"] * bool(config.apart)
        self._alive, self._held = multiprocessing.Pipe(duplex=False)
        self.workers: list[Process] = []

    def __enter__(self) -> Pool:
        with ExitStack() as stopped:
            stopped.callback(self.__exit__)
            with _signals_later():
                for lane in self._lanes:
                    self.workers.append(self._start(lane))
            stopped.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers at once; what they finished is in the store."""
        busy = [worker for worker in self.workers if worker.task is not None]
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()
        if busy:
            with suppress(OutputError):  # what it would tell, the next run tells
                sweep(self._config.output)
        self._alive.close()
        self._held.close()

    def _start(self, lane: str) -> Process:
        here, there = multiprocessing.Pipe()
        single = _threads() == 1
        context = multiprocessing.get_context("fork"), multiprocessing.get_context("forkserver")
        start = context[0].Process if single else context[1].Process
        ours = (here, self._held) if single else ()  # what a fork has of its parent's
        process = start(target=serve, args=(self._config, there, self._alive, ours, self._niceness), daemon=True)
        try:
            process.start()
        except OSError as error:
            raise output_error(error, "cannot start a worker") from error
        there.close()
        return Process(process=process, pipe=here, lane=lane)

    def give(self, worker: Process, task: Task) -> None:
        """Set an idle worker to work. One that has died meanwhile is noticed by `results`."""
        worker.task = task
        worker.limit = READING if task.kind == "read" else LANES[worker.lane]
        worker.until = time.monotonic() + worker.limit
        try:
            worker.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return

    def free(self) -> None:
        """Replace the workers that a run before, which a fault has stopped, left busy: this one would take their
        answers for its own."""
        for worker in self.workers:
            if worker.task is not None:
                self.replace(worker)

    def results(self) -> Iterator[tuple[Task, Result | Progress | PipelineError | Died]]:
        """What workers have finished since, or say of what they are at; at most LOOK seconds on. A worker that died, or
        has grown, is replaced. Interrupted when `stop` says so."""
        ready = wait([worker.pipe for worker in self.workers if worker.task is not None], LOOK)
        # Asked after the wait: a signal to the whole group has ended the workers, too, and is no fault of theirs.
        if self._stop():
            raise Interrupted(
                "stopped; what stands in the output folder is whole",
                "What was finished is kept, and the next run goes on from there.",
            )
        for worker in self.workers:
            # A helper that a dead worker has left behind may hold its end of the pipe: so ask for the process, too.
            if worker.task is None:
                continue
            if worker.pipe not in ready and worker.process.exitcode is None:
                if time.monotonic() > worker.until:
                    task, limit = worker.task, worker.limit
                    self.replace(worker)
                    yield task, Died(exit_code=0, after=limit)
                continue
            task, worker.task = worker.task, None
            result = self._result(worker)
            if isinstance(result, Progress):
                worker.task = task
            yield task, result
            if worker.memory > LARGEST and worker.task is None:
                self.replace(worker)

    def _result(self, worker: Process) -> Result | Progress | PipelineError | Died:
        try:
            if worker.pipe.poll():
                result, worker.memory = worker.pipe.recv()
                return cast("Result | Progress | PipelineError", result)
        except (EOFError, OSError):  # OSError: it was killed in the middle of its answer
            worker.process.join()
        exit_code = worker.process.exitcode or 0
        self.replace(worker)
        return Died(exit_code=exit_code)

    def replace(self, worker: Process) -> None:
        """Another process in the place of `worker`, whatever that was doing."""
        with _signals_later():
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
            fresh = self._start(worker.lane)
            worker.process, worker.pipe = fresh.process, fresh.pipe
            worker.task, worker.loaded, worker.memory = None, set(), 0


@contextmanager
def _signals_later() -> Iterator[None]:
    """Being asked to stop waits: here, until every process that was begun is known, and will be ended; in a process
    that is begun meanwhile, until it has its own answer. (What reaches a fork before its first step is lost, and who
    then waits for its end waits for ever.)"""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    config: BuildConfig, pipe: Connection, alive: Connection, ours: tuple[Connection, ...], niceness: int = 0
) -> None:
    """A worker's whole life: a task in, its result and the memory in use (bytes) out, until the parent is gone. It is
    deaf to Ctrl-C, which reaches all of a terminal's processes: its parent ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    os.nice(niceness)
    gc.freeze()
    _share_memory()
    for end in ours:
        end.close()
    threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
    progress = Teller(pipe)
    worker = Worker(config, progress)
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        progress.begin()
        result = result_of(task.step, worker)
        if memory_in_use() > ROOMY:
            _give_back()
        pipe.send((result, memory_in_use()))


class Teller:
    """Tells the parent how far a rendering is, every TELLING seconds at most: of what is quick, nothing."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe, self.lock = pipe, threading.Lock()
        self.begin()

    def begin(self) -> None:
        """A task begins."""
        self.began = self.last = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """`done` of so many are done; called from any thread."""
        with self.lock:
            now = time.monotonic()
            if now - self.last >= TELLING and done < of:
                self.last = now
                self.pipe.send((Progress(done=done, of=of, seconds=now - self.began), 0))


def _threads() -> int:
    """How many threads this process has, those of libraries included where the system says it: a fork has only one of
    them, and waits for ever for what another held."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except FileNotFoundError:
        return threading.active_count()


def _end_with_parent(alive: Connection) -> None:
    """Wait until nobody can write to the pipe any more, then end on the spot: nobody is left to hear the result."""
    alive.poll(None)
    os._exit(1)


def _share_memory() -> None:
    """Let all threads take their memory from one place: those that speak would leave 50 MiB in places of their own."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)


def _give_back() -> None:
    """Return what is free to the system. After a task, not at once: that would fetch and return the same pages again
    and again, a fifth of what a recording costs."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_in_use() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (after every task)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0
