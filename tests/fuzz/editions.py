"""`python -m tests.fuzz.editions COUNT [FIRST]` takes odd publications through every channel. `make fuzz` calls it.

They are valid in form and odd in text, and the real command line builds them, PART at a time. None may give a
traceback, a fault of the run, a fault of the program, or a fault without a place and a hint. None may take more than
LONGEST to read and put into words; the time that making takes is told apart. Nine in ten must be made. The numbers of
those that fail are kept in `seeds.txt`, and tried again first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from bench.dense import seconds
from model.diagnostics import OURS
from tests.conftest import ROOT
from tests.fuzz.publications import publication

SEEDS: Final = Path(__file__).with_name("seeds.txt")
PART: Final = 20
LONGEST: Final = 2.0
"""The seconds of processor time in which one is read and put into words."""
LEAST: Final = 0.9
"""The share that is made. The others are refused for what cannot be: a word that is wider than the paper."""


def kept_seeds(file: Path = SEEDS) -> tuple[int, ...]:
    """The numbers that failed before."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(int(line) for line in lines if line and not line.startswith("#"))


def written(seed: int, home: Path) -> Path:
    """Publication number `seed` and its images, written into a folder of its own."""
    folder = home / f"page-{seed}"
    data, images = publication(seed)
    for name, image in images.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(image)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en.yaml").write_bytes(data)
    return folder / "en.yaml"


def wrong_with(event: dict[str, Any]) -> Iterator[str]:
    """What may not be said of any publication, in the event that ends one."""
    if event["error"]:
        yield str(event["error"])
    for fault in event["diagnostics"]:
        told = f"{fault['code']}: {fault['message'][:300]}"
        if not (fault["file"] == event["source"] and fault["line"] >= 1 and fault["column"] >= 1):
            yield f"no place: {told}"
        if not fault["hint"]:
            yield f"no hint: {told}"
        if OURS in fault["hint"] and fault["severity"] == "error":
            yield told


class Tally:
    """Counts what became of the publications."""

    def __init__(self) -> None:
        self.made = 0
        self.wrong: dict[int, list[str]] = defaultdict(list)
        self.refused: dict[str, int] = defaultdict(int)
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def build(self, seeds: Iterable[int]) -> None:
        """Writes, reads and builds some of them together."""
        with tempfile.TemporaryDirectory() as folder:
            home, sources = Path(folder), {}
            for seed in seeds:
                path = written(seed, home / "source")
                sources[str(path)] = seed
                self.seconds["reading and scripting"].append(took := seconds(path))
                if took > LONGEST:
                    self.wrong[seed].append(f"{took:.1f} s to read and put into words")
            command = [sys.executable, str(ROOT / "pipeline.py"), "-C", folder, "build", "--json", "source"]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if "Traceback" in done.stderr or done.returncode not in (0, 1):
            for seed in sources.values():
                self.wrong[seed].append(f"exit {done.returncode}: {done.stderr[-2000:]}")
        for event in map(json.loads, done.stdout.splitlines()):
            self.note(event, sources)

    def note(self, event: dict[str, Any], sources: dict[str, int]) -> None:
        """Counts what one event of a build says."""
        if event["event"] == "made":
            self.seconds[event["unit"].split()[-1]].append(event["seconds"])
        elif event["event"] == "finished":
            name = next(name for name in sources if name.endswith(event["source"]))
            if wrong := list(wrong_with(event)):
                self.wrong[sources[name]] += wrong
            self.made += not event["failed"]
            for code in {fault["code"] for fault in event["diagnostics"] if fault["severity"] == "error"}:
                self.refused[code] += 1


def main(count: int, first: int = 0) -> int:
    """Returns 0 if nothing is wrong."""
    seeds = list(dict.fromkeys([*kept_seeds(), *range(first, first + count)]))
    tally = Tally()
    for at in range(0, len(seeds), PART):
        tally.build(seeds[at : at + PART])
        sys.stderr.write(f"{min(at + PART, len(seeds))} of {len(seeds)}, {tally.made} made\n")
    for seed, wrong in sorted(tally.wrong.items()):
        sys.stdout.write("".join(f"{seed}: {line}\n" for line in dict.fromkeys(wrong)))
    sys.stdout.write(f"{tally.made} of {len(seeds)} odd publications made; refused for {dict(tally.refused)}\n")
    for step, took in sorted(tally.seconds.items()):
        sys.stdout.write(f"{step}: {sum(took):.0f} s, the longest {max(took):.1f} s\n")
    if new := sorted(tally.wrong.keys() - {*kept_seeds()}):
        with SEEDS.open("a", encoding="utf-8") as file:
            file.writelines(f"{seed}\n" for seed in new)
    return 1 if tally.wrong or tally.made < LEAST * len(seeds) else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
