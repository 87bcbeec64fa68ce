"""Words are found in a source as YAML folds them and as the file has them."""

from __future__ import annotations

import pytest

from model.inlines import Mark
from yaml_source.source_map import Places

TEXT = """title: A page
blocks:
  - >-
    The first sentence. The
    second  sentence begins at
    the end of a line.

  - The first sentence.
"""
START = Mark(file="en.yaml", line=3, column=5)


@pytest.mark.parametrize(
    ("words", "line", "column"),
    [
        ("The first sentence.", 4, 5),
        ("The second sentence begins at the end of a line.", 4, 25),
        ("second sentence", 5, 5),
        ("sentence begins", 5, 13),
        ("tence begins", 5, 16),
        ("end of a line. - The first", 6, 9),
        ("second sentence as nobody wrote it", 5, 5),
    ],
)
def test_words_are_found_across_line_ends_and_indentation(words: str, line: int, column: int) -> None:
    assert Places(TEXT.splitlines(), "en.yaml").find(words, START) == Mark(file="en.yaml", line=line, column=column)


def test_what_is_said_twice_is_found_again_beyond_the_first() -> None:
    places = Places(TEXT.splitlines(), "en.yaml")
    first = places.find("The first sentence.", START)
    again = places.find("The first sentence.", first, beyond=True)
    assert (again.line, again.column) == (8, 5)
    assert places.find("The first sentence.", first) == first


def test_words_that_are_not_there_or_too_far_on_are_at_the_value_itself() -> None:
    places = Places(TEXT.splitlines(), "en.yaml")
    assert places.find("nowhere", START) == START
    assert places.find("line.", START, within=3) == START
    assert places.find("line.", START, within=4).line == 6


def test_a_place_after_the_end_has_nothing_behind_it() -> None:
    end = Mark(file="en.yaml", line=10, column=1)
    assert Places(TEXT.splitlines(), "en.yaml").find("title: A page", end) == end


def test_a_place_in_another_file_is_not_looked_for_in_this_one() -> None:
    """What publisher.yaml says stands beside what the page says, with a place in publisher.yaml."""
    other = Mark(file="publisher.yaml", line=1, column=1)
    places = Places(TEXT.splitlines(), "en.yaml")
    words = TEXT.split()[1]
    assert places.find(words, other) == places.exactly(words, other, 400) == other


@pytest.mark.parametrize(
    ("written", "words", "column"),
    [
        ("a **5m** wall", "5m", 5),
        ("a _5m_ wall", "5m", 4),
        ("a [site](https://a.example/5m) and 5m of it", "5m", 36),
        ("'it''s 5''10'", "5'10", 8),
        ("a 15m or 5m wall", "5m", 10),
        (r'"a \"5m\" wall"', '"5m"', 5),
        ("a 5*_*m wall", "5*_*m", 3),
        ("a **wide** wall", "wide wall", 5),
        ("a wall", "5m", 1),
    ],
)
def test_exact_words_are_found_under_their_markup(written: str, words: str, column: int) -> None:
    begin = Mark(file="en.yaml", line=1, column=1)
    assert Places([written], "en.yaml").exactly(words, begin, 400).column == column


@pytest.mark.parametrize("sign", ["'", '"', "*", "_", "\\", "''*", "\\*"])
def test_signs_that_may_be_spelt_in_two_ways_are_sought_in_one(sign: str) -> None:
    """Sixty quotes, each of which may stand for one or a half, would be two to the power of sixty ways."""
    begin, long = Mark(file="en.yaml", line=1, column=1), sign * 60
    places = Places([f"5{long}{long}m and so on"], "en.yaml")
    assert places.exactly(f"5{long[:50]}x", begin, 400) == begin
