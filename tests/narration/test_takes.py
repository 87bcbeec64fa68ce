"""Each utterance is spoken once, ever; what was spoken before a failure is not spoken again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.audio.edition import make
from channels.base import Settings
from model.document import Document, Sentence, Text
from model.errors import VoiceUnreachable
from narration.script import script
from narration.takes import key, record
from narration.utterance import Utterance
from tests.narration.fakes import MemoryStore, ToneVoice


def utterances(*words: str) -> tuple[Utterance, ...]:
    return tuple(
        Utterance(id=f"s{n}", language="en", words=said, shown=said, pause=0.35, section="one")
        for n, said in enumerate(words)
    )


def test_what_is_in_the_store_is_not_spoken_again() -> None:
    voice, store = ToneVoice(), MemoryStore()
    assert record(utterances("one two", "three", "three"), voice, store).spoken == 2
    assert record(utterances("three", "four"), voice, store).spoken == 1
    assert sorted(voice.heard) == ["four", "one two", "three"]


def test_a_damaged_take_is_spoken_again() -> None:
    voice, store = ToneVoice(), MemoryStore()
    record(utterances("one"), voice, store)
    store.kept = dict.fromkeys(store.kept, b"damaged")
    assert record(utterances("one"), voice, store).spoken == 1


def test_a_run_that_was_cut_off_goes_on_where_it_stopped() -> None:
    said = utterances(*(f"word {n} of ten" for n in range(10)))
    store, broken = MemoryStore(), ToneVoice(fails=lambda words: words == "word 8 of ten")
    with pytest.raises(VoiceUnreachable):
        record(said, broken, store)
    mended = ToneVoice()
    record(said, mended, store)
    assert "word 8 of ten" in mended.heard
    assert not set(mended.heard) & set(broken.heard)


def test_voice_words_and_language_make_the_key() -> None:
    voice, other = ToneVoice(), ToneVoice()
    other.identity = lambda: "tone 2"  # type: ignore[method-assign]
    keys = {key(("a", "en"), voice), key(("b", "en"), voice), key(("a", "cy"), voice), key(("a", "en"), other)}
    assert len(keys) == 4


def test_a_changed_sentence_is_the_only_one_spoken(seed: Document) -> None:
    voice, store, settings = ToneVoice(), MemoryStore(), Settings()
    first, _ = make(seed, script(seed, settings), settings, voice, store)
    said = len({utterance.words for utterance in script(seed, settings)})
    assert first.notes == (f"{said} of {said} sentences spoken, 0 from the store",)
    voice.heard.clear()
    summary = Sentence(id="summary", inlines=(Text(text="Another summary."),))
    changed = replace(seed, summary=summary)
    again, _ = make(changed, script(changed, settings), settings, voice, store)
    assert voice.heard == ["Another summary."]
    assert again.notes[0].startswith("1 of ")


def test_what_is_known_is_had_neither_from_the_store_nor_from_the_voice(seed: Document) -> None:
    voice, settings = ToneVoice(), Settings()
    utterances = script(seed, settings)
    takes = record(utterances, voice, MemoryStore())
    voice.heard.clear()
    again = record(utterances, voice, MemoryStore(), takes.by_words)
    assert (again.spoken, again.by_words) == (0, takes.by_words)
    assert voice.heard == []
