"""Real processes are really stopped: killed, interrupted, two at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from publish.manifest import faults_in
from tests.conftest import ROOT, demand
from tests.publish.conftest import LIST, Workshop

KILLS = 120
VERSIONS = ("First words.", "Second words.")


def whole(workshop: Workshop) -> str | None:
    """The published version by its words, or None before the first. Fails on anything between two versions."""
    folder = workshop.output / "guide" / "en"
    if not folder.exists():
        return None
    assert faults_in(folder) == ()
    page = (folder / "index.html").read_text()
    (words,) = [version for version in VERSIONS if version in page]
    for name in ("leaflet.pdf", "large-print.pdf"):
        assert words.encode() in (folder / name).read_bytes(), "the page and the leaflet disagree"
    manifest = json.loads((folder / "manifest.json").read_text())
    for line in manifest["files"]:
        if line["channel"] != "html":
            assert f"{line['path']} {line['sha256']}" in page, "the page quotes another edition than stands beside it"
    return words


def start(workshop: Workshop, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        workshop.command("build", "--jobs", "2"),
        env={**os.environ, **env},
        cwd=workshop.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(session: int) -> bool:
    """True if a killed run has no worker left. The kernel ends workers a moment after their parent."""
    members = (path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat"))
    try:
        return not any(int(fields[3]) == session and fields[0] != "Z" for fields in members)
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(something: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not something() and time.monotonic() < end:
        time.sleep(0.0005)


STARTER = """\
import os, signal, sys
import commands.build, publish.build, reader.read
import pipeline
from tests.publish.fakes import REGISTRY
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
        continue
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for stream in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    os._exit(pipeline.main(sys.argv[1:], REGISTRY))
"""


@contextmanager
def starter(workshop: Workshop) -> Iterator[Callable[[], int]]:
    """A function that starts a build and returns its process, which is also its session. Each is forked from a process
    that has imported most of what a build needs: else half of the kills would strike while Python imports."""
    line = [sys.executable, "-c", STARTER, *workshop.command("build", "--jobs", "2")[2:]]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        line, cwd=workshop.root, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as ready:
        stdin, stdout = ready.stdin, ready.stdout
        assert stdin is not None and stdout is not None

        def begin() -> int:
            stdin.write("\n")
            stdin.flush()
            return int(stdout.readline())

        yield begin


@pytest.mark.parametrize("part", range(4))
def test_killed_at_any_moment_the_old_or_the_new_stands_whole(workshop: Workshop, part: int) -> None:
    """Each part has a quarter of the kills. Half of them aim at the moments around the exchange: later if the old
    version still stood, earlier if the new one did, so that this works on a busy machine, too."""
    chance = random.Random(part)
    staging = workshop.output / ".staging"
    reach = 0.012
    seen = []

    def begun(running: int) -> bool:
        return staging.exists() or not alive(running)

    with starter(workshop) as build:
        workshop.write(second=VERSIONS[0])
        begin = time.monotonic()
        first = build()
        wait_for(lambda: not alive(first), 60)
        lasts = time.monotonic() - begin
        assert whole(workshop) == VERSIONS[0]
        for number in range(KILLS // 4):
            before = whole(workshop)
            wanted = VERSIONS[(VERSIONS.index(before) + 1) % 2] if before else VERSIONS[0]
            workshop.write(second=wanted)
            if chance.random() < 0.5:
                shutil.rmtree(workshop.cache / "store", ignore_errors=True)
            running = build()
            if number % 2:
                wait_for(partial(begun, running))
                time.sleep(chance.uniform(0, reach))
            else:
                time.sleep(chance.uniform(0, lasts))
            with suppress(ProcessLookupError):
                os.kill(running, signal.SIGKILL)
            wait_for(partial(ended, running))
            after = whole(workshop)
            assert after in (before, wanted)
            seen.append(after == wanted)
            reach *= 0.8 if seen[-1] else 1.25
    assert any(seen)
    workshop.write(second=VERSIONS[1])
    done = workshop.run("build")
    assert done.returncode == 0, done.stderr
    assert whole(workshop) == VERSIONS[1]
    assert workshop.standing() == {"guide", *LIST}


@pytest.mark.parametrize(
    ("call", "numbers"),
    [
        ("rename", range(1, 7)),  # renderings, the edition, its ledger, the list's ledger, the list
        ("renameat2", (1, 2)),
        ("mkdir", (1, 2, 12)),
        ("unlinkat,unlink,rmdir", (1, 2, 5, 9)),
        ("fsync", (1, 2, 13)),
    ],
    ids=["rename", "exchange", "mkdir", "unlink", "fsync"],
)
def test_killed_at_a_chosen_call_the_old_or_the_new_stands_whole(
    workshop: Workshop, call: str, numbers: Sequence[int]
) -> None:
    """Strikes where chance seldom does: when a process moves, makes, deletes or flushes a file for the first time, the
    second, …, the last."""
    demand(shutil.which("strace"), "strace is not installed")
    workshop.write(second=VERSIONS[0])
    assert workshop.run("build").returncode == 0
    killed = 0
    for turn, number in enumerate(numbers, 1):
        before = whole(workshop)
        wanted = VERSIONS[turn % 2]
        workshop.write(second=wanted)
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]
        struck = workshop.run("build", through=["strace", "-f", "-qq", "--seccomp-bpf", "-o", "calls", *inject])
        killed += "killed by SIGKILL" in (workshop.root / "calls").read_text()
        wait_for(lambda: not (workshop.output / ".staging").exists(), 0.2)
        assert whole(workshop) in (before, wanted), struck.stderr
    assert killed, "no such call was met"
    workshop.write(second=VERSIONS[0])
    done = workshop.run("build")
    assert done.returncode == 0, done.stderr
    assert whole(workshop) == VERSIONS[0]


def test_workers_end_with_their_parent(workshop: Workshop) -> None:
    with start(workshop, FAKE_SLOW="30") as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        wait_for(lambda: len(children.read_text().split()) >= 2)
        workers = [int(pid) for pid in children.read_text().split()]
        running.kill()
    assert len(workers) >= 2
    wait_for(lambda: not any(alive(pid) for pid in workers), 3)
    assert not any(alive(pid) for pid in workers)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_stops_at_once_and_says_what_is_kept(workshop: Workshop, sent: signal.Signals) -> None:
    workshop.write("other", title="Another guide")

    def renderings() -> list[Path]:
        return [*(workshop.cache / "store" / "renderings").glob("*/*")]

    with start(workshop, FAKE_SLOW="20") as running:
        wait_for(lambda: bool(renderings()))
        begin = time.monotonic()
        running.send_signal(sent)
        _, stderr = running.communicate()
    kept = {path: path.stat().st_mtime_ns for path in renderings()}.items()
    assert kept
    assert time.monotonic() - begin < 5
    assert running.returncode == 130
    assert stderr.endswith("What was finished is kept, and the next run goes on from there.\n")
    assert "Traceback" not in stderr
    done = workshop.run("build")
    assert done.returncode == 0
    assert kept <= {path: path.stat().st_mtime_ns for path in renderings()}.items()


def test_interrupted_at_any_moment_there_is_no_traceback(workshop: Workshop) -> None:
    chance = random.Random(5)
    for number in range(15):
        workshop.write(second=VERSIONS[number % 2])
        with start(workshop, FAKE_SLOW="0.05") as running:
            time.sleep(chance.uniform(0.15, 0.8))
            running.send_signal(signal.SIGINT)
            _, stderr = running.communicate()
        assert running.returncode in {0, 130, -signal.SIGINT}, stderr
        assert "Traceback" not in stderr
        whole(workshop)


def test_a_signal_to_all_of_them_is_no_fault_of_the_workers(workshop: Workshop) -> None:
    """Signals from systemd, `timeout` and a closing terminal reach the workers, too, and end them first."""
    with start(workshop, FAKE_SLOW="20") as running:
        wait_for(lambda: bool(list((workshop.cache / "store" / "renderings").glob("*/*"))))
        os.killpg(running.pid, signal.SIGTERM)
        _, stderr = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "ended (signal" not in stderr


LOST = """\
import runpy, signal, sys
class Swallows:
    def __del__(self): signal.raise_signal(signal.SIGINT)
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "commands.build": Swallows()
sys.meta_path.insert(0, Finder())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_an_interruption_that_an_import_swallows_is_obeyed(workshop: Workshop) -> None:
    """What a finaliser raises is only reported, and the run would go on."""
    python, *rest = workshop.command("build")
    done = subprocess.run([python, "-c", LOST, *rest], cwd=workshop.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "error: stopped\n")


LATE = """\
import os, runpy, sys, time
os.register_at_fork(after_in_child=lambda: time.sleep(1))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_interrupted_while_a_worker_begins_it_stops_all_the_same(workshop: Workshop) -> None:
    """On a busy machine a new worker may not have run at all when its parent is told to stop. A signal sent then
    must reach it, and not be lost between the fork and its first step."""
    python, *rest = workshop.command("build", "--jobs", "2")
    with subprocess.Popen([python, "-c", LATE, *rest], cwd=workshop.root, stderr=subprocess.PIPE, text=True) as running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        wait_for(lambda: bool(children.read_text()))
        running.send_signal(signal.SIGINT)
        try:
            _, stderr = running.communicate(timeout=20)
        finally:
            running.kill()
    assert running.returncode == 130
    assert "Traceback" not in stderr


def test_two_builds_at_once_both_succeed(workshop: Workshop) -> None:
    for name in "abcdef":
        workshop.write(name, title=f"Guide {name}")
    first, second = start(workshop), start(workshop)
    outputs = [process.communicate() for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], outputs
    for folder in workshop.output.glob("*/*/"):
        assert faults_in(folder) == ()
    assert len(list(workshop.output.glob("*/en/index.html"))) == 7
    assert not (workshop.output / ".staging").exists()
    assert "7 publications" in workshop.run("build").stdout
