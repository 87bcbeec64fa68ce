"""The ledger of an edition: which editions a run may skip, and what it records of how they were made."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from publish.config import Began, BuildConfig
from publish.finish import finish
from publish.ledger import Ledgers
from publish.own_json import DIGEST, sealed
from publish.worker import Worker, read
from tests.publish.conftest import Workshop, config_for
from tests.publish.fakes import REGISTRY


def run_of(workshop: Workshop) -> BuildConfig:
    return replace(config_for(workshop), began=Began(at_ns=time.time_ns(), program="as it is"))


def publish(config: BuildConfig, source: Path) -> None:
    worker = Worker(config)
    finish(worker, source=source, parsed=read(worker, source=source), keys=())


def stands(config: BuildConfig, source: Path) -> bool:
    return source in Ledgers(config).standing([source])


def test_what_stands_as_published_is_passed_over_with_all_that_is_known_of_it(workshop: Workshop) -> None:
    source = workshop.write()
    publish(run_of(workshop), source)
    (edition,) = Ledgers(run_of(workshop)).standing([source]).values()
    assert (edition.place, edition.title, edition.programs) == ("guide/en", "A guide", ("espeak-ng",))
    assert "leaflet.pdf: unchanged" in edition.reasons
    assert {output.path for output in edition.outputs} >= {"guide/en/index.html", "guide/en/manifest.json"}


def saved(workshop: Workshop) -> None:
    workshop.write(second="Farewell.")


def beside(workshop: Workshop) -> None:
    (workshop.root / "source/guide/logo.svg").write_text("red")


def gone(workshop: Workshop) -> None:
    (workshop.output / "guide/en/page.css").unlink()


def nothing(_: Workshop) -> None:
    return


CHANGES: dict[str, tuple[Callable[[Workshop], None], dict[str, Any]]] = {
    "another word": (saved, {}),
    "another file beside it": (beside, {}),
    "a published file gone": (gone, {}),
    "another program": (nothing, {"began": Began(at_ns=0, program="another")}),
    "other channels": (nothing, {"channels": {"html": REGISTRY["html"]}}),
    "nothing known of the program": (nothing, {"began": None}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_looked_at(workshop: Workshop, change: str) -> None:
    source = workshop.write()
    publish(run_of(workshop), source)
    assert stands(run_of(workshop), source)
    do, settings = CHANGES[change]
    do(workshop)
    assert not stands(replace(run_of(workshop), **settings), source)


def test_what_was_warned_about_or_saved_during_its_run_is_looked_at(workshop: Workshop) -> None:
    warned = workshop.write("warned", second="You said please-warn here.")
    publish(run_of(workshop), warned)
    assert not stands(run_of(workshop), warned)
    late = run_of(workshop)
    source = workshop.write()
    publish(late, source)
    assert not stands(run_of(workshop), source)


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"format": 1}', "{\x00", "[" * 100_000, '{"a":' * 100_000])
def test_a_damaged_ledger_is_none(workshop: Workshop, damage: str) -> None:
    source = workshop.write()
    publish(run_of(workshop), source)
    (ledger,) = (path for path in (workshop.cache / "ledger").iterdir() if "-" not in path.name)
    kept = ledger.read_bytes()
    for data in (damage.encode(), sealed(damage.encode()), kept.replace(b"guide", b"gulde"), kept[:-1]):
        ledger.write_bytes(data)
        assert Ledgers(run_of(workshop)).get(source) is None
    publish(run_of(workshop), source)
    assert stands(run_of(workshop), source)


def test_code_that_made_many_editions_is_kept_once(workshop: Workshop) -> None:
    config = run_of(workshop)
    for name in ("one", "two", "three"):
        publish(config, workshop.write(name))
    kept = [path for path in (workshop.cache / "ledger").iterdir() if path.name.startswith("code-")]
    assert len(kept) == 1  # the fakes are one module
    assert "channels/base.py" in json.loads(kept[0].read_bytes()[DIGEST:])
