"""Inline markup, terms and sentences: an author's text is kept completely, and cut only between sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.base import language_of
from model.inlines import Abbreviation, Emphasis, Foreign, Inline, Link, Phone, Strong, Term, Text
from model.traverse import text_of
from reader.inline import Known, fold, inlines, one_of, sentences
from reader.terms import with_forms

KNOWN = Known.of(
    language_of("en"),
    with_forms(
        {
            "DIP": Abbreviation(text="DIP", expansion="Drug Interventions Programme"),
            "Class A": Term(text="Class A", say="class ay"),
            "Croeso": Foreign(text="Croeso", language="cy"),
        },
        language_of("en"),
    ),
    {"frank": None, "guide": "https://www.example.gov.uk/guide", "below": "#help"},
)


def read(text: str) -> tuple[Inline, ...]:
    def refuse(code: str, message: str, hint: str, words: str) -> None:
        raise AssertionError((code, message, hint, words))

    return inlines(text, KNOWN, refuse)


def faults(text: str) -> list[str]:
    found: list[str] = []
    inlines(text, KNOWN, lambda code, *_: found.append(code))
    return found


def cut(text: str) -> list[str]:
    return [text_of(piece) for piece in sentences(read(text), language_of("en"))]


def test_strong_emphasis_and_links() -> None:
    assert read("a **b** *c* [d](https://x.org)") == (
        Text(text="a "),
        Strong(children=(Text(text="b"),)),
        Text(text=" "),
        Emphasis(children=(Text(text="c"),)),
        Text(text=" "),
        Link(target="https://x.org", children=(Text(text="d"),)),
    )


def test_a_reference_without_an_address_names_the_place() -> None:
    assert read("[Frank site][frank]") == (Link(target=None, children=(Text(text="Frank site"),)),)


def test_references_lead_where_they_say() -> None:
    assert read("[the guide][guide]") == (
        Link(target="https://www.example.gov.uk/guide", children=(Text(text="the guide"),)),
    )
    assert read("[help][below]") == (Link(target="#help", children=(Text(text="help"),)),)


def test_escaped_markup_is_text() -> None:
    assert read(r"\*not\* \[strong\]") == (Text(text="*not* [strong]"),)


@pytest.mark.parametrize("text", ["5 * 3", r"\*\*", "a footnote*"])
def test_an_asterisk_may_be_an_asterisk(text: str) -> None:
    assert faults(text) == []


def test_terms_are_found_as_whole_words() -> None:
    found = read("DIP and Class A, not DIPS; Croeso")
    assert [type(part) for part in found] == [Abbreviation, Text, Term, Text, Foreign]


def test_values_inside_strong_words() -> None:
    assert read("**0800 77 66 00**") == (Strong(children=(Phone(text="0800 77 66 00", number="0800776600"),)),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a](javascript:alert)", "bad-link"),
        ("[a](data:text/html,x)", "bad-link"),
        ("[a](//example.org)", "bad-link"),
        ("[a][nowhere]", "bad-reference"),
        ("[](https://x.org)", "empty-link"),
        ("[**a**](https://x.org)", "markup-in-link"),
        ("[here](https://x.org)", "vague-link"),
        ("<b>bold</b>", "markup"),
        ("`code`", "markup"),
        ("This **is open.", "unclosed-markup"),
        ("This *is open.", "unclosed-markup"),
        ("[Read this](https://x.org", "unclosed-markup"),
        ("![a](https://x.org/a.png)", "markup"),
    ],
)
def test_what_is_not_understood_is_reported(text: str, code: str) -> None:
    assert code in faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "For more, visit the practitioners site drugs.gov.uk.",
        "At least £9.50 is saved.",
        "The Dept. of Health said so.",
        "The Dept of Health said so.",
        "See e.g. the guide.",
        "See para. 3.1 and vol. 2.",
        "It takes approx. 5 people, incl. Mr Smith.",
        "It is open from 9 a.m. on Monday.",
        "Mr. Smith and Dr. Jones came to St. Mary’s.",
        "(Source: NTORS at two year: changes two years after intake. Dept of Health)",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Visit drugs.gov.uk. Then call.", ["Visit drugs.gov.uk.", "Then call."]),
        ("It costs £9.50. It is free.", ["It costs £9.50.", "It is free."]),
        ("**One. Two.** Three.", ["One.", "Two.", "Three."]),
        ("He said “Go. Now.” She left.", ["He said “Go. Now.”", "She left."]),
    ],
)
def test_sentences_are_cut_between(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_emphasis_a_thousand_deep_is_a_fault_and_no_crash() -> None:
    assert "too-deep" in faults("*a **b " * 500 + "b** a*" * 500)


@given(st.text(max_size=120))
def test_any_text_is_kept_whole(text: str) -> None:
    """With any markup, the joined sentences are the words, and the splitter adds and drops nothing."""
    found = inlines(text, KNOWN, lambda *_: None)
    joined = " ".join(text_of(piece) for piece in sentences(found, language_of("en")))
    assert fold(joined) == fold(text_of(found))


@given(st.text(alphabet=st.characters(blacklist_characters="*_[]\\`<&", blacklist_categories=["Cs"]), max_size=120))
def test_plain_text_comes_back_as_written(text: str) -> None:
    assert text_of(inlines(text, KNOWN, lambda *_: None)) == fold(text)


@pytest.mark.parametrize("words", [["NHS"], ["A", "AB", "ABC", "AC"], ["A&E", "A", "B.B", "B", "a b"], ["", "A"]])
def test_one_of_many_words_is_the_longest_that_stands_there(words: list[str]) -> None:
    plainly = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    text = "NHS A AB ABC ABD AC A&E A& B.B B. a b a bAC"
    for after in ("", r"\b", r"(?!\w)"):
        assert re.findall(one_of(words) + after, text) == re.findall(f"(?:{plainly}){after}", text)
