"""A sentence in cells is read as it stands in print: its figures, its emphasis, its quotation marks, words of another
language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.braille import louis, reading
from channels.braille.reading import figures_in
from channels.braille.text import cells_of, quoted, unwritten
from model.inlines import Foreign, Phone, Sentence, Strong, Text
from tests.channels.talking import document


def sentence(*inlines: object) -> Sentence:
    return Sentence(id="s", inlines=inlines)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (',call #jhjj"gg"ff"jj', "0800776600"),
        ("#a1ijj p", "1900"),
        ("#a/b ;a", "12"),
        ("#aa-#ab-#ac", "111213"),
        ("#c4e a#b;a", "352"),
        ("a b c", ""),
    ],
)
def test_figures_are_read_from_cells_behind_the_numeric_indicator(cells: str, figures: str) -> None:
    assert figures_in(cells) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("NHS WALES CARDIFF CF10 3NB", "103"),
        ("POST TO SW1A 1AA NOW", "11"),
        ("take 2½ or ½ of them", "21212"),
        ("\U0001d7d9 or ١", "11"),
    ],
)
def test_odd_figures_are_read_as_they_stand_in_print(text: str, figures: str) -> None:
    assert figures_in(cells_of((sentence(Text(text=text)),), "ueb-2").text) == figures
    assert not list(reading.misread(replace(document("seed"), title=sentence(Text(text=text))), "ueb-2"))


@pytest.mark.parametrize("table", louis.TABLES)
@pytest.mark.parametrize("words", [("in 12 ", "103 34", " now"), ("", "12", " 103 34"), ("12", "10334", "")])
def test_a_figure_is_one_where_emphasis_begins_or_ends(words: tuple[str, str, str], table: str) -> None:
    before, strong, after = (Text(text=part) for part in words)
    assert figures_in(cells_of((sentence(before, Strong(children=(strong,)), after),), table).text) == "1210334"


def test_a_sign_that_no_table_has_is_left_out_and_named() -> None:
    odd = sentence(Text(text="Ask \U0001f600 now."))
    assert unwritten(odd, "ueb-2") == ("\U0001f600",)
    assert cells_of((odd,), "ueb-2").text == cells_of((sentence(Text(text="Ask  now.")),), "ueb-2").text


@pytest.mark.parametrize("table", louis.TABLES)
def test_a_letter_behind_a_figure_is_no_figure(table: str) -> None:
    assert figures_in(louis.cells("9.15am, 4a", table).text) == "9154"


def test_a_sentence_has_the_same_cells_wherever_it_stands() -> None:
    bold = [Strong(children=(Text(text=words),)) for words in ("Note 10.", "Financial instruments")]
    capitals = [Text(text="Olympics (PDF, 243 KB)"), Text(text="PDF stands for it.")]
    for first, second in (bold, capitals):
        alone = [cells_of((sentence(part),), "ueb-2").text for part in (first, second)]
        assert cells_of((sentence(first), sentence(second)), "ueb-2").text == " ".join(alone)


def test_a_telephone_number_is_one_number_with_every_version_of_the_library() -> None:
    phone = Phone(text="0800 77 66 00", number="0800776600")
    assert cells_of((sentence(Text(text="Call "), phone),), "ueb-2").text == ',call #jhjj"gg"ff"jj'


def test_two_numbers_beside_each_other_stay_two() -> None:
    assert cells_of((sentence(Text(text="in 2007 1,900 people")),), "ueb-2").text == "9 #bjjg #a1ijj p"


def test_a_space_that_print_may_not_break_is_a_space() -> None:
    assert cells_of((sentence(Text(text="25\u00a0miles")),), "ueb-2") == cells_of(
        (sentence(Text(text="25 miles")),), "ueb-2"
    )


def test_an_emphasised_passage_ends_once_with_every_version_of_the_library() -> None:
    strong = Strong(children=(Text(text="one two three four"),))
    assert cells_of((sentence(strong, Text(text=". Next")),), "ueb-1").text == "^7one two three four^'4 ,next"
    assert cells_of((sentence(strong, Text(text=" next")),), "ueb-1").text == "^7one two three four^' next"
    three = Strong(children=(Text(text="atypical for DKA"),))
    assert cells_of((sentence(Text(text="a "), three, Text(text=". Next")),), "ueb-1").text == (
        "a ^7atypical for ,,dka^'4 ,next"
    )
    two = Strong(children=(Text(text="one two"),))
    assert cells_of((sentence(two, Text(text=".")),), "ueb-1").text == "^1one ^1two^'4"


@pytest.mark.parametrize(
    ("print_", "braille"),
    [
        ("It is ‘overdue’ now.", "It is “overdue” now."),
        ("the ‘Wind Turbines’ document", "the “Wind Turbines” document"),
        ("‘the authorities’ plan’ and ‘one’", "“the authorities' plan” and “one”"),
        ("‘overdue’ and the charities’ details", "“overdue” and the charities' details"),
        ("don’t, the ’90s and trustees’ wishes", "don't, the '90s and trustees' wishes"),
        ("ISSC1’s and the business’ name", "ISSC1's and the business' name"),
        ("(the ‘65+ bond’) and the ‘90s", "(the “65+ bond”) and the ‘90s"),
        ("He said “see ‘below’ first”.", "He said “see ‘below’ first”."),
        ("a ‘ alone, and ‘never closed", "a ‘ alone, and ‘never closed"),
        ("‘’", "“”"),
    ],
)
def test_single_quotation_marks_have_the_cells_of_double_ones_where_there_are_no_others(
    print_: str, braille: str
) -> None:
    """A closing mark behind an s would be taken for an apostrophe (Rules of UEB, 7.6), and some apostrophes for closing
    marks."""
    assert quoted(print_) == braille
    assert cells_of((sentence(Text(text=print_)),), "ueb-1") == louis.cells(braille, "ueb-1")


def test_words_of_another_language_have_no_contractions() -> None:
    """Rules of UEB, 13.2. The English around them has its own."""
    words = sentence(Text(text="the "), Foreign(text="Llandudno a'r ardal", language="cy"), Text(text=" and other"))
    assert cells_of((words,), "ueb-2").text == "! ,llandudno a'r ardal & o!r"
    strong = sentence(Strong(children=(Foreign(text="ardal", language="cy"),)))
    assert cells_of((strong,), "ueb-2").text == "^1ardal"
