"""Capitals are spoken from the lexicon, as a word, or spelt with a warning. Signs without words are left out."""

from __future__ import annotations

import re

import pytest

from languages.base import Remark, language_of, lexicon_of
from languages.en.capitals import unstressed
from languages.en.lexicon import read_lexicon
from languages.en.speech import speech_of
from model.inlines import Abbreviation, Text

SPEECH = speech_of(lexicon_of("en"))
LEXICON = read_lexicon(lexicon_of("en"))[0]


def said(text: str) -> str:
    return SPEECH.words(language_of("en").recognise(text))


def remarks(text: str) -> list[tuple[str, str, str]]:
    found: tuple[Remark, ...] = SPEECH.remarks(language_of("en").recognise(text))
    return [(remark.code, remark.written, remark.said) for remark in found]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("The DWP and the DVLA", "The D W P and the D V L ay."),
        ("the DWP's GCSEs", "the D W P's G C S E's."),
        ("two PCSOs’ HGVs", "two P C S O's H G V's."),
        ("NATO, UCAS and Ofsted", "Nato, you cass and Ofsted."),
        ("your PIN, SIMs and ISAs", "your pin, sims and eyesas."),
        ("the MoJ, DfT and PhDs", "the M O J, D F T and P H D's."),
        ("NHSmail", "N H S mail."),
        ("UK-EU trade", "U K E U trade."),
        ("IMPORTANT: DO NOT PAY", "important: do not pay."),
        ("NO ENTRY TO THE CAR PARK", "no entry to the car park."),
        ("It is NOT so", "It is not so."),
        ("THE CITY OF LONDON", "the city of London."),
        ("GIVE IT TO US", "give it to us."),
        ("US VAT", "U S V ay T."),
        ("IT support", "I T support."),
        ("Section VIII", "Section eight."),
    ],
)
def test_known_capitals_and_words_in_capitals(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("The DWP’s GCSEs, NATO and MoJ: DO NOT PAY", []),
        ("the XQZ, the XQZ’s and XQZs", [("spelt-out", "XQZ", "X Q Z"), ("spelt-out", "XQZs", "X Q Z's")]),
        ("OpenAI", []),
        ("a megawatt (MW)", []),
        ("ACTivate", [("capitals-as-word", "ACTivate", "activate")]),
        ("BiGGAR", [("capitals-as-word", "BiGGAR", "Biggar")]),
        ("LOGASnet", [("capitals-as-word", "LOGASnet", "Logas net")]),
        ("FReM", [("spelt-out", "FReM", "F R E M")]),
        ("DfXQ", [("spelt-out", "DfXQ", "D F X Q")]),
        ("RESTATS", [("capitals-as-word", "RESTATS", "Restats")]),
        ("see note ↩ and ┌", [("sign-left-out", "↩", ""), ("sign-left-out", "┌", "")]),
        ("a ≠ b ▼", []),
        ("see file.pdf", [("stop-in-word", "file.pdf", "file dot P D F")]),
        ("It is so.Then go", [("stop-in-word", "so.Then", "so. Then")]),
        ("in 中文 too", [("other-script", "中文", "words in Chinese script")]),
    ],
)
def test_what_was_guessed_is_remarked_on(written: str, found: list[tuple[str, str, str]]) -> None:
    assert remarks(written) == found


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("a ≠ b", "a does not equal b."),
        ("Done 🙂.", "Done."),
        ("name: ______", "name:."),
        ("in 2010⁷.", "in two thousand and ten."),
        ("see http://example.org/x", "see example dot org slash X."),
        ("an α-blocker", "an alpha blocker."),
        ("the oﬃce", "the office."),
        ("Ask in العربية.", "Ask in words in Arabic script."),
    ],
)
def test_signs_and_letters_of_other_scripts(written: str, words: str) -> None:
    assert said(written) == words


def test_stress_in_a_say_is_no_initials() -> None:
    assert unstressed("fy-SEP-tone") == "fy-sep-tone"
    assert unstressed("UK-EU and non-EU") == "UK-EU and non-eu"


def test_the_lexicon_knows_hundreds_of_initials_and_says_none_that_is_a_common_word() -> None:
    assert len(LEXICON.capitals) > 900
    assert not {"ICE", "IS", "LET", "EAT", "CHIEF"} & LEXICON.capitals.keys()
    for said in LEXICON.capitals.values():
        assert not re.search("[A-Z]{2}", said)


def test_initials_with_small_letters_are_not_said_as_what_they_stand_for_twice() -> None:
    manual = Abbreviation(text="FReM", expansion="Financial Reporting Manual")
    spoken = SPEECH.words((Text(text="the Financial Reporting Manual ("), manual, Text(text=") and "), manual))
    assert spoken == "the Financial Reporting Manual, F R E M, and F R E M."
