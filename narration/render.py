"""A Document to its narration: everything spoken once, and the timeline that every channel with sound is made from.

The rendering publishes nothing. Its one file is the timeline; the sound itself is in the store, take by take.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

from channels.base import Channel, File, Rendering, Settings, Store
from languages.base import files_of, language_of
from model.diagnostics import Diagnostic, has_errors
from model.document import Document
from model.editions import is_wanted
from narration.script import cannot_be_said, lexicon_of, script, whole_minutes
from narration.script_faults import check_script
from narration.timeline import NAME, PATH, Timeline, write
from narration.utterance import Utterance, parts
from narration.voices import lacks_language, load_voice
from narration.voices.base import Voice

ENGINES: Final = ("numpy", "soundfile")


class Narration(Channel):
    """The narration: needs nothing of the channels, and is quoted by all that speak."""

    name = NAME
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store

    def programs(self) -> tuple[str, ...]:
        """What the voice is made of."""
        return load_voice(self.settings).programs

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The lexicon, all that decides how the language is said, and the voice where it is a file."""
        own = {lexicon_of(self.settings, document.language), *files_of(document.language)}
        return (*sorted(path for path in own if path.exists()), *load_voice(self.settings).files)

    def fingerprint(self) -> str:
        """The voice, and the versions of what levels its sound."""
        engines = ", ".join(f"{name} {version(name)}" for name in ENGINES)
        return f"{load_voice(self.settings).identity()}; {engines}"

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """What a voice would have to guess at, in a language that can be spoken."""
        if language_of(document.language).verbalise is None or not is_wanted(document, "recording"):
            return ()
        return check_script(document, script(document, self.settings), self.settings)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:  # noqa: ARG002
        """The timeline; only diagnostics where a voice would have to guess at what is written, or has not the
        language; nothing but a note where nothing makes words for speech of the language."""
        if not is_wanted(document, "recording"):
            return Rendering(channel=self.name, files=(), notes=("none: the author asks for no recording",))
        if language_of(document.language).verbalise is None:
            return Rendering(channel=self.name, files=(), notes=(f"none: {cannot_be_said(document.language)}",))
        voice = load_voice(self.settings)
        if unable := lacks_language(voice, document):
            return Rendering(channel=self.name, files=(), diagnostics=(unable,))
        utterances = script(document, self.settings)
        found = check_script(document, utterances, self.settings)
        if has_errors(found):
            return Rendering(channel=self.name, files=(), diagnostics=found)
        timeline, note = narrate(document, utterances, self.settings, voice, self.store)
        file = File(path=PATH, data=write(timeline), media_type="application/json")
        return Rendering(channel=self.name, files=(file,), diagnostics=found, notes=(note,))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:  # noqa: ARG002
        """Nothing: who turns the timeline into files listens to them."""
        return ()


def narrate(
    document: Document, utterances: tuple[Utterance, ...], settings: Settings, voice: Voice, store: Store
) -> tuple[Timeline, str]:
    """The timeline of `document`, and how much of it was spoken now. The recording says how long it is: where the
    estimate was wrong by a minute, that one utterance is said anew."""
    from narration.assemble import assemble  # noqa: PLC0415 (numpy and soundfile: 120 ms)
    from narration.takes import Takes, record  # noqa: PLC0415 (the same)

    def length(takes: Takes) -> float:
        return sum(takes.of(utterance).length / takes.rate + utterance.pause for utterance in utterances)

    takes = record(utterances, voice, store)
    spoken = takes.spoken
    told = script(document, settings, whole_minutes(length(takes)))
    if told != utterances:
        utterances, takes = told, record(told, voice, store)
        spoken += takes.spoken
    count = len(takes.by_words)
    note = f"{min(spoken, count)} of {count} sentences spoken, {max(0, count - spoken)} from the store"
    return assemble(utterances, takes, parts(document)), note
