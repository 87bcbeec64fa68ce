"""Turns words with known sounds (IPA) into the notation that a voice takes: espeak-ng's mnemonics, or Kokoro's
alphabet. The sounds are listed by the words as they are spoken: "suthuck" for Southwark. A voice that takes no
sounds speaks these words."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Final

from languages.ipa import STRESSES, VOWELS, sounds_in, with_s

SAME: Final = {sound: sound for sound in ("p", "b", "t", "d", "k", "m", "n", "f", "v", "s", "z", "h", "l", "j", "w")}
ESPEAK: Final[Mapping[str, str]] = SAME | {
    **{"iː": "i:", "uː": "u:", "ɑː": "A:", "ɔː": "O:", "ɜː": "3:", "eɪ": "eI", "aɪ": "aI", "ɔɪ": "OI", "əʊ": "oU"},
    **{"aʊ": "aU", "ɪə": "i@", "eə": "e@", "ɛə": "e@", "ʊə": "U@", "ɪ": "I", "e": "E", "ɛ": "E", "æ": "a", "a": "a"},
    **{"ɒ": "0", "ʌ": "V", "ʊ": "U", "ə": "@", "i": "i", "u": "u:", "tʃ": "tS", "dʒ": "dZ", "ɡ": "g", "g": "g"},
    **{"ŋ": "N", "θ": "T", "ð": "D", "ʃ": "S", "ʒ": "Z", "r": "r", "ɹ": "r", "ˈ": "'", "ˌ": ",", ".": ""},
}
"""espeak-ng's mnemonic for each sound, in its voice `gmw/en`."""
KOKORO: Final[Mapping[str, str]] = SAME | {
    **{"iː": "iː", "uː": "uː", "ɑː": "ɑː", "ɔː": "ɔː", "ɜː": "ɜː", "eɪ": "A", "aɪ": "I", "ɔɪ": "Y", "əʊ": "Q"},
    **{"aʊ": "W", "ɪə": "ɪə", "eə": "ɛː", "ɛə": "ɛː", "ʊə": "ʊə", "ɪ": "ɪ", "e": "ɛ", "ɛ": "ɛ", "æ": "a", "a": "a"},
    **{"ɒ": "ɒ", "ʌ": "ʌ", "ʊ": "ʊ", "ə": "ə", "i": "i", "u": "u", "tʃ": "ʧ", "dʒ": "ʤ", "ɡ": "ɡ", "g": "ɡ", "ŋ": "ŋ"},
    **{"θ": "θ", "ð": "ð", "ʃ": "ʃ", "ʒ": "ʒ", "r": "ɹ", "ɹ": "ɹ", "ˈ": "ˈ", "ˌ": "ˌ", ".": ""},
}
"""Kokoro's sign for each sound, as its phonemiser writes British English."""


@functools.cache
def alphabets() -> str:
    """A digest of both alphabets. If a sound is written in another way, its takes are made again."""
    return hashlib.sha256(repr((sorted(ESPEAK.items()), sorted(KOKORO.items()))).encode()).hexdigest()[:12]


def for_espeak(words: str, sounds: Mapping[str, str]) -> str:
    """The words, in which espeak-ng's mnemonics replace those whose sounds are known."""
    return _replaced(words, sounds, lambda _word, ipa: " ".join(f"[[{_written(one, ESPEAK)}]]" for one in ipa.split()))


def for_kokoro(words: str, sounds: Mapping[str, str]) -> str:
    """The words with Kokoro's signs beside those whose sounds are known."""
    return _replaced(words, sounds, lambda word, ipa: f"[{word}](/{_written(ipa, KOKORO)}/)")


def heard_in(words: str, sounds: Mapping[str, str]) -> dict[str, str]:
    """The sounds of those words that are in `words`, by the words in small letters."""
    known = _in_small_letters(sounds)
    found = {match[1].lower() for match in _pattern(frozenset(known)).finditer(words)} if known else set()
    return {said: known[said] for said in found}


def _replaced(words: str, sounds: Mapping[str, str], replace: Callable[[str, str], str]) -> str:
    if not sounds:
        return words
    known = _in_small_letters(sounds)

    def one(match: re.Match[str]) -> str:
        ipa = known[match[1].lower()]
        return replace(match[0], with_s(ipa) if match[2] else ipa)

    return _pattern(frozenset(known)).sub(one, words)


def _in_small_letters(sounds: Mapping[str, str]) -> dict[str, str]:
    return {said.lower(): ipa for said, ipa in sounds.items()}


@functools.lru_cache(maxsize=8)
def _pattern(said: frozenset[str]) -> re.Pattern[str]:
    """A pattern for whole words of a list, and their plurals and possessives."""
    either = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    return re.compile(rf"(?<![\w'-])({either})((?:'s|e?s)?)(?![\w'-])", re.IGNORECASE)


def _written(ipa: str, alphabet: Mapping[str, str]) -> str:
    """A pronunciation in a voice's alphabet. In both alphabets a stress stands directly before its vowel."""
    written, stress = "", ""
    for sound in sounds_in(ipa):
        if sound in STRESSES:
            stress = alphabet[sound]
            continue
        if sound in VOWELS:
            written, stress = written + stress, ""
        written += " " if sound == " " else alphabet[sound]
    return written
