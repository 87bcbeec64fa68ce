"""Inlines to English words: what a careful reader would say, with nothing left that a voice would have to guess.

Each typed value has its words (numbers.py), each abbreviation its letters; other words go through the lexicon. What an
abbreviation stands for the Document says, in a sentence at first use. What has no words, a sign or figures with letters
that no rule knows, is left as it is written, for guard.py to refuse by name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, assert_never

from languages.base import Remark
from languages.en import capitals, numbers, signs
from languages.en.days import Days
from languages.en.disambiguate import readings
from languages.en.figures import together
from languages.en.letters import plural, spell
from languages.en.lexicon import Lexicon
from languages.en.names import named
from languages.en.recognise import CALLING, SHORT_CODES
from languages.en.roman import numerals
from languages.en.tokens import Leaf, Said, joint
from languages.en.units import FIGURES, REFERENCE, Beside
from model.document import (
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
from model.traverse import text_of

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
PER_TIME: Final = re.compile(
    r"(?<=s)/(?=(?:second|minute|hour|day|night|week|month|year|person)\b|(?:hr|wk|yr|kg|km|km²|m²|ha)(?!\w))"
    r"|(?<=people)/(?=k?m²)"
)
DOTTED_NAME: Final = re.compile(r"(?<![^\s(“])\.[a-z]{2,10}(?:\.[a-z]{2,10}){0,3}(?!\w)")
"""The end of an address: ".gov.uk"."""
WHAT3WORDS: Final = re.compile(r"(?<!\S)///(?=\w|\Z)")
DOTTED: Final = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?!\w)|(?<![\w.])[A-Z](?:\.[A-Z])+(?![\w])")
POWER: Final = re.compile(r"(?<=(?<!\w)[^\W\d_])([²³])(?!\w)")
POWERS: Final = {"²": " squared", "³": " cubed"}
INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
PLAIN: Final = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*(?:[,;:.?!]? [A-Za-z]+(?:['-][A-Za-z]+)*)*[.?!:]?")
LETTER: Final = re.compile("(?<![\\w-])(?:A(?!\\w)|[A-Z]-)")
"""Most sentences are words, commas and a stop, which need no tidying: a third of the time that a script takes."""
LISTED_DAY: Final = re.compile(
    r"(?:first|second|third|fourth|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|teen|tie)th)(?:,|,?\s+(?:and|or))\s+\Z"
)
MOST_BEFORE: Final = 120
TO_TIME: Final = re.compile(r"(?<=[a-z])[–-]\Z")

# Applied in order to what has been put together.
TIDYING: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+", " "),
        ("[\u2010\u2011]", "-"),
        (r"(?<=\w)[’']s\b", "'s"),
        (r"(?<=\w)[’'](?=\w)", "'"),
        (r"(?<=\w)(?:[“”\"„«»]|['’‘“”\"„«»]{2,})(?=\w)", " "),
        (r"[“”\"„«»‘’]|(?<!\w)'|'(?!\w)", ""),  # quotation marks: a voice has no good way with them
        (r"[\[({]", ", "),
        (r"[\])}]", ","),
        (r"…|\.{2,}", ","),
        (r"\s*[—―]+\s*|\s+[–-]+\s+", " – "),
        (r"(?<=[^\W\d])–(?=\w)", "-"),
        (r"(?<![\w-])-+(?=\w)|(?<=\w)-+(?![\w-])", ""),  # "-x" and the "pre-" of "pre- and post-"
        (r"(?<![\w-])([A-Z])[–-](?=[A-Z](?!\w))", r"\1 to "),
        (r"\s+", " "),
        (r"[, ]+,", ","),
        (r" ([.;:!?])", r"\1"),
        (r",+ ?(?=[.;:!?–])|(?<=[.;:!?–]) ?,+(?=\s|\Z)", ""),
        (r"(?: -)?\s*–[\s–-]*", " – "),
        (r"(?: –)? (?=[,.;:!?])", ""),
        (r",+(?=[.;:!?])", ""),
        (r"\.{2,}", "."),
        (r"(?<=[^\W\d]),(?=\w)|(?<=\d),(?=[^\W\d])", ", "),
        (r"\A[\s,.;:!?–]+", ""),
        # "Class A": the article is never a capital within a sentence, nor before a stop or another letter
        (r"(?<=\w )A(?=[\s,.;:!?–]|\Z)|(?<![\w-])A(?=[,.;:!?]|[\s–]*\Z| –| (?:or|and|to) [A-Z]\b)", "ay"),
    )
)


Heard: TypeAlias = tuple[str, tuple[Remark, ...]]


class English:
    """English speech with a lexicon. A script is written up to three times to say how long it is, and again for each
    change of a document: what a sentence has become is kept, which makes 1 ms of 6."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.days = Days(lexicon)
        self.beside = Beside(lexicon)
        self.said: Callable[..., Heard] = functools.lru_cache(maxsize=1024)(self._said)

    def words(self, inlines: tuple[Inline, ...], about: str = "") -> str:
        """The words of one sentence; `about` is the header of a cell."""
        return self.said(inlines, about)[0]

    def _said(self, inlines: tuple[Inline, ...], about: str) -> Heard:
        """The words of one sentence, and remarks on those that were guessed."""
        finished = self._words(inlines, about)
        words, left_out = signs.say(finished)
        if words != finished:
            words = finish(words)
        words, guessed = capitals.say(words, self.lexicon.capitals)
        return words, (*left_out, *guessed)

    def _words(self, inlines: tuple[Inline, ...], about: str = "") -> str:
        """The words of one sentence, ending in a stop so that the voice falls; `about` is the header of a cell."""
        read: list[Leaf] = [_clean(leaf) for leaf in _leaves(inlines)]
        if any(isinstance(leaf, FIGURES) for leaf in read):
            read = readings(named(read), about)
        leaves = together((leaf for leaf in read if leaf != Text(text="")), self.lexicon.say)
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
            if piece.isdecimal():
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
        if isinstance(leaf, FIGURES) and not self.beside.knows(leaf, before, after):
            return leaf.text
        match leaf:
            case Text():
                return self._text(leaf.text, before, after)
            case Strong() | Emphasis() | Link():
                raise AssertionError("leaves have no children")
            case Abbreviation():
                return self._abbreviation(leaf)
            case Term():
                return capitals.unstressed(leaf.say)
            case Foreign():
                return capitals.unstressed(leaf.say) if leaf.say else self._text(leaf.text, None, None)
            case Said():
                return leaf.words
            case Number() if self.beside.is_amount(leaf, after):
                return numbers.decimal(leaf.value)
            case Number() if isinstance(before, Text) and REFERENCE.search(f"{before.text[-2:]}{leaf.text}"):
                return numbers.code(leaf.text)
            case Money() | Percentage() | Number() | Time() | Year():
                return numbers.value(leaf)
            case Date() | Day():
                return _without_the(numbers.day(leaf), said)
            case Range():
                return _without_the(numbers.span(leaf, joint(said)), said)
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
            return capitals.unstressed(said)
        one = leaf.text.removesuffix("s")
        if one in self.lexicon.capitals:
            return plural(self.lexicon.capitals[one])
        return spell(leaf.text) if one.isupper() else self._text(leaf.expansion, None, None)

    def _text(self, text: str, before: Leaf | None, after: Leaf | None) -> str:
        """Words; the first of them may belong to figures before them, the last to figures after."""
        if isinstance(before, FIGURES) and isinstance(after, FIGURES) and _joins(text, before, after):
            return " to "
        head, start = (isinstance(before, FIGURES) and self.beside.after(before, text)) or ("", 0)
        tail, end = (isinstance(after, FIGURES) and self.beside.before(text[start:], after)) or ("", len(text) - start)
        words = text[start : start + end]
        if (head or tail) and isinstance(after, FIGURES) and isinstance(before, FIGURES) and words in ("–", "-"):
            words = " to "
        elif isinstance(after, Time) and not tail:
            words = TO_TIME.sub(" to ", words)
        figures_before = not start and isinstance(before, FIGURES)
        figures_after = not tail and isinstance(after, FIGURES)
        words = self.days.full(words, figures_before, figures_after)
        if "/" in words:
            words = PER_TIME.sub(" per ", WHAT3WORDS.sub("", words))
        if "." in words:
            words = DOTTED_NAME.sub(lambda match: self.address(match[0]), words)
        words = self.lexicon.apply(numerals(words))
        if "." in words:
            words = DOTTED.sub(lambda match: spell(match[0].replace(".", "")), words)
        if not words.isascii():
            words = POWER.sub(lambda match: POWERS[match[1]], words)
        gap = " " if head and not words and not tail and after is not None else ""
        return head + self._signs(words) + tail + gap

    def _signs(self, text: str) -> str:
        sign = self.lexicon.sign
        return sign.sub(lambda match: f" {self.lexicon.signs[match[0]]} ", text) if sign else text


@functools.lru_cache(maxsize=8)
def english(lexicon: Lexicon) -> English:
    """The one speech of a lexicon, with what it remembers."""
    return English(lexicon)


def _clean(leaf: Inline) -> Inline:
    if not isinstance(leaf, Text) or leaf.text.isascii():
        return leaf
    return Text(text=INVISIBLE.sub("", unicodedata.normalize("NFC", leaf.text)))


def _called(leaf: Leaf, written: str) -> Leaf:
    """A short number after "call" is one to call also in "call **999**", of which the reader sees a part at a time."""
    if isinstance(leaf, Number) and leaf.text in SHORT_CODES and CALLING.search(written[-MOST_BEFORE:]):
        return Phone(text=leaf.text, number=leaf.text)
    return leaf


def _joins(text: str, start: Leaf, end: Leaf) -> bool:
    """Whether a dash between two values that the reader has not taken for a range is "to" all the same."""
    alike = type(start) is type(end) and isinstance(start, Time | Money | Percentage)
    return text in ("–", "-") or (alike and text.strip(" \u00a0") in ("–", "-"))


def _without_the(words: str, said: str) -> str:
    """A day after what has been said: "on the", and "the twenty-fifth and", need no second "the"."""
    return words.removeprefix("the ") if said[-4:].lower() == "the " or LISTED_DAY.search(said[-20:]) else words


def finish(said: str) -> str:
    """Words as every voice gets them: plain punctuation, single spaces, and a stop at the end."""
    if said.isascii() and PLAIN.fullmatch(said) and not LETTER.search(said):
        return said if said[-1] in ".?!:" else f"{said}."
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
