"""Inlines to English words: what a careful reader would say, with nothing left that a voice would have to guess.

Each typed value has its words (numbers.py), each abbreviation its letters; other words go through the lexicon. What an
abbreviation stands for the Document says, in a sentence at first use. What has no words, a sign or figures with letters
that no rule knows, is left as it is written, for guard.py to refuse by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, assert_never

from channels.audio.speech import numbers
from channels.audio.speech.days import Days
from channels.audio.speech.figures import VULGAR, Leaf, Said, fraction, together, vulgar
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
    text_of,
)
from document.values import CALLING, SHORT_CODES

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
LAST_WORD: Final = re.compile(r"(?<!\w)([^\W\d_]{1,5}\.?)([ \u00a0]?)\Z")
CAPITALS: Final = re.compile(r"[A-Z]{1,4}")
CAPITALS_BEFORE: Final = re.compile(r"(?<!\w)([A-Z]{1,4})([-–]?)\Z")
LETTERS_AFTER: Final = re.compile(r"([A-Z]{1,4}|[a-oq-rt-wyz])(?!\w)")
GLUED_BEFORE: Final = re.compile(r"[^\W\d_]\.?\Z|\A/\Z")
REFERENCE: Final = re.compile(r"[A-Z]-\d{3,}\Z")
PER: Final = re.compile(r"/(?=[a-z])")
PER_TIME: Final = re.compile(r"(?<=s)/(?=(?:second|minute|hour|day|night|week|month|year|person)\b)")
DOTTED: Final = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?!\w)|(?<![\w.])[A-Z](?:\.[A-Z])+(?![\w])")
POWER: Final = re.compile(r"(?<=(?<!\w)[^\W\d_])([²³])(?!\w)")
POWERS: Final = {"²": " squared", "³": " cubed"}
INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
MOST_BEFORE: Final = 120
WITHOUT_SPACE: Final = frozenset({"in", "p"})
"""Units that are words too, and units only where no space is before them: 5in, but 1 in 3."""

FIGURES: Final = (Money, Percentage, Number, Date, Day, Time, Year, Range, Phone, Said)
COUNTING: Final = (Number, Range, Year, Said)

# Applied in order to what has been put together.
TIDYING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+", " "),
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
        (r"\A[\s,.;:!?–]+", ""),
    )
)


class English:
    """English speech with a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.days = Days(lexicon)

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence, ending in a stop so that the voice falls."""
        leaves = together((_clean(leaf) for leaf in _leaves(inlines)), self.lexicon.say)
        said = written = ""
        for place, one in enumerate(leaves):
            leaf = _called(one, written)
            before = leaves[place - 1] if place else None
            after = leaves[place + 1] if place + 1 < len(leaves) else None
            said += self._leaf(leaf, said, before, after)
            written += leaf.text if isinstance(leaf, Said) else text_of((leaf,))
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

    def _leaf(self, leaf: Leaf, said: str, before: Leaf | None, after: Leaf | None) -> str:
        if isinstance(leaf, FIGURES) and not (self._known_before(leaf, before) and self._known_after(leaf, after)):
            return leaf.text
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
            case Said():
                return leaf.words
            case Number() if self._is_amount(leaf, after):
                return numbers.decimal(leaf.value)
            case Number() if isinstance(before, Text) and REFERENCE.search(f"{before.text[-2:]}{leaf.text}"):
                return numbers.code(leaf.text)
            case Money() | Percentage() | Number() | Time() | Year():
                return numbers.value(leaf)
            case Date() | Day():
                return _without_the(numbers.day(leaf), said)
            case Range():
                joined = "and" if said[-8:].lower() == "between " else "to"
                return _without_the(numbers.span(leaf, joined), said)
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

    def _text(self, text: str, before: Leaf | None, after: Leaf | None) -> str:
        """Words; the first of them may belong to figures before them, the last to figures after."""
        if text in ("–", "-") and isinstance(before, FIGURES) and isinstance(after, FIGURES):
            return " to "
        if text == "/" and isinstance(before, FIGURES) and isinstance(after, FIGURES):
            return text
        head, start = (isinstance(before, FIGURES) and self._after(before, text)) or ("", 0)
        tail, end = (isinstance(after, FIGURES) and self._before(text[start:], after)) or ("", len(text) - start)
        words = text[start : start + end]
        figures_before, figures_after = (
            not start and isinstance(before, FIGURES),
            not tail and isinstance(after, FIGURES),
        )
        words = self.days.full(words, figures_before, figures_after)
        words = DOTTED.sub(lambda match: spell(match[0].replace(".", "")), self.lexicon.apply(words))
        words = PER_TIME.sub(" per ", words)
        words = POWER.sub(lambda match: POWERS[match[1]], words)
        words = VULGAR.sub(lambda match: fraction(vulgar(match[0])), words)
        gap = " " if head and not words and not tail and after is not None else ""
        return head + self._signs(words) + tail + gap

    def _known_after(self, leaf: Leaf, after: Leaf | None) -> bool:
        """Whether letters directly after figures have words, if there are any; a mere slash has none."""
        if isinstance(after, Text) and after.text == "/":
            return False
        return not isinstance(after, Text) or not after.text[:1].isalpha() or self._after(leaf, after.text) is not None

    def _known_before(self, leaf: Leaf, before: Leaf | None) -> bool:
        """Whether letters directly before figures have words, if there are any."""
        if not isinstance(before, Text) or not GLUED_BEFORE.search(before.text):
            return True
        if before.text == "/":
            return False
        return self._before(before.text, leaf) is not None

    def _after(self, figures: Leaf, text: str) -> tuple[str, int] | None:
        """The words for what follows figures (a unit, letters, a slash), and how much of the text that is."""
        words, end = "", 0
        match = self.lexicon.unit.match(text) if self.lexicon.unit else None
        if match and not (match[1] and match[2] in WITHOUT_SPACE):
            words, end = f" {self.lexicon.units[match[2]][0 if _is_one(figures) else 1]}", match.end()
        elif isinstance(figures, COUNTING) and (match := LETTERS_AFTER.match(text)):
            return f" {spell(match[1])}", match.end()
        elif isinstance(figures, Number) and re.match(r"x(?!\w)", text):
            return " times", 1
        if (match := PER.match(text, end)) and not isinstance(figures, Year):
            per = self.lexicon.unit.match(text, match.end()) if self.lexicon.unit else None
            unit = self.lexicon.units[per[2]][0] if per else ""
            return f"{words} per {unit}", per.end() if per else match.end()
        return (words, end) if end else None

    def _before(self, text: str, figures: Leaf) -> tuple[str, int] | None:
        """The words for what leads to figures ("p. 5", "EX160"), and how much of the text is left before it."""
        if not isinstance(figures, (*COUNTING, Phone)):
            return None
        last = LAST_WORD.search(text)
        if last and (word := self.lexicon.before_figures.get(last[1])):
            return f"{word} ", last.start()
        if isinstance(figures, COUNTING) and (match := CAPITALS_BEFORE.search(text)):
            pause = "," if match[2] and (isinstance(figures, Said) or len(figures.text) > 2) else ""
            return f"{spell(match[1])}{pause} ", match.start()
        return None

    def _is_amount(self, number: Number, after: Leaf | None) -> bool:
        """Whether a long run of digits is no code, since a unit follows."""
        match = self.lexicon.unit.match(after.text) if self.lexicon.unit and isinstance(after, Text) else None
        unit = match is not None and not (match[1] and match[2] in WITHOUT_SPACE)
        return unit and not (number.ordinal or number.scale or number.text.startswith("0"))

    def _signs(self, text: str) -> str:
        for sign in sorted(self.lexicon.signs, key=len, reverse=True):
            if sign in text:
                text = text.replace(sign, f" {self.lexicon.signs[sign]} ")
        return text


def _clean(leaf: Inline) -> Inline:
    return Text(text=INVISIBLE.sub("", unicodedata.normalize("NFC", leaf.text))) if isinstance(leaf, Text) else leaf


def _called(leaf: Leaf, written: str) -> Leaf:
    """A short number after "call" is one to call also in "call **999**", of which the reader sees a part at a time."""
    if isinstance(leaf, Number) and leaf.text in SHORT_CODES and CALLING.search(written[-MOST_BEFORE:]):
        return Phone(text=leaf.text, number=leaf.text)
    return leaf


def _is_one(figures: Leaf) -> bool:
    return (isinstance(figures, Number) and figures.value == 1) or (isinstance(figures, Said) and figures.one)


def _without_the(words: str, said: str) -> str:
    """A day after what has been said: "on the" needs no second "the"."""
    return words.removeprefix("the ") if said[-4:].lower() == "the " else words


def finish(said: str) -> str:
    """Words as every voice gets them: plain punctuation, single spaces, and a stop at the end."""
    said = unicodedata.normalize("NFC", INVISIBLE.sub("", said))
    for pattern, replacement in TIDYING:
        said = pattern.sub(replacement, said)
    said = said.rstrip(" ,–")
    return said if not said or said[-1] in ".?!:" else f"{said.rstrip(';')}."


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """The inlines without their markup, which is not heard."""
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Link():
                yield from _leaves(inline.children)
            case _:
                yield inline
