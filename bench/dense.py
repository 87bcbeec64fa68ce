"""A page of 1 MB that is dense with one kind of markup, read and put into words, or refused: `dense.py PLACE ROUNDS`.

Prints the processor seconds of the slowest kind and its name, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Final

from channels.base import Settings
from narration.script import script
from reader.read import read

SIZE: Final = 980_000
FRAME: Final = """title: Getting help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: { name: Home Office }
status: current
terms: { DIP: { expansion: Drug Interventions Programme } }
references: { guide: { name: the guide, url: "https://example.org/guide" } }
sections:
  - title: One
    blocks:
"""
KINDS: Final = {
    "strong words": "**strong** ",
    "links": "[words of it](https://example.org/a) ",
    "references": "[the words][guide] ",
    "addresses": "www.example.org/help jo@example.org ",
    "explanations": "Full Name Body (FNB) ",
    "terms": "DIP ",
    "figures": "12 people. ",
    "sentences": "Ask them now. ",
}
"""Each by what it repeats."""


def page(piece: str, size: int = SIZE) -> str:
    """A page of about `size` characters whose paragraphs repeat a piece for two thousand."""
    paragraph = "      - >-\n        " + piece * (2000 // len(piece)) + "\n"
    return FRAME + paragraph * ((size - len(FRAME)) // len(paragraph))


def seconds(path: Path) -> float:
    """Processor seconds for the page at `path`."""
    begin = time.process_time()
    document = read(path).document
    if document is not None:
        script(document, Settings())
    return time.process_time() - begin


def main(place: Path, rounds: int) -> None:
    path = place / "en.yaml"
    found = {}
    for kind, piece in KINDS.items():
        path.write_text(page(piece), encoding="utf-8")
        found[kind] = min(seconds(path) for _ in range(rounds))
    slowest = max(found, key=lambda kind: found[kind])
    print(json.dumps({"slowest": slowest, "seconds": found[slowest]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
