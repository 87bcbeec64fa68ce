"""A source that is twice as long takes twice the time, whatever it is long with."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.read import MOST_FAULTS, read
from tests.reader.growth import KINDS

SIZE = 8_000
FACTOR = 4
MOST = 8
"""Four times the input takes four times the time; it would be sixteen times where each piece asks for all others."""


def seconds(path: Path, text: str) -> float:
    path.write_text(text)
    begin = time.process_time()
    read(path)
    return time.process_time() - begin


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_length_of_a_source(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    read(path)
    short, long = (seconds(path, KINDS[kind](size)) for size in (SIZE, FACTOR * SIZE))
    assert long < MOST * max(short, 0.03), (short, long)


def test_of_very_many_faults_the_first_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(KINDS["colons"](50_000))
    *faults, last = read(path).diagnostics
    assert len(faults) == MOST_FAULTS
    assert {fault.code for fault in faults} == {"colon"}
    assert last.code == "too-many"
    assert last.hint
