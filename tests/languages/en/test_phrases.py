"""Phrases of a list are found as whole words, the longest first."""

from __future__ import annotations

import pytest

from languages.en.phrases import Phrases, words_in

LISTED = Phrases(("Bury", "Bury St Edmunds", "St", "St.", "© Crown", "A&E"), not_after=".-")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("to Bury St Edmunds, by Bury", "to <Bury St Edmunds>, by <Bury>"),
        ("Bury St Edmundsbury", "<Bury> <St> Edmundsbury"),
        ("St. Ives and St Ives", "<St.> Ives and <St> Ives"),
        ("© Crown copyright", "<© Crown> copyright"),
        ("(A&E)", "(<A&E>)"),
        ("Burying, x.St, pre-St, aSt, BuryX", "Burying, x.St, pre-St, aSt, BuryX"),
        ("", ""),
    ],
)
def test_whole_and_longest(text: str, marked: str) -> None:
    assert LISTED.replace(text, lambda _text, _at, phrase: f"<{phrase}>", words_in(text)) == marked


def test_the_place_is_told() -> None:
    found: list[tuple[int, str]] = []

    def note(_text: str, at: int, phrase: str) -> str:
        found.append((at, phrase))
        return ""

    assert LISTED.replace("St, Bury", note, words_in("St, Bury")) == ", "
    assert found == [(0, "St"), (4, "Bury")]
