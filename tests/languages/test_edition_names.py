"""What readers call an edition, for the sentences in which other editions name it."""

from __future__ import annotations

from dataclasses import replace

from languages.edition_names import called
from languages.fixed_words import read_words, words_in
from tests.conftest import ROOT


def test_an_edition_has_the_words_of_its_language_or_is_not_named() -> None:
    english = read_words("en")[0]
    more = replace(english, entries=tuple(sorted((*english.entries, ("audio_word_list", "a list of words")))))
    editions = ("recording", "large-print", "word-list", "page")
    assert called(editions, english) == ("a recording", "a leaflet in large print", "a web page")
    assert called(editions, more) == ("a recording", "a leaflet in large print", "a list of words", "a web page")


def test_a_channel_brings_words_for_a_language_in_every_country() -> None:
    file = ROOT / "tests" / "toy" / "words.yaml"
    assert words_in(file, "en-GB") == words_in(file, "en") != {} == words_in(file, "cy")
