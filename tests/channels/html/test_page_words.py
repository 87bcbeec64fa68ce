"""Sizes and times in words, the cues, the style sheet."""

from __future__ import annotations

import pytest

from channels.html import metadata
from channels.html.editions import recording
from channels.html.render import cues, stylesheet
from languages.humanize import length_in_words, size_in_words
from tests.channels.html.folders import document, made_for

WORDS = document("seed").words


def test_sizes_and_lengths_are_in_words() -> None:
    """They are written as visitors read them."""
    assert [size_in_words(n, WORDS) for n in (1449, 9960, 12_345, 999_999, 2_234_004)] == [
        "1.4 KB",
        "10 KB",
        "12 KB",
        "1 MB",
        "2.2 MB",
    ]
    assert [length_in_words(s, WORDS) for s in (9.4, 59.6, 278, 3720)] == [
        "9 seconds",
        "1 min 0 s",
        "4 min 38 s",
        "1 h 2 min",
    ]
    assert [metadata.iso_duration(s) for s in (0, 9, 278, 3720)] == ["PT0S", "PT9S", "PT4M38S", "PT1H2M"]


def test_cues_are_selectors(seed_cues: str) -> None:
    """The cues are a metadata track in the form of SyncMediaLite."""
    lines = seed_cues.split("\n")
    assert lines[:2] == ["WEBVTT", ""]
    assert lines[2] == "00:00:00.000 --> 00:00:00.400"
    assert lines[3] == '{"selector":{"type":"FragmentSelector","value":"title"}}'


@pytest.fixture
def seed_cues() -> str:
    """The track of the seed's recording."""
    heard = recording(document("seed"), made_for(document("seed")))
    assert heard is not None
    return cues(heard)


def test_the_style_loses_its_comments_and_nothing_else() -> None:
    """Strings and descendant selectors keep their spaces."""
    style = stylesheet().data.decode()
    assert "/*" not in style
    assert 'content:" (" attr(href) ")"' in style
    assert ".leave) :focus-visible{" in style
    assert style.count("{") == style.count("}")
    assert ";}" not in style and "line-height:1.05;letter-spacing:-.02em" in style
