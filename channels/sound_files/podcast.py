"""Turns a recording into what a podcast needs besides: chapters as JSON (Podcasting 2.0) and pictures of its size.

The feed itself covers all publications. The list of publications (catalogue) makes it from the episodes that it
finds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from channels.base import File, Rendering, version_of
from channels.design.brand import files_of_cover
from channels.sound_files.on_wish import OnWish
from model.diagnostics import Diagnostic
from model.document import Document
from model.traverse import text_of
from narration.headings import headings_of
from narration.timeline import Timeline

FOLDER: Final = "podcast"
CHAPTERS: Final = "application/json+chapters"
SCALE: Final = 3
"""The cover is 600 pixels wide, and podcast directories want 1400 to 3000."""


class Podcast(OnWish):
    """An episode's chapters and pictures."""

    name = "podcast"

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The fonts and the logo of the pictures."""
        return files_of_cover(document) if self.asked(document) else ()

    def fingerprint(self) -> str:
        """Says whether the command line names the podcast, with the versions of the libraries that draw."""
        tools = f"pillow {version_of('pillow')} resvg_py {version_of('resvg_py')}"
        return f"{self.name} {self.name in self.settings.named} {tools}"

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """A warning where the episode's address is not known, since a feed needs whole addresses."""
        place = f"/{document.id}/{document.language}/"
        if not self.asked(document) or (document.url or "").endswith(place):
            return ()
        message = "the podcast has no episode of this: nothing says at which address its files will stand"
        hint = "Write `base_url:` in publisher.yaml, and no `url:` of another place in the publication."
        return (Diagnostic(severity="warning", code="podcast-address", message=message, mark=document.mark, hint=hint),)

    def told(self, document: Document, timeline: Timeline) -> Rendering:
        """The files. The import is late since it takes 40 ms."""
        from channels.design.cover import cover_of, cover_of_all  # noqa: PLC0415 (Pillow: 40 ms)

        files = (
            ("chapters.json", chapters_of(document, timeline), CHAPTERS),
            ("episode.png", cover_of(document, SCALE), "image/png"),
            ("podcast.png", cover_of_all(document, SCALE), "image/png"),
        )
        return Rendering(
            channel=self.name,
            files=tuple(File(path=f"{FOLDER}/{name}", data=data, media_type=kind) for name, data, kind in files),
            diagnostics=self.preflight(document),
        )

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:  # noqa: ARG002
        """No diagnostics: the chapters come from the timeline, with which the recording is compared."""
        return ()


def chapters_of(document: Document, timeline: Timeline) -> bytes:
    """A chapter for each heading, in seconds (JSON Chapters Format 1.2)."""
    chapters = [
        {"startTime": round(heading.begin / timeline.rate, 3), "title": heading.title}
        for heading in headings_of(document, timeline)
    ]
    content = {"version": "1.2.0", "title": text_of(document.title.inlines), "chapters": chapters}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
