"""Large print has more promises than its size: no split words, and related things on one page."""

from __future__ import annotations

import re

import pytest
from pikepdf import Dictionary

from channels.pdf.reading import Tag, surfaces, tags
from tests.channels.pdf.made import data, opened

EVERY = pytest.mark.parametrize("name", ["seed", "everything"])


@EVERY
def test_no_line_ends_within_a_word(name: str) -> None:
    with opened(data(name, "large-print.pdf")) as pdf:
        ends = [run.text.strip() for page in surfaces(pdf) for run in page.runs.values()]
    assert [text for text in ends if re.search(r"\w-$", text)] == []


@EVERY
def test_notes_of_sources_and_numbers_in_sentences_stay_on_one_page(name: str) -> None:
    with opened(data(name, "large-print.pdf")) as pdf:
        pages = surfaces(pdf)
        for tag in tags(pdf).walk():
            words = "".join(pages[page].runs[mcid].text for page, mcid in tag.words())
            phones = [kid for kid in tag.kids if isinstance(kid, Tag) and _calls(kid)]
            if tag.type == "P" and (words.startswith("(Source") or phones):
                assert len({page for page, _ in tag.words()}) == 1, words


def _calls(tag: Tag) -> bool:
    return tag.type == "Link" and "tel:" in str(tag.annotations[0].get("/A", Dictionary()).get("/URI", ""))


def test_the_note_of_a_source_and_what_its_letters_stand_for_are_two_lines() -> None:
    with opened(data("seed", "large-print.pdf")) as pdf:
        runs = [run for page in surfaces(pdf) for run in page.runs.values()]
    [source] = [run for run in runs if run.text.strip().endswith("Health)")]
    [explained] = [run for run in runs if "stands for National" in run.text]
    assert source.y > explained.y + source.size
