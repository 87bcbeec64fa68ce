"""The registry of voices: turns the name that a user types into a voice. A voice is loaded only when it is used.

A voice turns one utterance of plain words into sound. It knows nothing of documents.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final, cast

from channels.base import Settings
from model.diagnostics import Diagnostic
from model.document import Document
from model.errors import ToolMissing, UsageError
from narration.voices.base import USUAL_RATE, Voice

VOICES: Final = {
    "espeak-ng": "narration.voices.espeak:Espeak",
    "gtts": "narration.voices.gtts:Gtts",
    "piper": "narration.voices.piper:Piper",
    "kokoro": "narration.voices.kokoro:Kokoro",
    "flite": "narration.voices.flite:Flite",
}
SLOWEST: Final = 80
FASTEST: Final = 300

OFFERED: Final = ("espeak-ng", "kokoro", "gtts", "piper")
"""The voices that users are offered. flite serves the tests."""


def load_voice(settings: Settings) -> Voice:
    """The voice that the settings name. Raises UsageError where there is none of that name."""
    chosen = settings.chosen.get("voice", OFFERED[0])
    engine = chosen.partition(":")[0]
    if engine not in VOICES:
        raise UsageError(f"there is no voice called {chosen!r}", f"Voices: {', '.join(OFFERED)}")
    module, _, name = VOICES[engine].partition(":")
    voice = getattr(import_module(module), name)
    speed, file = pace(settings), voice_file(settings)
    match engine:
        case "piper":
            return cast(Voice, voice(file, speed))
        case "kokoro":
            return cast(Voice, voice(chosen, file, speed))
        case _ if file is not None:
            raise UsageError(
                f"the voice {chosen} has no file of its own", "--voice-file is for --voice kokoro and --voice piper."
            )
        case "espeak-ng":
            return cast(Voice, voice(speed))
        case _ if speed != 1.0:
            raise UsageError(f"the voice {chosen} has one speed only", "Leave out --rate, or choose another voice.")
        case _:
            return cast(Voice, voice())


def fault_of(settings: Settings) -> ToolMissing | UsageError | None:
    """Why the voice that the settings name cannot speak here. None where it can."""
    try:
        load_voice(settings).identity()
    except (ToolMissing, UsageError) as fault:
        return fault
    return None


def pace(settings: Settings) -> float:
    """The speed of speech as a fraction of the usual rate. Raises UsageError for a --rate that voices cannot follow."""
    rate = settings.chosen.get("rate", str(USUAL_RATE))
    if not (rate.isascii() and rate.isdigit() and SLOWEST <= int(rate) <= FASTEST):
        raise UsageError(f"--rate {rate} is no number of words a minute", f"Write one from {SLOWEST} to {FASTEST}.")
    return int(rate) / USUAL_RATE


def voice_file(settings: Settings) -> Path | None:
    """The voice's file, where the user names one."""
    named = settings.chosen.get("voice-file")
    return Path(named) if named else None


def lacks_language(voice: Voice, document: Document) -> Diagnostic | None:
    """A fault at the source's `language:` if `voice` does not speak the language, with the voices that do. Another
    voice is never used instead."""
    language = document.language
    if voice.speaks(language):
        return None
    able = [name for name in OFFERED if name not in (voice.name, "piper") and _able(name, language)]
    hint = f"These have it: {', '.join(able)}" if able else "No other voice here has it."
    message = f"the voice {voice.name} does not speak “{language}”"
    return Diagnostic(severity="error", code="no-voice", message=message, mark=document.language_mark, hint=hint)


def _able(name: str, language: str) -> bool:
    try:
        return load_voice(Settings(chosen={"voice": name})).speaks(language)
    except ToolMissing:
        return False
