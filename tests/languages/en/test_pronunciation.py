"""espeak-ng speaks a sample of names as people do, in its own phonemes."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from languages.base import language_of, lexicon_of
from languages.en.lexicon import make
from languages.en.pronunciation import names
from languages.en.speech import speech_of
from languages.en.verbalise import English
from model.inlines import Text
from tests.conftest import demand

SPEECH = speech_of(lexicon_of("en"))
SAMPLE = {
    **{
        "Southwark": "sˈʌθʌk",
        "Alnwick": "ˈanɪk",
        "Bicester": "bˈɪstə",
        "Leominster": "lˈɛmstə",
        "Milngavie": "mˈʌlɡaɪ",
    },
    **{
        "Marylebone": "mˈɑːlɪbˌʌn",
        "Ceredigion": "kˈɛɹə dˈɪɡ jˈɒn",
        "Niamh": "nˈiːv",
        "Fowey": "fˈɔɪ",
        "Frome": "fɹˈuːm",
    },
    **{"Keighley": "kˈiːθli", "Wymondham": "wˈɪndəm", "Kirkcudbright": "kˈɜːkuːbɹi", "Culross": "kˈuː ɹˈɒs"},
    **{"Wemyss": "wˈiːmz", "Moray": "mˈʌɹi", "Eyam": "ˈiːm", "Beaulieu": "bjˈʊliː", "Llandudno": "lˈan dˈɪdnəʊ"},
    **{"Norwich": "nˈɒɹɪdʒ", "Worcester": "wˈʊstə", "Leicester": "lˈɛstə", "Slough": "slˈaʊ", "Edinburgh": "ˈɛdɪnbʌɹə"},
    **{"Greenwich": "ɡɹˈɛnɪtʃ", "Shrewsbury": "ʃɹˈuːsbɹi", "Penicuik": "pˈɛni kˈʊk", "Sauchiehall": "sˈɒki hˈɔːl"},
    **{
        "Sioned": "ʃˈɒn ˈɛd",
        "Iona": "ˈaɪ ˈəʊnə",
        "Ruairí": "ɹˈuː ɹˈiː",
        "Exmouth": "ˈɛks mˈʌθ",
        "Tredegar": "tɹˈʌ dˈiːɡə",
    },
    **{"Llangefni": "lˈan ɡˈɛvni", "Torpenhow": "tɹˈɪp pˈɛnə", "Tighnabruaich": "tˈɪnə bɹˈuː ˈʌk"},
    **{"Saoirse": "sˈiəʃə", "Siân": "ʃˈɑːn", "Eilidh": "ˈaɪ lˈiː", "Roisin": "ɹˈəʊ ʃˈiːn", "Cholmondeley": "tʃˈʌmli"},
}
"""Names and their phonemes. The rules speak some of them right already, and must go on doing so."""


def said(text: str) -> str:
    return SPEECH.words(language_of("en").recognise(text))


def test_a_sample_of_names_sounds_as_people_say_them() -> None:
    demand(shutil.which("espeak-ng"), "espeak-ng is not installed")
    words = "\n".join(said(name) for name in SAMPLE)
    command = ["espeak-ng", "-v", "en-gb", "-q", "--ipa"]
    heard = subprocess.run(command, input=words, capture_output=True, text=True, timeout=20, check=True).stdout
    assert dict(zip(SAMPLE, (line.strip() for line in heard.strip().splitlines()), strict=True)) == SAMPLE


def test_names_are_said_within_a_sentence_and_as_possessives() -> None:
    assert said("Southwark’s bins and Merthyr Tydfil") == "suthuck's bins and murther tidvil."
    assert said("the Alnwickian Foweys") == "the Alnwickian Foweys."


def test_a_lexicon_has_names_of_its_own() -> None:
    assert English(make({"names": {"Southwark": "south wark"}})).words((Text(text="In Southwark"),)) == "In south wark."


@pytest.mark.parametrize(("name", "words"), names().items())
def test_a_respelling_is_small_letters_that_any_voice_reads(name: str, words: str) -> None:
    assert re.fullmatch(r"[a-z]+(?: [a-z]+)*", words), name
    assert name[0].isupper()


def test_there_are_hundreds_of_names() -> None:
    assert len(names()) >= 300
