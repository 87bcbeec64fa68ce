"""Recognising and speaking take time in proportion to the text: four times the text takes about four times as long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from languages.base import lexicon_of, nowhere
from languages.en.lexicon import read_lexicon
from languages.en.recognise import values
from languages.en.unspeakable import faults
from languages.en.verbalise import English
from model.inlines import Text
from tests.growth import MOST, growth

LEXICON = read_lexicon(lexicon_of("en"))[0]
CHEAP = ("1", " ", "-", "–", "(", "A", "A\u00ad", "Dr ", "a.", "%")
"""Pieces that no rule looks at for long, so that a text may have many."""
DEAR = (
    *("12 ", "101 ", "£1 ", "1/", "1.", "1,", "1-1 ", "a@", "1m ", "9.30, ", "5' ", '6" ', "½ ", "0800 ", "999 or "),
    *("1 x ", "3 May ", "(a)", "mg/", "No 5 ", "ref 1-", "AB ", "23,", "1.234.", "ran 5m ", "9.15 to L", "PM₂.", "1―"),
    *(
        "won 3-1, ",
        "CaCO3",
        "2x-3 ",
        "mg/m3 ",
        "Nov '23 ",
        "PC 123 J",
        "5no. ",
        "2/9 & ",
        "5 LU/",
        "1,5 kg ",
        "7 - 2 + ",
    ),
    *(
        "a(ies)",
        "6–8y ",
        "-1/-2C ",
        "8.00 – 18.00 ",
        "2h30 ",
        "free.[1] ",
        "profit/(loss)",
        "litres (litres",
        "Act 1984(a) ",
        "0117 x 4 ",
    ),
)
"""Figures, which are tried with many rules each."""


def handling(piece: str) -> Callable[[int], Callable[[], object]]:
    """Recognises and speaks a text that repeats a piece, with a speech that remembers nothing."""

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


@pytest.mark.parametrize(
    "piece", ["1m ", "1m to ", "9.30, ", '6" ', "6' ", "½ mile ", "1 2 ", "5:", "13.00-", "A1(M) ", "no 5 "]
)
def test_many_figures_take_no_longer_than_their_number(piece: str) -> None:
    def saying(size: int) -> Callable[[], object]:
        found = values((piece * size)[:size])
        return lambda: English(LEXICON).words(found)

    assert growth(saying, 2_000) < MOST


@pytest.mark.parametrize("piece", ["a", "A", "a.", "-", "– ", " ", ",", "St ", "Mon-", "1 ", "www."])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    def saying(size: int) -> Callable[[], object]:
        text = (piece * size)[:size]
        return lambda: faults(English(LEXICON).words((Text(text=text), Text(text="x"))), nowhere, text)

    assert growth(saying, 5_000) < MOST
