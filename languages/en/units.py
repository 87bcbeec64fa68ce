"""Turns the units of `units.yaml` into patterns and words: which unit follows some figures, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal

from languages.en.lists import words as listed
from languages.en.patterns import later
from languages.en.scene import SPACES
from yaml_source.own_files import read_texts

FILE: Final = Path(__file__).parent / "units.yaml"
GLUED: Final = frozenset(
    {"in", "ins", "p", "V", "W", "s", "ms", "HR", "HRS", "MIN", "MINS", "MG", "ML", "MLS", "mo", "°", "º", "˚"}
)
"""Units that are also words or names. They are units only where no space is before them."""
DEGREES: Final = frozenset({"°", "º"})
"""Signs that minutes may follow without a space: 50°43'."""
MINUTES: Final = later(r"[0-5]\d(?!\w)")
"""The minutes of "2h30"."""
OF_TIME: Final = frozenset({"pa", "p.a.", "p/a", "pw", "p.w.", "p/w"})
"""Signs for which hours and amounts are paid or worked, not money alone: 37 hrs pw."""
NO_KINDS: Final = ("per", "each")
NEVER: Final = frozenset({"pt", "pts", "point"})
"""Units that only quantities.py can tell from other meanings."""
WORDS_TOO: Final = frozenset({"in", "p", "st", "deg"})
"""Units that are something else after "per"."""
ALSO_NAMES: Final = WORDS_TOO.union(listed("units_also_names"))
"""Signs that may be something else in brackets: "Cardiff West (L)"."""
NO_CLAUSE: Final = r"(?<=[^\W\d])(?<!graph)(?<!tion)(?<!lause)(?<!item)(?<!oint)(?<!part)(?<!and)(?<! or)(?<!see)"
"""Matches the text before a unit in brackets at the end of a header: "Level (m)", but not "paragraph (m)"."""
INITIALS: Final = frozenset({"L", "g", "h", "l", "t", "V", "W", "m"})
"""Signs that make a word with a hyphen: "2 L-shaped rooms"."""
STORED: Final = later(
    r"[ \u00a0](?:of|hard|disk|disc|drive|storage|data|SSD|memory|RAM|per|a|or)\b|[ \u00a0]?[.,;)/]|[ \u00a0]?\Z"
)
IN_A_SENTENCE: Final = later(
    r"[ \u00a0]ins?(?=\.?[ \u00a0](?:of (?:rain|snow|water|mud|hail|ice)|tall|wide|deep|long|high|thick|across)\b|\Z)"
)
STOP: Final = later(r"\.(?=[ \u00a0][a-z\d])")
GAPS: Final = SPACES | {"-"}
AFTER_FEET: Final = later(r"\d ?(?:ft\.?|feet|foot|['′’])[ \u00a0]?\d{1,2}½?\Z")
SECONDS: Final = later(r"[ \u00a0]s(?=\Z|[ \u00a0.,;)])(?!\.\w)")


@cache
def _file() -> Mapping[str, Mapping[str, Sequence[str]]]:
    loaded: Mapping[str, Mapping[str, Sequence[str]]] = read_texts(FILE)
    return loaded


@cache
def forms() -> Mapping[str, tuple[str, str]]:
    """Each sign with the words for one and for many."""
    return {sign: (words[0], words[1]) for sign, words in _units().items()}


@cache
def kinds() -> Mapping[str, str]:
    """The quantity that each sign measures: mass, imperial_length, time."""
    return {sign: kind for kind, units in _file().items() if kind not in NO_KINDS for sign in units}


def _units() -> Mapping[str, Sequence[str]]:
    return {sign: words for kind, units in _file().items() if kind not in NO_KINDS for sign, words in units.items()}


@cache
def _pers() -> Mapping[str, str]:
    return {sign: str(words) for sign, words in _file()["per"].items()}


@cache
def eaches() -> Mapping[str, str]:
    """The signs that may stand after a slash, with their words: "hour" for "hr"."""
    named = {sign: str(words) for sign, words in _file()["each"].items()}
    return {sign: one for sign, (one, _) in forms().items()} | named


Signs = Mapping[str, tuple[str, ...]]
"""Signs by their first letter, the longest first."""


def _by_letter(signs: Iterable[str]) -> Signs:
    found: dict[str, list[str]] = {}
    for sign in sorted(signs, key=len, reverse=True):
        found.setdefault(sign[0], []).append(sign)
    return {letter: tuple(own) for letter, own in found.items()}


@cache
def _signs() -> Signs:
    return _by_letter(sign for sign in forms() if sign not in NEVER)


@cache
def _signs_per(*, money: bool) -> Signs:
    return _by_letter(sign for sign in _pers() if money or sign in OF_TIME)


@cache
def _signs_each() -> Signs:
    return _by_letter(eaches())


def _sign(signs: Signs, text: str, at: int, never_before: str = "") -> str:
    """The longest of some signs that stands whole at a place, "" where none does. A pattern of two hundred would take
    longer to compile than a page to read."""
    for sign in signs.get(text[at : at + 1], ()):
        if text.startswith(sign, at):
            after = text[at + len(sign) : at + len(sign) + 1]
            if not (after.isalnum() or after == "_" or (after and after in never_before)) or (
                (sign in DEGREES and after.isdecimal()) or (sign == "h" and MINUTES.match(text, at + 1))
            ):
                return sign
    return ""


def unit(text: str, at: int) -> tuple[str, int] | None:
    """The unit that follows figures in `text` at `at`, and where it ends. None where there is none."""
    gap = text[at : at + 1] if text[at : at + 1] in GAPS else ""
    sign = _sign(_signs(), text, at + len(gap))
    if not sign:
        return None
    end = at + len(gap) + len(sign)
    end += STOP.match(text, end) is not None
    spaced = bool(gap) and gap != "-"
    if sign in ("in", "ins", "s") and spaced:
        if sign != "s" and AFTER_FEET.search(text[max(0, at - 16) : at]):
            return sign, end
        wanted = SECONDS if sign == "s" else IN_A_SENTENCE
        return (sign, end) if wanted.match(text, at) else None
    if spaced and sign in GLUED:
        return None
    if spaced and sign in ("TB", "GB") and not STORED.match(text, end):
        return None
    if gap == "-" and (sign in GLUED or len(sign) == 1):
        return None
    if text[end : end + 1] == "-" and spaced and sign in INITIALS:
        return None
    return sign, end


def per(text: str, at: int, *, money: bool) -> tuple[str, int] | None:
    """The sign that says what an amount is for each of ("pcm", "/hr"), and where it ends. None where there is none."""
    if not text.startswith("/", at):
        at += text[at : at + 1] in SPACES
        sign = _sign(_signs_per(money=money), text, at, never_before="/")
        return (sign, at + len(sign)) if sign else None
    sign = _sign(_signs_each(), text, at + 1)
    if not sign:
        return None
    end = at + 1 + len(sign)
    more = per(text, end, money=False) if text.startswith("/", end) else None
    return (f"{sign}/{more[0]}", more[1]) if more is not None else (sign, end)


@cache
def bracketed() -> Mapping[str, str]:
    """The words for a sign in brackets after a header: "kilometres" for "(km)", "per calendar month" for "(pcm)"."""
    many = {sign: two for sign, (_, two) in forms().items() if sign not in ALSO_NAMES | GLUED | NEVER}
    return many | {sign: words for sign, words in _pers().items() if sign not in ALSO_NAMES}


@cache
def each_one() -> Mapping[str, str]:
    """The words for a sign after "per": "hour" for "hr"."""
    return {sign: one for sign, (one, _) in forms().items() if sign not in WORDS_TOO | GLUED | NEVER}


def per_words(sign: str) -> str:
    """The words for a sign with its "per": "per hour" for "hr" after a slash, "per calendar month" for "pcm"."""
    if sign in _pers():
        return _pers()[sign]
    known, _, more = (sign, "", "") if sign in eaches() else sign.partition("/")
    return f"per {eaches()[known]}{f' {per_words(more)}' if more else ''}"


def words(sign: str, number: Literal["one", "many"]) -> str:
    """The words for one or many of a unit."""
    return forms()[sign][number == "many"]
