"""A stand-in for Google's service, and what the voice is asked to say."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from narration.voices import google
from narration.voices.gtts import Gtts
from tests.narration.google_voice.google_server import HOST, Google, serve

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
