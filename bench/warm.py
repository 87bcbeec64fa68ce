"""Edits one word under warm workers: `warm.py SOURCE PLACE ROUNDS` prints the median seconds, whole and by channel."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from channels import CHANNELS
from channels.base import Settings
from commands.build import reading, write_list
from publish.build import build, editions_of
from publish.config import BuildConfig
from publish.pool import Pool


def main(source: Path, place: Path, rounds: int) -> None:
    text = source.read_text(encoding="utf-8")
    config = BuildConfig(
        channels=CHANNELS,
        settings=Settings(),
        output=place / "dist",
        cache=place / "cache",
        flush=False,
        read=reading(CHANNELS),
        at_end=write_list,
    )
    walls: list[float] = []
    channels: dict[str, list[float]] = {}
    with Pool(config, 2) as pool:
        for number in range(rounds + 2):
            source.write_text(text.replace("our priority", f"our priority number {number}"), encoding="utf-8")
            begin = time.perf_counter()
            (edition,) = editions_of(build(config, [source], pool))
            if number > 1:  # the first round fills the store, the second warms up what the first did not need
                walls.append(time.perf_counter() - begin)
                for made in edition.made:
                    channels.setdefault(made.channel, []).append(made.seconds)
    source.write_text(text, encoding="utf-8")
    medians = {name: statistics.median(seconds) for name, seconds in channels.items()}
    print(json.dumps({"wall": statistics.median(walls), "channels": medians}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
