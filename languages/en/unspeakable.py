"""Turns words that are about to reach a voice into diagnostics for what no voice may be given, with what to write
instead.

Voices differ in what they make of a figure, a sign or capitals, so none ever gets one. Figures that only the author
understands are `Ambiguous` inlines; they are refused with what they may mean.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, assert_never

from languages.base import Where
from model.diagnostics import Diagnostic
from model.inlines import Ambiguous

PUNCTUATION: Final = frozenset(" .,;:!?'–-…")
LONGEST_WORD: Final = 60
"""Letters. Welsh place names have up to 58. Anything longer is not a word, and voices stall on it or cut it off."""

WORD: Final = re.compile(r"\w+")
CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}|\A[A-Z][a-z]{1,2}[A-Z]s?\Z")
"""Two capitals in a row, or a word such as "MoJ" and "DfE"."""
ADDRESS: Final = re.compile(r"(?<!\w)(?:\w+://\S*|www\.\S*)")
STOPS: Final = re.compile(r"(?<!\w)\w+(?:\.\w+)+")
FIGURES: Final = re.compile(r"\S+")
AFTER_LETTERS: Final = re.compile(r"[A-Za-z]{2,}\d+\Z")
SAY: Final = "Give it a `say:` under `terms:`."
CAPITALS_HINT: Final = (
    "Put it under `terms:`, alone or in a phrase: with `say:` for how it is said, or with `expansion:`, which also "
    "adds a sentence that explains it. What all publications use belongs in the lexicon; for stress, use **strong**."
)

Fault = tuple[str, str, str, str]
"""A code, what is wrong, what to write instead, and the words at fault as they are written, "" for all of them."""


def faults(words: str, where: Where, shown: str = "", unclear: tuple[Ambiguous, ...] = ()) -> tuple[Diagnostic, ...]:
    """An error for each thing in `words` that must not reach a voice. `shown` is how it is written in the source, so
    that the author recognises it, and `where` tells where some of that stands. `unclear` are its figures that only
    the author understands."""
    return tuple(
        Diagnostic(severity="error", code=code, message=message, mark=where(written), hint=hint)
        for code, message, hint, written in dict.fromkeys(_found(words, shown or words, unclear))
    )


def _found(words: str, shown: str, unclear: tuple[Ambiguous, ...]) -> Iterator[Fault]:
    if not any(character.isalnum() for character in words):
        yield "nothing-to-say", f"there is nothing here that can be spoken: {_short(shown)!r}", "Write it in words.", ""
    yield from map(_either, unclear)
    yield from _addresses(words, shown)
    for word in WORD.findall(words):
        if CAPITALS.search(word) and not any(word in one.text for one in unclear):
            written = _as_shown(word, WORD, shown)
            message = f"{_short(written)!r} would be spoken as if it were a word"
            yield "unspoken-capitals", message, CAPITALS_HINT, written
    others = []
    for word in words.split():
        if len(word) > LONGEST_WORD:
            message = f"a word of {len(word)} letters cannot be spoken: {_short(word)!r}"
            yield "unspoken-word", message, "Divide it.", word.rstrip(".,;:!?")
        if not any(unicodedata.category(character)[0] == "N" for character in word):
            others.append(word)
        elif not unclear:
            yield _figures(_as_shown(word.strip(".,;:!?–'()"), FIGURES, shown))
    for character in dict.fromkeys("".join(others)):
        fault = _unspeakable(character)
        if fault is not None:
            yield *fault, character


def _either(one: Ambiguous) -> Fault:
    """The fault of figures that only the author understands."""
    return *_undecided(one), one.text


def _undecided(one: Ambiguous) -> tuple[str, str, str]:
    """What is wrong with figures that only the author understands, and what to write instead."""
    text = one.text
    match one.kind:
        case "metres":
            million, metres = one.readings
            hint = f"Write {million}, or for metres put a space before the m: {metres}."
            return "unspoken-figure", f"{_short(text)!r} may be metres or million", hint
        case "date":
            return "unspoken-date", f"there is no such day as {text!r}", "Check it, or write the month in words."
        case "time":
            hint = f"Write an hour from 1 to 12 before am or pm, or {one.readings[0]}."
            return "unspoken-figure", f"{text!r} is no time of day", hint
        case "seconds":
            return (
                "unspoken-figure",
                f"{text!r} may be seconds or years",
                f"Write {', or '.join(one.readings)}{' for years' if one.kind == 'seconds' else ''}.",
            )
        case "prime":
            hint = f"Write {one.readings[0]}; where a quotation ends, write the figure before it in words."
            sign = "the sign after a figure may be feet or inches, or end a quotation"
            return "unspoken-sign", f"{sign}: {text!r}", hint
        case "amount":
            hint = "Check its commas and its letters (£1,000, £1.50, £5 million), or write it in words."
            return "unspoken-figure", f"{_short(text)!r} is no amount that can be read", hint
        case "phone":
            hint = "Check it: a telephone number has 10 or 11. What is none gets a `say:` under `terms:`."
            message = f"{text!r} looks like a telephone number and has {one.readings[0]} digits"
            return "unspoken-figure", message, hint
        case "letter":
            hint = f"Write {one.readings[0]}, or give it a `say:` under `terms:`."
            return "unspoken-figure", f"{text!r} has a letter that looks like a figure", hint
        case _:
            assert_never(one.kind)


def _addresses(words: str, shown: str) -> Iterator[Fault]:
    """The faults of what looks like an address and is none that the reader knows, and of stops within words."""
    whole = [match[0].rstrip(".,;:!?)") for match in ADDRESS.finditer(shown) if match[0].partition("//")[0] in words]
    for address in whole:
        hint = f"Write https{address[4:]}." if address.startswith("http:") else SAY
        yield "unspoken-address", f"{_short(address)!r} is no address that can be spoken", hint, address
    for match in STOPS.finditer(words):
        piece = _as_shown(match[0], STOPS, shown)
        if any(piece in address for address in whole) or any(character.isdigit() for character in match[0]):
            continue
        bare = piece.replace(".", "")
        instead = f"Write {bare}" if len(bare) <= 4 and bare.isalpha() else "Put a space after a full stop"
        hint = f"{instead}, or give it a `say:` under `terms:`."
        yield "unspoken-stop", f"{_short(piece)!r} has a stop within a word", hint, piece


def _figures(piece: str) -> Fault:
    """The fault of `piece`, which has figures that no rule has words for."""
    named = "or give it a `say:` under `terms:`."
    hint = f"Write it in words, {named}"
    if AFTER_LETTERS.match(piece):
        hint = f"Write it in words, put a space between the word and the figure, {named}"
    return "unspoken-figure", f"the figures in {_short(piece)!r} would be left to the voice", hint, piece


def _as_shown(piece: str, pattern: re.Pattern[str], shown: str) -> str:
    """`piece` as it is written in the source, where that differs from what is spoken."""
    if piece in shown:
        return piece
    alike = [match[0] for match in pattern.finditer(shown) if _alike(match[0], piece)]
    return alike[0] if alike else piece


def _alike(written: str, spoken: str) -> bool:
    return written[:2].lower() == spoken[:2].lower() and len(written) > 1


def is_speakable(character: str) -> bool:
    """True if a character may reach a voice, or if another rule reports it: a figure, a currency sign."""
    fault = _unspeakable(character)
    return unicodedata.category(character)[0] == "N" or fault is None or fault[0] == "unspoken-sign"


@functools.cache
def _unspeakable(character: str) -> tuple[str, str, str] | None:
    if character in PUNCTUATION:
        return None
    kind = unicodedata.category(character)
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    if kind == "Sc" or character == "%":
        return "unspoken-sign", f"the sign {character!r} would be left to the voice", "Write it in words."
    if kind.startswith("L") and "latin" in name:
        return None
    return (
        "unspeakable-character",
        f"{character!r} ({name}) cannot be spoken",
        "Write it in words, or give it a `say:` under `terms:`; what all publications use belongs in the lexicon.",
    )


def _short(piece: str) -> str:
    return piece if len(piece) <= 40 else f"{piece[:40]}…"
