"""A table of forms in context with the right words for each: no form is spoken wrong or refused without need."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.readings import Form, judge, plain, read_table, report

TABLE = Path(__file__).with_name("readings.tsv")
NEMO = Path(__file__).with_name("nemo_readings.tsv")
"""Another project's cases, with a British reader's words. Its first lines say which cases are left out, and why."""
FORMS = tuple(read_table(TABLE))


@pytest.mark.parametrize("table", [TABLE, NEMO], ids=lambda table: table.stem)
def test_no_form_is_said_wrongly(table: Path) -> None:
    text, wrong = report(map(judge, read_table(table)))
    print(text)  # the counts, if pytest shows what is printed
    assert wrong == 0, f"\n{text}"


def test_the_table_has_each_form_once() -> None:
    assert len(FORMS) >= 400
    assert len({(form.text, form.about) for form in FORMS}) == len({form.id for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize(
    ("allowed", "verdict"),
    [
        (("five pounds", "five quid"), "right"),
        (("five quid", "five pounds"), "acceptable"),
        (("five quid",), "wrong"),
        (("REFUSE",), "wrong"),
    ],
)
def test_what_is_said_is_held_against_what_is_allowed(allowed: tuple[str, ...], verdict: str) -> None:
    assert judge(Form(id="a", text="It costs £5.", allowed=allowed)).verdict == verdict


def test_a_refusal_counts_as_wrong_where_nobody_asked_for_it() -> None:
    assert judge(Form(id="a", text="It cost £1,00.", allowed=("REFUSE",))).verdict == "refused"
    assert judge(Form(id="a", text="It cost £1,00.", allowed=("one pound",))).verdict == "wrong"


def test_words_are_compared_without_capitals_and_punctuation() -> None:
    assert plain("Ay, B: it's five-thirty.") == "a b it's five thirty"
