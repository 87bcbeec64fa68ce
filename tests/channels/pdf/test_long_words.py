"""A word that is wider than its page is parted with a hyphen, by syllables where they are known; an author decides
where with soft hyphens. Whoever copies or hears the text gets the whole word."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.pdf import leaflet, pages
from channels.pdf.edition import Plan
from channels.pdf.long_words import PARTED
from channels.pdf.read_back import passages
from channels.pdf.reading import surfaces
from model.document import Document
from tests.channels.pdf.made import from_text, opened

PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
ILLNESS = "pneumonoultramicroscopicsilicovolcanoconiosis"
HEAD = """\
title: {title}
summary: A page with a name of many letters, for editions that are narrower than it is.
language: en
publisher: {{ name: Example Council }}
status: current
sections:
  - title: Where it is
    blocks:
      - {text}
"""


def document(folder: Path, text: str, title: str = "Getting there") -> Document:
    return from_text(folder, HEAD.format(title=title, text=text))


def drawn_and_read(plan: Plan) -> tuple[list[str], str]:
    """The lines that are drawn and end within a word, and the words that are read."""
    file = plan.made().files[0]
    with opened(file.data) as pdf:
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        runs = [run for page in surfaces(pdf) for run in page.runs.values()]
    assert (b"ActualText" in streams) == any(run.spelt for run in runs)
    read = "".join(passage.text for passage in passages(file.path, file.data))
    return [run.text for run in runs if run.spelt], read.replace(PARTED[0], "")


def parted(plan: Plan) -> list[tuple[str, str]]:
    return [
        (found.code, found.message)
        for found in plan.diagnostics
        if found.severity == "error" or "wide" in found.message
    ]


def test_a_place_of_58_letters_is_parted_told_and_read_whole(tmp_path: Path) -> None:
    plan = pages.large_print(document(tmp_path, f"The train to {PLACE} is late."))
    assert parted(plan) == [
        ("word-parted", f"“{PLACE}” is wider than the page of the large-print edition: it is parted with a hyphen")
    ]
    [begun], read = drawn_and_read(plan)
    assert begun.endswith(PARTED[0]) and PLACE.startswith(begun[:-1])
    assert f"The train to {PLACE} is late." in read


def test_a_word_of_english_is_parted_after_a_syllable_and_only_where_no_line_holds_it(tmp_path: Path) -> None:
    text = (
        f"The {ILLNESS}es responsibilities congratulations are mentioned in {ILLNESS.title()}sufferersassociations too."
    )
    begun, read = drawn_and_read(pages.large_print(document(tmp_path, text)))
    assert [line.split()[-1].rstrip(PARTED[0]) for line in begun] == [
        "Pneumonoultramicroscopicsilicovolcanoconiosissufferersas"
    ]
    assert text in read


@pytest.mark.parametrize("title", [ILLNESS.title(), PLACE])
def test_a_title_of_one_word_is_parted_on_the_cover_of_a_leaflet(tmp_path: Path, title: str) -> None:
    plan = leaflet.plan(document(tmp_path, "Some words.", title=title))
    assert [code for code, _ in parted(plan)] == ["word-parted"]


def test_a_soft_hyphen_is_where_its_author_wants_a_word_parted_and_brings_no_warning(tmp_path: Path) -> None:
    written = "Antidis\u00adestablishmentarian\u00adismantidisestablishmentarianismantidis"
    plan = pages.large_print(document(tmp_path, written))
    assert parted(plan) == []
    begun, read = drawn_and_read(plan)
    assert begun == ["Antidis\u00adestablishmentarian\u00ad"]
    assert written.replace("\u00ad", "") in read


def test_each_word_of_a_sentence_and_of_a_note_is_parted_after_a_syllable_and_named_as_it_is_written(
    tmp_path: Path,
) -> None:
    long = "disestablishmentarianismantidisestablishmentarianism"
    words = [f"anti{long}", f"contra{long}", f"infra{long}organisations"]
    text = HEAD.format(title="Long words", text=f"'The “{words[0]}” and the ({words[1]}) are late.[^1]'")
    plan = pages.large_print(from_text(tmp_path, f"{text}footnotes:\n  1: It is {words[2]}.\n"))
    told = [(found.message.split("”")[0], found.mark.line) for found in plan.diagnostics if found.code == "word-parted"]
    assert told == [(f"“{words[0]}", 9), (f"“{words[1]}", 9), (f"“{words[2]}", 11)]
    begun, _ = drawn_and_read(plan)
    assert [line.count(PARTED[0]) for line in begun] == [1, 1, 1]


def test_a_word_that_no_dictionary_knows_is_parted_anywhere_and_named_whole(tmp_path: Path) -> None:
    word = "xxx" + "pqzw" * 16
    assert parted(pages.large_print(document(tmp_path, f"An accommodation is xx and {word}"))) == [
        ("word-parted", f"“{word}” is wider than the page of the large-print edition: it is parted with a hyphen")
    ]


def test_a_header_that_stands_before_each_cell_is_told_as_it_is_written(tmp_path: Path) -> None:
    word = "antidisestablishmentarianismantidisestablishmentarianismantidis"
    table = f"{{type: table, caption: A table, headers: [Place, {word}], rows: [[a {word}, b], [c, d]]}}"
    told = {message.split("”")[0] for _, message in parted(pages.booklet(document(tmp_path, table)))}
    assert told == {f"“{word}"}


def test_a_list_of_contents_parts_a_title_where_its_author_wants_and_tells_nothing(tmp_path: Path) -> None:
    title = "Antidis\u00adestablishmentarianismantidisestablishment\u00adarianismantidisestablishment"
    more = "".join(f"  - title: Part {n}\n    blocks:\n      - {'Words and more. ' * 40}\n" for n in range(6))
    text = HEAD.format(title="A title", text="Words.").replace("Where it is", title) + more
    plan = pages.large_print(from_text(tmp_path, text))
    assert len(drawn_and_read(plan)[0]) == 2, "in the list and in its place"
    assert parted(plan) == []


def test_words_with_figures_are_not_parted(tmp_path: Path) -> None:
    plan = pages.large_print(document(tmp_path, f"{PLACE}2{PLACE}"))
    assert [code for code, _ in parted(plan)] == ["too-wide"]
