"""Turns words in capitals that no lexicon knows into spoken words: a word as a word, anything else letter by letter.

These are tried in order: the lexicon's entry for the singular ("GCSEs"), a Roman numeral, a word of Debian's word
list `wbritish`, letters. Every guess is a remark, so that the author can be told of it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from languages.base import Remark
from languages.en.letters import plural, spell
from languages.en.lists import WORD_LIST, words
from languages.en.numbers import cardinal
from model.errors import ToolMissing

TOKEN: Final = re.compile(r"(?<!\w)[^\W\d_]*[^\W\d_a-zß-ÿ][^\W\d_]+(?!\w)")
"""A word in which another letter follows a capital."""
CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}|\A[A-Z][a-z]{1,2}[A-Z]s?\Z")
"""Two capitals in a row, or a word such as "MoJ" and "DfE"."""
WITHIN: Final = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ]|[a-z]{1,2}[A-Z])")
"""Every word in which CAPITALS finds something matches this. Most sentences have no match, so CAPITALS need not be
tried."""
PIECE: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}|[A-ZÀ-ÖØ-Þ][a-zß-ÿ]+|[A-ZÀ-ÖØ-Þ]|[a-zß-ÿ]+")
NUMERAL: Final = re.compile(r"(?:X{1,3}|X{0,3}(?:IX|IV|V?I{2,3}|VI))\Z")
LETTERS: Final = re.compile(r"(?<=\b[A-ZÀ-ÖØ-Þ])-(?=[A-ZÀ-ÖØ-Þ]\b)")
"""A hyphen between letters said one by one: "UK-EU"."""
NUMERALS: Final = {"I": 1, "V": 5, "X": 10}
VOWEL: Final = re.compile(r"[AEIOUY]")
CLUSTER: Final = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{4}|\A[BCDFGHJKLMNPQRSTVWXZ]{3}|[BCDFGHJKMPQVWXZ]{3}\Z")
SHORT: Final = 3
"""Letters. Initials are this short, and few words in capitals are. Such letters are a word only if a list has them,
or if another word in capitals stands beside them."""
FEW: Final = 5
"""Letters. A shorter name with capitals in it is said letter by letter."""
LONG: Final = 7
"""Letters. Nobody spells out a name this long if it can be said."""
SMALL_WITHIN: Final = re.compile(r"[A-Z][a-z]{1,2}[A-Z]\Z")
STRESSED: Final = re.compile(r"(?<=[a-z]-)[A-Z]{2,}(?![A-Za-z])|(?<![\w-])[A-Z]{2,}(?=-[a-z])")


def say(said: str, lexicon: Mapping[str, str]) -> tuple[str, tuple[Remark, ...]]:
    """`said` with its words in capitals as they are said, and remarks on those that were guessed."""
    if not WITHIN.search(said):
        return (LETTERS.sub(" ", said) if "-" in said and TOKEN.search(said) else said), ()
    remarks: dict[str, Remark] = {}

    def one(match: re.Match[str]) -> str:
        token = match[0]
        if not CAPITALS.search(token):
            return token
        words_said, code = _said(token, lexicon, beside=_beside(match, lexicon))
        if code:
            remarks[token] = Remark(code=code, written=token, said=words_said)
        return words_said

    return LETTERS.sub(" ", TOKEN.sub(one, said)), tuple(remarks.values())


def unstressed(say: str) -> str:
    """An author's `say:` with capitals that only mark stress made small: "fy-SEP-tone"."""
    return STRESSED.sub(lambda match: match[0].lower(), say)


def _said(token: str, lexicon: Mapping[str, str], beside: bool) -> tuple[str, str]:
    """The spoken words for a word in capitals, and the code of the remark on it. The code is "" if no remark is
    needed."""
    if token in lexicon and not (beside and token in words("words_and_initials")):
        return lexicon[token], ""
    singular = token[:-1] if token.endswith("s") else ""
    if singular in lexicon:
        return plural(lexicon[singular]), ""
    if token.isupper():
        if NUMERAL.match(token):
            return cardinal(_value(token)), "roman-numeral"
        if is_word(token, beside=beside):
            return token.lower() if _listed(token.lower()) else token.capitalize(), ""
        if len(token) >= LONG and _sayable(token):
            return token.capitalize(), "capitals-as-word"
        return spell(token), "spelt-out"
    if singular.isupper() or SMALL_WITHIN.match(singular):
        return plural(spell(singular)), "spelt-out"
    if SMALL_WITHIN.match(token):
        return spell(token), "spelt-out"
    return _mixed(token, lexicon)


def _mixed(token: str, lexicon: Mapping[str, str]) -> tuple[str, str]:
    """A name of capitals and small letters. It is said as a word where it is one ("ACTivate") or can be said as one
    ("BiGGAR"), else piece by piece ("NHSmail", "OpenAI", "LOGASnet"). A short one is said letter by letter ("FReM")."""
    pieces = _pieces(token, lexicon)
    if all(piece in lexicon or not _initials(piece) for piece in pieces):
        return " ".join(lexicon.get(piece) or piece for piece in pieces), ""
    if _listed(token.lower()):
        return token.lower(), "capitals-as-word"
    if not any(piece in lexicon for piece in pieces):
        small = [piece for piece in pieces if piece.islower() or piece.istitle()]
        if len(token) < FEW:
            return spell(token), "spelt-out"
        if min(map(len, small), default=0) < SHORT and _sayable(token.upper()):
            return token.capitalize(), "capitals-as-word"
    found = [
        lexicon.get(piece)
        or (piece if not _initials(piece) else piece.capitalize() if _is_said(piece) else spell(piece))
        for piece in pieces
    ]
    spelt = any(_initials(piece) and piece not in lexicon and not _is_said(piece) for piece in pieces)
    return " ".join(found), "spelt-out" if spelt else "capitals-as-word"


def _pieces(token: str, lexicon: Mapping[str, str]) -> list[str]:
    """The pieces of a name: runs of capitals, and words with or without one capital."""
    found: list[str] = []
    for piece in PIECE.findall(token):
        joined = found and found[-1].isupper() and len(found[-1]) > 1 and piece.islower()
        if joined and _listed(f"{found[-1][-1]}{piece}".lower()) and found[-1] not in lexicon:
            found[-1:] = [found[-1][:-1], f"{found[-1][-1]}{piece}"]  # "BBCNews": the last capital begins a word
        elif found and piece == "s":
            found[-1] += piece
        elif len(piece) > SHORT and piece.isupper() and piece not in lexicon and is_word(piece, beside=False):
            found.append(piece.lower())
        else:
            found.append(piece)
    return found


def _is_said(piece: str) -> bool:
    """True if capitals within a name are said as a word: "LOGAS" in "LOGASnet"."""
    return len(piece) > SHORT + 1 and _sayable(piece)


def _sayable(letters: str) -> bool:
    return VOWEL.search(letters) is not None and not CLUSTER.search(letters)


def _initials(piece: str) -> bool:
    return piece.isupper() or (piece.endswith("s") and piece[:-1].isupper())


def _value(numeral: str) -> int:
    signs = [NUMERALS[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))


def _beside(match: re.Match[str], lexicon: Mapping[str, str]) -> bool:
    """True if a word in capitals stands directly before or after, as in a line that is all in capitals."""
    before = re.search(r"([A-Z][A-Z'’]+)[ ,]{1,2}\Z", match.string[max(0, match.start() - 30) : match.start()])
    after = re.match(r"[ ,]{1,2}([A-Z][A-Z'’]+)(?!\w)", match.string[match.end() : match.end() + 30])
    return any(
        found is not None and found[1] not in lexicon and is_word(found[1], beside=True) for found in (before, after)
    )


@functools.cache
def is_word(token: str, *, beside: bool) -> bool:
    """True if letters in capitals are a word of the language."""
    if token in words("short_words_in_capitals") or (beside and token in words("words_and_initials")):
        return True
    if len(token) < 2 or (len(token) <= SHORT and not beside) or not VOWEL.search(token):
        return False
    if len(token) == 2:
        return False
    return _listed(token.lower()) or (len(token) > SHORT and _listed(token.capitalize()))


def _listed(word: str) -> bool:
    return f"\n{word}\n" in _word_list()


@functools.cache
def _word_list() -> str:
    """The word list as one text. A search in it takes 0.1 ms; making a set of it would take 15 ms."""
    if not WORD_LIST.is_file():
        raise ToolMissing(
            f"there is no {WORD_LIST}, by which words in capitals are known", "Install it: apt-get install wbritish."
        )
    return WORD_LIST.read_text(encoding="utf-8")
