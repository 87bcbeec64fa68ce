"""Real pages and the publications of many bodies as talking books: valid by the public DTD, no rule of the format
broken, every sentence in the text and in the sound, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest

from channels import CHANNELS
from channels.base import Rendering, Settings
from channels.daisy.check import faults_of
from channels.daisy.text import own_of as own_id
from channels.elements.archive import contents
from channels.elements.chapters import HEARD, SAID
from importer.command import import_file
from model.document import Document
from model.parting import for_edition
from proof.prove import prove
from reader.read import read
from tests.channels.daisy.dtd import faults
from tests.channels.silent import recording
from tests.channels.talking import SOURCES, as_heard
from tests.conftest import GOLDEN, ROOT
from tests.fuzz.editions import written
from tests.narration.fakes import MemoryStore

PAGES = sorted((ROOT / "tests" / "corpus" / "govuk").glob("*.html"))
PUBLISHED = sorted(
    [*GOLDEN.glob("publications/*/*.yaml"), *GOLDEN.glob("brands/*/*/*.yaml"), *GOLDEN.glob("ids/*.yaml")]
)
ALL = [*SOURCES.values(), *PUBLISHED, *PAGES]


@cache
def document(path: Path, folder: Path) -> Document:
    """What the recording has of the document at `path`, which asks for every edition."""
    place = import_file(path, folder, "en", ROOT / "schema.yaml")[0] if path.suffix == ".html" else path
    made = read(place).document
    assert made is not None
    return for_edition(replace(made, editions=(), without=()), "recording")


def bound(channel: str, made: Document, recorded: Mapping[str, Rendering]) -> Rendering:
    """A book of a document, whose sentences are all read back from it."""
    loaded = CHANNELS[channel].load(Settings(), MemoryStore())
    rendering = loaded.render(made, recorded)
    assert loaded.check(rendering) == ()
    assert prove(made, loaded.read_back(rendering), loaded.departures(made), draws=loaded.draws)[1] == ()
    return rendering


def heard(files: Mapping[str, bytes]) -> Iterator[str]:
    """The sentences and rows that a DAISY book plays, in order."""
    for name in sorted(name for name in files if re.fullmatch(r"s\d+\.smil", name)):
        for text in ElementTree.fromstring(files[name]).iter("text"):
            yield own_id(text.attrib["src"].partition("#")[2])


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_both_books_of_a_page_are_whole_and_valid(path: Path, tmp_path: Path) -> None:
    assert_whole(document(path, tmp_path))


@pytest.mark.parametrize("seed", range(12))
def test_both_books_of_an_odd_publication_are_whole_and_valid(seed: int, tmp_path: Path) -> None:
    """They are valid in form and odd in text: lists in lists, spans of tables, footnotes, notices, drawings."""
    assert_whole(document(written(seed, tmp_path), tmp_path))


def assert_whole(made: Document) -> None:
    """Both books are valid and have every sentence, in order, in the text and in the sound."""
    recorded = recording(made)
    bound("epub", made, recorded)
    (book,) = bound("daisy", made, recorded).files
    files = {PurePosixPath(name).name: data for name, data in contents(book.data).items()}
    assert {name: found for name in ("ncc.html", "text.html") if (found := faults(files[name]))} == {}
    assert [fault.message for fault in faults_of("book", contents(book.data))] == []
    assert [own for own, _ in groupby(heard(files)) if not own.startswith((HEARD, SAID))] == as_heard(made)


def test_the_dtd_finds_what_is_wrong() -> None:
    frame = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{}</body></html>'
    )
    assert faults(frame.format("<p>One</p>").encode()) == []
    assert faults(frame.format("<p><p>One</p></p>").encode()) and faults(frame.format('<p id="1">One</p>').encode())
