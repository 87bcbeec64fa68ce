"""A source that is four times as long takes four times the time, whatever it consists of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench import dense
from reader.read import MOST_FAULTS, read
from tests.growth import MOST, growth
from tests.reader.growth import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_length_of_a_source(kind: str, tmp_path: Path) -> None:
    def reading(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.yaml"
        path.write_text(KINDS[kind](size))
        return lambda: read(path)

    assert growth(reading, 6_000) < MOST


@pytest.mark.parametrize("kind", dense.KINDS)
def test_time_grows_with_what_there_is_much_of_in_a_page(kind: str, tmp_path: Path) -> None:
    """Reading and writing the script, for each kind of the benchmark."""

    def reading(size: int) -> Callable[[], object]:
        path = dense.write(kind, tmp_path / str(size), size)
        return lambda: dense.seconds(path)

    assert growth(reading, 6_000) < MOST


def test_of_very_many_faults_the_first_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(KINDS["colons"](50_000))
    *faults, last = read(path).diagnostics
    assert len(faults) == MOST_FAULTS
    assert {fault.code for fault in faults} == {"colon"}
    assert last.code == "too-many"
    assert last.hint
