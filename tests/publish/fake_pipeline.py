"""`pipeline.py` with the channels of `fakes`, for tests that need a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import pipeline
from tests.publish.fakes import REGISTRY

if __name__ == "__main__":
    sys.exit(pipeline.main(sys.argv[1:], REGISTRY))
