"""The parser of another reading system opens the books: r2-shared-js, which Thorium is built on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from channels.daisy.text import own_of
from channels.elements.chapters import HEARD, SAID
from narration.headings import headings_of
from tests.channels.talking import as_heard, clips_due, document, made, timeline
from tests.conftest import ROOT, demand

MODULES = ROOT / ".tools" / "node_modules"
demand((MODULES / "r2-shared-js").is_dir(), "r2-shared-js is not installed: make test")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the parser reads in both books of the page with everything, by channel."""
    demand(shutil.which("node"), "node is not installed")
    folder = tmp_path_factory.mktemp("books")
    paths = []
    for channel in ("epub", "daisy"):
        (file,) = made("everything", "epub", "daisy")[channel].files
        paths.append(folder / file.path)
        paths[-1].write_bytes(file.data)
    command = ["node", str(Path(__file__).parent / "open_book.js"), *map(str, paths)]
    env = os.environ | {"NODE_PATH": str(MODULES)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return dict(zip(("epub", "daisy"), map(json.loads, lines), strict=True))


def flat(contents: list[Any]) -> list[str]:
    return [title for one in contents for title in (one[0], *flat(one[1:]))]


def test_both_are_read_from_the_first_text_to_the_last(opened: dict[str, Any]) -> None:
    assert {book["title"] for book in opened.values()} == {"Everything a page can hold"}
    assert opened["epub"]["texts"] == [f"EPUB/{track.name}.xhtml" for track in timeline("everything").tracks]
    assert len(opened["daisy"]["texts"]) > 0


@pytest.mark.parametrize("channel", ["epub", "daisy"])
def test_navigation_has_every_heading(opened: dict[str, Any], channel: str) -> None:
    due = [heading.title for heading in headings_of(document("everything"), timeline("everything"))]
    found = flat(opened[channel]["contents"])
    assert found[1:-1] == due[1:-1] and len(found) == len(due), "the first has the title, the last its first sentence"


@pytest.mark.parametrize("channel", ["epub", "daisy"])
def test_an_overlay_for_everything_that_is_said_at_its_moment(opened: dict[str, Any], channel: str) -> None:
    found = [(begin, end) for _, _, begin, end in opened[channel]["clips"]]
    assert found == [pytest.approx(due[1:], abs=0.001) for due in clips_due("everything")]
    heard = [own_of(text.partition("#")[2]) for text, *_ in opened[channel]["clips"]]
    assert [own for own, _ in groupby(heard) if not own.startswith((HEARD, SAID))] == as_heard(document("everything"))
