"""Recognising and saying take time in proportion to the text: four times the text takes about four times as long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from languages.base import lexicon_of
from languages.en.lexicon import read_lexicon
from languages.en.recognise import values
from languages.en.verbalise import English
from model.inlines import Text
from tests.growth import MOST, growth

LEXICON = read_lexicon(lexicon_of("en"))[0]
CHEAP = ("1", " ", "-", "–", "(", "A", "A\u00ad", "Dr ", "a.", "%")
"""What no rule looks at for long, so that there can be much of it."""
DEAR = (
    *("12 ", "101 ", "£1 ", "1/", "1.", "1,", "1-1 ", "a@", "1m ", "9.30, ", "5' ", '6" ', "½ ", "0800 ", "999 or "),
    *("1 x ", "3 May ", "(a)", "mg/", "No 5 ", "ref 1-", "AB "),
)
"""Figures, of which each is asked many questions."""


def handling(piece: str) -> Callable[[int], Callable[[], object]]:
    """Recognising and saying a text of some characters that repeats a piece, by a speech that remembers none."""

    def prepare(size: int) -> Callable[[], object]:
        text = (piece * size)[:size]
        return lambda: English(LEXICON).words((*values(text), Text(text=".")))

    return prepare


@pytest.mark.parametrize("piece", CHEAP)
def test_60_kb_take_four_times_as_long_as_15_kb(piece: str) -> None:
    assert growth(handling(piece), 15_000) < MOST


@pytest.mark.parametrize("piece", DEAR)
def test_four_times_as_many_figures_take_four_times_the_time(piece: str) -> None:
    assert growth(handling(piece), 1_500) < MOST
