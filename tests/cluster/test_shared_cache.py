"""Machines share a cache: each finds what another has made, and damaged objects are made again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.conftest import S3
from tests.conftest import ROOT
from tests.publish.conftest import FAKE_PIPELINE, Workshop


def build(machine: Workshop, cache: str, *more: str) -> subprocess.CompletedProcess[str]:
    """A build on a machine of its own, whose own folder is in its home."""
    command = [sys.executable, str(FAKE_PIPELINE), "build", "source", "--output", "dist", "--cache", cache, *more]
    return subprocess.run(command, cwd=machine.root, capture_output=True, text=True, timeout=120, check=False)


def made(done: subprocess.CompletedProcess[str]) -> list[str]:
    events = map(json.loads, done.stdout.splitlines())
    return sorted(event["unit"] for event in events if event["event"] == "made" and not event["stored"])


@pytest.fixture
def machines(tmp_path: Path, s3: S3, monkeypatch: pytest.MonkeyPatch) -> tuple[Workshop, Workshop]:
    monkeypatch.setenv("ONE_SOURCE_CACHE", "kept")  # a folder beside each machine's sources
    one, other = Workshop(root=tmp_path / "one"), Workshop(root=tmp_path / "other")
    for machine in (one, other):
        machine.write()
    return one, other


def test_what_one_machine_has_made_another_finds(s3: S3, machines: tuple[Workshop, Workshop]) -> None:
    one, other = machines
    cache = s3.make_bucket("found")
    first = build(one, cache, "--json")
    assert made(first) == ["guide/en audio", "guide/en html", "guide/en pdf"], first.stderr
    assert len(s3.objects("found")) == 3
    second = build(other, cache, "--json")
    assert (second.returncode, made(second)) == (0, []), second.stderr
    assert other.published() == one.published()
    damaged, *_ = s3.objects("found")
    s3.client.put_object(Bucket="found", Key=damaged, Body=b"half of")
    shutil.rmtree(other.root / "dist")
    shutil.rmtree(other.root / "kept")
    third = build(other, cache, "--json")
    assert len(made(third)) == 1, third.stdout
    assert other.published() == one.published()
    assert len(s3.objects("found")) == 3


def test_a_bucket_that_is_not_there_is_named(s3: S3, machines: tuple[Workshop, Workshop]) -> None:
    done = build(machines[0], "s3://nowhere/cache")
    assert done.returncode == 3
    assert "error: cannot write the cache s3://nowhere/cache" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (machines[0].root / "dist" / "guide").exists()


HANGING = """
import os, socket
from cluster import object_store
from s3fs import S3FileSystem
from model.errors import OutputError

object_store.PATIENCE.update(read_timeout=0.2, retries={"total_max_attempts": 1})
with socket.create_server(("127.0.0.1", 0)) as silent:
    for endpoint in (f"http://127.0.0.1:{silent.getsockname()[1]}", "nonsense"):
        os.environ["AWS_ENDPOINT_URL"] = endpoint
        S3FileSystem.clear_instance_cache()
        try:
            object_store.SharedStore(f"s3://{endpoint[:4]}/cache").get("key")
        except OutputError as error:
            print(error)
"""


def test_an_endpoint_that_hangs_or_is_no_address_is_told(s3: S3) -> None:
    """The client would ask for minutes."""
    line = [sys.executable, "-c", HANGING]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    hanging, nonsense = done.stdout.splitlines()
    assert hanging.startswith("cannot read the cache s3://http/cache: Read timeout on endpoint URL"), done.stderr
    assert nonsense == "cannot read the cache s3://nons/cache: Invalid endpoint: nonsense"


@pytest.mark.parametrize("command", [["clean", "--cache"], ["cache", "--cache"], ["preview", "--output"]])
def test_an_address_is_no_folder(machines: tuple[Workshop, Workshop], command: list[str]) -> None:
    line = [sys.executable, str(FAKE_PIPELINE), *command, "s3://bucket/cache"]
    done = subprocess.run(line, cwd=machines[0].root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is an address, where a folder is meant" in done.stderr


def test_a_run_with_a_folder_and_one_with_nothing_to_do_import_no_fsspec(
    s3: S3, machines: tuple[Workshop, Workshop]
) -> None:
    machine = machines[0]
    ask = "import sys, commands.build, publish.pool; print('fsspec' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "False"
    cache = s3.make_bucket("quick")
    build(machine, cache)
    line = [sys.executable, "-X", "importtime", str(ROOT / "pipeline.py"), "build", "source", "--output", "dist"]
    done = subprocess.run([*line, "--cache", cache], cwd=machine.root, capture_output=True, text=True, check=False)
    assert "Nothing to do" in done.stdout
    assert not {"fsspec", "json", "hashlib", "pathlib"} & {
        line.split("|")[-1].strip() for line in done.stderr.splitlines()
    }
