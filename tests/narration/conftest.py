"""The seed page, read once, with its narration and recording, made once, for all tests of speech."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from channels.audio.render import AudioChannel
from channels.base import Rendering, Settings
from model.document import Document
from narration.render import Narration
from narration.timeline import NAME
from reader.read import read
from tests.conftest import GOLDEN, ROOT, demand
from tests.narration.fakes import MemoryStore
from tests.narration.spoken_once import keep_takes


def read_document(path: Path) -> Document:
    """The document at `path`, which has no faults."""
    result = read(path)
    assert result.document is not None, result.diagnostics
    return result.document


def recorded(channel: AudioChannel, document: Document) -> Rendering:
    """The audio edition of `document`, narrated by the voice of `channel`."""
    narration = Narration(channel.settings, channel.store).render(document, {})
    return channel.render(document, {NAME: narration})


@pytest.fixture(scope="session")
def seed() -> Document:
    return read_document(ROOT / "source" / "drug-related-crime" / "en.yaml")


@pytest.fixture(scope="session")
def everything() -> Document:
    return read_document(GOLDEN / "everything" / "source.yaml")


@pytest.fixture(scope="session")
def blocks() -> Document:
    return read_document(GOLDEN / "blocks" / "source.yaml")


VOICE = os.environ.get("TEST_VOICE", "espeak-ng")
"""The voice in the tests of recordings and books: the default one, or each in turn (`make test-voices`)."""

if VOICE != "espeak-ng":
    keep_takes(ROOT / ".pytest_cache" / "takes", pytest.MonkeyPatch())


@pytest.fixture(scope="session")
def espeak() -> str:
    """The default voice, or a visible skip. TEST_VOICE may name another one."""
    demand(VOICE != "espeak-ng" or shutil.which("espeak-ng"), "espeak-ng is not installed")
    return VOICE


@pytest.fixture(scope="session")
def channel(espeak: str) -> AudioChannel:
    """The audio channel with the default voice and a store of its own."""
    return AudioChannel(Settings(chosen={"voice": espeak}), MemoryStore())


@pytest.fixture(scope="session")
def recording(channel: AudioChannel, seed: Document) -> Rendering:
    """The seed page's audio edition, made once for all tests."""
    return recorded(channel, seed)
