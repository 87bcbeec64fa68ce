"""A voice speaks what it is given, refuses what it cannot speak, and never takes the place of another."""

from __future__ import annotations

import os
import re
import stat
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from channels import CHANNELS
from channels.audio.render import AudioChannel
from channels.base import Settings
from model.document import Document
from model.errors import PipelineError, ToolMissing, UsageError, VoiceError
from narration.render import Narration
from narration.voices import OFFERED, VOICES, kokoro_files, lacks_language, load_voice, program
from narration.voices import espeak as espeak_voice
from narration.voices.base import Sound
from narration.voices.espeak import Espeak
from tests.conftest import ROOT
from tests.narration.conftest import recorded
from tests.narration.fakes import MemoryStore, ToneVoice


def test_espeak_makes_the_same_sound_every_time(espeak: str) -> None:
    voice = load_voice(Settings(chosen={"voice": espeak}))
    first, second = voice.speak("The same words.", "en"), voice.speak("The same words.", "en")
    assert first == second and 0.5 < first.seconds < 2.5


def test_espeak_speaks_all_of_a_long_sentence(espeak: str) -> None:
    voice = Espeak()
    words = "These are words that go on and on, " * 30
    assert voice.speak(words, "en").seconds > 40


@pytest.mark.parametrize("hostile", ["[[h@l'oU]]", '<audio src="/etc/passwd">', "-f /etc/passwd", "--version"])
def test_espeak_never_takes_text_for_a_command(hostile: str, espeak: str) -> None:
    heard = Espeak().speak(f"{hostile}", "en")
    assert 0.3 < heard.seconds < 6
    if hostile.startswith("[["):
        assert heard == Espeak().speak("  h@l'oU  ", "en")


def test_a_voice_named_by_its_file_is_the_one_of_that_name(espeak: str) -> None:
    words = "Naming a voice by its file makes no difference, does it?"
    command = [espeak, "-v", "en-gb", "-s", str(espeak_voice.RATE), "-b", "1", "--stdin", "--stdout"]
    assert Espeak().speak(words, "en") == program.wave(program.run(command, f"{words}\n".encode(), 10), words)


def test_espeak_says_the_letter_a_and_not_eye(espeak: str) -> None:
    assert Espeak().speak("class ay drugs", "en") == Espeak().speak("class eh drugs", "en")
    assert Espeak().speak("class ay drugs", "en") != Espeak().speak("class a drugs", "en")


def test_espeak_says_the_letter_i_and_not_the_pronoun(espeak: str) -> None:
    assert Espeak().speak("The D I P", "en") == Espeak().speak("The D eye P", "en")
    assert Espeak().speak("What I do", "en") != Espeak().speak("What eye do", "en")


def fake_program(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Puts an espeak-ng that does what `body` says first on the path."""
    script = folder / "espeak-ng"
    script.write_text(f"#!{sys.executable}\nimport sys, time, os\n{body}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(program, "version", program.version.__wrapped__)  # the version of this one is not remembered


def test_a_header_that_lies_about_its_length_is_read_to_the_end() -> None:
    begin = b"RIFF" + struct.pack("<I", 2**31 - 1) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    assert program.wave(begin + b"data" + struct.pack("<I", 2**31 - 37) + bytes(16000), "some words").seconds == 1.0


def test_a_program_that_fails_is_an_error_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path, monkeypatch, "sys.exit('Error: no such thing')")
    with pytest.raises(VoiceError, match=r"espeak-ng failed \(1\) at “words”: Error: no such thing"):
        program.run(["espeak-ng"], b"words", 10)


def test_a_program_may_say_its_version_and_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path, monkeypatch, "print('some words\\nversion: 2.2'); sys.exit(1)")
    assert program.version("espeak-ng", "--version") == "version: 2.2"


def test_a_program_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path, monkeypatch, "time.sleep(60)")
    with pytest.raises(VoiceError, match="took more than"):
        program.run(["espeak-ng"], b"words", 0.5)


def test_a_program_that_hangs_over_its_version_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(program, "PATIENCE", 1.0)
    with pytest.raises(VoiceError, match=r"espeak-ng took more than 1 seconds to say “--version”"):
        Espeak().identity()


def test_a_missing_program_is_named_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(program, "version", program.version.__wrapped__)
    with pytest.raises(ToolMissing, match="espeak-ng") as fault:
        Espeak().identity()
    assert "apt-get install espeak-ng" in fault.value.hint


def test_a_voice_that_lacks_the_language_is_an_error_with_those_that_have_it(espeak: str, seed: Document) -> None:
    class Deaf(ToneVoice):
        def speaks(self, language: str) -> bool:
            return False

    fault = lacks_language(Deaf(), replace(seed, language="cy"))
    assert fault is not None and fault.severity == "error" and "tone does not speak “cy”" in fault.message
    assert "espeak-ng" in fault.hint and "gtts" in fault.hint
    assert fault.mark == seed.language_mark and fault.mark.line > 1
    assert lacks_language(load_voice(Settings(chosen={"voice": espeak})), replace(seed, language="cy")) is None
    assert lacks_language(load_voice(Settings(chosen={"voice": espeak})), replace(seed, language="xx")) is not None


def test_an_unknown_voice_is_a_fault_of_usage() -> None:
    with pytest.raises(UsageError, match="'siri'") as fault:
        load_voice(Settings(chosen={"voice": "siri"}))
    assert all(name in fault.value.hint for name in OFFERED)
    with pytest.raises(UsageError, match="voice file"):
        load_voice(Settings(chosen={"voice": "piper"}))


def test_every_voice_that_is_offered_is_in_both_registries() -> None:
    assert set(OFFERED) < set(VOICES)
    (values,) = {option.values for entry in CHANNELS.values() for option in entry.options if option.name == "voice"}
    assert tuple(dict.fromkeys(value.partition(":")[0] for value in values)) == OFFERED
    kokoro = {value.partition(":")[2] for value in values if ":" in value}
    assert kokoro == set(kokoro_files.VOICE_DIGESTS)


def test_a_rate_makes_a_voice_slower_or_faster_and_is_part_of_what_it_is(espeak: str) -> None:
    usual, slow = (load_voice(Settings(chosen={"voice": espeak, "rate": rate})) for rate in ("150", "110"))
    words = "These words are spoken at one rate and at another."
    assert 1.2 < slow.speak(words, "en").seconds / usual.speak(words, "en").seconds < 1.5
    assert slow.identity() != usual.identity() == load_voice(Settings()).identity()


@pytest.mark.parametrize("rate", ["fast", "79", "301", "-150", "1e2", "²"])
def test_a_rate_that_nobody_can_follow_is_refused(rate: str) -> None:
    with pytest.raises(UsageError, match="no number of words a minute"):
        load_voice(Settings(chosen={"rate": rate}))


def test_a_voice_with_one_speed_says_so() -> None:
    with pytest.raises(UsageError, match="one speed only"):
        load_voice(Settings(chosen={"voice": "gtts", "rate": "120"}))


@pytest.mark.parametrize("voice", ["espeak-ng", "gtts"])
def test_a_file_for_a_voice_that_has_none_is_refused(voice: str) -> None:
    with pytest.raises(UsageError, match="no file of its own"):
        load_voice(Settings(chosen={"voice": voice, "voice-file": "voice.onnx"}))


def test_no_other_voice_stands_in_for_one_that_fails(seed: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_voice: Espeak, words: str, _language: str, _sounds: object) -> Sound:
        raise VoiceError(f"espeak-ng failed at “{words}”")

    monkeypatch.setattr(Espeak, "speak", fail)
    with pytest.raises(PipelineError, match="espeak-ng failed"):
        recorded(AudioChannel(Settings(), MemoryStore()), seed)


def test_settings_change_the_fingerprint(espeak: str) -> None:
    def fingerprint(settings: Settings) -> str:
        return Narration(settings, MemoryStore()).fingerprint()

    assert fingerprint(Settings(chosen={"voice": espeak})) != fingerprint(Settings(chosen={"voice": "gtts"}))
    assert fingerprint(Settings(chosen={"voice": espeak})) == fingerprint(replace(Settings(), chosen={"voice": espeak}))


@pytest.mark.parametrize("voice", ["espeak-ng", "gtts"])
def test_a_fingerprint_costs_no_engine(voice: str, espeak: str) -> None:
    program = (
        "import sys; from channels.audio.render import AudioChannel; from narration.render import Narration\n"
        "from channels.base import Settings\n"
        f"settings = Settings(chosen={{'voice': {voice!r}}})\n"
        "AudioChannel(settings, {}).fingerprint(), Narration(settings, {}).fingerprint()\n"
        "print([name for name in ('numpy', 'av', 'soundfile', 'PIL', 'requests', 'gtts') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_recording_reads_is_the_lexicon_and_the_fonts(seed: Document) -> None:
    inputs = [*Narration(Settings(), MemoryStore()).inputs(seed), *AudioChannel(Settings(), MemoryStore()).inputs(seed)]
    assert ROOT / "languages" / "en" / "lexicon.yaml" in inputs
    assert all(path.is_file() for path in inputs)


def test_an_identity_is_for_readers_and_changes_with_what_is_respelt(
    espeak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_voice(Settings(chosen={"voice": espeak})).identity()
    assert re.fullmatch(r"eSpeak NG text-to-speech: \S+ rate \d+ respelt [0-9a-f]{12}", before)
    monkeypatch.setattr(espeak_voice, "RESPELT", ((re.compile(r"\bay\b"), "eigh"),))
    assert load_voice(Settings(chosen={"voice": espeak})).identity() != before
