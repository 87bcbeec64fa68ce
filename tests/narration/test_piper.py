"""Piper speaks from a voice file that the user names, the same every time. Here the voice is made by the test."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from channels.base import Settings
from model.document import Document
from model.errors import ToolMissing, UsageError, VoiceError
from narration.render import Narration
from narration.voices import lacks_language, load_voice
from tests.conftest import demand
from tests.narration.fakes import MemoryStore
from tests.narration.tiny_voice import RATE, make_voice


@pytest.fixture
def voice_file(tmp_path: Path) -> Path:
    demand(find_spec("piper"), "piper-tts is not installed")
    return make_voice(tmp_path)


def test_the_same_words_give_the_same_sound(voice_file: Path) -> None:
    voice = load_voice(Settings(chosen={"voice": "piper", "voice-file": str(voice_file)}))
    first = voice.speak("Words that are said twice.", "en")
    assert first.rate == RATE and first.seconds > 0.5
    assert voice.speak("Words that are said twice.", "en") == first, "noise has been left on"
    assert voice.speak("Other words.", "en") != first


def test_text_that_looks_like_an_option_is_spoken(voice_file: Path) -> None:
    assert (
        load_voice(Settings(chosen={"voice": "piper", "voice-file": str(voice_file)})).speak("--help", "en").seconds
        > 0.1
    )


def test_a_voice_file_has_one_language(voice_file: Path, seed: Document) -> None:
    voice = load_voice(Settings(chosen={"voice": "piper", "voice-file": str(voice_file)}))
    assert lacks_language(voice, seed) is None
    fault = lacks_language(voice, replace(seed, language="cy"))
    assert fault is not None and fault.message == "the voice piper does not speak “cy”"


def test_the_fingerprint_knows_the_voice_file(voice_file: Path, tmp_path: Path) -> None:
    def fingerprint() -> str:
        return Narration(
            Settings(chosen={"voice": "piper", "voice-file": str(voice_file)}), MemoryStore()
        ).fingerprint()

    before = fingerprint()
    assert before == fingerprint()
    make_voice(tmp_path, "cy_GB")
    assert fingerprint() != before


def test_the_voice_file_is_an_input_so_that_a_run_notices_another(voice_file: Path, seed: Document) -> None:
    channel = Narration(Settings(chosen={"voice": "piper", "voice-file": str(voice_file)}), MemoryStore())
    assert {voice_file, voice_file.with_name("tiny.onnx.json")} <= set(channel.inputs(seed))


def test_a_voice_file_that_cannot_be_used_is_named(voice_file: Path, tmp_path: Path) -> None:
    voice = load_voice(Settings(chosen={"voice": "piper", "voice-file": str(voice_file)}))
    voice_file.write_bytes(b"no model")
    with pytest.raises(VoiceError, match="piper"):
        voice.speak("Words.", "en")
    voice_file.with_name("tiny.onnx.json").write_text("[", encoding="utf-8")
    with pytest.raises(VoiceError, match=r"tiny\.onnx\.json is not JSON"):
        voice.speaks("en")
    gone = load_voice(Settings(chosen={"voice": "piper", "voice-file": str(tmp_path / "gone.onnx")}))
    for ask in (gone.identity, lambda: gone.speaks("en")):
        with pytest.raises(VoiceError, match="cannot be read"):
            ask()


def test_without_piper_or_a_file_the_user_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="voice file"):
        load_voice(Settings(chosen={"voice": "piper"}))
    monkeypatch.setattr("narration.voices.piper.find_spec", lambda _: None)
    with pytest.raises(ToolMissing, match="not installed") as fault:
        load_voice(Settings(chosen={"voice": "piper", "voice-file": str(tmp_path / "v.onnx")})).speak("Words.", "en")
    assert "setup/locked/piper.txt" in fault.value.hint
