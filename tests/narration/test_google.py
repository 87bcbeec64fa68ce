"""Google's voice is polite and patient, and never accepts half an answer. Tested against a server on this machine."""

from __future__ import annotations

import gzip
import json
import resource
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import requests
import trustme

from channels.audio.encode import encode, write
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
from tests.narration.google_server import (
    HOST,
    Answer,
    Google,
    always,
    body_of,
    dripping,
    dripping_head,
    http,
    mp3,
    reset,
    serve,
    silence,
    spoken,
)
from tests.narration.test_takes import utterances

SENTENCE = "Treatment works: for every one pound spent, at least nine pounds fifty is saved."


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """The stand-in for every host, with its authority trusted and waits made short."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    memory = Google()
    google._session.cache_clear()
    with serve(context, memory) as address:
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
        monkeypatch.setattr(google, "FIRST_WAIT", 0.01)
        monkeypatch.setattr(google, "TIMEOUT", (5.0, 5.0))
        yield memory
        google._session().close()
    google._session.cache_clear()


def speak(words: str = SENTENCE) -> float:
    return Gtts().speak(words, "en").seconds


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


@pytest.mark.parametrize(
    "trouble",
    [
        always(http("429 Too Many Requests")),
        always(http("503 Service Unavailable")),
        always(http("408 Request Timeout")),
        always(http("500 Internal Server Error", b"<html>", Content_Type="text/html")),
        reset,
        always(http("200 OK", body_of(mp3(SENTENCE), cut=400))),
        always(http("200 OK", body_of(mp3(SENTENCE)[:2000]))),
        always(http("200 OK", body_of(mp3(SENTENCE, seconds=0.4)))),
        always(http("200 OK", body_of(b"not an mp3 at all" * 50))),
        always(http("200 OK", body_of(mp3(SENTENCE, rate=16000) + mp3(SENTENCE)))),
        always(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
        always(b"no HTTP at all\r\n\r\n"),
        always(
            http("200 OK", b"zz\r\nnot a chunk", Transfer_Encoding="chunked").replace(b"Content-Length", b"X-Length")
        ),
        always(http("200 OK", b"no gzip", Content_Encoding="gzip")),
    ],
    ids=[
        *("429", "503", "408", "500", "reset", "cut base64", "cut sound", "too short", "no mp3", "two kinds of sound"),
        *("200 headers", "no HTTP", "no chunks", "no gzip"),
    ],
)
def test_trouble_that_passes_is_waited_out(trouble: Answer, server: Google) -> None:
    server.plan = [trouble, trouble]
    assert 3 < speak() < 8
    assert len(server.requests) == 3


def cut(audio: bytes, part: float) -> bytes:
    """`audio` without its end, cut at a frame: a complete MP3 with less sound."""
    at = audio.index(b"\xff\xf3", int(len(audio) * part))
    return audio[:at]


@pytest.mark.parametrize("part", [0.6, 0.7, 0.75, 0.9])
def test_sound_that_breaks_off_is_asked_for_again(part: float, server: Google) -> None:
    server.plan = [always(http("200 OK", body_of(cut(mp3(SENTENCE), part))))]
    assert 3 < speak() < 8
    assert len(server.requests) == 2


def silenced(begin: float, end: float) -> bytes:
    """Sound as long as the sentence needs, of which a part is silence."""
    wave = np.sin(np.arange(round(24_000 * (0.3 + 0.06 * len(SENTENCE)))) * 0.05) * 8000
    wave[round(begin * len(wave)) : round(end * len(wave))] = 0
    wave[-2400:] = 0
    return write(encode([wave.astype(np.int16)], 24_000), 24_000, {})


@pytest.mark.parametrize("part", [0.6, 0.7, 0.75])
def test_sound_that_ends_where_a_word_ends_is_asked_for_again(part: float, server: Google) -> None:
    """It ends in silence, and lacks the rest."""
    server.plan = [always(http("200 OK", body_of(mp3(SENTENCE, seconds=part * (0.3 + 0.06 * len(SENTENCE))))))]
    assert speak() > 5
    assert len(server.requests) == 2


@pytest.mark.parametrize(("begin", "end"), [(0.5, 1), (0.3, 0.6), (0, 0.4), (0, 1)])
def test_sound_of_which_a_part_is_silence_is_asked_for_again(begin: float, end: float, server: Google) -> None:
    server.plan = [always(http("200 OK", body_of(silenced(begin, end))))]
    assert speak() > 5
    assert len(server.requests) == 2


@pytest.mark.parametrize("times", [2, 3])
def test_sound_that_is_one_part_several_times_is_asked_for_again(times: int, server: Google) -> None:
    server.plan = [always(http("200 OK", body_of(mp3(SENTENCE) * times)))] * 4
    assert 3 < speak() < 8
    assert len(server.requests) == 5


def test_sound_that_is_said_twice_in_other_bytes_is_asked_for_again(server: Google) -> None:
    server.plan = [always(http("200 OK", body_of(mp3(SENTENCE, seconds=2 * (0.3 + 0.06 * len(SENTENCE))))))]
    assert 3 < speak() < 8
    assert len(server.requests) == 2


def test_letters_one_by_one_are_believed_though_they_take_long(server: Google) -> None:
    slow = always(http("200 OK", body_of(mp3("N H S D W P", seconds=3.2))))
    server.plan = [slow, slow]
    assert speak("N H S D W P") > 3


def test_quick_speech_is_believed_when_it_comes_again(server: Google) -> None:
    quick = always(http("200 OK", body_of(mp3(SENTENCE, seconds=3.4))))
    server.plan = [quick, quick]
    assert 3.3 < speak() < 3.5
    server.plan = [always(http("200 OK", body_of(silenced(0, 1))))] * google.TRIES
    with pytest.raises(VoiceUnreachable, match="its sound is silence"):
        speak()


def test_a_short_time_to_come_back_is_waited_for_and_told_in_the_end(
    server: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = waited(monkeypatch)
    server.plan = [always(http("429 Too Many Requests", Retry_After="40"))] * google.TRIES
    with pytest.raises(VoiceUnreachable, match="for a minute, until "):
        speak()
    assert waits == [40] * (google.TRIES - 1)


def test_a_time_to_come_back_without_a_zone_is_in_greenwich_time(
    server: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As HTTP has it, wherever this machine stands."""
    later = time.strftime("%a, %d %b %Y %H:%M:%S", time.gmtime(time.time() + 1190))
    server.plan = [always(http("429 Too Many Requests", Retry_After=later))]
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Kathmandu")
        time.tzset()
        with pytest.raises(VoiceUnreachable, match="for 20 minutes, until "):
            speak()
    time.tzset()


def test_a_changed_sample_rate_joins_what_is_kept(server: Google) -> None:
    store = MemoryStore()
    record(utterances("These words are kept."), Gtts(), store)
    server.plan = [always(http("200 OK", body_of(mp3("These are new ones.", rate=22_050))))]
    takes = record(utterances("These words are kept.", "These are new ones."), Gtts(), store)
    assert (takes.spoken, takes.rate) == (1, 24_000)


def nested(depth: int) -> bytes:
    return b")]}'\n\n" + b'[["wrb.fr","jQ1olc",' + b"[" * depth + b"]" * depth + b"]]\n"


def answered(payload: object) -> bytes:
    """An answer with `payload` as its inner JSON."""
    return (")]}'\n\n" + json.dumps([["wrb.fr", "jQ1olc", json.dumps(payload)]])).encode()


@pytest.mark.parametrize(
    "body",
    [
        *(answered({"audio": "…"}), answered([]), answered([7]), answered("words"), answered([["aGk="]])),
        *(b")]}'\n\n" + b'{"wrb.fr": "jQ1olc"}', nested(100), nested(200_000), b'[["jQ1olc"]]', b"jQ1olc \xff\xfe"),
    ],
)
def test_an_answer_of_any_other_form_is_an_error_of_the_voice(body: bytes, server: Google) -> None:
    server.plan = [always(http("200 OK", body))] * google.TRIES
    with pytest.raises(VoiceError):
        speak()


@pytest.mark.parametrize("header", ["²", "1e400", "9" * 400, "Fri, 31 Dec 9999 23:59:59 -2359", "soon", "-5", "0x10"])
def test_an_odd_retry_after_is_no_traceback(header: str, server: Google) -> None:
    server.plan = [
        always(http("429 Too Many Requests", Retry_After=header).replace(header.encode(), header.encode("latin-1")))
    ]
    try:
        assert 3 < speak() < 8
    except VoiceUnreachable as fault:
        assert "429" in str(fault)


@pytest.mark.parametrize(("seconds", "says"), [(1200, "for 20 minutes, until "), (9000, "for 3 hours, until ")])
def test_who_is_sent_away_is_told_when_to_come_back(seconds: int, says: str, server: Google) -> None:
    server.plan = [always(http("429 Too Many Requests", Retry_After=str(seconds)))]
    with pytest.raises(VoiceUnreachable, match=says):
        speak()


@pytest.mark.parametrize("slow", [dripping, dripping_head])
def test_an_answer_that_drips_ends(slow: Answer, server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google, "WHOLE_ANSWER", 0.3)
    server.plan = [slow]
    began = time.monotonic()
    assert 3 < speak() < 8
    assert time.monotonic() - began < 3


def test_an_answer_that_swells_as_it_is_unpacked_is_left(server: Google) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=1)
    server.plan = [always(http("200 OK", bomb, Content_Encoding="gzip"))]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert 3 < speak() < 8
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KB


def test_a_server_that_falls_silent_is_asked_again(server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google, "TIMEOUT", (2.0, 1.0))
    mp3(SENTENCE)
    server.plan = [silence]
    assert 3 < speak() < 8
    assert len(server.requests) == 2


def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the voice would wait. Others may sleep, such as a server that an earlier test left dripping."""
    waits: list[float] = []
    clock = SimpleNamespace(sleep=waits.append, time=time.time, monotonic=time.monotonic)
    monkeypatch.setattr(google, "time", clock)
    return waits


def test_waits_grow_with_each_try(server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = waited(monkeypatch)
    monkeypatch.setattr(google, "FIRST_WAIT", 1.0)
    server.plan = [always(http("429 Too Many Requests"))] * 9
    with pytest.raises(VoiceUnreachable, match="429") as fault:
        speak()
    assert len(server.requests) == google.TRIES
    assert all(2**n <= wait <= 1.5 * 2**n for n, wait in enumerate(waits)) and len(waits) == google.TRIES - 1
    assert "run again" in fault.value.hint


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_obeyed(as_date: bool, server: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    waits = waited(monkeypatch)
    header = formatdate(int(now) + 20, usegmt=True) if as_date else "20"
    server.plan = [always(http("429 Too Many Requests", Retry_After=header))]
    speak()
    assert waits == [pytest.approx(20, abs=1)]


def test_a_wait_of_an_hour_is_not_waited(server: Google) -> None:
    server.plan = [always(http("429 Too Many Requests", Retry_After="3600"))]
    with pytest.raises(VoiceUnreachable, match="429"):
        speak()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (http("302 Found", Location="https://www.google.com/sorry/index"), "www.google.com/sorry"),
        (http("200 OK", b"<html>Before you continue</html>", Content_Type="text/html"), "web page"),
        (http("200 OK", b"<html>Before you continue</html>", Content_Type="Text/HTML"), "web page"),
        (http("200 OK", body_of(None)), "without sound"),
        (http("200 OK", body_of(b"")), "without sound"),
        (http("200 OK", b")]}'\n\n"), "without sound"),
        (http("200 OK", b""), "without sound"),
        (http("403 Forbidden"), "403"),
    ],
    ids=["sorry", "consent page", "Consent Page", "no audio", "empty audio", "nothing said", "empty", "403"],
)
def test_an_answer_that_will_not_better_is_an_error_at_once(answer: bytes, says: str, server: Google) -> None:
    server.plan = [always(answer)]
    with pytest.raises(VoiceError, match=says) as fault:
        speak()
    assert len(server.requests) == 1 and fault.value.hint


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
