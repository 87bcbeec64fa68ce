"""Kokoro, with its real model and a real recogniser, gives the same samples for the same words, and each take is
checked before it is used."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from channels.base import Settings
from languages.ipa import strange_signs
from model.errors import ToolMissing, UsageError, VoiceError
from narration.voices import kokoro_files, load_voice
from narration.voices.base import NO_SOUNDS, Sound
from narration.voices.kokoro import SPEED, Kokoro, _own_code
from narration.voices.phonemes import KOKORO
from setup import kokoro as installer
from tests.conftest import demand

WORDS = "The D I P is for class ay drugs."

demand((kokoro_files.INSTALLED / kokoro_files.MODEL).is_file(), "kokoro is not installed: make voice")

from narration.voices import kokoro_server  # noqa: E402 (needs what was asked for above)
from narration.voices.heard_take import Listener, said, same  # noqa: E402
from narration.voices.kokoro_model import Kokoro as Model  # noqa: E402
from narration.voices.kokoro_model import Phonemes  # noqa: E402


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(kokoro_files.INSTALLED, "bf_isabella")


@pytest.fixture(scope="module")
def listener(model: Model) -> Listener:
    return Listener(model.phonemes)


@pytest.fixture(scope="module")
def sound(model: Model) -> Sound:
    return model.speak(WORDS, 1.0)


def test_the_voice_speaks_through_its_process_and_is_heard() -> None:
    heard = load_voice(Settings(chosen={"voice": "kokoro"})).speak("See also.", "en")
    assert heard.rate == 24_000 and 0.5 < heard.seconds < 3


def test_one_thread_and_two_give_the_same_samples(sound: Sound) -> None:
    assert Model(kokoro_files.INSTALLED, "bf_isabella", threads=2).speak(WORDS, 1.0) == sound


def test_a_single_word_ends_with_its_consonant(model: Model) -> None:
    """The model adds a vowel: "risk-uh". In the last third of a second is none, as loud as a tenth of the word's."""
    said = model.speak("Risk.", SPEED["bf_isabella"])
    wave = np.frombuffer(said.pcm, dtype="<i2").astype(np.float64)
    low = np.fft.irfft(np.where(np.fft.rfftfreq(wave.size, 1 / said.rate) < 900, np.fft.rfft(wave), 0), wave.size)
    loud = np.flatnonzero(np.abs(low) > 0.1 * np.abs(low).max())
    assert loud[-1] / said.rate < 0.66 < said.seconds - 0.6


def test_words_that_are_there_are_heard_and_a_lost_half_is_not_taken_for_them(sound: Sound, listener: Listener) -> None:
    assert listener.hear(sound, WORDS).right
    half = Sound(pcm=sound.pcm[: len(sound.pcm) // 4 * 2], rate=sound.rate)
    assert not listener.hear(half, WORDS).right
    assert not listener.hear(Sound(pcm=sound.pcm * 2, rate=sound.rate), WORDS).right


NUMBER = "Telephone: oh eight hundred, double seven, double six, double oh."


@pytest.mark.parametrize("words", [NUMBER, "Carry naloxone."])
def test_what_a_recogniser_mistakes_is_heard_once_it_knows_what_to_expect(
    model: Model, listener: Listener, words: str
) -> None:
    """The text has a number in figures and a name that the recogniser does not know. Words that are spoken twice are
    noticed."""
    spoken = model.speak(words, SPEED["bf_isabella"])
    assert listener.hear(spoken, words).right
    assert not listener.hear(Sound(pcm=spoken.pcm * 2, rate=spoken.rate), words).right


def test_figures_are_read_out_as_the_recording_reads_them() -> None:
    assert said("Telephone 0800 77 66 00.") == NUMBER.replace(":", "")


def test_every_voice_has_its_speed() -> None:
    assert SPEED.keys() == kokoro_files.VOICE_DIGESTS.keys()


def test_silence_is_not_taken_for_words(listener: Listener) -> None:
    quiet = np.zeros(48_000, dtype="<i2").tobytes()
    assert not listener.hear(Sound(pcm=quiet, rate=24_000), WORDS).right


class Mumbling(Model):
    """A model that says something else the first `times` times."""

    def __init__(self, model: Model, times: int) -> None:
        self.real, self.times, self.speeds = model, times, list[float]()

    def speak(self, words: str, speed: float, sounds: Mapping[str, str] = NO_SOUNDS) -> Sound:
        self.speeds.append(speed)
        return self.real.speak("Quite another thing." if len(self.speeds) <= self.times else words, speed)


def test_a_take_that_is_not_understood_is_spoken_again_slower(model: Model, listener: Listener) -> None:
    mumbling = Mumbling(model, 1)
    assert kokoro_server.speak(WORDS, mumbling, listener, 1.0).seconds > 1
    assert mumbling.speeds == [1.0, 0.9]


def test_a_take_that_is_not_understood_twice_is_an_error_that_names_it(model: Model, listener: Listener) -> None:
    with pytest.raises(kokoro_server.Unheard, match=r"class ay drugs.*another thing"):
        kokoro_server.speak(WORDS, Mumbling(model, 2), listener, 1.0)


@pytest.mark.parametrize(
    ("words", "phonemes"),
    [
        *(("class ay drugs", "ˈA "), ("The D I P", "dˈiː ˌI pˈiː"), ("[hello](/z/)", "həlˈQ"), ("Leominster", "lˈ")),
        *(("Ay, give a true view.", "ˈA, ɡˈɪv"), ("the C ay ay's policy", "sˈiː ˈA ˈAz pˈ"), ("The ayes", "ˈIz")),
        *(("X Y Z", "wˈI zˈɛd"), ("Two Zs", "zˈɛdz"), ("dot gov dot U K", "ɡˈʌv dˈɒt"), ("per capita", "kˈapɪtə")),
        *(("Des Dees and Nicolas de Sousa", "dˈɛz dˈiːz and nˈɪkələs də "),),
        *(("Theresa and Simon's", "təɹˈiːzə and sˈImənz"), ("Great Tey", "tˈA"), ("a zebra", "zˈɛbɹə")),
    ],
)
def test_words_have_the_sounds_of_this_voice(words: str, phonemes: str) -> None:
    assert phonemes in Phonemes()(words)


def test_words_of_its_own_have_sounds_that_stand_for_something_and_the_author_comes_first() -> None:
    phonemes = Phonemes()
    assert {word: ipa for word, ipa in phonemes.own.items() if strange_signs(ipa) or word != word.lower()} == {}
    assert phonemes("Isla", {"Isla": "ˈɪslə"}) == "ˈɪslə" != phonemes("Isla") == "ˈIlə"


def test_a_long_utterance_is_spoken_in_parts_that_have_all_its_words() -> None:
    phonemes = Phonemes()
    words = "This clause goes on, and this one too, " * 40
    parts = list(phonemes.tokens(words))
    assert len(parts) > 2 and all(len(part) <= 400 for part in parts)
    assert abs(sum(map(len, parts)) - len(phonemes(words))) < 3 * len(parts)
    assert all(len(part) <= 509 for part in phonemes.tokens("unbroken " * 300))


@pytest.mark.parametrize(
    ("wanted", "heard", "right"),
    [
        ("dVdrVgVntVvVnʃVnz", "dVdrVgVntVvVnʃVnz", True),
        ("dVdrVgVntVvVnʃVnz", "dVdrVkVntVvVnʃVns", True),
        ("dVdrVgVntVvVnʃVnz", "dVdrVg", False),
        ("dVdrVgVntVvVnʃVnz", "dVdrVgVntVvVnʃVnzVntVvVnʃVnz", False),
        ("sVVlsV", "", False),
        ("sVVlsV", "sVVlsV", True),
    ],
)
def test_sounds_are_the_same_but_for_what_is_misheard(wanted: str, heard: str, right: bool) -> None:
    assert same(wanted, heard) is right


def test_a_voice_that_kokoro_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(UsageError, match="no British voice called 'bm_nobody'") as fault:
        load_voice(Settings(chosen={"voice": "kokoro:bm_nobody"}))
    assert "bm_george" in fault.value.hint


def test_files_that_are_missing_or_others_are_refused(tmp_path: Path) -> None:
    voice = Kokoro("kokoro:bm_george", tmp_path)
    with pytest.raises(ToolMissing, match=r"no kokoro-82m-int8\.onnx") as missing:
        voice.identity()
    assert "has kokoro-82m-int8.onnx and bm_george.bin" in missing.value.hint
    (tmp_path / kokoro_files.MODEL).write_bytes(b"another model")
    shutil.copy(kokoro_files.INSTALLED / "bm_george.bin", tmp_path)
    with pytest.raises(VoiceError, match="is not the file that was tried"):
        voice.speak("Some words.", "en")


def test_what_make_voice_installed_is_made_again_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_files, "INSTALLED", tmp_path)
    with pytest.raises(ToolMissing, match="kokoro is not installed") as missing:
        Kokoro("kokoro", None).identity()
    assert missing.value.hint == "Type: make voice"


def test_a_file_that_came_in_part_is_installed_again_and_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(kokoro_files.INSTALLED, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(installer, "INSTALLED", tmp_path)
    own, voice = tmp_path / kokoro_files.MODEL, tmp_path / "bm_george.bin"
    own.write_bytes(own.read_bytes()[:1_000_000])
    before = voice.stat().st_mtime_ns
    assert installer.main() == 0
    assert kokoro_files.prove(own, kokoro_files.MODEL_DIGEST) and voice.stat().st_mtime_ns == before
    own.unlink()
    monkeypatch.setattr(installer, "PARTS", (*installer.PARTS, "kokoro_part_five"))
    with pytest.raises(SystemExit, match=r"A part of kokoro's model is missing .*kokoro_part_five"):
        installer.main()


def test_whatever_changes_the_sound_is_in_the_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Kokoro("kokoro", None).identity()
    assert own != Kokoro("kokoro:bm_george", None).identity()
    assert own == Kokoro("kokoro:bf_isabella", None).identity()
    assert "onnxruntime 1." in own and "speed" in own
    monkeypatch.setattr("narration.voices.kokoro.OWN_CODE", ("kokoro_words.yaml",))
    _own_code.cache_clear()
    assert Kokoro("kokoro", None).identity() != own
    _own_code.cache_clear()


def test_words_whose_sounds_are_known_reach_the_model_as_sounds(model: Model) -> None:
    sounds = {"suthuck": "ˈsʌðək", "ay lee": "ˈeɪli", "row sheen": "rəʊˈʃiːn"}
    phonemes = model.phonemes("In suthuck's park, Ay lee and row sheen say ay.", sounds)
    assert phonemes == "ɪn sˈʌðəks pˈɑːk, ˈAli and ɹQʃˈiːn sˈA ˈA."
    assert all(sign in model.phonemes.ids for alphabet in KOKORO.values() for sign in alphabet)


def test_brackets_in_words_are_no_sounds(model: Model) -> None:
    assert model.phonemes("[word](/ˈA/) here", {"here": "hɪə"}) == model.phonemes("word (/ˈA/) here", {"here": "hɪə"})
