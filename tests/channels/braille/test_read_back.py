"""Braille read back by liblouis is the source, sign by sign, but for a list that docs/braille.md shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.braille import louis
from channels.braille.text import cells_of, quoted
from importer.command import import_file
from model.inlines import Sentence, Strong, Text
from model.traverse import sentences_of, text_of
from reader.read import read
from tests.channels.braille.normalised import ALIKE, MISREAD, Misread, as_printed, same
from tests.channels.talking import SOURCES
from tests.conftest import GOLDEN, ROOT

PAGES = sorted((ROOT / "tests" / "corpus" / "govuk").glob("*.html"))
BODIES = sorted([*GOLDEN.glob("publications/*/en.yaml"), *GOLDEN.glob("brands/*/*/en.yaml")])
ALL = [*SOURCES.values(), *BODIES, *PAGES]


def differences(path: Path, folder: Path, table: str) -> Iterator[tuple[str, str]]:
    """The sentences of a page that are read back otherwise, each with what is read."""
    place = import_file(path, folder, "en", ROOT / "schema.yaml")[0] if path.suffix == ".html" else path
    made = read(place).document
    assert made is not None
    for sentence in sentences_of(made):
        shown = quoted("".join(louis.spelt(sign, table) for sign in text_of(sentence.inlines)))
        read_back = as_printed(louis.back(cells_of((sentence,), table).text, table))
        if read_back != same(shown):
            yield same(shown), read_back


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sentence_read_back_is_the_sources_in_both_grades(path: Path, tmp_path: Path) -> None:
    """With its capitals, its spaces and its stops."""
    assert [*differences(path, tmp_path, "ueb-1"), *differences(path, tmp_path, "ueb-2")] == []


def read_back(words: str) -> str:
    strong = words.removeprefix("\\45/")
    inlines = (Strong(children=(Text(text=strong),)),) if strong != words else (Text(text=words),)
    return louis.back(cells_of((Sentence(id="s", inlines=inlines),), "ueb-2").text, "ueb-2")


@pytest.mark.parametrize("one", MISREAD[1:], ids=lambda one: one.name)
def test_what_the_library_misreads_is_read_so_and_mended(one: Misread) -> None:
    """A difference that no version has any more leaves the list. The later versions read “enough” as it is."""
    found = same(read_back(f"Ask {one.print} now."))
    if louis.version().startswith("3.24") or one.print != "enough":
        assert one.read in found and one.print not in found
    assert one.print in as_printed(found)


def test_strong_words_are_marked_and_read_back_with_their_signs() -> None:
    assert MISREAD[0].read in read_back("\\45/word") and as_printed(read_back("\\45/word")) == "word"


def test_the_manual_shows_the_whole_list() -> None:
    manual = (ROOT / "docs" / "braille.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", manual)
    shown = [tuple(cell.strip() for cell in row) for row in rows if row[0] not in ("what", "---")]
    alike = [(one.name, " ".join(map(named, one.signs)), "the same") for one in ALIKE]
    misread = [(one.name, f"`{one.print}`" if one.print else "nothing", f"`{one.read}`") for one in MISREAD]
    assert shown == [*alike, *misread]


def named(sign: str) -> str:
    """A sign as the manual shows it."""
    return f"U+{ord(sign):04X}" if sign.isspace() or sign == "\N{NON-BREAKING HYPHEN}" else f"`{sign}`"
