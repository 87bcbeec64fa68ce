"""Sounds in IPA are what espeak-ng says, in its own phonemes; a voice that takes none says the words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from channels.base import Settings
from languages.base import language_of, lexicon_of
from languages.en.pronunciation import listed
from languages.ipa import CONSONANTS, VOWELS, respelt, strange_signs
from model.diagnostics import Diagnostic
from narration.assemble import assemble
from narration.script import script, speech_of
from narration.sounds import sounds_of
from narration.takes import key, record
from narration.timeline import read as read_timeline
from narration.timeline import write
from narration.utterance import parts
from narration.voices import load_voice
from narration.voices.espeak import Espeak
from narration.voices.phonemes import ESPEAK, KOKORO, for_espeak, for_kokoro, heard_in
from reader.read import Result, read
from tests.conftest import demand
from tests.narration.fakes import MemoryStore, ToneVoice

SOUNDS = {"suthuck": "ˈsʌðək", "ay lee": "ˈeɪli", "marsh": "ˌmɑː.rɪˈdʒɔɪ"}
HEARD_ALIKE = {
    **{"hɪəd": "hiəd", "hɛəd": "heəd", "hed": "hɛd", "hæd": "had", "hud": "huːd"},
    **{"əgɑː": "əɡɑː", "ərɑː": "əɹɑː"},
}
"""What espeak-ng writes another way."""
PAGE = """\
title: Getting help
summary: A short page for trying one thing, with enough words in its summary to be let through.
language: en
publisher: {{ name: Example Council }}
status: current
terms: {{ {terms} }}
sections:
  - title: Help
    blocks: ["Ask in Frome and at the SLEA office. Frome’s bins are green, and Southwark’s are blue."]
"""
TERMS = "Frome: { say: froom, ipa: fruːm }, SLEA: { expansion: Some Legal Aid, say: slee, ipa: sliː }"


def reading(folder: Path, terms: str) -> Result:
    path = folder / "en.yaml"
    path.write_text(PAGE.format(terms=terms), encoding="utf-8")
    return read(path)


def espeak_says(text: str) -> str:
    demand(shutil.which("espeak-ng"), "espeak-ng is not installed")
    command = ["espeak-ng", "-v", "gmw/en", "-q", "--ipa"]
    heard = subprocess.run(command, input=text, capture_output=True, text=True, timeout=20, check=True).stdout
    return " ".join(heard.split())


def test_espeak_says_the_sounds_plurals_and_possessives_too() -> None:
    said = "The suthuck bins, Suthuck's park and ay lees of marsh."
    assert espeak_says(for_espeak(said, SOUNDS)) == "ðə sˈʌðək bˈɪnz sˈʌðəks pˈɑːk and ˈeɪliz ɒv mˌɑːɹɪdʒˈɔɪ"


def test_every_sound_is_in_both_alphabets_and_espeak_has_it() -> None:
    assert set(ESPEAK) == set(KOKORO) == {*VOWELS, *CONSONANTS, "ˈ", "ˌ", "."}
    written = [f"h{vowel}d" for vowel in VOWELS] + [f"ə{consonant}ɑː" for consonant in CONSONANTS]
    heard = espeak_says("\n".join(for_espeak("x", {"x": ipa}) for ipa in written)).replace("ˈ", "").split()
    assert [HEARD_ALIKE.get(ipa, ipa) for ipa in written] == heard


def test_the_voice_says_the_sounds_in_its_sentence(espeak: str) -> None:
    voice = Espeak()
    with_sounds = voice.speak("In suthuck.", "en", SOUNDS)
    assert with_sounds != voice.speak("In suthuck.", "en")
    assert with_sounds == voice.speak("In marsh.", "en", {"marsh": SOUNDS["suthuck"]})
    assert voice.speak("In [[marsh]].", "en", SOUNDS) == voice.speak("In   marsh  .", "en", SOUNDS)
    assert voice.speak("Words.", "en", SOUNDS) == voice.speak("Words.", "en")


def test_whole_words_only() -> None:
    assert heard_in("suthucking, un-suthuck, marshes and Ay lee", SOUNDS) == {
        "marsh": SOUNDS["marsh"],
        "ay lee": SOUNDS["ay lee"],
    }
    assert for_kokoro("a marsh", {}) == "a marsh"


@pytest.mark.parametrize(
    ("ipa", "strange"), [("ˈsʌðək", ()), ("ˈsʌTək", ("T",)), ("'a", ("'",)), ("ɬan", ("ɬ",)), ("ˈsk", ("ˈ",))]
)
def test_signs_that_are_no_sounds_are_told(ipa: str, strange: tuple[str, ...]) -> None:
    assert strange_signs(ipa) == strange


def test_the_names_of_the_language_have_no_strange_signs() -> None:
    entries = [entry for entry in listed().values() if not isinstance(entry, str)]
    assert len(entries) >= 10
    assert not any(strange_signs(entry["ipa"]) for entry in entries)
    assert language_of("en").verbalise is not None


def test_the_script_knows_the_sounds_of_its_words(tmp_path: Path) -> None:
    document = reading(tmp_path, TERMS).document
    assert document is not None
    said = script(document, Settings())
    sounds = sounds_of(document, speech_of(document, Settings()), said)
    assert sounds == {"froom": "fruːm", "slee": "sliː", "suthuck": "ˈsʌðək"}
    assert lexicon_of("en").is_file()
    takes = record(said, ToneVoice(), MemoryStore(), sounds=sounds)
    timeline = assemble(said, takes, parts(document), tuple(sorted(sounds.items())))
    assert dict(read_timeline(write(timeline)).sounds) == sounds


def test_a_take_is_kept_by_the_sounds_that_its_voice_takes() -> None:
    said = ("In suthuck.", "en")
    voice = load_voice(Settings())
    assert key(said, voice) != key(said, voice, SOUNDS) != key(said, voice, {"suthuck": "sʌk"})
    assert key(said, voice) == key(said, voice, {"marsh": "mɑːʃ"})
    assert key(said, ToneVoice()) == key(said, ToneVoice(), SOUNDS)


@pytest.mark.parametrize(
    ("terms", "column"),
    [("Frome: { say: froom, ipa: fr00m }", 36), ("Frome: { ipa: fr00m }", 24)],
)
def test_a_pronunciation_at_fault_is_shown_where_it_stands(tmp_path: Path, terms: str, column: int) -> None:
    faults: list[Diagnostic] = [fault for fault in reading(tmp_path, terms).diagnostics if fault.code == "bad-ipa"]
    assert [(fault.severity, fault.mark.line, fault.mark.column) for fault in faults] == [("error", 6, column)]
    assert faults[0].hint


def test_words_are_made_of_sounds_that_stand_alone(tmp_path: Path) -> None:
    result = reading(tmp_path, "Frome: { ipa: fruːm }, SLEA: { expansion: Some Legal Aid, ipa: sliː }")
    assert result.document is not None and not [one for one in result.diagnostics if one.severity == "error"]
    said = script(result.document, Settings())
    assert "Ask in froom and at the slee office. Froom's bins" in " ".join(one.words for one in said)
    sounds = sounds_of(result.document, speech_of(result.document, Settings()), said)
    assert sounds == {"froom": "fruːm", "slee": "sliː", "suthuck": "ˈsʌðək"}


@pytest.mark.parametrize(
    ("ipa", "words"),
    [("fruːm", "froom"), ("bɛri", "ber ee"), ("ˈeɪli", "ay lee"), ("ˈsʌðək", "suth uck"), ("mʌlˈɡaɪ", "mul ghye")],
)
def test_a_respelling_sounds_like_its_sounds(ipa: str, words: str) -> None:
    assert respelt(ipa) == words
