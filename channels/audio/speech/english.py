"""Inlines to English words: what a careful reader would say, with nothing left that a voice would have to guess.

Each typed value has its words (numbers.py), each abbreviation its letters; other words go through the lexicon. What an
abbreviation stands for the Document says, in a sentence at first use. Signs without words are left in, for guard.py to
refuse by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, assert_never

from channels.audio.speech import numbers
from channels.audio.speech.letters import spell
from channels.audio.speech.lexicon import Lexicon
from document.model import (
    Abbreviation,
    Date,
    Day,
    Emphasis,
    Foreign,
    Inline,
    Link,
    Money,
    Number,
    Percentage,
    Phone,
    Range,
    Strong,
    Term,
    Text,
    Time,
    WebAddress,
    Year,
)

ADDRESS_SIGNS: Final = {
    ".": "dot",
    "/": "slash",
    "@": "at",
    "-": "hyphen",
    "_": "underscore",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "#": "hash",
    ":": "colon",
    "%": "per cent",
    "+": "plus",
    "~": "tilde",
}
LAST_WORD: Final = re.compile(r"(?<!\w)(\w{1,4}\.?)[ \u00a0]?\Z")
CAPITALS: Final = re.compile(r"[A-Z]{1,4}")
CAPITALS_AFTER: Final = re.compile(r"([A-Z]{1,4})(?!\w)")
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")

# Applied in order to what has been put together.
TIDYING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[\u00a0\u2007\u202f\t\n\r]", " "),
        ("[\u2010\u2011]", "-"),
        (r"(?<=\w)[’']s\b", "'s"),
        (r"(?<=\w)[’'](?=\w)", "'"),
        (r"[“”\"„«»‘’]|(?<!\w)'|'(?!\w)", ""),  # quotation marks: a voice has no good way with them
        (r"[\[({]", ", "),
        (r"[\])}]", ","),
        (r"…|\.{2,}", ","),
        (r"\s*[—―]+\s*|\s+[–-]+\s+", " – "),
        (r"(?<=[^\W\d])–(?=\w)", "-"),
        (r"(?<![\w-])-+(?=\w)|(?<=\w)-+(?![\w-])", ""),  # "-x" and the "pre-" of "pre- and post-"
        (r"(?<=\w )A(?=[\s,.;:!?]|\Z)", "ay"),  # "Class A": the article is never a capital there
        (r"\s+", " "),
        (r"[, ]+,", ","),
        (r" ([.;:!?])", r"\1"),
        (r",+ ?(?=[.;:!?–])|(?<=[.;:!?–]) ?,+(?=\s|\Z)", ""),
        (r"(?<=\w),(?=\w)", ", "),
        (r"\A[\s,.;:!?–]+|[\s,–]+\Z", ""),
    )
)


class English:
    """English speech with a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence, ending in a stop so that the voice falls."""
        leaves = tuple(_leaves(inlines))
        said = ""
        for place, leaf in enumerate(leaves):
            before = leaves[place - 1] if place else None
            after = leaves[place + 1] if place + 1 < len(leaves) else None
            said += self._leaf(leaf, said, before, after)
        return finish(said)

    def address(self, text: str) -> str:
        """A web or e-mail address: "drugs dot gov dot U K"."""
        bare = re.sub(r"\A(?:https?://|mailto:)|/+\Z", "", text)
        words = []
        for piece in re.findall(r"[^\W\d_]+|\d|.", bare):
            if piece.isdigit():
                words.append(numbers.DIALLED[int(piece)])
            elif piece.isalpha():
                words.append(self._label(piece))
            else:
                words.append(ADDRESS_SIGNS.get(piece, piece))
        return " ".join(words)

    def _label(self, label: str) -> str:
        """A part of an address as a word where it can be said as one."""
        sayable = len(label) > 1 and re.search("[aeiouy]", label.lower())
        return label.lower() if sayable and label.lower() not in self.lexicon.address_letters else spell(label)

    def _leaf(self, leaf: Inline, said: str, before: Inline | None, after: Inline | None) -> str:
        match leaf:
            case Text():
                return self._text(leaf.text, before, after)
            case Strong() | Emphasis() | Link():
                raise AssertionError("leaves have no children")
            case Abbreviation():
                return self._abbreviation(leaf)
            case Term():
                return leaf.say
            case Foreign():
                return leaf.say or self._text(leaf.text, None, None)
            case Money() | Percentage() | Number() | Time() | Year():
                return numbers.value(leaf)
            case Date() | Day():
                return numbers.day(leaf).removeprefix("the " if said.lower().endswith("the ") else "")
            case Range():
                return numbers.span(leaf, "and" if re.search(r"\bbetween $", said, re.IGNORECASE) else "to")
            case Phone():
                return numbers.phone(leaf)
            case WebAddress():
                return self.address(leaf.text)
            case _:
                assert_never(leaf)

    def _abbreviation(self, leaf: Abbreviation) -> str:
        """As the author or the lexicon says it, else letter by letter; "Dept" is no capitals, and said in full."""
        said = leaf.say or self.lexicon.say.get(leaf.text)
        if said:
            return said
        capitals = leaf.text.removesuffix("s").isupper()
        return spell(leaf.text) if capitals else self._text(leaf.expansion, None, None)

    def _text(self, text: str, before: Inline | None, after: Inline | None) -> str:
        text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        joined = before is not None and before.__class__ in (Number, Range, Year)
        lead = ""
        if joined and isinstance(before, Number | Range):
            lead, text = self._unit(before, text)
        if joined and (capitals := CAPITALS_AFTER.match(text)):
            lead, text = f"{lead} {spell(capitals[1])}", text[capitals.end() :]
        trail = ""
        if isinstance(after, Number) and (last := LAST_WORD.search(text)):
            word = self.lexicon.before_figures.get(last[1]) or (spell(last[1]) if CAPITALS.fullmatch(last[0]) else "")
            if word:
                trail, text = f"{word} ", text[: last.start()]
        between = joined and isinstance(after, Number | Year) and text == "/"
        return lead + (text if between else self._signs(self.lexicon.apply(text))) + trail

    def _unit(self, before: Number | Range, text: str) -> tuple[str, str]:
        """The words of a unit that follows a number, and the rest of the text."""
        match = re.match(r"[ \u00a0]?([^\W\d_]+)(?!\w)", text)
        forms = self.lexicon.units.get(match[1]) if match else None
        if match is None or forms is None:
            return "", text
        single = isinstance(before, Number) and before.value == 1
        return f" {forms[0] if single else forms[1]}", text[match.end() :]

    def _signs(self, text: str) -> str:
        for sign in sorted(self.lexicon.signs, key=len, reverse=True):
            if sign in text:
                text = text.replace(sign, f" {self.lexicon.signs[sign]} ")
        return text


def finish(said: str) -> str:
    """Words as every voice gets them: plain punctuation, single spaces, and a stop at the end."""
    said = unicodedata.normalize("NFC", INVISIBLE.sub("", said))
    for pattern, replacement in TIDYING:
        said = pattern.sub(replacement, said)
    return said if not said or said[-1] in ".?!:" else f"{said.rstrip(';')}."


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """The inlines without their markup, which is not heard."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Link():
                yield from _leaves(inline.children)
            case _:
                yield inline
