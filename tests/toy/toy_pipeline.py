"""`pipeline.py` with one line more in the registry, for tests that need a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parent.parent.parent)

import pipeline
from channels import CHANNELS
from channels.base import Entry, Option

CASE = Option(name="case", help="how words are written", values=("lower", "upper"))
REGISTRY = {
    "toy": Entry(path="tests.toy.render:ToyChannel", needs=("pdf",), options=(CASE,)),
    **CHANNELS,
}

if __name__ == "__main__":
    sys.exit(pipeline.main(sys.argv[1:], REGISTRY))
