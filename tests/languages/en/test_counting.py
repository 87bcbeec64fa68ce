"""Whole numbers are counted as num2words counts them, without its commas."""

from __future__ import annotations

import random

from num2words import num2words

from languages.en import counting

FIRST = range(1, 2200)
LONG = [random.Random(digits).randrange(10 ** (digits - 1), 10**digits) for digits in range(1, 16) for _ in range(40)]


def other(number: int, to: str = "cardinal") -> str:
    return str(num2words(number, lang="en_GB", to=to)).replace(",", "")


def test_how_many() -> None:
    assert [counting.cardinal(number) for number in (*FIRST, *LONG)] == [other(number) for number in (*FIRST, *LONG)]


def test_which_one() -> None:
    assert [counting.ordinal(number) for number in FIRST] == [other(number, "ordinal") for number in FIRST]


def test_what_year() -> None:
    assert [counting.year(number) for number in FIRST] == [
        other(number, "year").replace("oh-", "oh ") for number in FIRST
    ]


def test_nothing_is_nought() -> None:
    assert (counting.cardinal(0), counting.ordinal(0)) == ("nought", "zeroth")
