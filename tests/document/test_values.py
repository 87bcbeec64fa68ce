"""Values are recognised once, and keep the characters that were written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.model import (
    Date,
    Inline,
    Money,
    Number,
    Percentage,
    Phone,
    Range,
    Text,
    Time,
    WebAddress,
    Year,
    text_of,
)
from document.values import value, values


def money(text: str, amount: str, scale: str = "") -> Money:
    return Money(text=text, amount=Decimal(amount), currency="GBP", scale=scale)


def number(text: str, figures: str) -> Number:
    return Number(text=text, value=Decimal(figures))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1", money("£1", "1")),
        ("£9.50", money("£9.50", "9.50")),
        ("£1,900", money("£1,900", "1900")),
        ("£165 million", money("£165 million", "165", "million")),
        ("£1.2bn", money("£1.2bn", "1.2", "billion")),
        ("50p", money("50p", "0.5")),
        ("€20", Money(text="€20", amount=Decimal(20), currency="EUR")),
        ("55%", Percentage(text="55%", value=Decimal(55))),
        ("2.5 %", Percentage(text="2.5 %", value=Decimal("2.5"))),
        ("1,900", number("1,900", "1900")),
        ("−5", number("−5", "-5")),
        ("22nd", Number(text="22nd", value=Decimal(22), ordinal=True)),
        ("2 million", Number(text="2 million", value=Decimal(2), scale="million")),
        ("1997", Year(text="1997", value=1997)),
        ("1990s", Year(text="1990s", value=1990)),
        ("12 March 2007", Date(text="12 March 2007", value=date(2007, 3, 12))),
        ("2024-02-29", Date(text="2024-02-29", value=date(2024, 2, 29))),
        ("5.30pm", Time(text="5.30pm", hour=17, minute=30)),
        ("12am", Time(text="12am", hour=0, minute=0)),
        ("17:30", Time(text="17:30", hour=17, minute=30)),
        ("0800 77 66 00", Phone(text="0800 77 66 00", number="0800776600")),
        ("0300 123 6600", Phone(text="0300 123 6600", number="03001236600")),
        ("0800 1111", Phone(text="0800 1111", number="08001111")),
        ("116 123", Phone(text="116 123", number="116123")),
        ("(020) 7946 0000", Phone(text="(020) 7946 0000", number="02079460000")),
        ("+44 (0)20 7946 0000", Phone(text="+44 (0)20 7946 0000", number="+442079460000")),
        ("drugs.gov.uk", WebAddress(text="drugs.gov.uk", target="https://drugs.gov.uk")),
        ("help@example.gov.uk", WebAddress(text="help@example.gov.uk", target="mailto:help@example.gov.uk")),
        (
            "1997–2007",
            Range(text="1997–2007", start=Year(text="1997", value=1997), end=Year(text="2007", value=2007)),
        ),
        ("2007–08", Range(text="2007–08", start=Year(text="2007", value=2007), end=Year(text="08", value=2008))),
        ("18–24", Range(text="18–24", start=number("18", "18"), end=number("24", "24"))),
        ("£5–10", Range(text="£5–10", start=money("£5", "5"), end=money("10", "10"))),
        (
            "5–10%",
            Range(
                text="5–10%",
                start=Percentage(text="5", value=Decimal(5)),
                end=Percentage(text="10%", value=Decimal(10)),
            ),
        ),
        (
            "9–5pm",
            Range(text="9–5pm", start=Time(text="9", hour=9, minute=0), end=Time(text="5pm", hour=17, minute=0)),
        ),
    ],
)
def test_a_value_is_recognised(text: str, expected: Inline) -> None:
    assert value(text) == expected
    assert value(text.rstrip()) == expected


@pytest.mark.parametrize("text", ["three-quarters", "Dept. of Health", "e.g. this", "and so on...", "Mr.Smith"])
def test_words_are_left_alone(text: str) -> None:
    assert values(text) == (Text(text=text),)


@pytest.mark.parametrize("text", ["call 101", "Ring 999", "dial 111"])
def test_short_numbers_are_telephone_numbers_where_someone_calls(text: str) -> None:
    assert isinstance(values(text)[-1], Phone)


def test_a_short_number_elsewhere_is_a_number() -> None:
    assert values("101 people")[0] == number("101", "101")


def test_one_call_with_two_numbers() -> None:
    assert [type(found) for found in values("call 101 or 999")] == [Text, Phone, Text, Phone]


def test_a_day_that_does_not_exist_is_not_a_date() -> None:
    assert not any(isinstance(found, Date) for found in values("on 31 February 2007"))


def test_the_full_stop_after_an_address_is_not_part_of_it() -> None:
    assert values("see drugs.gov.uk.") == (
        Text(text="see "),
        WebAddress(text="drugs.gov.uk", target="https://drugs.gov.uk"),
        Text(text="."),
    )


@given(st.text(alphabet="0123456789£%.,–- :/apmkMarch2007()+@ukgov\u00a0", max_size=40))
def test_nothing_is_lost_and_no_digit_is_left_as_text(text: str) -> None:
    found = values(text)
    assert text_of(found) == text
    assert not any(c.isdigit() for part in found if isinstance(part, Text) for c in part.text)


@given(st.text(max_size=80))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    assert text_of(values(text)) == text
