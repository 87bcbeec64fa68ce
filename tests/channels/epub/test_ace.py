"""Ace, the checker of DAISY, finds no fault in the book, and finds faults in a damaged one."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from channels.elements.archive import contents, pack
from tests.channels.epub.test_book import CLAIM
from tests.channels.epub.test_epubcheck import bound, document
from tests.channels.html.tools import MODULES, NODE
from tests.channels.talking import made
from tests.conftest import CHROMIUM, ROOT, demand

SOUND = ("everything", "blocks")
REAL = ROOT / "tests" / "corpus" / "govuk" / "guide-single-page-guide.html"
KEPT = b'<itemref idref="text-05-see-also"/>'
demand((MODULES / "@daisy" / "ace-core").is_dir(), "Ace is not installed in .tools: make test")
demand(CHROMIUM.exists(), "Chromium is not installed")


def damaged() -> bytes:
    """The seed's book with one chapter, a picture without words, and no statement on hazards."""
    files = contents(made("seed", "epub")["epub"].files[0].data)
    package = files["EPUB/package.opf"]
    spine = package[package.index(b"<itemref") : package.index(b"</spine>")]
    hazard = b'<meta property="schema:accessibilityHazard">none</meta>'
    assert KEPT in spine and hazard in package
    files["EPUB/package.opf"] = package.replace(spine, KEPT).replace(hazard, b"")
    chapter = "EPUB/05-see-also.xhtml"
    assert b"</h1>" in files[chapter]
    files[chapter] = files[chapter].replace(b"</h1>", b'</h1><p><img src="cover.png"/></p>', 1)
    return pack(files.items())


def faults(folder: Path, books: dict[str, bytes]) -> dict[str, list[str]]:
    """The faults that Ace finds, by book. One Node serves all books, with a Chromium for each."""
    for name, data in books.items():
        (folder / f"{name}.epub").write_bytes(data)
    command = [NODE, Path(__file__).parent / "ace.js", folder, *(folder / f"{name}.epub" for name in books)]
    env = os.environ | {"NODE_PATH": str(MODULES), "PUPPETEER_EXECUTABLE_PATH": str(CHROMIUM)}
    env |= {"ACE_TIMEOUT_INITIAL": "60000", "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(list(map(str, command)), env=env, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    return dict(zip(books, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.timeout(300)
def test_ace_finds_nothing_and_would(tmp_path: Path) -> None:
    """In every block, in a real page, and in the book of a body that claims conformance."""
    books = {name: made(name, "epub")["epub"].files[0].data for name in SOUND}
    books["real"] = bound(replace(document(REAL, tmp_path), conformance=CLAIM))
    found = faults(tmp_path, books | {"damaged": damaged()})
    assert {name: found[name] for name in books} == {name: [] for name in books}
    rules = {fault.partition(" in ")[0] for fault in found["damaged"]}
    assert rules >= {"image-alt", "metadata-accessibilityhazard"}, (
        "it sees a picture without words, and what is not said"
    )
