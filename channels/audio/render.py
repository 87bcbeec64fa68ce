"""A Document to a recording: MP3 of the whole and of each part, captions, transcript, playlist, clips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from channels.base import Channel, Rendering, Settings, Store
from languages.base import language_of
from model.diagnostics import Diagnostic, has_errors
from model.document import Document
from narration.script import cannot_be_said, check_script, lexicon_of, script
from narration.voices import lacks_language, load_voice, voice_file

if TYPE_CHECKING:
    from narration.takes import Said, Take

ENGINES: Final = ("av", "lameenc", "numpy", "soundfile", "pillow", "num2words")
FONTS: Final = Path(__file__).parent.parent / "design" / "fonts"


class AudioChannel(Channel):
    """The audio channel: needs nothing of the others."""

    name = "audio"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.takes: Mapping[Said, Take] = {}  # of the rendering that is checked next

    def programs(self) -> tuple[str, ...]:
        """What the voice is made of."""
        return load_voice(self.settings).programs

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The lexicon, the fonts of the cover, and the voice where it is a file."""
        voice = voice_file(self.settings)
        own = () if voice is None else (voice, voice.with_name(f"{voice.name}.json"))
        lexicon = lexicon_of(self.settings, document.language)
        return (*([lexicon] if lexicon.exists() else []), *sorted(FONTS.glob("*.ttf")), *own)

    def fingerprint(self) -> str:
        """The voice, and the versions of what turns its sound into files."""
        engines = ", ".join(f"{name} {version(name)}" for name in ENGINES)
        return f"{load_voice(self.settings).identity()}; {engines}"

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """What a voice would have to guess at, in a language that can be spoken."""
        if language_of(document.language).verbalise is None:
            return ()
        return check_script(document, script(document, self.settings), self.settings)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:  # noqa: ARG002
        """The audio edition; only diagnostics where a voice would have to guess at what is written, or has not the
        language; nothing but a note where nothing makes words for speech of the language."""
        if language_of(document.language).verbalise is None:
            return Rendering(channel=self.name, files=(), notes=(f"none: {cannot_be_said(document.language)}",))
        voice = load_voice(self.settings)
        if unable := lacks_language(voice, document):
            return Rendering(channel=self.name, files=(), diagnostics=(unable,))
        utterances = script(document, self.settings)
        found = check_script(document, utterances, self.settings)
        if has_errors(found):
            return Rendering(channel=self.name, files=(), diagnostics=found)
        # Here, not above: numpy, PyAV, soundfile and Pillow take 150 ms to import; a run with nothing to do has none.
        from channels.audio.edition import make  # noqa: PLC0415

        rendering, takes = make(document, utterances, self.settings, voice, self.store)
        self.takes = takes.by_words
        return replace(rendering, diagnostics=found)

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:
        """Look at the files that were made."""
        from channels.audio.check import check_edition  # noqa: PLC0415 (150 ms, as above)

        takes, self.takes = self.takes, {}
        return check_edition(rendering, load_voice(self.settings), self.store, takes)
