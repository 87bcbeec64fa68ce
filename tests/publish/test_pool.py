"""Workers that outlive a run: what one run leaves to the next."""

from __future__ import annotations

import time

import pytest

from channels.base import Settings
from model.errors import ToolMissing
from publish.build import build
from publish.pool import Pool
from publish.report import Quiet
from publish.worker import Wiring
from tests.publish.conftest import Workshop
from tests.publish.fakes import REGISTRY


def test_a_run_that_a_fault_has_stopped_leaves_no_answer_to_the_next(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_SLOW", "0.5")
    wiring = Wiring(channels=REGISTRY, settings=Settings(), output=workshop.output, cache=workshop.cache)
    source = workshop.write(second="no-voice for this.")
    with Pool(wiring, 2) as pool:
        with pytest.raises(ToolMissing):
            build(wiring, [source], pool, Quiet())
        time.sleep(1)  # in which the leaflet, half a second in the making, would be answered
        workshop.write(second="Mended.")
        (edition,) = build(wiring, [source], pool, Quiet())
    assert not edition.failed, edition
    assert b"Mended." in workshop.published()["guide/en/index.html"]
