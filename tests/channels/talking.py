"""Documents with their narration and recording, made once, for all tests of talking books."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from channels import CHANNELS
from channels.base import Rendering, Settings
from model.document import Document
from model.traverse import marks_in, sentences_of, sentences_of_footnotes
from narration.timeline import Timeline, timeline_of
from publish.proof import units_spoken
from reader.read import read
from tests.conftest import GOLDEN, ROOT
from tests.narration.conftest import VOICE
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
        loaded = entry.load(Settings(chosen={"voice": VOICE}), store)
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


def as_heard(document: Document) -> list[str]:
    """The ids of the spoken sentences, with each footnote after the first sentence or row that it belongs to."""
    notes = {note.id: [sentence.id for sentence in note.sentences] for note in document.footnotes}
    behind = {sentence.id for sentence in sentences_of_footnotes(document)}
    sentences = {sentence.id: sentence for sentence in sentences_of(document)}
    found: list[str] = []
    for unit in units_spoken(document):
        if unit.id not in behind:
            found.append(unit.id)
            marks = marks_in(sentences[own] for own in unit.cells or (unit.id,))
            found += [own for mark in marks for own in notes[mark.note]]
    return found
