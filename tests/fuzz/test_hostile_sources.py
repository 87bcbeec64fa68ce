"""Ten thousand hostile sources give no traceback, take little time, and each of their faults has a place and a hint.
`make fuzz` reads more of them, and makes every edition of some."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reader.read import read
from tests.fuzz.sources import source

CHUNKS = 20
EACH = int(os.environ.get("FUZZ", "10000")) // CHUNKS
FIRST = int(os.environ.get("FUZZ_SEED", "0"))
LONGEST = 2.0
"""The seconds of processor time that one source may take."""


def faults_of(seed: int, folder: Path) -> list[str]:
    """The faults in the answer to source number `seed`."""
    path = folder / "en.yaml"
    path.write_bytes(source(seed))
    began = time.process_time()
    result = read(path)
    took = time.process_time() - began
    found = [f"{seed}: {took:.1f} s"] if took > LONGEST else []
    if result.document is None and not any(fault.severity == "error" for fault in result.diagnostics):
        found.append(f"{seed}: no document, and nobody says why")
    for fault in result.diagnostics:
        mark = fault.mark
        if not (
            mark.file == str(path)
            and mark.line >= 1
            and mark.column >= 1
            and fault.code
            and fault.message
            and fault.hint
        ):
            found.append(f"{seed}: {fault}")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, if there is one: of the 4 ms that a source takes, a disk would take half."""
    memory = "/dev/shm"  # noqa: S108 (a folder of its own is made in it, under a name that nobody can guess)
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        yield Path(name)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_hostile_source_is_read_or_answered_at_its_place(chunk: int, folder: Path) -> None:
    seeds = range(FIRST + chunk * EACH, FIRST + (chunk + 1) * EACH)
    wrong = []
    for seed in seeds:
        try:
            wrong += faults_of(seed, folder)
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            OSError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as fault:
            wrong.append(f"{seed}: {type(fault).__name__}: {fault}")
    assert wrong == []
