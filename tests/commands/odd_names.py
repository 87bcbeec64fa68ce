"""Runs commands with odd names in the current folder, as somebody without special rights, and prints what each says.

The names are those of `folder`, which makes what they stand for. The standard output is JSON: for each command line
its exit code and its words.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

from pipeline import main

NEVER: Final = {
    "empty": "",
    "blank": " ",
    "long": "L" * 300,
    "long path": "/".join(["d" * 200] * 30),
    "nul": "a\0b",
    "line break": "folder\n",
    "escape": "a\x1b[31mb",
    "delete": "a\x7fb",
    "space at the end": "nothing ",
    "no letter": "x\ud800y",
    "loop": "loop",
    "in a loop": "loop/x",
}
"""What no file and no folder can be called."""
WRONG: Final = {"file": "file", "in a file": "file/x", "closed": "closed", "in a closed one": "closed/x"}
COMMANDS: Final = (
    "build NAME",
    "build --output NAME",
    "build --cache NAME --output out",
    "build --voice kokoro --voice-file NAME",
    "build --voice piper --voice-file NAME",
    "check NAME",
    "import NAME --no-check",
    "import page.txt --no-check --to NAME",
    "new NAME",
    "script NAME",
    "preview NAME",
    "preview --port 0 --output NAME",
    "preview --port 0 --cache NAME",
    "review NAME",
    "verify NAME",
    "verify --output NAME",
    "cache --cache NAME",
    "cache --prune 0 --cache NAME",
    "clean --output NAME",
    "clean --all --cache NAME",
    "clean --withdrawn --output NAME",
    "-C NAME check",
)
NOT_READ: Final = ("build --voice", "preview NAME")
"""Commands that only show a fault of the source, the preview for as long as it runs, or read a voice once it speaks."""


def folder(place: Path) -> None:
    """What the names stand for."""
    (place / "source").mkdir()
    (place / "source" / "publisher.yaml").write_text("name: Tests\n")
    (place / "source" / "guide").mkdir()
    (place / "source" / "guide" / "en.yaml").write_text("title: A guide\n")
    (place / "page.txt").write_text("A title\n\nSome words.\n")
    (place / "file").write_text("words\n")
    (place / "folder\n").mkdir()
    (place / "loop").symlink_to("loop")
    (place / "closed").mkdir()
    (place / "closed").chmod(0)


def answers() -> dict[str, tuple[int, str]]:
    here, found = Path.cwd(), {}
    for command in COMMANDS:
        for kind, odd in {**NEVER, **WRONG}.items():
            if kind in WRONG and command.startswith(NOT_READ):
                continue
            said = io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                try:
                    code = main([odd if word == "NAME" else word for word in command.split(" ")])
                except (OSError, ValueError, RuntimeError):  # what Python raises for a name; others end this process
                    code = -1
                    traceback.print_exc()
            found[f"{command}: {kind}"] = (code, said.getvalue())
            os.chdir(here)
    return found


if __name__ == "__main__":
    json.dump(answers(), sys.stdout)
