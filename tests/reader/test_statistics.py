"""The size of a figure, and the figures in a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from languages.base import language_of
from languages.en.hints import FIGURE
from languages.en.hints import figure_hint as figure_instead
from languages.en.recognise import value
from model.blocks import Statistic
from model.figures import amount, values_in
from model.inlines import NOWHERE, Percentage, Sentence, Value
from reader.inline import Known, inlines
from reader.statistics import check_statistic
from reader.terms import NONE

KNOWN = Known.of(language_of("en"), NONE, {})


def said(text: str) -> list[Value]:
    """The values of an author's text."""
    return list(values_in(inlines(text, KNOWN, lambda *fault: pytest.fail(str(fault)))))


@pytest.mark.parametrize(
    ("written", "size"), [("55%", "55"), ("£9.50", "9.50"), ("£2.5bn", "2500000000"), ("6.7 million", "6700000")]
)
def test_a_figure_has_a_size(written: str, size: str) -> None:
    figure = value(written)
    assert figure is not None
    assert amount(figure) == Decimal(size)  # type: ignore[arg-type]


def test_a_moment_has_none() -> None:
    assert [amount(moment) for moment in said("On 3 May 2024 at 9am, in 1997")] == [None, None, None]


def test_figures_are_found_in_strong_words_links_and_ranges() -> None:
    text = "From **£5–£10** to [55%](https://example.gov.uk) in *19 years*"
    assert [figure.text for figure in said(text)] == ["£5", "£10", "55%", "19"]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("2.5bn", "`2.5 billion`"),
        ("50 percent", "`50%`"),
        ("5 m\N{LATIN SMALL LETTER DOTLESS I}llion", "`5 million`"),
        ("£5 Bilion.", "`£5 billion`"),
        ("5 thousands", "`5 thousand`"),
        ("1 in 1,000", "`0.1%`"),
        ("half", "`50%`"),
        ("1 in 0", "One figure can be drawn."),
        ("over 100", "`100`, and the words around it in `label:`"),
        ("many", FIGURE),
        ("1_000", FIGURE),
        ("5²", FIGURE),
        ("5 ‰", FIGURE),
        ("5 million million", FIGURE),
    ],
)
def test_what_cannot_be_drawn_is_told_how_to_be_typed(written: str, instead: str) -> None:
    assert instead in figure_instead(written)


@pytest.mark.parametrize(
    ("text", "drawn", "codes"),
    [
        ("About 6.7m people.", "6.7 million", []),
        ("About **6.7m** people.", "6.7 million", []),
        ("About 6.7m people.", "7 million", ["contradiction"]),
        ("Around 12500 people.", "12,500", []),
        ("It fell from 2,000 to 1,500 people.", "1,500", []),
        ("It costs £5–£10.", "£10", []),
        ("It costs £5–£10.", "£7", ["contradiction"]),
        ("One in five, of 1,900 people.", "20%", []),
        ("A dozen people in 2007.", "12", []),
    ],
)
def test_the_picture_shows_what_the_sentence_says(text: str, drawn: str, codes: list[str]) -> None:
    sentence = Sentence(id="s", inlines=inlines(text, KNOWN, lambda *fault: pytest.fail(str(fault))))
    figure = value(drawn)
    direction: Literal["share"] | None = "share" if isinstance(figure, Percentage) else None
    statistic = Statistic(
        id="a",
        sentences=(sentence,),
        value=figure,  # type: ignore[arg-type]
        label="of them",
        alternative="Marks.",
        direction=direction,
    )
    assert [fault.code for fault in check_statistic(statistic, NOWHERE)] == codes
