"""`pipeline.py` with the channels of `fakes`, for tests that need a process of its own."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the fakes import more than the real command line does
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import pipeline
from tests.publish.fakes import REGISTRY

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.unraisablehook = pipeline.obey_ctrl_c
    sys.exit(pipeline.main(sys.argv[1:], REGISTRY))
