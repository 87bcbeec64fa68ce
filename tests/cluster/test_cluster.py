"""The workers of a Dask cluster make a build: two processes here, with an S3 of our own between them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.manifest import faults_in
from tests.cluster.conftest import S3, Cluster, filling_store, started_cluster
from tests.conftest import ROOT
from tests.publish.conftest import FAKE_PIPELINE, Workshop, files_of


@pytest.fixture(scope="module")
def cluster(server: S3, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started_cluster(tmp_path_factory.mktemp("cluster"), server.environment) as started:
        yield started


def guides(root: Path) -> Workshop:
    """A publisher with four publications."""
    made = Workshop(root=root)
    for number in range(4):
        made.write(f"guide-{number}", title=f"Guide {number}", second=f"Guide {number} says something else.")
    return made


@pytest.fixture
def workshop(tmp_path: Path, s3: S3) -> Workshop:
    return guides(tmp_path / "here")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one worker of one machine makes of the publications."""
    workshop = guides(tmp_path_factory.mktemp("alone") / "there")
    assert build(workshop, "dist", "kept", "--jobs", "1").returncode == 0
    return published(workshop, "dist")


def command(output: str, cache: str, *more: str) -> list[str]:
    return [sys.executable, str(FAKE_PIPELINE), "build", "source", "--output", output, "--cache", cache, *more]


def build(workshop: Workshop, output: str, cache: str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(output, cache, *more),
        cwd=workshop.root,
        env={**os.environ, "ONE_SOURCE_CACHE": "kept"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def begun(workshop: Workshop, cache: str, cluster: Cluster) -> subprocess.Popen[str]:
    """A running build on a cluster, which soon gives up a silent scheduler."""
    code = (
        "import sys, pipeline; from cluster import build; from tests.publish.fakes import REGISTRY\n"
        "build.PATIENCE = 5; sys.exit(pipeline.main(sys.argv[1:], REGISTRY))"
    )
    line = [sys.executable, "-c", code, *command("dist", cache, "--cluster", cluster.address, "--json")[2:]]
    environment = {**os.environ, "ONE_SOURCE_CACHE": "kept", "PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(line, cwd=workshop.root, env=environment, **pipes)  # type: ignore[call-overload,no-any-return]


def whole_editions(workshop: Workshop) -> int:
    """The number of editions in the output. Fails if one is not complete."""
    folders = [path.parent for path in workshop.root.glob("dist/*/*/manifest.json")]
    assert {path.parent for path in workshop.root.glob("dist/guide-*/*/*")} == {*folders}
    assert [fault for folder in folders for fault in faults_in(folder)] == []
    return len(folders)


def published(workshop: Workshop, output: str) -> dict[str, bytes]:
    return files_of(workshop.root / output)


def test_a_cluster_makes_the_bytes_that_one_machine_makes_and_each_rendering_once(
    workshop: Workshop, cluster: Cluster, s3: S3, alone: dict[str, bytes]
) -> None:
    shared = s3.make_bucket("bytes")
    done = build(workshop, "dist", shared, "--cluster", cluster.address, "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[-1]["changed"] == 4
    made = sorted(event["unit"] for event in events if event["event"] == "made" and not event["stored"])
    assert made == sorted(f"guide-{n}/en {name}" for n in range(4) for name in ("audio", "html", "pdf"))
    assert len(s3.objects("bytes")) == 4 * 3 + 1  # and the object that shows that all see the same cache
    assert published(workshop, "dist") == alone
    laptop = build(workshop, "laptop", shared, "--json")  # without a cluster, from the shared cache
    assert '"stored": false' not in laptop.stdout
    assert published(workshop, "laptop") == alone
    again = build(workshop, "dist", shared, "--cluster", cluster.address)
    assert again.stdout.endswith("Nothing to do: 4 publications in dist are up to date.\n"), again


def test_what_takes_long_on_a_worker_tells_how_far_it_is(workshop: Workshop, cluster: Cluster, s3: S3) -> None:
    workshop.write("slow", second="This is said-slowly. This is said-slowly, too.")
    done = build(workshop, "dist", s3.make_bucket("slow"), "--cluster", cluster.address, "--json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    told = [event for event in events if event["event"] == "progress"]
    assert {event["unit"] for event in told} == {"slow/en audio"}, done.stderr
    assert told[0]["done"] < told[-1]["done"] < told[-1]["of"]
    assert told[0]["seconds"] >= 1


def test_a_worker_that_is_killed_costs_nothing_but_time(
    workshop: Workshop, cluster: Cluster, s3: S3, alone: dict[str, bytes]
) -> None:
    with begun(workshop, s3.make_bucket("killed"), cluster) as running:
        assert running.stdout is not None
        first = next(line for line in running.stdout if '"made"' in line)
        cluster.worker().kill()
        rest, said = running.communicate(timeout=100)
    assert running.returncode == 0, said + first + rest
    assert published(workshop, "dist") == alone


def test_a_client_that_is_killed_leaves_whole_editions_and_the_next_run_finishes(
    workshop: Workshop, cluster: Cluster, s3: S3, alone: dict[str, bytes]
) -> None:
    shared = s3.make_bucket("client")
    with begun(workshop, shared, cluster) as running:
        assert running.stdout is not None
        next(line for line in running.stdout if '"made"' in line)
        running.kill()
        running.communicate(timeout=20)
    assert running.returncode == -signal.SIGKILL
    assert whole_editions(workshop) < 4
    done = build(workshop, "dist", shared, "--cluster", cluster.address)
    assert done.returncode == 0, done.stderr
    assert published(workshop, "dist") == alone


def test_a_scheduler_that_is_killed_is_named_and_the_next_run_finishes(
    workshop: Workshop, cluster: Cluster, s3: S3, alone: dict[str, bytes], tmp_path: Path
) -> None:
    shared = s3.make_bucket("scheduler")
    with started_cluster(tmp_path, {**s3.environment, "FAKE_SLOW": "0.5"}, workers=1) as own:
        with begun(workshop, shared, own) as running:
            assert running.stdout is not None
            next(line for line in running.stdout if '"made"' in line)
            own.kill()
            _, said = running.communicate(timeout=60)
        assert running.returncode == 3, said
    assert said.startswith(f"error: the scheduler at {own.address} is gone\n    What was finished is kept"), said
    assert whole_editions(workshop) < 4
    done = build(workshop, "dist", shared, "--cluster", cluster.address)
    assert done.returncode == 0, done.stderr
    assert published(workshop, "dist") == alone


@pytest.mark.parametrize("room", [0, 5])
def test_a_full_bucket_is_named_and_what_was_published_is_whole(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    with filling_store(room) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        done = build(workshop, "dist", "s3://small/cache", "--jobs", "1")
    assert done.returncode == 3
    said = done.stderr[done.stderr.index("error: ") :]
    assert said.startswith("error: cannot write the cache s3://small/cache: ") and "QuotaExceeded" in said
    assert "Traceback" not in said
    assert whole_editions(workshop) == room // 3


def test_faults_are_those_of_one_machine_and_a_poison_document_is_named_after_two_deaths(
    workshop: Workshop, cluster: Cluster, s3: S3, alone: dict[str, bytes]
) -> None:
    workshop.write("warned", second="You said please-warn here.")
    source = workshop.write("faulty")
    source.write_text(source.read_text().replace("sections:", "sectoins:"))
    workshop.write("failing", second="Now please-fail at it.")
    workshop.write("deadly", title="Deadly", second="Now please-die of it.")
    there = build(workshop, "dist", s3.make_bucket("faults"), "--cluster", cluster.address)
    here = build(workshop, "alone", "kept")
    assert (there.returncode, here.returncode) == (3, 3)
    assert "deadly/en: the worker that made it ended twice (killed, or out of memory)" in there.stderr
    told = [
        [line for line in done.stderr.splitlines() if line[:1] != "[" and "worker" not in line]
        for done in (there, here)
    ]
    assert told[0] == told[1], there.stderr
    assert any(line.startswith("source/warned/en.yaml:") for line in told[0])
    made = published(workshop, "dist")
    assert made == published(workshop, "alone")
    assert made.keys() > {name for name in alone if name.startswith("guide-")}


def test_a_worker_with_another_program_is_refused_by_name(
    workshop: Workshop, cluster: Cluster, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_VERSION", "2.0")  # changed here, but not in the workers
    done = build(workshop, "dist", s3.make_bucket("refused"), "--cluster", cluster.address)
    assert done.returncode == 3
    assert "the worker tcp://127.0.0.1:" in done.stderr
    assert "is refused: the channel pdf: fake pdf 1.0 there, fake pdf 2.0 here" in done.stderr
    assert not (workshop.root / "dist" / "guide-0").exists()


def test_a_scheduler_that_does_not_answer_is_named(workshop: Workshop) -> None:
    code = (
        "import sys, pipeline; from cluster import build; from tests.publish.fakes import REGISTRY\n"
        "build.PATIENCE = 0.5; sys.exit(pipeline.main(sys.argv[1:], REGISTRY))"
    )
    line = [sys.executable, "-c", code, "build", "source", "--cache", "kept", "--cluster", "tcp://127.0.0.1:9"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=workshop.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.endswith("error: no scheduler answers at tcp://127.0.0.1:9\n    Start one: `dask scheduler`.\n")
