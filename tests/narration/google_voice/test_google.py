"""Google's voice is polite: it sends the words whole and once, and to Google alone. Tested against a server on this
machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests
import trustme

from channels.audio.render import AudioChannel
from channels.base import Settings
from model.document import Document
from model.errors import VoiceError, VoiceUnreachable
from narration.takes import record
from narration.voices import google, load_voice
from narration.voices.gtts import Gtts
from pipeline import main
from tests.narration.conftest import recorded
from tests.narration.fakes import MemoryStore
from tests.narration.google_voice.conftest import SENTENCE, speak
from tests.narration.google_voice.google_server import (
    HOST,
    Google,
    always,
    body_of,
    http,
    mp3,
    spoken,
)
from tests.narration.test_takes import utterances


def test_words_become_sound_with_googles_british_voice(server: Google) -> None:
    assert 3 < speak() < 8
    (request,) = server.requests
    assert (request.host, request.text, request.language) == (HOST, SENTENCE, "en")
    assert request.path == "/_/TranslateWebserverUi/data/batchexecute"


def test_requests_are_cut_at_clauses_and_never_inside_a_word(server: Google) -> None:
    words = (
        "The cross-government strategy to tackle drugs – the Updated Drug Strategy – focuses on the most dangerous "
        "drugs, damaged communities and problematic drug users, who cause the most harm to themselves."
    )
    speak(words)
    sent = [request.text for request in server.requests]
    assert " ".join(sent) == words
    assert all(len(text) <= 100 for text in sent) and all(text[-1] in ",.–" for text in sent)


@pytest.mark.parametrize("words", ["word " * 90, "a, " * 200, "x" * 90 + " " + "y" * 90, "One. Two! Three?"])
def test_pieces_are_the_words_whole(words: str) -> None:
    pieces = google.pieces(words)
    assert " ".join(pieces).split() == words.split()
    assert all(0 < len(piece) <= 100 for piece in pieces)


def test_a_word_that_no_request_can_hold_is_refused() -> None:
    with pytest.raises(VoiceError, match="too long"):
        google.pieces("z" * 101)


def test_one_connection_serves_many_requests(server: Google) -> None:
    for _ in range(4):
        speak()
    assert (server.connections, len(server.requests)) == (1, 4)


def test_at_most_two_requests_are_in_flight(server: Google) -> None:
    record(utterances(*(f"This is sentence {'a' * n} of many." for n in range(1, 12))), Gtts(), MemoryStore())
    assert 1 <= server.most_in_flight <= 2


def test_a_changed_sample_rate_joins_what_is_kept(server: Google) -> None:
    store = MemoryStore()
    record(utterances("These words are kept."), Gtts(), store)
    server.plan = [always(http("200 OK", body_of(mp3("These are new ones.", rate=22_050))))]
    takes = record(utterances("These words are kept.", "These are new ones."), Gtts(), store)
    assert (takes.spoken, takes.rate) == (1, 24_000)


def test_a_server_that_cannot_prove_to_be_google_hears_nothing(
    server: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    with pytest.raises(VoiceUnreachable, match="prove"):
        speak()
    assert server.requests == []


def test_nothing_partial_is_kept_and_a_second_run_goes_on(server: Google) -> None:
    said = utterances(*(f"This is sentence {'a' * n} of many." for n in range(1, 9)))
    store = MemoryStore()
    server.plan = [spoken, spoken, spoken, *[always(http("429 Too Many Requests", Retry_After="900"))] * 5]
    with pytest.raises(VoiceUnreachable):
        record(said, Gtts(), store)
    kept = len(store.kept)
    assert 1 <= kept <= 3
    server.plan.clear()
    server.requests.clear()
    assert record(said, Gtts(), store).spoken == 8 - kept == len(server.requests)


def test_a_recording_is_made_of_what_google_says(server: Google, seed: Document) -> None:
    channel = AudioChannel(Settings(chosen={"voice": "gtts"}), MemoryStore())
    few = recorded(channel, _short(seed))
    assert [fault for fault in channel.check(few) if fault.severity == "error" and "pace" not in fault.code] == []
    sent = len(server.requests)
    assert sent and {request.host for request in server.requests} == {HOST}
    recorded(channel, _short(seed))
    assert len(server.requests) == sent, "what was spoken is not sent again"


@pytest.mark.parametrize("voice", ["gtts", "espeak-ng"])
def test_the_user_is_told_once_that_the_text_goes_to_google(
    voice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("commands.build.find_sources", lambda *_: [])
    monkeypatch.setattr("commands.build.build", stopped)
    arguments = ["build", "--voice", voice, "--channel", "audio", "--output", str(tmp_path), "--cache", str(tmp_path)]
    assert main(arguments) == 130
    assert capsys.readouterr().err.count("goes to Google") == (voice == "gtts")


def test_languages_are_those_of_gtts() -> None:
    voice = load_voice(Settings(chosen={"voice": "gtts"}))
    assert voice.speaks("en") and voice.speaks("cy") and voice.speaks("en-GB") and not voice.speaks("xx")


def test_a_closed_port_is_unreachable(server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(VoiceUnreachable, match="no answer"):
        speak()
    assert isinstance(google._session(), requests.Session)


def _short(document: Document) -> Document:
    return replace(document, introduction=(), sections=(), related=None, notice=None)
