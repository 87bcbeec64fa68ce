"""What is written is said as a careful reader would say it, and nothing is left for a voice to guess at."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.audio.speech.english import English, finish
from channels.audio.speech.guard import faults
from channels.audio.speech.letters import spell
from channels.audio.speech.lexicon import path_of, read_lexicon
from channels.base import Settings
from document.model import NOWHERE, Abbreviation, Foreign, Inline, Link, Strong, Term, Text
from document.values import values

LEXICON, FAULTS = read_lexicon(path_of(Settings().lexicons, "en"))
SPEECH = English(LEXICON)


def said(written: str) -> str:
    return SPEECH.words(values(written))


def test_the_lexicon_has_no_faults() -> None:
    assert FAULTS == ()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("£1", "one pound."),
        ("£9.50", "nine pounds fifty."),
        ("£165 million", "one hundred and sixty-five million pounds."),
        ("£1.2bn", "one point two billion pounds."),
        ("£9.05", "nine pounds and five pence."),
        ("£0.50", "fifty pence."),
        ("50p", "fifty pence."),
        ("1p", "one penny."),
        ("£20,000", "twenty thousand pounds."),
        ("€1", "one euro."),
        ("$3.99", "three dollars ninety-nine."),
        ("55%", "fifty-five per cent."),
        ("2.5%", "two point five per cent."),
        ("0.5%", "nought point five per cent."),
        ("1,900", "one thousand nine hundred."),
        ("1,234,567", "one million two hundred and thirty-four thousand five hundred and sixty-seven."),
        ("3.50", "three point five nought."),
        ("-5", "minus five."),
        ("2 million", "two million."),
        ("the 1st and the 22nd", "the first and the twenty-second."),
        ("in 1997", "in nineteen ninety-seven."),
        ("by 2007", "by two thousand and seven."),
        ("in 2000", "in two thousand."),
        ("in 2026", "in twenty twenty-six."),
        ("in 1900", "in nineteen hundred."),
        ("in 1905", "in nineteen oh five."),
        ("the 1990s", "the nineteen nineties."),
        ("1997–2007", "nineteen ninety-seven to two thousand and seven."),
        ("2007–08", "two thousand and seven to two thousand and eight."),
        ("aged 18–24", "aged eighteen to twenty-four."),
        ("between 18–24", "between eighteen and twenty-four."),
        ("£5–£10", "five to ten pounds."),
        ("5–10%", "five to ten per cent."),
        ("9am–5pm", "nine ay M to five P M."),
        ("9–11am", "nine to eleven ay M."),
        ("9am", "nine ay M."),
        ("5.30pm", "five thirty P M."),
        ("17:30", "seventeen thirty."),
        ("09:05", "nine oh five."),
        ("12 March 2007", "the twelfth of March two thousand and seven."),
        ("on the 12 March 2007", "on the twelfth of March two thousand and seven."),
    ],
)
def test_values_are_said_in_words(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0800 77 66 00", "oh eight hundred, double seven, double six, double oh."),
        ("0300 123 6600", "oh three hundred, one two three, double six double oh."),
        ("020 7946 0018", "oh two oh, seven nine four six, double oh one eight."),
        ("0345 600 0723", "oh three four five, six double oh, oh seven two three."),
        ("+44 20 7946 0000", "plus four four, two oh, seven nine four six, double oh double oh."),
        ("+44 (0)20 7946 0018", "plus four four, two oh, seven nine four six, double oh one eight."),
        ("08001111234", "oh eight hundred, one one one, one two three four."),
        ("call 101", "call one oh one."),
        ("call 999", "call nine nine nine."),
        ("call 111", "call one one one."),
    ],
)
def test_telephone_numbers_are_read_in_their_groups(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("drugs.gov.uk", "drugs dot gov dot U K."),
        ("www.nhs.uk/help-2", "W W W dot N H S dot U K slash help hyphen two."),
        ("https://www.example.org/", "W W W dot example dot org."),
        ("help@example.gov.uk", "help at example dot gov dot U K."),
        ("the NHS and the UK", "the N H S and the U K."),
        ("two MPs", "two M P's."),
        ("Dept of Health", "Department of Health."),
        ("Dept. of Health", "Department of Health."),
        ("Class A drugs", "Class ay drugs."),
        ("A drug of Class B", "A drug of Class B."),
        ("e.g. crack", "for example crack."),
        ("crack, etc.", "crack, et cetera."),
        ("Fish & chips", "Fish and chips."),
        ("SW1P 4DF", "S W one P four D F."),
        ("the M25 and form A4", "the M twenty-five and form ay four."),
        ("10kg or 1 km", "ten kilograms or one kilometre."),
        ("No. 10, p. 5, v3.0", "number ten, page five, version three point nought."),
        ("© Crown copyright 2024", "Crown copyright twenty twenty-four."),
        ("15-year-olds", "fifteen-year-olds."),
        ("pre- and post-war", "pre and post-war."),
    ],
)
def test_words_are_said_as_the_lexicon_and_the_house_style_have_them(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("three-quarters – such as – this", "three-quarters – such as – this."),
        ("one—two", "one – two."),
        ("(Source: recorded crime figures)", "Source: recorded crime figures."),
        ("the Programme (all of it), now", "the Programme, all of it, now."),
        ("“Is it enough?” he asked", "Is it enough? he asked."),
        ("We’re the ‘offenders’ families’", "We're the offenders families."),
        ("four strands:", "four strands:"),
        ("Wait… what", "Wait, what."),
        ("[[x]]", "x."),
        ("-x --help", "x help."),
        ("..", ""),
    ],
)
def test_punctuation_is_what_every_voice_understands(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_terms_and_abbreviations_are_said_as_their_author_says() -> None:
    inlines: tuple[Inline, ...] = (
        Text(text="The "),
        Abbreviation(text="DIP", expansion="Drug Interventions Programme"),
        Text(text=", "),
        Abbreviation(text="NTORS", expansion="National Treatment Outcome Research Study"),
        Text(text=", "),
        Abbreviation(text="NICE", expansion="National Institute", say="nice"),
        Text(text=", "),
        Abbreviation(text="approx", expansion="approximately"),
        Text(text=", "),
        Term(text="24/7", say="day and night"),
        Text(text=" and "),
        Foreign(text="Croeso", language="cy", say="kroy so"),
    )
    assert SPEECH.words(inlines) == "The D I P, en tors, nice, approximately, day and night and kroy so."


def test_markup_is_not_heard() -> None:
    inlines: tuple[Inline, ...] = (
        Text(text="a "),
        Strong(children=(Text(text="strong "), Link(target=None, children=(Text(text="place"),)))),
        Text(text=" here"),
    )
    assert SPEECH.words(inlines) == "a strong place here."


def test_letters_are_spelt_so_that_a_is_not_the_article() -> None:
    assert [spell(word) for word in ("DIP", "SAD", "GPs")] == ["D I P", "S ay D", "G P's"]


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
    assert code in {fault.code for fault in faults(words, NOWHERE)}
    assert all(fault.hint and fault.severity == "error" for fault in faults(words, NOWHERE))


def test_an_unspeakable_character_is_named() -> None:
    (fault,) = faults("Smile \N{GRINNING FACE}.", NOWHERE)
    assert "grinning face" in fault.message


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_reaches_a_voice_as_figures_signs_or_capitals(text: str) -> None:
    words = said(text)
    if faults(words, NOWHERE):
        return
    assert not re.search(r"[\d£$€%@/\\<>\[\]{}|*#_~^\"]|\w\.\w|[A-Z]{2}", words)
    assert all(unicodedata.category(character)[0] in "LPZ" for character in words)
    assert words == finish(words)
