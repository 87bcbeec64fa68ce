"""A publication that is valid in form is read, spoken, and made as a page and in braille, however odd its words are.
`make fuzz` makes every edition of some."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.dense import seconds
from channels import CHANNELS
from channels.base import Settings, own_of
from model.diagnostics import OURS
from narration.script import script
from proof.prove import prove
from reader.read import read
from tests.fuzz.editions import LONGEST, kept_seeds, written, wrong_with
from tests.narration.fakes import MemoryStore

CHUNKS = 8
EACH = 12
QUICK = ("html", "braille")


def faults_of(seed: int, folder: Path) -> list[str]:
    """What is wrong with publication number `seed`."""
    path = written(seed, folder)
    result = read(path)
    document = result.document
    if document is None:
        return [f"{seed}: {fault}" for fault in result.diagnostics if fault.severity == "error"]
    assert script(document, Settings())
    found = []
    for name in QUICK:
        channel = CHANNELS[name].load(Settings(), MemoryStore())
        made = channel.render(own_of(channel, document), {})
        departures = tuple(channel.departures(document))
        unproved = prove(document, channel.read_back(made), departures, channel.written(document), draws=channel.draws)[
            1
        ]
        faults = (*made.diagnostics, *channel.check(made), *unproved)
        found += [f"{seed}: {fault.code}: {fault.message}" for fault in faults if fault.severity == "error"]
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_an_odd_publication_is_read_spoken_and_made(chunk: int, tmp_path: Path) -> None:
    seeds = (*kept_seeds(), *range(CHUNKS * EACH))[chunk::CHUNKS]
    assert [fault for seed in seeds for fault in faults_of(seed, tmp_path)] == []


def test_an_odd_publication_is_read_in_time_and_the_same_each_time(tmp_path: Path) -> None:
    first, again = written(7, tmp_path / "a"), written(7, tmp_path / "b")
    assert first.read_bytes() == again.read_bytes()
    assert seconds(first) < LONGEST


def test_what_may_not_be_said_of_a_publication_is_noticed() -> None:
    fault = {
        "severity": "error",
        "code": "x",
        "message": "m",
        "file": "a/en.yaml",
        "line": 1,
        "column": 1,
        "hint": "Write it.",
    }
    event = {"source": "a/en.yaml", "error": None, "diagnostics": [fault]}
    assert list(wrong_with(event)) == []
    for change in ({"line": 0}, {"column": 0}, {"file": "b"}, {"hint": ""}, {"hint": OURS}):
        assert len(list(wrong_with({**event, "diagnostics": [fault | change]}))) == 1
    assert list(wrong_with({**event, "error": "the disk is full"})) == ["the disk is full"]
