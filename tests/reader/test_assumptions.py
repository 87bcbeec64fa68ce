"""If a text could be read in two ways, the author is told once how it was read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from model.diagnostics import Diagnostic
from model.traverse import sentences_of, text_of
from reader.read import read

PAGE = {
    "title": "Getting help",
    "summary": "A short page for trying one thing, with enough words in its summary to be let through.",
    "language": "en",
    "publisher": {"name": "Example Council"},
    "status": "current",
    "reviewed": "2024-03-01",
}


def found(folder: Path, *blocks: object, **more: object) -> tuple[Diagnostic, ...]:
    """The diagnostics of a page with these blocks."""
    file = folder / "en.yaml"
    sections = [{"id": "help", "title": "Help", "blocks": list(blocks)}]
    file.write_text(yaml.safe_dump({**PAGE, "sections": sections, **more}, allow_unicode=True, sort_keys=False))
    return read(file).diagnostics


def test_dates_that_could_be_read_the_other_way_are_one_warning(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "From 3/5/2024 to 24/04/2025, or on 01/07/98.", "On 3/5/2024 too, and on 5/5/24.")
    assert (told.severity, told.code) == ("warning", "day-first")
    assert "3/5/2024 as 3 May 2024" in told.message and "01/07/98 as 1 July 1998" in told.message
    assert "24/04/2025" not in told.message and "5/5/24" not in told.message


def test_a_long_list_of_dates_is_cut_and_counted(tmp_path: Path) -> None:
    (told,) = found(tmp_path, *(f"On {day}/{month}/2024." for day in (1, 2, 3) for month in (4, 5, 6, 7, 8)))
    assert told.message.endswith("and 3 more")


def test_pasted_letters_are_folded_and_told_at_the_first(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "The o\ufb03ce and the sta\ufb00 room, and another o\ufb03ce.")
    assert (told.severity, told.code, told.mark.line) == ("warning", "folded-letters", 13)
    assert "\ufb03 as ffi" in told.message and "\ufb00 as ff" in told.message
    document = read(tmp_path / "en.yaml").document
    assert document is not None
    assert "The office and the staff room, and another office." in [text_of(s.inlines) for s in sentences_of(document)]


def test_letters_of_another_script_within_a_latin_word_are_read_as_what_they_look_like(tmp_path: Path) -> None:
    a, o, capital_o = "\N{CYRILLIC SMALL LETTER A}", "\N{GREEK SMALL LETTER OMICRON}", "\N{CYRILLIC CAPITAL LETTER O}"
    alpha = "\N{GREEK SMALL LETTER ALPHA}"
    (told,) = found(
        tmp_path, f"On 5 J{a}nuary, 5 milli{o}n, 5 \N{GREEK SMALL LETTER MU}g of TNF{alpha} and 10 ٪ of it."
    )
    assert "cyrillic small letter a as a" in told.message and "٪ as %" in told.message
    assert "alpha" not in told.message
    document = read(tmp_path / "en.yaml").document
    assert document is not None
    shown = [text_of(s.inlines) for s in sentences_of(document)]
    assert f"On 5 January, 5 million, 5 \N{GREEK SMALL LETTER MU}g of TNF{alpha} and 10 % of it." in shown
    assert found(tmp_path, f"The word {capital_o}{a} of another script.") == ()


def test_the_two_small_letters_of_an_ordinal_are_told_as_one(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "On the 1ˢᵗ and the 4ᵗʰ.")
    assert "ˢᵗ as st, ᵗʰ as th" in told.message


@pytest.mark.parametrize("written", ["Sia\u0302n came.", "Siân came."])
def test_a_decomposed_letter_is_composed_in_silence_and_matches_its_term(tmp_path: Path, written: str) -> None:
    assert found(tmp_path, written, terms={"Siân": {"say": "sharn"}}) == ()


def test_signs_that_nobody_sees_within_figures_are_read_as_a_reader_sees_them(tmp_path: Path) -> None:
    (told,) = found(tmp_path, "It is for 50\u00ad60 people, 10\u200b000 at most, and a bag of 5㎏ each.")
    assert told.code == "folded-letters" and "soft hyphen as -, ㎏ as kg" in told.message
    document = read(tmp_path / "en.yaml").document
    assert document is not None
    assert "for 50-60 people, 10000 at most, and a bag of 5kg" in " ".join(
        text_of(one.inlines) for one in sentences_of(document)
    )


def test_links_to_addresses_that_are_not_safe_are_one_warning_with_their_lines(tmp_path: Path) -> None:
    (told,) = found(tmp_path, *(f"See [the guide number {n}](http://example.org/{n})." for n in "abc"))
    first, *lines = told.message.split("\n")
    assert (told.severity, first) == ("warning", "3 links do not lead to safe addresses")
    assert [line.partition(" is not")[0].partition("'")[2] for line in lines] == [
        f"http://example.org/{n}'" for n in "abc"
    ]
    (single,) = found(tmp_path, "See [the guide](http://example.org/a).")
    assert "\n" not in single.message
