"""Turns pronunciations in the International Phonetic Alphabet into sounds, stresses and breaks, as far as British
English uses them. A respelling is for every voice. If an entry also has its sounds, a voice that takes sounds speaks
those instead."""

from __future__ import annotations

import re
from typing import Final

VOWELS: Final = (
    *("iː", "uː", "ɑː", "ɔː", "ɜː", "eɪ", "aɪ", "ɔɪ", "əʊ", "aʊ", "ɪə", "eə", "ɛə", "ʊə"),
    *("ɪ", "e", "ɛ", "æ", "a", "ɒ", "ʌ", "ʊ", "ə", "i", "u"),
)
CONSONANTS: Final = (
    *("tʃ", "dʒ", "p", "b", "t", "d", "k", "ɡ", "g", "m", "n", "ŋ", "f", "v", "θ", "ð", "s", "z", "ʃ", "ʒ", "h"),
    *("l", "r", "ɹ", "j", "w"),
)
STRESSES: Final = ("ˈ", "ˌ")
BREAKS: Final = (".", " ")
"""Signs between syllables, which voices find themselves, and between words."""
SOUND: Final = re.compile("|".join(map(re.escape, (*VOWELS, *CONSONANTS, *STRESSES, *BREAKS))) + "|.", re.DOTALL)
HOW_TO_WRITE: Final = "Write the sounds of British English as dictionaries do, a stress before its syllable: ˈsʌðək."
HISSING: Final = frozenset({"s", "z", "ʃ", "ʒ", "tʃ", "dʒ"})
VOICELESS: Final = frozenset({"p", "t", "k", "f", "θ"})


def sounds_in(ipa: str) -> tuple[str, ...]:
    """The sounds, stresses and breaks of a pronunciation in order, with whatever else is in it."""
    return tuple(SOUND.findall(ipa))


def strange_signs(ipa: str) -> tuple[str, ...]:
    """The signs of a pronunciation that stand for no sound, and stresses without a vowel after them."""
    known = {*VOWELS, *CONSONANTS, *STRESSES, *BREAKS}
    found = sounds_in(ipa)
    strange = [sound for sound in found if sound not in known]
    last = max((at for at, sound in enumerate(found) if sound in VOWELS), default=-1)
    strange += [sound for sound in found[last + 1 :] if sound in STRESSES]
    return tuple(dict.fromkeys(strange))


def with_s(ipa: str) -> str:
    """The pronunciation of a plural or a possessive."""
    last = sounds_in(ipa)[-1]
    return ipa + ("ɪz" if last in HISSING else "s" if last in VOICELESS else "z")
