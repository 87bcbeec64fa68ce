"""The words that editions on paper add around the author's: warnings, other formats, titles, textphones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import escape

from channels.elements.dialect import Context
from channels.pdf.engine import Typesetter
from channels.pdf.frames import frame, read_tokens, stylesheet
from channels.pdf.images import image_files
from channels.pdf.markup import Print, ending_together
from channels.pdf.pages import BOOKLET, booklet
from channels.pdf.reading import surfaces, tags
from model.inlines import NOWHERE, Link, Sentence, Text
from tests.channels.pdf.made import EDITIONS, data, lines, opened, publication, rendering
from tests.channels.pdf.test_pages import guide

PRINTED = [path for name, path in EDITIONS if name == "everything"]


@pytest.mark.parametrize("path", PRINTED)
def test_a_warning_says_once_that_it_is_one(path: str) -> None:
    text = "\n".join(words for _, words in lines(data("everything", path)))
    assert text.count("Warning") == 1
    assert "Warning: For tests only" in text


@pytest.mark.parametrize("path", [path for path in PRINTED if path != "booklet-print.pdf"])
def test_a_textphone_is_not_called_a_telephone(path: str) -> None:
    with opened(data("everything", path)) as pdf:
        said = [str(area.Contents) for tag in tags(pdf).walk() if tag.type == "Link" for area in tag.annotations]
    assert "Call 0800\u00a0123\u00a04567 by textphone, Examples helpline" in said
    assert "Call 0800\u00a077\u00a066\u00a000, Examples helpline" in said


@pytest.mark.parametrize(
    ("path", "formats"),
    [
        ("leaflet.pdf", "a web page, a recording, braille and a leaflet in large print."),
        ("large-print.pdf", "a web page, a recording, braille and a leaflet to print."),
    ],
)
def test_an_edition_names_the_others_and_not_itself(path: str, formats: str) -> None:
    said = [words for _, words in lines(data("seed", path))]
    assert f"This publication is also {formats}" in said


def test_where_the_author_names_other_formats_no_more_is_said() -> None:
    assert publication("everything").other_formats
    assert "is also a web page" not in "".join(words for _, words in lines(data("everything", "large-print.pdf")))


@pytest.mark.parametrize("path", ["leaflet.pdf", "large-print.pdf"])
def test_an_archived_publication_says_so_before_its_text(path: str) -> None:
    said = [words for _, words in lines(data("seed", path))]
    assert "Archived" in said[:4]


@pytest.mark.parametrize("name", ["seed", "everything"])
def test_every_file_has_a_title_of_its_own(name: str) -> None:
    titles = {}
    for file in rendering(name).files:
        with opened(file.data) as pdf, pdf.open_metadata() as metadata:
            titles[file.path] = str(pdf.docinfo["/Title"])
            assert metadata["dc:title"] == titles[file.path]
    assert len(set(titles.values())) == len(titles)
    assert titles.get("leaflet-print.pdf", "Leaflet for a print shop").endswith("Leaflet for a print shop")


def test_a_booklet_with_blank_pages_says_how_to_save_a_sheet(tmp_path: Path) -> None:
    [note] = booklet(guide(tmp_path, 6, 5)).notes
    assert re.fullmatch(r"booklet.pdf: 7 pages on 2 sheets, 1 blank page; about \d+ lines less saves a sheet", note)


def test_page_numbers_of_a_booklet_stand_at_the_outer_edge() -> None:
    document = publication("everything")
    typesetter = Typesetter(frame("booklet.html", document, "Booklet"), stylesheet("booklet"), image_files(document))
    numbers = [
        [box.at_keyword for box in page._page_box.children if getattr(box, "at_keyword", "") and box.children]
        for page in typesetter.lay_out(BOOKLET.size).pages
    ]
    assert numbers[0] == numbers[-1] == []
    inside = [["@bottom-left"], ["@bottom-right"]]
    assert numbers[1:-1] == [inside[page % 2] for page in range(len(numbers) - 2)]


def test_a_summary_leaves_no_word_alone_on_its_last_line() -> None:
    document = publication("everything")
    context = Context(words=document.words, language="en", dialect=Print(tokens=read_tokens()))
    made = ending_together(document.summary, context)
    assert made.endswith('<span class="held">them \u200bout.</span></span>')


def test_short_addresses_of_links_are_not_parted() -> None:
    with opened(data("everything", "booklet.pdf")) as pdf:
        runs = [run.text for page in surfaces(pdf) for run in page.runs.values()]
    assert sum("www.example.gov.uk/guide" in text for text in runs) == 3


def test_a_link_that_is_a_whole_sentence_is_called_by_its_words_without_the_stop() -> None:
    link = Link(target="https://www.gov.uk/guide/all", children=(Text(text="Read the whole guide before you apply."),))
    sentence = Sentence(id="s", inlines=(link,), mark=NOWHERE)
    told = str(Print(tokens=read_tokens()).addresses([sentence])).replace("\u200b", "")
    assert "Read the whole guide before you apply: " in told


def test_an_address_of_short_pieces_parts_after_its_signs_alone() -> None:
    """The first letter once stood alone at the end of a line: “h” and “mrc.southendteam@hmrc.gsi.gov.uk”."""
    paper = Print(tokens=read_tokens())
    short, long = "hmrc.southendteam@hmrc.gsi.gov.uk", "www.gov.uk/sevenhundredandseventyseven/steps"
    assert 'class="pieces"' in paper.link(f"mailto:{short}", escape(short))
    assert 'class="pieces"' in paper.address(short)
    assert 'class="endless"' in paper.address(long)
