"""Turns a Document into its narration: speaks everything once, and makes the timeline that every channel with sound
uses.

The rendering publishes nothing. Its one file is the timeline. The sound itself is in the store, take by take.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from channels.base import Channel, File, Rendering, Settings, Store, Told, untold, version_of
from languages.base import files_of, language_of
from model.diagnostics import Diagnostic, has_errors
from model.document import Document
from model.editions import is_wanted
from narration.script import cannot_be_said, lexicon_of, script, speech_of, whole_minutes
from narration.script_faults import check_script
from narration.sounds import sounds_of
from narration.timeline import NAME, PATH, Timeline, write
from narration.utterance import Utterance, parts
from narration.voices import lacks_language, load_voice
from narration.voices.base import Voice

ENGINES: Final = ("numpy",)


class Narration(Channel):
    """The narration. It quotes no other channel, and all channels with sound quote it."""

    name = NAME
    edition = "recording"

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.told: Told = untold

    def programs(self) -> tuple[str, ...]:
        """The programs that the voice uses."""
        return load_voice(self.settings).programs

    def inputs(self, document: Document) -> tuple[Path, ...]:
        """The lexicon, all files that decide how the language is said, and the voice's own files."""
        own = {lexicon_of(self.settings, document.language), *files_of(document.language)}
        return (*sorted(path for path in own if path.exists()), *load_voice(self.settings).files)

    def fingerprint(self) -> str:
        """The voice, and the versions of the libraries that level its sound."""
        engines = ", ".join(f"{name} {version_of(name)}" for name in ENGINES)
        return f"{load_voice(self.settings).identity()}; {engines}"

    def watch(self, told: Told) -> None:
        """Gives the function that hears how many sentences are spoken. A neural voice takes a second for each, and
        one on the network more."""
        self.told = told

    def preflight(self, document: Document) -> tuple[Diagnostic, ...]:
        """The faults of the script: what a voice would have to guess. Empty for a language that cannot be spoken."""
        if language_of(document.language).verbalise is None or not is_wanted(document, "recording"):
            return ()
        return check_script(document, script(document, self.settings), self.settings)

    def get_ready(self) -> None:
        """Imports numpy, and what turns speech into takes: 120 ms, which `render` then does not take."""
        import narration.assemble  # noqa: PLC0415 (120 ms, as in narrate)
        import narration.takes  # noqa: F401, PLC0415 (the same)

    def render(self, document: Document, made: Mapping[str, Rendering]) -> Rendering:  # noqa: ARG002
        """The timeline. There are only diagnostics where the script has errors or the voice lacks the language, and
        only a note where no recording is wanted or the language cannot be spoken."""
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
        timeline, note = narrate(document, utterances, self.settings, voice, self.store, told=self.told)
        file = File(path=PATH, data=write(timeline), media_type="application/json")
        return Rendering(channel=self.name, files=(file,), diagnostics=found, notes=(note,))

    def check(self, rendering: Rendering) -> tuple[Diagnostic, ...]:  # noqa: ARG002
        """No diagnostics: the channels that turn the timeline into files check the sound."""
        return ()


def narrate(  # noqa: PLR0913 (what a narration is made from, and who hears how far it is)
    document: Document,
    utterances: tuple[Utterance, ...],
    settings: Settings,
    voice: Voice,
    store: Store,
    *,
    told: Told = untold,
) -> tuple[Timeline, str]:
    """The timeline of `document`, and a note on how much of it was spoken now. The recording says how long it is. If
    that estimate is off by a minute, that one utterance is spoken anew. The imports are late since they take 120 ms."""
    from narration.assemble import assemble  # noqa: PLC0415 (mostly numpy: 120 ms)
    from narration.takes import Takes, record  # noqa: PLC0415 (the same)

    def length(takes: Takes) -> float:
        return sum(takes.of(utterance).length / takes.rate + utterance.pause for utterance in utterances)

    sounds = sounds_of(document, speech_of(document, settings), utterances)
    takes = record(utterances, voice, store, told, sounds)
    spoken = takes.spoken
    exact = script(document, settings, whole_minutes(length(takes)))
    if exact != utterances:
        utterances, takes = exact, record(exact, voice, store, sounds=sounds)
        spoken += takes.spoken
    count = len(takes.by_words)
    note = f"{min(spoken, count)} of {count} sentences spoken, {max(0, count - spoken)} from the store"
    return assemble(utterances, takes, parts(document), tuple(sorted(sounds.items()))), note
