"""Turns `pipeline.py new FOLDER` into a folder from which a body publishes, apart from the program. Its files are
copied from files/."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from model.errors import UsageError
from publish.faults import writing

FILES: Final = Path(__file__).parent / "files"
ROOT: Final = Path(__file__).parent.parent
HIDDEN: Final = "dot-"
"""Stands here in place of the dot with which a name begins there."""


def run_new(options: argparse.Namespace) -> int:
    """Makes the folder. Raises UsageError if it exists and is not empty: no file of anybody is replaced."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "is not empty" if folder.is_dir() else "is a file"
        raise UsageError(f"{folder} {what}", "Name a folder that is not there yet, or is empty.")
    with writing(folder, "pipeline.py new"):
        for name, text in files():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    command = [f"{ROOT}/.venv/bin/python", f"{ROOT}/pipeline.py", "-C", str(folder), "build"]
    sys.stdout.write(
        f"{folder} is ready. Write who you are in {folder}/source/publisher.yaml, then:\n    {shlex.join(command)}\n"
    )
    return 0


def files() -> Iterator[tuple[str, str]]:
    """Each file of the new folder with its text. The schemas are copied, too, so that an editor finds them."""
    for path in sorted(FILES.rglob("*")):
        if path.is_file():
            parts = path.relative_to(FILES).parts
            name = "/".join(f".{part.removeprefix(HIDDEN)}" if part.startswith(HIDDEN) else part for part in parts)
            yield name, path.read_text(encoding="utf-8")
    for schema in ("schema.yaml", "publisher-schema.yaml"):
        yield f"schemas/{schema}", (ROOT / schema).read_text(encoding="utf-8")
