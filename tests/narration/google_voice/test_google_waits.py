"""Google's voice waits as long as it is asked to, but not for hours, and says when to come back."""

from __future__ import annotations

import time
from email.utils import formatdate
from types import SimpleNamespace

import pytest

from model.errors import VoiceUnreachable
from narration.voices import google
from tests.narration.google_voice.conftest import speak
from tests.narration.google_voice.google_server import Google, always, http


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


def test_a_short_time_to_come_back_is_waited_for_and_told_in_the_end(
    server: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = waited(monkeypatch)
    server.plan = [always(http("429 Too Many Requests", Retry_After="40"))] * google.TRIES
    with pytest.raises(VoiceUnreachable, match="for a minute, until "):
        speak()
    assert waits == [40] * (google.TRIES - 1)


def test_a_wait_of_an_hour_is_not_waited(server: Google) -> None:
    server.plan = [always(http("429 Too Many Requests", Retry_After="3600"))]
    with pytest.raises(VoiceUnreachable, match="429"):
        speak()
    assert len(server.requests) == 1


@pytest.mark.parametrize(("seconds", "says"), [(1200, "for 20 minutes, until "), (9000, "for 3 hours, until ")])
def test_who_is_sent_away_is_told_when_to_come_back(seconds: int, says: str, server: Google) -> None:
    server.plan = [always(http("429 Too Many Requests", Retry_After=str(seconds)))]
    with pytest.raises(VoiceUnreachable, match=says):
        speak()


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


@pytest.mark.parametrize("header", ["²", "1e400", "9" * 400, "Fri, 31 Dec 9999 23:59:59 -2359", "soon", "-5", "0x10"])
def test_an_odd_retry_after_is_no_traceback(header: str, server: Google) -> None:
    server.plan = [
        always(http("429 Too Many Requests", Retry_After=header).replace(header.encode(), header.encode("latin-1")))
    ]
    try:
        assert 3 < speak() < 8
    except VoiceUnreachable as fault:
        assert "429" in str(fault)
