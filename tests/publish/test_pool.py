"""Workers that outlive a run, and what one run leaves to the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from model.errors import Interrupted, ToolMissing
from publish import pool
from publish.build import build, editions_of
from publish.events import Event, Note, Progressed
from publish.manifest import faults_in
from publish.pool import Pool
from tests.conftest import ROOT
from tests.publish.conftest import LIST, Workshop, config_for


def test_a_run_that_a_fault_has_stopped_leaves_no_answer_to_the_next(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_SLOW", "0.5")
    config = config_for(workshop)
    source = workshop.write(second="no-voice for this.")
    with Pool(config, 2) as workers:
        with pytest.raises(ToolMissing):
            editions_of(build(config, [source], workers))
        time.sleep(1)  # the leaflet takes half a second, so it would be answered in this time
        workshop.write(second="Mended.")
        (edition,) = editions_of(build(config, [source], workers))
    assert not edition.failed, edition
    assert b"Mended." in workshop.published()["guide/en/index.html"]


def test_workers_that_ended_between_two_runs_are_no_fault_of_a_document(workshop: Workshop) -> None:
    config, source = config_for(workshop), workshop.write()
    with Pool(config, 2) as workers:
        for worker in workers.workers:  # as the system does when memory runs out
            worker.process.kill()
            worker.process.join()
        (edition,) = editions_of(build(config, [source], workers))
    assert not edition.failed, edition


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
    assert {path.split("/")[0] for path in workshop.published()} == {"other", *LIST}


def test_a_rendering_that_takes_long_tells_how_far_it_is(workshop: Workshop) -> None:
    config, source = config_for(workshop), workshop.write(second="This is said-slowly.")
    with Pool(config, 2) as workers:
        events = list(build(config, [source], workers))
    (far,) = (event for event in events if isinstance(event, Progressed))
    assert far.unit == "guide/en audio" and 0 < far.progress.done < far.progress.of and far.progress.seconds > 1
    assert not editions_of(events)[0].failed


def test_a_signal_that_ends_workers_after_the_wait_is_no_fault_of_theirs(workshop: Workshop) -> None:
    """It reaches all processes of the group, and this one just after it was asked for the first time."""
    config, source = config_for(workshop), workshop.write()
    told: list[Event] = []
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(bool(asked))
        for worker in () if asked[-1] else workers.workers:
            os.kill(worker.process.pid or 0, signal.SIGTERM)
            worker.process.join()
        return asked[-1]

    with Pool(config, 2, stop) as workers, pytest.raises(Interrupted):
        told.extend(build(config, [source], workers))
    assert asked == [False, True]
    assert [event for event in told if isinstance(event, Note)] == []


TWICE = """
import os, signal, sys
from pathlib import Path
from publish import folder
from publish.build import build, editions_of
from publish.pool import Pool
from tests.publish.conftest import Workshop, config_for

workshop = Workshop(root=Path(sys.argv[1]))
config = config_for(workshop)
source = workshop.write(second="Farewell.")
rename, fill, killed, again = Path.rename, folder._fill, workshop.root / "killed", workshop.root / "again"

def killing(path, target):
    renamed = rename(path, target)
    if target.name == folder.OLD:
        killed.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return renamed

def dying(stage, files, **how):
    if killed.exists() and not again.exists():
        again.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    fill(stage, files, **how)

folder.exchange, folder._fill, Path.rename = (lambda one, other: False), dying, killing
with Pool(config, 2) as workers:
    editions_of(build(config, [source], workers))
"""


def test_a_worker_killed_between_two_renames_and_once_more_leaves_an_edition(workshop: Workshop) -> None:
    """The file system has no exchange here. The second worker dies before the new edition is written again. The
    build is a process of its own, whose workers are forks and die on demand."""
    config = config_for(workshop)
    source = workshop.write()
    with Pool(config, 2) as workers:
        editions_of(build(config, [source], workers))
    subprocess.run([sys.executable, "-c", TWICE, str(workshop.root)], cwd=ROOT, check=True, timeout=120)
    assert (workshop.root / "killed").exists() and (workshop.root / "again").exists()
    assert faults_in(workshop.output / "guide" / "en") == ()
    assert b"Farewell" in workshop.published()["guide/en/index.html"]
