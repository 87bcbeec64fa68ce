"""Workers that outlive a run: what one run leaves to the next."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from model.errors import ToolMissing
from publish import folder, pool
from publish.build import build, editions_of
from publish.manifest import faults_in
from publish.pool import Pool
from tests.publish.conftest import Workshop, config_for


def test_a_run_that_a_fault_has_stopped_leaves_no_answer_to_the_next(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_SLOW", "0.5")
    config = config_for(workshop)
    source = workshop.write(second="no-voice for this.")
    with Pool(config, 2) as workers:
        with pytest.raises(ToolMissing):
            editions_of(build(config, [source], workers))
        time.sleep(1)  # in which the leaflet, half a second in the making, would be answered
        workshop.write(second="Mended.")
        (edition,) = editions_of(build(config, [source], workers))
    assert not edition.failed, edition
    assert b"Mended." in workshop.published()["guide/en/index.html"]


def test_a_task_that_never_ends_is_stopped_and_names_its_publication(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "LANES", {"processor": 3.0})
    sources = [workshop.write("endless", second="Now please-hang."), workshop.write("other", title="Another guide")]
    config = config_for(workshop)
    with Pool(config, 2) as workers:
        endless, other = editions_of(build(config, sources, workers))
    assert str(endless.error) == "endless/en pdf: not done after 3 seconds, and stopped"
    assert not other.failed
    assert {path.split("/")[0] for path in workshop.published()} == {"other", "index.html", "index.css"}


def test_a_worker_killed_between_two_renames_and_once_more_leaves_an_edition(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system knows no exchange. The second death comes before the new edition is written again."""
    config = config_for(workshop)
    source = workshop.write()
    with Pool(config, 2) as workers:
        editions_of(build(config, [source], workers))
    rename, fill, killed = Path.rename, vars(folder)["_fill"], workshop.root / "killed"
    again = workshop.root / "again"

    def killing(path: Path, target: Path) -> Path:
        renamed = rename(path, target)
        if target.name == folder.OLD:
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return renamed

    def dying(stage: Path, files: Iterable[tuple[str, bytes]], *, flush: bool) -> None:
        if killed.exists() and not again.exists():
            again.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        fill(stage, files, flush=flush)

    monkeypatch.setattr(folder, "exchange", lambda _first, _second: False)
    monkeypatch.setattr(folder, "_fill", dying)
    monkeypatch.setattr(Path, "rename", killing)
    workshop.write(second="Farewell.")
    with Pool(config, 2) as workers:
        editions_of(build(config, [source], workers))
    assert killed.exists()
    assert faults_in(workshop.output / "guide" / "en") == ()
    assert b"Farewell" in workshop.published()["guide/en/index.html"]
