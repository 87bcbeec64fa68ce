"""Turns pronunciations in the International Phonetic Alphabet into sounds, stresses and breaks, as far as British
English uses them. A respelling is for every voice. If an entry also has its sounds, a voice that takes sounds speaks
those instead. If it has the sounds alone, the respelling is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
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
SPELT: Final = {
    **{"iː": "ee", "uː": "oo", "ɑː": "ah", "ɔː": "aw", "ɜː": "ur", "eɪ": "ay", "aɪ": "ye", "ɔɪ": "oy", "əʊ": "oh"},
    **{"aʊ": "ow", "ɪə": "eer", "eə": "air", "ɛə": "air", "ʊə": "oor"},
    **{"ɪ": "i", "e": "e", "ɛ": "e", "æ": "a", "a": "a"},
    **{"ɒ": "o", "ʌ": "u", "ʊ": "oo", "ə": "uh", "i": "ee", "u": "oo", "tʃ": "ch", "dʒ": "j", "ɡ": "g", "ŋ": "ng"},
    **{"θ": "th", "ð": "th", "ʃ": "sh", "ʒ": "zh", "ɹ": "r", "j": "y"},
}
"""Letters that an English reader says like each sound."""
CLOSED: Final = {"aɪ": "y", "ə": "u"}
"""The letters of those that are another before a consonant of their syllable: "tym", "suth uck"."""
ENDING: Final = {"k": "ck", "s": "ss"}
"""The letters of those that are another at the end of their syllable."""
SHORT: Final = frozenset("ɪeɛæaɒʌʊ")
"""Vowels that end no syllable, so that the consonant behind them is kept with them: "berr ee"."""
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


def respelt(ipa: str) -> str:
    """Plain words that sound like a pronunciation, for voices that take no sounds: "suth uck" for ˈsʌðək. Each syllable
    is a word, since letters that meet would be said in another way."""
    return " ".join("".join(map(_letters, syllable, [*syllable[1:], ""])) for syllable in _syllables(ipa))


def _letters(sound: str, following: str) -> str:
    """The letters of a sound in its syllable."""
    if sound == "ɡ" and following in ("aɪ", "iː", "ɪ", "e", "ɛ", "i"):
        return "gh"
    other = ENDING.get(sound) if not following else CLOSED.get(sound) if following in CONSONANTS else None
    return other or SPELT.get(sound, sound)


def _syllables(ipa: str) -> Iterator[list[str]]:
    """The sounds of each syllable."""
    for word in ipa.split():
        sounds = [sound for sound in sounds_in(word) if sound not in (*STRESSES, ".")]
        vowels = [at for at, sound in enumerate(sounds) if sound in VOWELS]
        ends = [_end(sounds, first, second) for first, second in pairwise(vowels)]
        yield from (sounds[begin:end] for begin, end in pairwise([0, *ends, len(sounds)]))


def _end(sounds: list[str], first: int, second: int) -> int:
    """The end of the syllable between two vowels: before the last consonant, or behind it after a short vowel."""
    return second if second - first < 2 or (second - first == 2 and sounds[first] in SHORT) else second - 1


def with_s(ipa: str) -> str:
    """The pronunciation of a plural or a possessive."""
    last = sounds_in(ipa)[-1]
    return ipa + ("ɪz" if last in HISSING else "s" if last in VOICELESS else "z")
