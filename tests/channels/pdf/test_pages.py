"""Editions of plain pages: which ones are made, and how readers find their way in long ones."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from channels.pdf import choose, pages
from channels.pdf.check import faults_of
from channels.pdf.measure import Measured, bare, measure
from channels.pdf.reading import tags
from model.document import Document
from tests.channels.pdf.made import channel, from_text, lines, opened, publication

TEXT = "These are the words of a page that goes on for as long as it takes to tell people what they need to know. "
SOURCE = """\
title: A guide to a long process
summary: A page for tests with as many sections as it takes, each of which refers to the one after it.
language: en
publisher: {{ name: Tests }}
status: current
sections:
{sections}
"""
SECTION = """\
- id: part-{n}
  title: Part {n} of it
  blocks: ["{text}", "See [the part after it](#part-{after})."]
"""


def guide(folder: Path, sections: int, paragraph: int) -> Document:
    """A document of `sections` sections, each of `paragraph` sentences."""
    parts = (SECTION.format(n=n, text=TEXT * paragraph, after=n % sections + 1) for n in range(1, sections + 1))
    return from_text(folder, SOURCE.format(sections="".join(parts)))


def test_a_text_that_fits_a_leaflet_is_one_where_the_author_names_none() -> None:
    assert [plan.name for plan in choose.plans(publication("seed"))] == ["leaflet", "large-print"]


@pytest.mark.parametrize(("sections", "paragraph"), [(6, 9), (12, 9)])
def test_a_text_too_long_for_a_leaflet_is_a_factsheet_and_says_so(
    tmp_path: Path, sections: int, paragraph: int
) -> None:
    """Tried with a short text, and with one so long that no leaflet is tried."""
    made = channel().render(guide(tmp_path, sections, paragraph), {})
    assert [file.path for file in made.files] == ["factsheet.pdf", "large-print.pdf"]
    assert not made.diagnostics
    [note] = made.notes
    said = re.fullmatch(
        r"factsheet\.pdf: made in place of a leaflet: the text is about (\d+) words too long for one", note
    )
    assert said is not None, note
    words = sections * (paragraph * len(TEXT.split()) + 10)
    assert words - 1250 < int(said[1]) < words - 950
    for file in made.files:
        assert not list(faults_of(file.data, file.path))
        others = {"factsheet.pdf": "a leaflet in large print", "large-print.pdf": "a factsheet to print"}[file.path]
        assert any(f"a web page, a recording, braille and {others}." in said for _, said in lines(file.data))


def test_a_leaflet_that_the_author_asks_for_and_does_not_fit_is_an_error(tmp_path: Path) -> None:
    made = channel().render(replace(guide(tmp_path, 6, 9), editions=("leaflet",)), {})
    assert [found.code for found in made.diagnostics if found.severity == "error"] == ["leaflet-too-long"]
    assert not made.files


def test_a_check_finds_what_a_build_finds(tmp_path: Path) -> None:
    for document in (publication("seed"), replace(guide(tmp_path, 6, 9), editions=("leaflet", "flyer", "large-print"))):
        found = channel().preflight(document)
        assert found == channel().render(document, {}).diagnostics
    assert [fault.code for fault in found] == ["leaflet-too-long", "flyer-too-long"]


@pytest.mark.parametrize("style", [pages.FACTSHEET, pages.LARGE_PRINT, pages.BOOKLET], ids=lambda style: style.name)
def test_what_is_of_more_than_four_pages_has_contents_pages_of_references_and_heads_that_repeat_no_heading(
    tmp_path: Path, style: pages.Style
) -> None:
    document = guide(tmp_path, 10, 9)
    first = pages.lay_out(style, document, ())
    laid_out = first.finished(document.words["on_page"])
    made = replace(first, laid_out=laid_out, measured=measure(laid_out.pages))
    begin: dict[str, int] = {}
    current, heads = "", []
    for number, page in enumerate(made.measured, 1):
        for scrap in page.scraps:
            if re.fullmatch(r"part-\d+-title", scrap.id):
                begin.setdefault(scrap.id.removesuffix("-title"), number)
        begins = re.fullmatch(r"part-\d+-title", page.scraps[0].id) is not None
        heads += [] if begins or page.name in ("cover", "back") else [current]
        last = next((s.id for s in reversed(page.scraps) if re.fullmatch(r"part-\d+-title", s.id)), None)
        current = _words(page, last) if last else current
    assert len(made.measured) > pages.SHORT
    assert len(begin) == 10
    listed = {place.get("data-of"): place.text for place in made.typesetter.root.iter("span") if place.get("data-of")}
    assert listed == {name: f"\u00a0{page}" for name, page in begin.items()}
    said = {
        link.get("href")[1:]: after.text
        for parent in made.typesetter.root.iter()
        for link, after in pairwise(parent)
        if after.get("class") == "on-page"
    }
    assert said == {name: f"\u00a0(page\u00a0{page})" for name, page in begin.items()}
    assert [head for head in _heads(made) if head] == [bare(head) for head in heads if head]


def _words(page: Measured, name: str) -> str:
    return "".join(scrap.text for scrap in page.scraps if scrap.id == name)


def _heads(made: pages.Pages) -> list[str]:
    """The heads of the pages that have one."""
    return [
        bare("".join(part.text for part in box.descendants() if getattr(part, "text", None)))
        for page in made.laid_out.pages
        for box in page._page_box.children
        if getattr(box, "at_keyword", "") == "@top-left"
    ]


def test_four_pages_need_no_contents(tmp_path: Path) -> None:
    document = guide(tmp_path, 3, 3)
    made = pages.lay_out(pages.LARGE_PRINT, document, ())
    assert len(made.measured) <= pages.SHORT
    assert made.typesetter.root.find(".//a[@class='entry']") is None
    assert not any(_heads(made))
    assert not [span for span in made.typesetter.root.iter("span") if span.get("class") == "on-page"]


def test_the_page_of_a_reference_is_for_paper_and_the_contents_for_all(tmp_path: Path) -> None:
    """A screen reader follows the link, and reads the author's sentence as it was written."""
    [file] = pages.factsheet(guide(tmp_path, 10, 9)).made().files
    said = [words.replace("\u00a0", " ") for _, words in lines(file.data)]
    assert said.count("See the part after it.") == 10
    assert any(re.fullmatch(r"Part 4 of it \d", words) for words in said)
    with opened(file.data) as pdf:
        links = [tag for tag in tags(pdf).walk() if tag.type == "Link"]
        assert len(links) == sum(len(page.obj.get("/Annots", ())) for page in pdf.pages) == 20
