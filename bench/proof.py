"""What the proof of every edition costs: `proof.py SOURCE ROUNDS` makes and proves each channel in one process.

Prints the processor seconds of making with its checks, and of reading back and comparing, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.measure import children
from channels import CHANNELS
from channels.base import Rendering, Settings, left_out_of, own_of
from proof.prove import prove
from publish.store import Nothing
from reader.read import read


def processor() -> float:
    """Processor seconds of this process and of those that it waited for."""
    return time.process_time() + children()


def once(path: Path) -> tuple[float, float]:
    """The cost of making, and of the proof."""
    document = read(path).document
    if document is None:
        raise ValueError(f"{path} has faults")
    made: dict[str, Rendering] = {}
    making = proving = 0.0
    for name in ("narration", "audio", "epub", "daisy", "tracks", "braille", "pdf", "html"):
        entry = CHANNELS[name]
        channel = entry.load(Settings(), Nothing())  # so that everything is made
        begin = processor()
        rendering = channel.render(own_of(channel, document), entry.quoted(made, CHANNELS))
        channel.check(rendering)
        done = processor()
        departures = (*channel.departures(document), *left_out_of(channel, document, rendering))
        prove(document, channel.read_back(rendering), departures, channel.written(document), draws=channel.draws)
        making, proving = making + done - begin, proving + processor() - done
        made[name] = rendering
    return making, proving


def main(path: Path, rounds: int) -> None:
    costs = [once(path) for _ in range(rounds)]
    making, proving = (min(cost[n] for cost in costs) for n in (0, 1))
    print(json.dumps({"making": making, "proving": proving}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
