"""Google's voice never accepts half an answer, or a part twice. Tested against a server on this machine."""

from __future__ import annotations

import gzip
import json
import resource
import time

import numpy as np
import pytest

from channels.audio.encode import encode, write
from model.errors import VoiceError, VoiceUnreachable
from narration.voices import google
from tests.narration.google_voice.conftest import SENTENCE, speak
from tests.narration.google_voice.google_server import (
    Answer,
    Google,
    always,
    body_of,
    dripping,
    dripping_head,
    http,
    mp3,
    reset,
    silence,
)


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
