"""EPUBCheck finds nothing in the books of many publications: every block, two bodies' brands, a claim of conformance,
a typeface of one's own, real pages. And it would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from channels import CHANNELS
from channels.base import Settings
from channels.elements.archive import contents, pack
from importer.command import import_file
from model.document import Document
from model.inlines import Link, Phone, Text
from model.parting import for_edition
from reader.read import read
from tests.channels.epub.test_book import CLAIM
from tests.channels.epub.test_own_type import typed
from tests.channels.silent import recording
from tests.channels.talking import SOURCES
from tests.conftest import GOLDEN, ROOT, demand
from tests.narration.fakes import MemoryStore

PROGRAM = Path(__file__).parent / "checked_all.py"
PAGES = sorted((ROOT / "tests" / "corpus" / "govuk").glob("*.html"))
BODIES = sorted(GOLDEN.glob("brands/*/*/en.yaml"))
PUBLISHED = sorted(GOLDEN.glob("publications/*/en.yaml"))


def document(path: Path, folder: Path) -> Document:
    """What the recording has of the document at `path`, which asks for every edition."""
    place = import_file(path, folder, "en", ROOT / "schema.yaml")[0] if path.suffix == ".html" else path
    made = read(place).document
    assert made is not None
    return for_edition(replace(made, editions=(), without=()), "recording")


def bound(made: Document) -> bytes:
    """The book of a document, with silent tracks."""
    (file,) = CHANNELS["epub"].load(Settings(), MemoryStore()).render(made, recording(made)).files
    return file.data


def texted(made: Document) -> Document:
    """A document with a number to text and a link to one."""
    number = Phone(text="07700 900123", number="+447700900123", texted=True)
    link = Link(target="sms:+447700900123", children=(Text(text="text us"),))
    summary = replace(
        made.summary, inlines=(*made.summary.inlines, Text(text=" Text "), number, Text(text=" or "), link)
    )
    return replace(made, summary=summary)


def books(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All books by name. A real page has the name of its file."""
    for path in (*SOURCES.values(), *PUBLISHED, *BODIES, *PAGES):
        yield f"{path.parent.parent.name}-{path.parent.name}-{path.stem}", bound(document(path, folder))
    yield "claimed", bound(replace(document(BODIES[0], folder), conformance=CLAIM))
    yield "own typeface", bound(typed(folder))
    yield "texted", bound(texted(document(BODIES[0], folder)))


def damaged(data: bytes) -> bytes:
    """A book with addresses that EPUBCheck does not know."""
    files = contents(data)
    for name, text in files.items():
        files[name] = text.replace(b'href="tel:', b'href="sms:')
    return pack(files.items())


@pytest.mark.timeout(300)
def test_epubcheck_finds_nothing_in_any_book_and_would(tmp_path: Path) -> None:
    demand(shutil.which("java"), "a Java runtime (EPUBCheck needs one)")
    made = dict(books(tmp_path))
    assert len(made) >= len(SOURCES) + len(BODIES) + 10 + 3
    every = made | {"damaged": damaged(made["golden-blocks-source"])}
    paths = []
    for name, data in every.items():
        paths.append(tmp_path / f"{name}.epub")
        paths[-1].write_bytes(data)
    command = [sys.executable, PROGRAM, *paths]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    found = dict(zip(every, map(json.loads, done.stdout.splitlines()), strict=True))
    assert any("HTM-025" in line for line in found.pop("damaged"))
    assert {name: lines for name, lines in found.items() if lines} == {}
