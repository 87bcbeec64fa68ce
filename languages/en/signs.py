"""Turns signs and letters that no rule has words for into spoken words: the name of a Greek letter or of a script,
or nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from languages.base import Remark
from languages.en.unspeakable import is_speakable

OTHER: Final = re.compile(r"[^\x00-\x7f]+")
SCRIPTS: Final = {"Cjk": "Chinese", "Hiragana": "Japanese", "Katakana": "Japanese", "Hangul": "Korean"}
ASCII: Final = re.compile(r"[_|\\^`]+")
ASCII_NAMES: Final = {"_": "underscore", "|": ",", "\\": "backslash", "^": "caret"}
"""The words for a single one of these signs. A row of them is a line to write on, and silent."""
RAISED: Final = frozenset("¹²³⁰ⁱ\u2072\u2073⁴⁵⁶⁷⁸⁹")
SMALL: Final = r"[\u00b9\u00b2\u00b3\u2070-\u2079]+"
FOOTNOTE: Final = re.compile(rf"(?:\A|(?<=[\s,.;:])){SMALL}(?=[\s.,;:?!]|[^\W\d_]|\Z)")
POWER: Final = re.compile(
    r"(?<!\w)(?<!point )(?<!and )(?<!hundred )(?<!thousand )(?:two|three|four|five|six|seven|eight|nine) \Z"
)
"""Whole numbers after which a small raised figure may be a power. Such a figure is refused; elsewhere it is a note's
number."""
NAME_OF_GREEK: Final = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)")


def say(said: str) -> tuple[str, tuple[Remark, ...]]:
    """`said` with a word or nothing for each sign that cannot be said, and remarks on those signs."""
    remarks: list[Remark] = []
    said = ASCII.sub(lambda match: f" {ASCII_NAMES.get(match[0], '')} ", said)
    if said.isascii():
        return said, ()
    if not RAISED.isdisjoint(said):
        said = FOOTNOTE.sub(lambda match: _note(match, remarks), said)
    pieces: list[str] = []
    at = 0
    for match in OTHER.finditer(said):
        pieces += [said[at : match.start()], *_run(match[0], remarks)]
        at = match.end()
    pieces.append(said[at:])
    return "".join(pieces), tuple(dict.fromkeys(remarks))


def _note(match: re.Match[str], remarks: list[Remark]) -> str:
    if POWER.search(match.string[: match.start()][-30:]):
        return match[0]
    remarks.append(Remark(code="sign-left-out", written=match[0], said=""))
    return " "


def _run(signs: str, remarks: list[Remark]) -> list[str]:
    """The words for a run of signs beyond ASCII. Words in another script are named once."""
    found: list[str] = []
    foreign = ""
    for sign in signs:
        kind = unicodedata.category(sign)[0]
        folded = unicodedata.normalize("NFKC", sign) if kind == "L" else sign
        if all(map(is_speakable, folded)):
            found.append(folded)
            continue
        name = unicodedata.name(sign, "")
        if match := NAME_OF_GREEK.match(name):
            found.append(f" {match[1].lower()} ")
        elif kind in "LM":
            script = name.split(" ", 1)[0].capitalize() or "other"
            if script != foreign and kind == "L":
                words = f"words in {SCRIPTS.get(script, script)} script"
                found.append(f" {words} ")
                remarks.append(Remark(code="other-script", written=signs, said=words))
                foreign = script
        else:
            found.append(" ")
            if unicodedata.category(sign) in ("Sk", "Cf"):
                continue  # the skin colour of the emoji before it
            remarks.append(Remark(code="sign-left-out", written=sign, said=""))
    return found
