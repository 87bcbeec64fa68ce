"""For any two colours of a publisher, everything in the scheme can be read, and a colour with enough contrast stays
as it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.design.scheme import OTHER, TEXT, contrast, in_one_ink, is_pale, scheme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GROUNDS = ("--paper", "--paper-tint", "--accent-tint")
WORDS = ("--ink", "--ink-soft", "--accent", "--accent-strong", "--visited")


def faint_in_one_ink(tokens: Mapping[str, str]) -> list[tuple[str, str]]:
    """The words on paper, each with its ground, that could not be read if the page was printed in one ink."""
    pairs = [(words, ground) for words in WORDS for ground in GROUNDS]  # --paper stands for white, too
    pairs += [("--paper", "--accent-strong"), ("--signal", "--accent-strong")]
    return [(w, g) for w, g in pairs if contrast(in_one_ink(tokens[w]), in_one_ink(tokens[g])) < 4.5]


@settings(max_examples=100, deadline=None)
@given(brand=COLOURS, accent=COLOURS)
def test_every_pair_of_colours_gives_a_scheme_that_can_be_read(brand: str, accent: str) -> None:
    for tokens in (scheme(brand, accent).light, scheme(brand, accent).dark):
        for words in WORDS:
            for ground in GROUNDS:
                assert contrast(tokens[words], tokens[ground]) >= TEXT, (words, ground, tokens)
        assert contrast(tokens["--on-signal"], tokens["--signal"]) >= TEXT
        assert contrast(tokens["--on-head"], tokens["--head"]) >= TEXT
        on_head = "--signal" if tokens["--on-head"] == "#ffffff" else "--on-signal"
        assert contrast(tokens[on_head], tokens["--head"]) >= TEXT  # the element with the focus, or its frame
        for ground in ("--paper", "--paper-tint"):
            assert contrast(tokens["--rule"], tokens[ground]) >= OTHER
    light = scheme(brand, accent).light
    assert contrast(light["--signal"], light["--accent-strong"]) >= TEXT  # the archive notice on a cover
    assert faint_in_one_ink(light) == []


def test_colours_that_serve_stay_as_they_are() -> None:
    found = scheme("#003078", "#ffdd00")
    assert (found.light["--accent"], found.light["--head"], found.light["--signal"]) == (
        "#003078",
        "#003078",
        "#ffdd00",
    )
    assert found.notes == ()


def test_a_colour_that_cannot_be_read_is_named_with_the_nearest_that_can() -> None:
    found = scheme("#7fbf7f", "#b22222")
    text, ground = found.notes
    assert (text.colour, text.role, round(text.contrast, 1)) == ("#7fbf7f", "text", 2.2)
    assert contrast(text.instead, "#ffffff") >= TEXT
    assert (ground.colour, ground.role) == ("#b22222", "ground")


def test_a_pale_colour_is_the_headers_ground_with_ink_on_it() -> None:
    found = scheme("#8fcf9f", "#0f7a5a").light
    assert found["--head"] == "#8fcf9f"
    assert found["--on-head"] == found["--ink"]
    assert is_pale("#8fcf9f", "#0f7a5a")
    assert not is_pale("#0b2545", "#ffd400")


def test_a_colour_neither_dark_nor_pale_enough_is_named_with_what_stands_there() -> None:
    (note,) = (note for note in scheme("#d4351c", "#ffdd00").notes if note.role == "text")
    assert scheme("#d4351c", "#ffdd00").light["--head"] != "#d4351c"
    assert contrast(note.instead, "#ffffff") >= TEXT


def test_what_is_no_colour_is_an_error() -> None:
    with pytest.raises(ValueError, match="teal-ish"):
        scheme("teal-ish", "#ffffff")


def test_a_bright_green_on_a_dark_ground_can_be_read_in_one_ink() -> None:
    """In colour it had a contrast of 7, and as a grey less than 4.5."""
    for brand in ("#0b2545", "#000000", "#8fcf9f"):
        for accent in ("#00bf00", "#00ff00"):
            assert faint_in_one_ink(scheme(brand, accent).light) == [], (brand, accent)
    assert [in_one_ink(colour) for colour in ("#ffffff", "#00ff00", "#0000ff")] == ["#ffffff", "#969696", "#1c1c1c"]
