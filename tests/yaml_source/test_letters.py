"""A text is looked at for pasted letters only where a sign stands in it with which they begin."""

from __future__ import annotations

from collections.abc import Callable

from tests.growth import MOST, growth
from yaml_source.letters import FOLDED, LATIN, PERHAPS, WITHIN_FIGURES, folded

IN_CONTEXT = (
    "5\u066a",
    "5 \u066a",
    "1\u02e2\u1d57",
    "2\u207f\u1d48",
    "3\u02b3\u1d48",
    "4\u1d57\u02b0",
    "1\uff0d2",
    "1\ufe632",
    "1\u00ad2",
)


def test_whatever_is_folded_has_a_sign_that_is_looked_for_first() -> None:
    every_sign = "\n".join(map(chr, range(0x80, 0x20000)))
    found = {match[0] for match in FOLDED.finditer(every_sign)}
    assert len(found) > 1000
    assert [sign for sign in found if not PERHAPS.search(sign)] == []
    assert [sign for sign in LATIN if not PERHAPS.search(sign)] == []
    for text in (*IN_CONTEXT, "1\u200b2", "1\u20602", "1\ufeff2"):
        assert FOLDED.search(text) or WITHIN_FIGURES.search(text), text
        assert PERHAPS.search(text), text


def test_text_without_such_a_sign_stays_as_it_is() -> None:
    assert folded("Siân’s £5 – “no”…") == ("Siân’s £5 – “no”…", ())
    assert folded("Sia\u0302n") == ("Siân", ())


def test_a_long_word_of_mixed_letters_takes_no_longer_than_its_length() -> None:
    def folding(size: int) -> Callable[[], object]:
        text = "a\N{CYRILLIC SMALL LETTER O}" * size
        return lambda: folded(text)

    read, told = folded("a\N{CYRILLIC SMALL LETTER O}" * 3)
    assert (read, [(one.line, one.column) for one in told]) == ("aoaoao", [(1, 2)])
    assert growth(folding, 20_000) < MOST
