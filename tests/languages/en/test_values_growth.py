"""Recognising and saying take time in proportion to the text: twice as long a text takes about twice as long."""

from __future__ import annotations

import time

import pytest

from languages.base import language_of, lexicon_of
from languages.en.recognise import values
from model.document import Text

CHEAP = ("1", " ", "-", "–", "(", "A", "A\u00ad", "Dr ", "a.", "%")
"""What no rule looks at for long: 100 kB of it, and twice that."""
DEAR = (
    *("12 ", "101 ", "£1 ", "1/", "1.", "1,", "1-1 ", "a@", "1m ", "9.30, ", "5' ", '6" ', "½ ", "0800 ", "999 or "),
    *("1 x ", "3 May ", "(a)", "mg/", "No 5 ", "ref 1-", "AB "),
)
"""Figures, of which each is asked many questions."""
MOST = 2.5


def seconds(text: str) -> float:
    """Processor time to recognise a text and to say it."""
    language = language_of("en")
    assert language.verbalise is not None
    speech = language.verbalise(lexicon_of("en"))
    start = time.process_time()
    speech.words((*values(text), Text(text=".")))
    return time.process_time() - start


def grows(text: str) -> float:
    """How many times as long twice the text takes; time too short to be told from a busy machine's noise is a floor."""
    once, twice = (min(seconds(one) for _ in range(2)) for one in (text, text + text))
    return twice / max(once, 0.15)


@pytest.mark.parametrize("piece", CHEAP)
def test_twice_100_kb_take_twice_the_time(piece: str) -> None:
    assert grows((piece * 100_000)[:100_000]) <= MOST


@pytest.mark.parametrize("piece", DEAR)
def test_twice_as_many_figures_take_twice_the_time(piece: str) -> None:
    assert grows((piece * 6_000)[:6_000]) <= MOST
