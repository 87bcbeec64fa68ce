"""Sentences end where a reader would pause, and not after a short word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from languages.en.sentence_boundaries import sentence_ends


def cut(text: str) -> list[str]:
    places = [0, *sentence_ends(text), len(text)]
    return [text[start:end].strip() for start, end in pairwise(places)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We can't take nappies, or tetra-paks etc.", "Batteries go in a bag."),
        ("We sell tea, coffee, etc.", "Prices vary."),
        ("Bring ID (e.g. a passport, etc.).", "Then wait."),
        ("Fines are in bands A to F.", "A Band A fine is low."),
        ("Fees apply to Band A.", "Band B is dearer."),
        ("Use Plan B.", "Smith did."),
        ("(It is shut.)", "Go home."),
        ("The answer is no.", "Go home."),
        ("It takes 5 min.", "Then go."),
        ("We are closed on Mon.", "The shop is open."),
        ("In Dec.", "It opens."),
    ],
)
def test_a_sentence_ends_here(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        *("It is excl. VAT.", "It is £5 exc. fees.", "The price inc. VAT is £5."),
        *("Under Sch. 2 of it.", "See Pt. 2 and Ch. 3.", "See art. 5 and reg. 4(1)."),
        *("It is on Mon. 5 Jan.", "By Sept. 30.", "A 5 min. walk.", "It is max. 5 and min. £3."),
        *(
            "Judge A. Brown and J. K. Smith spoke.",
            "The Children etc. Act 1989 and the Land etc. (Scotland) Act apply.",
            "We met Ann etc. on Friday.",
        ),
        *("Ring Mr Smith (Dr. in law) today.", "He came (it was shut!) today."),
    ],
)
def test_a_sentence_does_not_end_in_the_middle(text: str) -> None:
    assert cut(text) == [text]
