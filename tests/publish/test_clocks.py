"""Machines whose clocks disagree share a cache: the time of an entry decides nothing."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.publish.conftest import Workshop

YEARS = 20 * 365 * 24 * 3600


def shift(folder: Path, seconds: float) -> None:
    """Sets all times in `folder` to those of a clock that differs from ours by `seconds`."""
    wrong = time.time() + seconds
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (wrong, wrong))


@pytest.mark.parametrize("seconds", [-YEARS, YEARS])
def test_entries_and_sources_from_the_past_or_the_future_are_as_good(workshop: Workshop, seconds: float) -> None:
    workshop.run("build")
    before = workshop.published()
    for folder in (workshop.cache, workshop.root / "source"):
        shift(folder, seconds)
    assert workshop.run("build").stdout.startswith("Nothing to do")
    shutil.rmtree(workshop.output)
    events = [json.loads(line) for line in workshop.run("build", "--json").stdout.splitlines()]
    assert not [event for event in events if event["event"] == "made" and not event["stored"]]
    assert workshop.published() == before
    workshop.write(second="Farewell.")
    shift(workshop.root / "source", seconds)
    assert workshop.run("build").returncode == 0
    assert b"Farewell" in workshop.published()["guide/en/index.html"]
    pruned = workshop.run("cache", "--prune", "0")
    assert "0 entries" in pruned.stdout and pruned.returncode == 0
