"""Sentences end where a reader would pause, and not after a short word."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

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
        ("We met at 5 Elm St.", "It was dark."),
        ("Turn into Park Rd.", "Then go left."),
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
        *("He lives at Bury St. Edmunds.", "Near Mount St. Helens it is."),
        *("Ring Mr Smith (Dr. in law) today.", "He came (it was shut!) today."),
    ],
)
def test_a_sentence_does_not_end_in_the_middle(text: str) -> None:
    assert cut(text) == [text]


RULES = yaml.safe_load((Path(__file__).parent / "golden_rules.yaml").read_text(encoding="utf-8"))
FORMS = yaml.safe_load((Path(__file__).parent / "short_forms.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", [rule for rule in RULES if "left" not in rule], ids=lambda rule: rule["name"])
def test_the_golden_rules_of_another_project_hold(rule: dict[str, Any]) -> None:
    assert cut(" ".join(rule["sentences"])) == rule["sentences"]


def test_what_is_left_of_the_golden_rules_is_known_and_little() -> None:
    left = [rule for rule in RULES if "left" in rule]
    assert len(RULES) == 75 and len(left) == 7
    for rule in left:
        assert cut(" ".join(rule["sentences"])) != rule["sentences"], f"{rule['name']} holds: take its `left` away"


@pytest.mark.parametrize("text", FORMS["whole"])
def test_a_short_form_ends_no_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize("sentences", FORMS["cut"], ids=" ".join)
def test_a_sentence_may_end_in_a_short_form(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences
