"""`python -m bench` writes the figures as a table and as JSON into `.cache/bench/`; with --write, the table also
goes into docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from bench import ROOT, many_pages, one_page
from bench.figures import Bench, Figure
from bench.measure import machine, spin_gain

BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"
HEADINGS = ("figure", "ours", "floor", "ratio", "goal", "")


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table that can also be read as plain text."""
    rows = [HEADINGS, *((f.name, f.ours, f.floor, f.ratio, f.goal, _met(f)) for f in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * max(3, width) for width in widths) + " |")
    return "\n".join(lines) + "\n"


def _met(figure: Figure) -> str:
    return "" if figure.met is None else "met" if figure.met else "behind"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="paired runs of each figure (default: 5)")
    options.add_argument("--documents", type=int, nargs="*", default=[100], help="sizes of the corpora (default: 100)")
    options.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    chosen = options.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever installs the program has it compiled after the first run
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    place = Path(tempfile.mkdtemp(prefix="bench-"))
    figures: list[Figure] = []
    try:
        print(machine(), f"load {os.getloadavg()[0]:.1f}, a spin loop gains × {spin_gain():.2f}", flush=True)
        bench = Bench(place, chosen.rounds, tuple(chosen.documents))
        for figure in chain(one_page.figures(bench), many_pages.figures(bench)):
            figures.append(figure)
            print(f"{figure.name}: {figure.ours} | {figure.floor} | {figure.ratio} ({figure.goal})", flush=True)
    finally:
        shutil.rmtree(place)
    text = f"{machine()}. Medians of {chosen.rounds} paired runs.\n\n{table(figures)}"
    kept = ROOT / ".cache" / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "figures.md").write_text(text, encoding="utf-8")
    (kept / "figures.json").write_text(json.dumps([asdict(figure) for figure in figures], indent=1), encoding="utf-8")
    print("\n" + text)
    if chosen.write:
        page = ROOT / "docs" / "performance.md"
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        page.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
