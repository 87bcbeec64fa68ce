"""Turns a Document and its narration into a recording: MP3 of the whole and of each part, captions, transcript,
playlist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from channels.base import Channel, Passage, Rendering, Settings, Store, version_of
from channels.design.brand import files_of_cover
from model.diagnostics import Diagnostic
from model.document import Document
from narration.timeline import timeline_of
from narration.voices import load_voice

ENGINES: Final = ("av", "lameenc", "numpy", "soundfile", "pillow", "resvg_py")


class AudioChannel(Channel):
    """The audio channel. It quotes the narration."""

    name = "audio"
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    def programs(self) -> tuple[str, ...]:
        """The programs of the voice, which may have to speak again what the store has lost."""
        return load_voice(self.settings).programs

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The fonts and the logo of the cover."""
        return files_of_cover(document)

    def fingerprint(self) -> str:
        """The versions of the libraries that turn sound into files, and the voice, with whose takes the check
        compares them."""
        engines = ", ".join(f"{name} {version_of(name)}" for name in ENGINES)
        return f"{load_voice(self.settings).identity()}; {engines}"

    def get_ready(self) -> None:
        """Imports numpy, PyAV, soundfile and Pillow: 150 ms, which `render` then does not take."""
        import channels.audio.check  # noqa: PLC0415 (150 ms, as in render)
        import channels.audio.edition  # noqa: F401, PLC0415 (150 ms, as in render)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:
        """The audio edition. Without files where nothing is spoken."""
        timeline = timeline_of(made)
        if timeline is None:
            return Rendering(channel=self.name, files=())
        # Imported here since numpy, PyAV, soundfile and Pillow take 150 ms, which a run with nothing to do does not
        # spend.
        from channels.audio.edition import make  # noqa: PLC0415
        from narration.takes import takes_of  # noqa: PLC0415 (part of the 150 ms)

        takes = takes_of(timeline, load_voice(self.settings), self.store)
        return Rendering(channel=self.name, files=make(document, timeline, takes, self.store))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """The faults of the files that were made. The import is late since it takes 150 ms."""
        from channels.audio.check import check_edition  # noqa: PLC0415 (150 ms, as above)

        return check_edition(rendering, load_voice(self.settings), self.store)

    def read_back(self, rendering: Rendering) -> Iterator[Passage]:
        """The captions, which the check has compared with the sound: each sentence as it is shown while it is heard.
        Then the transcript, which has the same words in the same order."""
        from channels.audio.captions import read_captions, read_transcript  # noqa: PLC0415 (numpy comes along: 80 ms)

        cues = [
            (file.path, cue)
            for file in rendering.files
            if file.media_type == "text/vtt"
            for cue in read_captions(file.data.decode())
        ]
        for path, cue in cues:
            yield Passage(file=path, id=cue.id, text=" ".join(cue.lines))
        for file in rendering.files:
            if file.media_type == "text/plain":
                for cue in read_transcript(file.data.decode(), (cue for _, cue in cues)):
                    yield Passage(file=file.path, id=cue.id, text=" ".join(cue.lines))
