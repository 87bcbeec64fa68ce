"""What the tests of talking books share: documents with their narration and recording, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from channels import CHANNELS
from channels.base import Rendering, Settings
from model.document import Document
from narration.timeline import Timeline, timeline_of
from reader.read import read
from tests.conftest import GOLDEN, ROOT
from tests.narration.fakes import MemoryStore

SOURCES = {
    "seed": ROOT / "source" / "drug-related-crime" / "en.yaml",
    "everything": GOLDEN / "everything" / "source.yaml",
    "blocks": GOLDEN / "blocks" / "source.yaml",
}


@cache
def document(name: str) -> Document:
    """One of the sources, without faults."""
    path: Path = SOURCES[name]
    made = read(path).document
    assert made is not None
    return made


@cache
def made(name: str, *channels: str) -> dict[str, Rendering]:
    """The renderings of narration, recording and `channels`."""
    store = MemoryStore()
    found: dict[str, Rendering] = {}
    for channel in ("narration", "audio", *channels):
        entry = CHANNELS[channel]
        loaded = entry.load(Settings(), store)
        rendering = loaded.render(document(name), entry.quoted(found, CHANNELS))
        assert rendering.files, rendering
        found[channel] = rendering
    return found


@cache
def timeline(name: str) -> Timeline:
    """The timeline of a source."""
    found = timeline_of(made(name))
    assert found is not None
    return found
