"""The editor's loop: editions in a browser, made again whenever the source is saved."""

from __future__ import annotations

import argparse
from pathlib import Path

from document.errors import UsageError
from publish.unit import Wiring


def run_preview(options: argparse.Namespace, wiring: Wiring, home: Path) -> int:  # noqa: ARG001
    """`preview`: until Ctrl-C."""
    raise UsageError("the preview is not there yet")
