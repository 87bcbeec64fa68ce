"""Words that are spelt alike but spoken in two ways: the words beside them decide. If they do not, the author is
told."""

from __future__ import annotations

import pytest

from languages.base import language_of, lexicon_of
from languages.en.heteronyms import sounds
from languages.en.speech import speech_of

SPEECH = speech_of(lexicon_of("en"))


def said(text: str) -> str:
    return SPEECH.words(language_of("en").recognise(text)).rstrip(".")


def told(text: str) -> list[str]:
    return [
        remark.written for remark in SPEECH.remarks(language_of("en").recognise(text)) if remark.code == "two-sounds"
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Lead pipes are old", "led pipes are old"),
        ("lead in your drinking water", "led in your drinking water"),
        ("the lead officer will lead on it", "the lead officer will lead on it"),
        ("People live here", "People liv here"),
        ("Live music", "lyve music"),
        ("It goes live", "It goes lyve"),
        ("Close the door", "cloze the door"),
        ("Applications close at noon", "Applications cloze at noon"),
        ("close to a close friend", "close to a close friend"),
        ("Acacia Close is shut", "Acacia Close is shut"),
        ("I have read it", "I have red it"),
        ("Read the guide", "Read the guide"),
        ("Read NHS Choices information", "Read N H S Choices information"),
        ("lead provider authorisation", "lead provider authorisation"),
        ("Peter Sands (lead non-executive)", "Peter Sands, lead non-executive"),
        ("getting close financial alignment right", "getting close financial alignment right"),
        ("it was electrically live", "it was electrically lyve"),
        ("the live web chats, live vacancies", "the lyve web chats, lyve vacancies"),
        ("Refuse collection", "reffuse collection"),
        ("We may refuse a claim", "We may refuse a claim"),
        ("the bow of the ship", "the bough of the ship"),
        ("a bow tie", "a bow tie"),
        ("one minute in minute detail", "one minute in my newt detail"),
        ("the content of it", "the content of it"),
        ("They are content with it", "They are con tent with it"),
    ],
)
def test_the_words_beside_it_decide(written: str, words: str) -> None:
    assert said(written) == words
    assert told(written) == []


@pytest.mark.parametrize("word", ["lead", "close", "live", "read", "refuse", "tear", "bow"])
def test_a_word_alone_is_told(word: str) -> None:
    assert told(word.capitalize()) == [word]


def test_every_word_has_two_sounds() -> None:
    assert all(len(ways) > 1 for ways in sounds().values())
