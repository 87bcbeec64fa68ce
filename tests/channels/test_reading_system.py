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
from channels.elements.archive import folder_of
from channels.elements.chapters import HEARD, SAID
from model.blocks import Section
from model.traverse import text_of
from narration.headings import headings_of
from tests.channels.silent import bound, recording
from tests.channels.talking import as_heard, clips_due, document, made, timeline
from tests.conftest import ROOT, demand

BOTH = ("epub", "daisy")
MODULES = ROOT / ".tools" / "node_modules"
demand((MODULES / "r2-shared-js").is_dir(), "r2-shared-js is not installed: make test")


NAMES = ("everything", "blocks")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """What the parser reads in the books: both of the page with everything, and both of the page with all blocks,
    which has footnotes and whose tracks are silent."""
    demand(shutil.which("node"), "node is not installed")
    folder = tmp_path_factory.mktemp("books")
    books = {("everything", channel): made("everything", "epub", "daisy")[channel].files[0] for channel in BOTH}
    silent = recording(document("blocks"))
    books |= {("blocks", channel): bound(document("blocks"), channel, silent) for channel in BOTH}
    for file in books.values():
        (folder / file.path).write_bytes(file.data)
    command = ["node", Path(__file__).parent / "open_book.js", *(folder / file.path for file in books.values())]
    env = os.environ | {"NODE_PATH": str(MODULES)}
    done = subprocess.run(list(map(str, command)), env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return dict(zip(books, map(json.loads, lines), strict=True))


def tree(sections: tuple[Section, ...]) -> list[Any]:
    """The titles of sections, each with those within."""
    return [[text_of(section.title.inlines), *tree(section.sections)] for section in sections]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channel", BOTH)
def test_navigation_is_the_tree_of_headings(opened: dict[tuple[str, str], Any], channel: str, name: str) -> None:
    made, title = document(name), text_of(document(name).title.inlines)
    book = opened[name, channel]
    assert book["title"] == title
    assert book["contents"] == [[title], *tree(made.all_sections), [made.words["other_formats"]]]


def test_the_texts_are_read_in_their_order(opened: dict[tuple[str, str], Any]) -> None:
    texts = opened["everything", "epub"]["texts"]
    assert texts == [f"EPUB/{track.name}.xhtml" for track in timeline("everything").tracks]
    headings = headings_of(document("everything"), timeline("everything"))
    texts = opened["everything", "daisy"]["texts"]
    folder = folder_of(document("everything"), "daisy")
    assert texts == [f"{folder}/s{number:04d}.smil" for number, _ in enumerate(headings, 1)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channel", BOTH)
def test_everything_is_heard_at_its_element_and_in_order(
    opened: dict[tuple[str, str], Any], channel: str, name: str
) -> None:
    heard = [own_of(text.partition("#")[2]) for text, *_ in opened[name, channel]["clips"]]
    assert [own for own, _ in groupby(heard) if not own.startswith((HEARD, SAID))] == as_heard(document(name))


@pytest.mark.parametrize("channel", BOTH)
def test_everything_is_heard_at_its_moment(opened: dict[tuple[str, str], Any], channel: str) -> None:
    found = [(begin, end) for _, _, begin, end in opened["everything", channel]["clips"]]
    assert found == [pytest.approx(due[1:], abs=0.001) for due in clips_due("everything")]
