"""Measures the wall and processor time of processes, and the memory of their children."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from bench import ROOT

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the clock, and seconds of the processor. The latter count every process that was started, including
    those that outlived their parent."""

    wall: float
    processor: float


def run(*commands: Sequence[str | Path], memory: Memory | None = None, **env: str) -> Cost:
    """The cost of running `commands` side by side until the last has ended. `memory` watches the children of the
    first."""
    _adopt()
    before, begin = children(), time.perf_counter()
    processes = [
        subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for command in commands
    ]
    with memory.watching(processes[0].pid) if memory else nullcontext():
        for process in processes:
            _, said = process.communicate()
            if process.returncode:
                raise SystemExit(f"{process.args!r} failed:\n{said.decode()}")
        wall = time.perf_counter() - begin
    _wait_for_adopted()
    return Cost(wall=wall, processor=children() - before)


def _adopt() -> None:
    """Makes this process the parent of orphaned processes, where the system can, so that their time counts, too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_adopted() -> None:
    """Waits a second at most until the adopted processes have ended."""
    for _ in range(100):
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.01)


def children() -> float:
    """Processor seconds of the processes that this one waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(
        wall=statistics.median(cost.wall for cost in costs),
        processor=statistics.median(cost.processor for cost in costs),
    )


@contextmanager
def one_processor() -> Iterator[None]:
    """Lets what is started meanwhile, and all that it starts, run on one processor only, where the system can."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def spin_gain() -> float:
    """How much more two processes that only count get done than one on this machine now: 2 on two idle cores."""
    count = "n = 0\nfor _ in range(12_000_000): n += 1"
    alone = run([sys.executable, "-c", count]).wall
    return 2 * alone / run([sys.executable, "-c", count], [sys.executable, "-c", count]).wall


@dataclass(slots=True)
class Memory:
    """Notes the memory in MiB of a process's children five times a second."""

    seen: dict[int, list[float]] = field(default_factory=dict)

    @contextmanager
    def watching(self, pid: int) -> Iterator[None]:
        """Watches the children of `pid` meanwhile."""
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(pid, over))
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _watch(self, pid: int, over: threading.Event) -> None:
        while not over.wait(0.2):
            for child in _lines(f"/proc/{pid}/task/{pid}/children").split():
                pages = _lines(f"/proc/{child}/statm").split()
                name = _lines(f"/proc/{child}/comm").strip()
                if len(pages) > 1 and name.startswith("python"):
                    size = int(pages[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
                    self.seen.setdefault(int(child), []).append(size)

    def middle(self, part: slice = slice(None)) -> float:
        """The median of the largest worker in MiB."""
        return max((statistics.median(sizes[part]) for sizes in self.seen.values() if sizes[part]), default=0.0)

    def highest(self) -> float:
        return max((max(sizes) for sizes in self.seen.values()), default=0.0)


def _lines(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def machine() -> str:
    """The machine and the Python version that the figures were measured on."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo").splitlines() if "model name" in line), ""
    )
    memory = next(
        (line.split()[1] for line in _lines("/proc/meminfo").splitlines() if line.startswith("MemTotal")), "0"
    )
    cores = len(os.sched_getaffinity(0))
    python = platform.python_version()
    return (
        f"{cores} × {model or platform.machine()}, {int(memory) / 2**20:.0f} GiB, {platform.system()}, Python {python}"
    )
