"""Each utterance is spoken only once, also after a failure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from channels.base import File, Rendering, Settings
from model.document import Document
from model.errors import VoiceError, VoiceUnreachable
from model.inlines import Sentence, Text
from narration import takes
from narration.assemble import assemble
from narration.render import narrate
from narration.script import script
from narration.sound import to_bytes
from narration.takes import key, record, takes_of
from narration.timeline import NAME, PATH, timeline_of, write
from narration.utterance import Part, Utterance
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


def test_each_sentence_that_is_spoken_is_told() -> None:
    store: MemoryStore = MemoryStore()
    heard: list[tuple[int, int]] = []
    record(utterances("one", "two"), ToneVoice(), store)
    record(utterances("two", "three", "four", "five"), ToneVoice(), store, lambda done, of: heard.append((done, of)))
    assert sorted(heard) == [(1, 3), (2, 3), (3, 3)]


def test_a_damaged_take_is_spoken_again() -> None:
    voice, store, damaged = ToneVoice(), MemoryStore(), MemoryStore()
    record(utterances("one"), voice, store)
    damaged.kept = dict.fromkeys(store.kept, b"damaged")
    assert record(utterances("one"), voice, damaged).spoken == 1


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
    _, note = narrate(seed, script(seed, settings), settings, voice, store)
    said = len({utterance.words for utterance in script(seed, settings)})
    assert note == f"{said} of {said} sentences spoken, 0 from the store"
    voice.heard.clear()
    summary = Sentence(id="summary", inlines=(Text(text="Another summary."),))
    changed = replace(seed, summary=summary)
    _, note = narrate(changed, script(changed, settings), settings, voice, store)
    assert voice.heard == ["Another summary."]
    assert note.startswith("1 of ")


def test_the_takes_of_the_last_document_are_had_neither_from_the_store_nor_from_the_voice(seed: Document) -> None:
    voice, store = ToneVoice(), MemoryStore()
    first = record(script(seed, Settings()), voice, store)
    voice.heard.clear()
    store.kept.clear()
    again = record(script(seed, Settings()), voice, store)
    assert (again.spoken, again.by_words) == (0, first.by_words)
    assert voice.heard == []


def test_the_sound_of_a_long_document_is_read_from_the_store_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said, voice, store = utterances("one two three", "four", "five six"), ToneVoice(), MemoryStore()
    whole = record(said, voice, MemoryStore())
    monkeypatch.setattr(takes, "AT_HAND", 0)
    for found in (record(said, voice, store), record(said, voice, store)):
        assert all(take.data is None for take in found.by_words.values())
        assert all(np.array_equal(found.samples(words), whole.samples(words)) for words in found.by_words)
    store.kept = dict.fromkeys(store.kept, to_bytes(whole.samples(("four", "en")), found.rate))
    with pytest.raises(VoiceError, match="damaged or gone"):
        found.samples(("five six", "en"))
    store.kept.clear()
    with pytest.raises(VoiceError, match="damaged or gone"):
        found.samples(("four", "en"))
    assert record(said, voice, store).spoken == 3, "the next run in this process has them spoken again"


def test_a_take_that_the_store_has_lost_is_spoken_again_for_the_same_timeline() -> None:
    said, voice = utterances("one two", "three"), ToneVoice()
    timeline = assemble(said, record(said, voice, MemoryStore()), (Part(id="one", title="One"),))
    voice.heard.clear()
    assert set(takes_of(timeline, voice, MemoryStore()).by_words) == {("one two", "en"), ("three", "en")}
    assert sorted(voice.heard) == ["one two", "three"]


def test_a_voice_that_now_speaks_otherwise_is_an_error_and_no_other_recording() -> None:
    said = utterances("one two", "three")
    timeline = assemble(said, record(said, ToneVoice(), MemoryStore()), (Part(id="one", title="One"),))
    with pytest.raises(VoiceError, match="no longer says “one two”") as fault:
        takes_of(timeline, ToneVoice(pitch=200), MemoryStore())
    assert "cache --prune 0" in fault.value.hint


def test_a_timeline_is_read_as_it_was_written() -> None:
    said = utterances("one two", "three")
    timeline = assemble(said, record(said, ToneVoice(), MemoryStore()), (Part(id="one", title="One"),))
    file = File(path=PATH, data=write(timeline), media_type="application/json")
    assert timeline_of({NAME: Rendering(channel=NAME, files=(file,))}) == timeline
    assert timeline_of({}) is None
    assert timeline_of({NAME: Rendering(channel=NAME, files=())}) is None
