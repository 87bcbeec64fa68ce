"""Channels for tests behind the real interface: quick, deterministic, and faulty on demand.

A source orders a fault by its words: "please-die" kills the worker, "please-hang" never ends, "please-fail" raises,
"please-warn" warns, "said-slowly" takes a second to speak. `FAKE_SLOW` (seconds) slows each rendering, for tests that
stop a run in the middle.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from channels.base import Channel, Clip, Draft, Entry, File, Option, Rendering, Settings, Store, Told, untold
from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import RenderError, ToolMissing
from model.traverse import prose, sentences_of, text_of

TWO_PANELS = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /Threads [5 0 R]>> endobj
2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R>> endobj
4 0 obj <</Length 25>> stream
1 0 0 rg 0 0 100 100 re f
endstream endobj
5 0 obj <</Type /Thread /F 6 0 R>> endobj
6 0 obj <</Type /Bead /T 5 0 R /N 7 0 R /V 7 0 R /P 3 0 R /R [100 0 200 100]>> endobj
7 0 obj <</Type /Bead /N 6 0 R /V 6 0 R /P 3 0 R /R [0 0 100 100]>> endobj
trailer <</Root 1 0 R>>
"""
"""A sheet with a red panel on its left, which is read after the empty one on its right."""


class FakePdf(Channel):
    """A sheet with two panels, and the text behind it."""

    name = "pdf"

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings

    def inputs(self, document: Document) -> tuple[Path, ...]:
        return pictures()

    def fingerprint(self) -> str:
        return f"fake pdf {os.environ.get('FAKE_VERSION', '1.0')}"

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        words = prose(tuple(sentences_of(document)))
        time.sleep(float(os.environ.get("FAKE_SLOW", "0")))
        _misbehave(words)
        data = TWO_PANELS + words.encode() * 20 + shown()
        found: tuple[Diagnostic, ...] = ()
        if "please-warn" in words:
            marked = next(s for s in sentences_of(document) if "please-warn" in text_of(s.inlines))
            found = (
                Diagnostic(
                    severity="warning", code="asked", message="as asked", mark=marked.mark, hint="Ask for none."
                ),
            )
        files = tuple(
            File(
                path=path,
                data=data + path.encode(),
                media_type="application/pdf",
                role="download",
                title=title,
                pages=1,
            )
            for path, title in (("leaflet.pdf", "Leaflet"), ("large-print.pdf", "Large print"))
        )
        return Rendering(channel=self.name, files=files, diagnostics=found, recipes=(("leaflet.pdf", "in two panels"),))

    def draft(self, document: Document, path: str, recipe: str) -> Draft:
        """The file at once, however slow a rendering is."""
        words = prose(tuple(sentences_of(document)))
        data = TWO_PANELS + words.encode()
        return Draft(
            file=File(path=path, data=data, media_type="application/pdf", title="Leaflet", pages=1), note=recipe
        )

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        return ()


class FakeAudio(Channel):
    """Speaks sentences as digests, and keeps each in the store."""

    name = "audio"

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._told: Told = untold

    def watch(self, told: Told) -> None:
        self._told = told

    def inputs(self, document: Document) -> tuple[Path, ...]:
        return (self._settings.lexicons / "en" / "lexicon.yaml",)

    def fingerprint(self) -> str:
        return f"fake voice {self._settings.chosen.get('voice', 'espeak-ng')}"

    def programs(self) -> tuple[str, ...]:
        return ("espeak-ng",)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        spoken, clips = [], []
        for number, sentence in enumerate(sentences_of(document)):
            words = text_of(sentence.inlines)
            if "no-voice" in words:
                raise ToolMissing("espeak-ng is not installed", "Run `make`.")
            said = f"{self._settings.chosen.get('voice')} {words}"
            sound = self._store.get(said)
            if sound is None:
                sound = hashlib.sha256(said.encode()).digest() * 50
                self._store.put(said, sound)
            spoken.append(sound)
            if "said-slowly" in words:
                time.sleep(1.1)
            self._told(len(spoken), len(spoken) + 1)
            clips.append(
                Clip(id=sentence.id, file="audio/all.mp3", begin=number, end=number + 1, section="", text=words)
            )
        recording = File(
            path=f"audio/{document.id}.mp3",
            data=b"".join(spoken),
            media_type="audio/mpeg",
            role="download",
            title="Recording",
            seconds=float(len(spoken)),
        )
        return Rendering(channel=self.name, files=(recording,), clips=tuple(clips))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        return ()


class FakeHtml(Channel):
    """A page that quotes the digest of every other edition, so that a disagreement shows."""

    name = "html"

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings

    def inputs(self, document: Document) -> tuple[Path, ...]:
        return pictures()

    def fingerprint(self) -> str:
        return "fake html 1.0"

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        quotes = [
            f"{file.path} {hashlib.sha256(file.data).hexdigest()}"
            for _, rendering in sorted(made.items())
            for file in rendering.files
        ]
        text = "\n".join([text_of(document.title.inlines), *quotes, prose(tuple(sentences_of(document)))])
        page = File(
            path="index.html", data=text.encode() + shown(), media_type="text/html", role="page", title="Web page"
        )
        return Rendering(channel=self.name, files=(page, File(path="page.css", data=b"p{}", media_type="text/css")))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        return ()


def pictures() -> tuple[Path, ...]:
    """The pictures that page and leaflet show."""
    picture = os.environ.get("FAKE_INPUT")
    return (Path(picture),) if picture else ()


def shown() -> bytes:
    return b"".join(path.read_bytes() for path in pictures())


def _misbehave(words: str) -> None:
    if "please-die" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "please-hang" in words:
        time.sleep(60)
    if "please-fail" in words:
        raise RenderError("the fake engine was asked to fail")


VOICE = Option(name="voice", help="who speaks", values=("espeak-ng", "flite"))
REGISTRY = {
    "pdf": Entry(path="tests.publish.fakes:FakePdf"),
    "audio": Entry(path="tests.publish.fakes:FakeAudio", options=(VOICE,)),
    "html": Entry(path="tests.publish.fakes:FakeHtml", needs=("audio",), quotes_downloads=True),
}
