"""Turns a Document into its words, one a line: the smallest channel that uses the whole interface."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from channels.base import Channel, File, Passage, Rendering, Settings, Store
from model.diagnostics import Diagnostic
from model.document import Document
from model.editions import is_wanted
from model.inlines import NOWHERE
from model.traverse import sentences_of, text_of

COUNTER = "toy-counter"


class ToyChannel(Channel):
    """A list of words. It quotes how many pages are printed, and refuses the word "xyzzy"."""

    name = "toy"
    edition = "toy"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.end = "\r\n" if settings.chosen.get("line-ends") == "windows" else "\n"

    def programs(self) -> tuple[str, ...]:
        return (COUNTER,)

    def inputs(self, document: Document) -> tuple[Path, ...]:
        return ()

    def fingerprint(self) -> str:
        return f"toy {self.end!r} {self._counter()}"

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        return tuple(
            Diagnostic(
                severity="error",
                code="toy-word",
                message="a word list may not have “xyzzy”",
                mark=sentence.mark,
                hint="Leave it out.",
            )
            for sentence in sentences_of(document)
            if "xyzzy" in text_of(sentence.inlines)
        )

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        title = document.words.get("toy_title")
        if title is None or not is_wanted(document, self.edition):
            notes = () if title else ("no word list: the channel has no words for this language",)
            return Rendering(channel=self.name, files=(), notes=notes)
        printed = sum(file.pages or 0 for rendering in made.values() for file in rendering.files)
        lines = [f"{printed} pages are printed"]
        lines += [f"{sentence.id} {text_of(sentence.inlines)}" for sentence in sentences_of(document)]
        data = self.end.join(lines).encode()
        words = File(path="words.txt", data=data, media_type="text/plain", role="download", title=title)
        return Rendering(channel=self.name, files=(words,), diagnostics=self.preflight(document))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        return tuple(
            Diagnostic(severity="error", code="toy-empty", message="no words", mark=NOWHERE, hint="Write some.")
            for file in rendering.files
            if not file.data
        )

    def read_back(self, rendering: Rendering) -> Iterable[Passage]:
        for file in rendering.files:
            for line in file.data.decode().splitlines()[1:]:
                id, _, text = line.partition(" ")
                yield Passage(file=file.path, id=id, text=text)

    def _counter(self) -> str:
        found = shutil.which(COUNTER)
        return subprocess.run([found], capture_output=True, text=True, check=True).stdout.strip() if found else "none"
