"""Where figures are measured, and with which commands: each is a median over paired runs, as a ratio to a floor that is
measured in the same call. one_page.py and many_pages.py measure them."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import ROOT, SEED
from bench.measure import Cost, median, run

PIPELINE: list[str | Path] = [sys.executable, ROOT / "pipeline.py"]
FONTS = ROOT / "channels" / "design" / "fonts" / "fonts.conf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A line of the table. `met` is None if there is no goal, or if the figure could not be measured."""

    name: str
    ours: str = ""
    floor: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


class Bench:
    """Measures in the folder `place`, on input prepared there, with so many rounds for each figure."""

    def __init__(self, place: Path, rounds: int, documents: tuple[int, ...]) -> None:
        self.place, self.rounds, self.documents = place, rounds, documents
        self.prepared = place / "prepared.pickle"
        self.one = place / "one"
        (self.one / "guide").mkdir(parents=True)
        shutil.copy(SEED, self.one / "guide" / "en.yaml")
        run([sys.executable, "-m", "bench.prepare", SEED, self.prepared, place / "prepare-store"])

    def build(self, source: Path, name: str, *options: str) -> list[str | Path]:
        places: list[str | Path] = ["--output", self.place / name / "dist", "--cache", self.place / name / "cache"]
        return [*PIPELINE, "build", source, *places, "--quiet", *options]

    def floor(self, what: str, times: int = 1) -> list[str | Path]:
        return [sys.executable, ROOT / "bench" / "floor.py", what, str(times), self.prepared, FONTS]

    def fresh(self, name: str) -> None:
        """Moves the results under `name` aside. Deleting them would slow down the next measurement: a file system
        that has just freed thousands of files creates new ones at a third of its speed."""
        if (self.place / name).exists():
            (self.place / name).rename(self.place / f"{name}-{time.monotonic_ns()}")

    def paired(self, *measures: Callable[[], Cost]) -> list[Cost]:
        """The medians of `measures`, which are run in turns so that a busy moment affects all alike."""
        costs: list[list[Cost]] = [[] for _ in measures]
        for _ in range(self.rounds):
            for measure, found in zip(measures, costs, strict=True):
                found.append(measure())
        return [median(found) for found in costs]
