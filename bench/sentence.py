"""Changes one sentence, and measures from the start of `render` to the first call of the encoder: `sentence.py SOURCE
PLACE ROUNDS`.

The process is warm and the store is full. The work that remains is to make the script, to speak and level one
utterance, and to unpack the takes of its section. Prints seconds: the median by the clock, and the mean of processor
time with espeak-ng's.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from channels.audio import edition
from channels.audio.render import AudioChannel
from channels.base import Settings
from narration.render import Narration
from narration.timeline import NAME
from publish.store import DiskStore
from reader.read import read


class Watch:
    """Stands in for the encoder, and notes the time spent before its first call."""

    def __init__(self) -> None:
        self.encode = vars(edition)["encode"]
        self.first: tuple[float, float] | None = None

    def __call__(self, *given: Any) -> Any:
        self.first = self.first or spent()
        return self.encode(*given)


def spent() -> tuple[float, float]:
    """Seconds by the clock, and processor seconds of this process and all that it has started."""
    clock, children = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, time.process_time() + children.ru_utime + children.ru_stime + _alive()


def _alive() -> float:
    """The processor seconds of child processes that have not ended, and of those that they have waited for. The
    system counts hundredths of a second, so a mean of many values is more exact than each."""
    pids = [pid for thread in Path("/proc/self/task").glob("*/children") for pid in thread.read_text().split()]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(ticks) for stat in stats for ticks in stat[11:15]) / os.sysconf("SC_CLK_TCK")


def main(source: Path, place: Path, rounds: int) -> None:
    text = source.read_text(encoding="utf-8")
    store = DiskStore(place / "store")
    narration, channel = Narration(Settings(), store), AudioChannel(Settings(), store)
    changed = place / "en.yaml"
    walls: list[float] = []
    processor: list[float] = []
    watch = Watch()
    setattr(edition, "encode", watch)  # noqa: B010 (the type checker knows it as a function)
    for number in range(rounds + 2):
        changed.write_text(text.replace("our priority", f"our priority number {number}"), encoding="utf-8")
        document = read(changed).document
        if document is None:
            raise SystemExit(f"{source} has faults")
        watch.first, begin = None, spent()
        channel.render(document, {NAME: narration.render(document, {})})
        if watch.first is None:
            raise SystemExit("nothing was encoded: no sentence has changed")
        if number > 1:  # the first round fills the store, the second warms up what the first did not need
            walls.append(watch.first[0] - begin[0])
            processor.append(watch.first[1] - begin[1])
    print(json.dumps({"wall": statistics.median(walls), "processor": statistics.fmean(processor)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
