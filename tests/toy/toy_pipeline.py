"""`pipeline.py` with one more entry in the registry, for tests that need a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parent.parent.parent)

import pipeline
from channels import CHANNELS
from channels.base import Entry, Option

LINE_ENDS = Option(name="line-ends", help="how a line ends", values=("unix", "windows"))
REGISTRY = {
    "toy": Entry(path="tests.toy.render:ToyChannel", needs=("pdf",), options=(LINE_ENDS,), edition="usual"),
    **CHANNELS,
}

if __name__ == "__main__":
    sys.exit(pipeline.main(sys.argv[1:], REGISTRY))
