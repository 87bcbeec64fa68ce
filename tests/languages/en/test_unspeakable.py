"""A voice has nothing to guess: figures, signs and capitals that no rule puts into words are refused, with a hint."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.base import nowhere
from languages.en.recognise import ambiguous, values
from languages.en.tidying import finish
from languages.en.unspeakable import faults
from model.traverse import text_of
from tests.languages.en.test_verbalise import said


@pytest.mark.parametrize(
    ("written", "code", "quoted", "hint"),
    [
        ("at 13pm", "unspoken-figure", "'13pm'", "13:00"),
        ("on 45/13/2026", "unspoken-date", "'45/13/2026'", "month in words"),
        ("6.3m", "unspoken-figure", "'6.3m'", "6.3 million"),
        ("5'10", "unspoken-sign", "5'10", "5 feet 10 inches"),
        ("£5mm", "unspoken-figure", "'£5mm'", "words"),
        ("on 31/02/2024", "unspoken-date", "'31/02/2024'", "month in words"),
        ("in 2O24", "unspoken-figure", "'2O24'", "Write 2024"),
        ("it’s 1O people", "unspoken-figure", "'1O'", "Write 10"),
        ("section 2O24", "unspoken-figure", "'2O24'", "Write 2024"),
        ("1l1 people", "unspoken-figure", "'1l1'", "Write 111"),
        ("call 08OO 111 222", "unspoken-figure", "'08OO'", "Write 0800"),
        (
            "pay £5\N{CYRILLIC CAPITAL LETTER O} now",
            "unspoken-figure",
            "'£5\N{CYRILLIC CAPITAL LETTER O}'",
            "Write £50",
        ),
        ("5,\N{CYRILLIC CAPITAL LETTER O}00 people", "unspoken-figure", "letter that looks like", "Write 5,000"),
        ("\N{GREEK CAPITAL LETTER OMICRON}800 111 222", "unspoken-figure", "letter that looks like", "Write 0800"),
        ("1\N{CYRILLIC CAPITAL LETTER O} people", "unspoken-figure", "letter that looks like", "Write 10"),
    ],
)
def test_what_no_rule_knows_is_refused_as_it_is_written(written: str, code: str, quoted: str, hint: str) -> None:
    found = faults(said(written), nowhere, written, ambiguous(values(written)))
    (fault,) = [fault for fault in found if fault.code.startswith("unspoken")]
    assert (fault.code, quoted in fault.message, hint in fault.hint) == (code, True, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("It costs 5.", "unspoken-figure"),
        ("It is ½.", "unspoken-figure"),
        ("A price in £.", "unspoken-sign"),
        ("A share in %.", "unspoken-sign"),
        ("See www.example.org.", "unspoken-address"),
        ("See drugs.gov now.", "unspoken-stop"),
        ("The XYZ said so.", "unspoken-capitals"),
        ("Smile \N{GRINNING FACE}.", "unspeakable-character"),
        ("<audio src=x>", "unspeakable-character"),
        ("привет", "unspeakable-character"),
        ("a" * 10_000, "unspoken-word"),
        ("", "nothing-to-say"),
        ("...", "nothing-to-say"),
    ],
)
def test_what_a_voice_would_have_to_guess_at_is_an_error(words: str, code: str) -> None:
    assert code in {fault.code for fault in faults(words, nowhere)}
    assert all(fault.hint and fault.severity == "error" for fault in faults(words, nowhere))


def test_figures_around_those_with_a_letter_of_another_script_are_read_as_ever() -> None:
    written = "On 5 May 2024, 1\N{CYRILLIC CAPITAL LETTER O} of 20\N{GREEK CAPITAL LETTER OMICRON} came at 9.30am."
    found = values(written)
    assert "".join(text_of((one,)) for one in found) == written
    assert [one.text for one in ambiguous(found)] == [written[15:17], written[21:24]]
    assert {"5 May 2024", "9.30am"} <= {text_of((one,)) for one in found}


@pytest.mark.parametrize(
    "written",
    [
        *("5l of H2O", "an O2 mast", "CO2", "section 1I", "10l", "PIN 1O2I", "section 63O", "subsection (1O)", "s.63O"),
        *("Sections 63D to 63O(2) and 63P", "reference 12345O", "code 4O4"),
    ],
)
def test_a_letter_behind_figures_that_means_itself_is_said(written: str) -> None:
    assert not ambiguous(values(written))


def test_the_header_of_a_column_says_that_figures_in_it_may_have_letters() -> None:
    for header, cell in (("Section", "63O"), ("Reference", "12O45")):
        assert not ambiguous(values(cell, about=header))
        assert ambiguous(values(cell, about="People"))


def test_an_unspeakable_character_is_named() -> None:
    (fault,) = faults("Smile \N{GRINNING FACE}.", nowhere)
    assert "grinning face" in fault.message


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_reaches_a_voice_as_figures_signs_or_capitals(text: str) -> None:
    words = said(text)
    if faults(words, nowhere):
        return
    assert not re.search(r"[\d£$€%@/\\<>\[\]{}|*#_~^\"]|\w\.\w|[A-Z]{2}", words)
    assert all(unicodedata.category(character)[0] in "LPZ" for character in words)
    assert words == finish(words)
