"""A pool of workers: processes that take tasks and give results, stay warm, and are replaced when they die or grow.

A worker is forked if the parent has one thread, so that the parent's imports are paid once. If it has more (the
preview), a fork server starts the worker. A worker ends whenever its parent ends: a pipe whose other end only the
parent holds then reads as closed.
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

from model.errors import OutputError, PipelineError
from publish.config import BuildConfig
from publish.faults import output_error
from publish.folder import sweep
from publish.results import Progress, Result
from publish.schedule import Task
from publish.signals import STOPS, interrupted
from publish.telling import Teller
from publish.worker import Worker, result_of

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess, ForkServerProcess

T = TypeVar("T")
LARGEST = 192 * 1024 * 1024
ROOMY = 120 * 1024 * 1024
LOOK = 0.1
READING = 60.0
LANES = {"processor": 1800.0, "network": 4 * 3600.0}
"""The most seconds for a task: for one that reads, also if it makes a page, and by lane for one that makes. They are
far more than any real page takes, even on a slow machine. A task that takes longer will never end."""
SELDOM = 20_000
"""So many new objects are made before Python looks for rings of objects that nothing leads to. A document has no rings;
looking after every 700, as is usual, takes a thirtieth of the time of a page. The memory in use stays the same."""
M_ARENA_MAX = -8  # mallopt(3), by its number in malloc.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """The result of a worker that ended before its task did. `exit_code` is negative for a signal, else it shows a
    fault of the program. `after` is how many seconds the task had, if the worker was ended for taking longer."""

    exit_code: int
    after: float | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Process:
    """One process as its parent sees it: its task, and the channels that it has loaded."""

    process: ForkProcess | ForkServerProcess
    pipe: Connection
    lane: str
    task: Task | None = None
    loaded: set[str] = field(default_factory=set)
    memory: int = 0
    limit: float = 0.0
    until: float = 0.0


class Pool:
    """`size` workers for the processor, and another for what waits for the network if the config names such
    channels. `niceness` (nice(2)) makes them give way to other processes."""

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
        """Ends all workers at once. What they finished is in the store."""
        busy = [worker for worker in self.workers if worker.task is not None]
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()
        if busy:
            with suppress(OutputError):  # the next run reports it
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
        """Gives an idle worker a task. If it has died meanwhile, `results` notices."""
        worker.task = task
        worker.limit = READING if task.kind in ("read", "read and finish") else LANES[worker.lane]
        worker.until = time.monotonic() + worker.limit
        try:
            worker.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return

    def free(self) -> None:
        """Replaces the workers that an earlier run left busy, after a fault stopped it, and those that ended since.
        This run would take the answers of the first for its own, and the end of the others for a fault of its
        documents."""
        for worker in self.workers:
            if worker.task is not None or worker.process.exitcode is not None:
                self.replace(worker)

    def results(self) -> Iterator[tuple[Task, Result | Progress | PipelineError | Died]]:
        """What workers have finished since, or say of what they are at; at most LOOK seconds on. A worker that died, or
        has grown, is replaced. Interrupted when `stop` says so."""
        ready = wait([worker.pipe for worker in self.workers if worker.task is not None], LOOK)
        self._obey()
        for worker in self.workers:
            # A helper that a dead worker left behind may hold its end of the pipe, so the process is asked too.
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
            if isinstance(result, Died):  # of a signal to the whole group, perhaps, which came after the wait
                self._obey()
            if isinstance(result, Progress):
                worker.task = task
            yield task, result
            if worker.memory > LARGEST and worker.task is None:
                self.replace(worker)

    def _obey(self) -> None:
        """Raises Interrupted when `stop` says so. A signal to the whole group has also ended the workers, which is no
        fault of theirs: so this is asked before the death of one is told."""
        if self._stop():
            raise interrupted()

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
        """Replaces `worker` by another process, whatever it was doing."""
        with _signals_later():
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
            fresh = self._start(worker.lane)
            worker.process, worker.pipe = fresh.process, fresh.pipe
            worker.task, worker.loaded, worker.memory = None, set(), 0


@contextmanager
def _signals_later() -> Iterator[None]:
    """Delays signals that ask to stop. In this process they wait until every process that was started is known and
    will be ended; in a new process, until it has its own handlers. (A signal that reaches a fork before its first
    step is lost, and whoever waits for that fork would wait for ever.)"""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    config: BuildConfig, pipe: Connection, alive: Connection, ours: tuple[Connection, ...], niceness: int = 0
) -> None:
    """The whole life of a worker: takes a task, gives its result and the memory in use (bytes), until the parent is
    gone. It ignores Ctrl-C, which reaches all processes of a terminal; its parent ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    os.nice(niceness)
    gc.freeze()
    gc.set_threshold(SELDOM)
    _share_memory()
    for end in ours:
        end.close()
    threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
    progress = Teller()
    worker = Worker(config, progress)
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        progress.begin(lambda found: pipe.send((found, 0)))
        result = result_of(task.step, worker)
        memory = memory_in_use()
        if memory > ROOMY:
            _give_back()
            memory = memory_in_use()
        pipe.send((result, memory))


def _threads() -> int:
    """The number of threads of this process, including those of libraries if the system says so. A fork has only one
    of them, and would wait for ever for a lock that another held."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except FileNotFoundError:
        return threading.active_count()


def _end_with_parent(alive: Connection) -> None:
    """Waits until nobody can write to the pipe any more, then ends at once, since nobody is left to get the result."""
    alive.poll(None)
    os._exit(1)


def _share_memory() -> None:
    """Makes all threads take their memory from one arena. Threads that speak would otherwise leave 50 MiB in arenas
    of their own."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)


def _give_back() -> None:
    """Returns free memory to the system. This is done after a task and not at once, which would fetch and return the
    same pages again and again: a fifth of the cost of a recording."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_in_use() -> int:
    """The bytes of memory that this process holds now. 0 if the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (after every task)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0
