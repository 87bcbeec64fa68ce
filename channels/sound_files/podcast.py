"""A recording to what a podcast tells of it besides: chapters as JSON (Podcasting 2.0) and pictures of its size.

The feed itself is over all publications: the list of publications makes it of the episodes that it finds (catalogue).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from channels.base import Channel, File, Rendering, Settings, Store
from model.diagnostics import Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.traverse import text_of
from narration.headings import headings_of
from narration.timeline import Timeline, timeline_of

FONTS: Final = Path(__file__).parent.parent / "design" / "fonts"
FOLDER: Final = "podcast"
CHAPTERS: Final = "application/json+chapters"
SCALE: Final = 3
"""The cover is 600 pixels wide; podcast directories want 1400 to 3000."""


class Podcast(Channel):
    """An episode's chapters and pictures, where `editions:` or --channel names it."""

    name = "podcast"
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    def asked(self, document: Document) -> bool:
        """Whether the command line or the publication names it."""
        return self.name in self.settings.named or is_wanted(document, self.name)

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The fonts of the pictures."""
        return tuple(sorted(FONTS.glob("*.ttf"))) if self.asked(document) else ()

    def fingerprint(self) -> str:
        """Whether the command line asks for it, and the version of what draws."""
        return f"{self.name} {self.name in self.settings.named} pillow {version('pillow')}"

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """A feed needs whole addresses, so each episode has to know where it will stand."""
        place = f"/{document.id}/{document.language}/"
        if not self.asked(document) or (document.url or "").endswith(place):
            return ()
        message = "the podcast has no episode of this: nothing says at which address its files will stand"
        hint = "Write `base_url:` in publisher.yaml, and no `url:` of another place in the publication."
        return (Diagnostic(severity="warning", code="podcast-address", message=message, mark=document.mark, hint=hint),)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """The files; nothing where nobody asks for them, or there is no recording."""
        if not self.asked(document):
            return Rendering(channel=self.name, files=())
        timeline = timeline_of(made)
        if timeline is None:
            return Rendering(channel=self.name, files=(), notes=("none: it is made from the recording",))
        from channels.design.brand import paper_tokens  # noqa: PLC0415 (as below)
        from channels.design.cover import cover  # noqa: PLC0415 (Pillow: 40 ms)

        title, publisher = (text_of(sentence.inlines) for sentence in (document.title, document.publisher.name))
        tokens = paper_tokens(document)
        files = (
            ("chapters.json", chapters_of(document, timeline), CHAPTERS),
            ("episode.png", cover(title, publisher, tokens, SCALE), "image/png"),
            ("podcast.png", cover(publisher, "", tokens, SCALE), "image/png"),
        )
        return Rendering(
            channel=self.name,
            files=tuple(File(path=f"{FOLDER}/{name}", data=data, media_type=kind) for name, data, kind in files),
            diagnostics=self.preflight(document),
        )

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:  # noqa: ARG002
        """Nothing: who makes the chapters has them from the timeline, which the recording is held against."""
        return ()


def chapters_of(document: Document, timeline: Timeline) -> bytes:
    """Chapters by the JSON Chapters Format 1.2: a chapter for each heading, in seconds."""
    chapters = [
        {"startTime": round(heading.begin / timeline.rate, 3), "title": heading.title}
        for heading in headings_of(document, timeline)
    ]
    content = {"version": "1.2.0", "title": text_of(document.title.inlines), "chapters": chapters}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
