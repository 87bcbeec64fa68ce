"""Turns inlines into English words: what a careful reader would say, so that no voice has to guess.

Each typed value has its words (numbers.py), each abbreviation its letters; other words go through the lexicon. The
Document explains an abbreviation in a sentence at its first use. What has no words, such as a sign or figures with
letters that no rule knows, stays as it is written, and unspeakable.py refuses it by name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from languages.base import Remark
from languages.en import around_figures, capitals, heteronyms, numbers, plain_text, signs, stops, wording
from languages.en.alike import alike
from languages.en.behind_figures import behind
from languages.en.days import Days
from languages.en.letters import plural, spell
from languages.en.lexicon import Lexicon
from languages.en.lists import address_signs
from languages.en.patterns import later
from languages.en.phrases import words_in
from languages.en.pronunciation import Names
from languages.en.roman import numerals
from languages.en.tidying import INVISIBLE, finish
from languages.en.tokens import FIGURE_TYPES, leaves_of
from languages.en.wording import Place
from model.inlines import (
    Abbreviation,
    Ambiguous,
    Code,
    Date,
    Day,
    Emphasis,
    FootnoteMark,
    Foreign,
    Fraction,
    Inline,
    Joined,
    Link,
    Money,
    Number,
    Percentage,
    Phone,
    Quantity,
    Range,
    Reference,
    Strong,
    Term,
    Text,
    Time,
    Unit,
    WebAddress,
    Year,
)
from model.traverse import text_of

PER_TIME: Final = later(
    r"(?:(?<=s)|(?<=twice)|(?<=once)|(?<=/person)|(?<=/household))/(?=(?:second|minute|hour|day|night|week|month|year|person)\b|(?:hr|min|sec|wk|yr|ml|mL|l|L|kg|km|km²|m²|ha)(?!\w))"
    r"|(?<=people)/(?=k?m²)"
)
DOTTED_NAME: Final = later(r"(?<![^\s(“])\.[a-z]{2,10}(?:\.[a-z]{2,10}){0,3}(?!\w)")
"""The end of an address: ".gov.uk"."""
WHAT3WORDS: Final = re.compile(r"(?<!\S)///(?=\w|\Z)")
SURELY_DOTTED: Final = later(r"[A-Z]\.[A-Z]")
DOTTED: Final = later(r"(?<![\w.])(?:[A-Z]\.){2,}(?!\w)|(?<![\w.])[A-Z](?:\.[A-Z])+(?![\w])")
POWER: Final = later(r"(?:(?<=(?<!\w)[^\W\d_])|(?<=(?<!\w)[^\W\d_]{2}))([²³])(?!\w)")
POWERS: Final = {"²": " squared", "³": " cubed"}
INVERSE: Final = later(r"(?<=[^\W\d_])⁻[¹²³⁴⁵⁶⁷⁸⁹](?!\w)")
"""A negative power behind a letter or a unit: kg m⁻³."""
LETTERED: Final = frozenset({"b.", "d.", "r."})
"""Letters that are short for born, died and reigned. At the start of a text they are letters of a list."""
CODED: Final = later(r"[A-Z\d]+(?:[ \u00a0-][A-Z\d]+){0,3}")
"""A short name of capitals and figures: G20, CTA 2010."""
AFTERNOON: Final = later(r"(?<![\d.,:£€$])(?:1[3-9]|2[0-3])[.:][0-5]\d(?![\d%])")
"""A time that only the twenty-four hour clock has."""
LAST_WORD: Final = later(r"(?<![\w'’])([^\W\d_]{1,5}\.?)([ \u00a0]?)\Z")
MINUTES: Final = frozenset({"min", "min."})
REGISTERED: Final = frozenset({"reg", "reg.", "regn", "regn."})
"""Short words before the plate of a vehicle, whose letters no regulation has."""
LARGE: Final = 1000
JOINED: Final = later(r"[^\W_]\Z|[^\W\d_][.,;:!?]\Z")
"""Matches a text right before figures that needs a space: a word, or a stop without its space."""
FAR: Final = 120
LISTED_DAY: Final = later(
    r"(?:first|second|third|fourth|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|teen|tie)th)(?:,|,?\s+(?:and|or))\s+\Z"
)
DAY_TO: Final = later(r"(?<=day) [–-] \Z")
"""The dash of "5pm Friday – 9am Monday"."""
TO_TIME: Final = later(r"(?<=[a-z])(?<!-to)[–-]\Z")


Heard: TypeAlias = tuple[str, tuple[Remark, ...]]


class English:
    """English speech with one lexicon. It remembers what each sentence became: a script is written up to three times
    to say how long it is, and again for each change of a document. That saves 1 ms of 6."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.days = Days(lexicon)
        self.names = Names(lexicon.names)
        self.first_signs = frozenset(sign[0] for sign in lexicon.signs)
        self.said: Callable[[tuple[Inline, ...]], Heard] = functools.lru_cache(maxsize=1024)(self._said)

    def words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence."""
        return self.said(inlines)[0]

    def _said(self, inlines: tuple[Inline, ...]) -> Heard:
        """The words of one sentence, and remarks on those that were guessed."""
        finished = self._words(inlines)
        words, left_out = signs.say(finished)
        if words != finished:
            words = finish(words)
        words, stopped = stops.say(words, self.address)
        meant, undecided = heteronyms.say(words, present := words_in(words))
        named = self.names.say(meant, present if meant is words else words_in(meant))
        words, guessed = capitals.say(named, self.lexicon.capitals)
        return words, (*left_out, *stopped, *_notes(inlines), *undecided, *guessed)

    def _words(self, inlines: tuple[Inline, ...]) -> str:
        """The words of one sentence before signs, stops and capitals are replaced. They end in a stop so that the
        voice falls."""
        leaves = [_clean(leaf) for leaf in leaves_of(inlines)]
        leaves = [
            leaf
            for leaf in leaves
            if not (isinstance(leaf, FootnoteMark) or (isinstance(leaf, Text) and not leaf.text))
        ]
        texts = [text_of((leaf,)) for leaf in leaves]
        whole = "".join(texts)
        day = any(not isinstance(leaf, Text) for leaf in leaves) and AFTERNOON.search(whole) is not None
        said, at, glued = "", 0, False
        for place, leaf in enumerate(leaves):
            end = at + len(texts[place])
            around = Place(before=whole[max(0, at - FAR) : at], after=whole[end : end + FAR], day=day)
            before = leaves[place - 1] if place else None
            after = leaves[place + 1] if place + 1 < len(leaves) else None
            words = self._leaf(leaf, said, around, before, after)
            figures = not isinstance(leaf, Text)
            if (figures or glued) and JOINED.search(said[-2:]) and words[:1].isalnum():
                said += " "
            said += words
            glued, at = figures, end
        return finish(said)

    def address(self, text: str) -> str:
        """A web or e-mail address in words: "drugs dot gov dot U K"."""
        bare = re.sub(r"\A(?:https?://|mailto:)|/+\Z", "", text)
        words = []
        for piece in re.findall(r"[^\W\d_]+|\d|.", bare):
            if piece.isdecimal():
                words.append(numbers.DIALLED[int(piece)])
            elif piece.isalpha():
                words.append(self._label(piece))
            else:
                words.append(address_signs().get(piece, piece))
        return " ".join(words)

    def _label(self, label: str) -> str:
        """A part of an address, as a word where it can be said as one."""
        sayable = len(label) > 1 and re.search("[aeiouy]", label.lower())
        return label.lower() if sayable and label.lower() not in self.lexicon.address_letters else spell(label)

    def _leaf(self, leaf: Inline, said: str, place: Place, before: Inline | None, after: Inline | None) -> str:
        if isinstance(leaf, FIGURE_TYPES) and (known := self.lexicon.say.get(leaf.text.replace("\u00a0", " "))):
            return known
        match leaf:
            case Text():
                return self._text(leaf.text, place, before, after)
            case Strong() | Emphasis() | Link() | FootnoteMark():
                raise AssertionError("these are no leaves that are said")
            case Abbreviation():
                return self._abbreviation(leaf)
            case Term():
                return capitals.unstressed(leaf.say)
            case Foreign():
                return capitals.unstressed(leaf.say) if leaf.say else self._text(leaf.text, place, None, None)
            case Date() | Day():
                return _without_the(numbers.day(leaf), said)
            case Money() | Percentage() | Number() | Fraction() | Quantity() | Time() | Year():
                return wording.value(leaf, place)
            case Range():
                return _without_the(wording.span(leaf, place, said), said)
            case Joined():
                return _without_the(wording.joined(leaf, place), said)
            case Code():
                return wording.code(leaf, self.lexicon.capitals)
            case Reference():
                return wording.reference(leaf)
            case Unit():
                return wording.unit(leaf, single=said.rstrip()[-3:] == "per")
            case Phone():
                return numbers.phone(leaf)
            case Ambiguous():
                return leaf.text
            case WebAddress():
                return self.address(leaf.text)
            case _:
                assert_never(leaf)

    def _abbreviation(self, leaf: Abbreviation) -> str:
        """An abbreviation as the author or the lexicon says it, else letter by letter. "Dept" has no capitals and is
        said in full, "FReM" has two and is not."""
        said = leaf.say or self.lexicon.say.get(leaf.text)
        if said:
            return capitals.unstressed(said)
        if any(map(str.isdecimal, leaf.text)) and CODED.fullmatch(leaf.text):
            return wording.name(leaf.text, self.lexicon.capitals)
        one = leaf.text.removesuffix("s")
        if one in self.lexicon.capitals:
            return plural(self.lexicon.capitals[one])
        initials = one.isupper() or (len(one) <= capitals.FEW and sum(map(str.isupper, one)) > 1)
        return spell(leaf.text) if initials else self._text(leaf.expansion, Place(), None, None)

    def _text(self, text: str, place: Place, before: Inline | None, after: Inline | None) -> str:
        """Words between values. Their last word may belong to figures after them ("p. 5"), their first to figures
        before them."""
        figures_before, figures_after = isinstance(before, FIGURE_TYPES), isinstance(after, FIGURE_TYPES)
        if figures_before and figures_after and (between := around_figures.between(text, before, after, place)):
            return between
        if figures_after or isinstance(after, Unit):
            text = around_figures.leading(text, figures_before, after, place)
        if before is not None:
            text = behind(before, text, place)
        tail = ""
        if figures_after:
            text, tail = self._before_figures(text, place, after)
        if isinstance(after, Time) and not tail:
            text = TO_TIME.sub(" to ", DAY_TO.sub(" to ", text) if isinstance(before, Time) else text)
        if ">" in text:
            text = plain_text.path(text, place.before, place.after)
        present = words_in(text)
        words = self.days.full(text, present, figures_before, figures_after and not tail)
        if "/" in words:
            words = PER_TIME.sub(" per ", WHAT3WORDS.sub("", words))
        if "." in words:
            words = DOTTED_NAME.sub(lambda match: self.address(match[0]), words)
        known = present if words is text else words_in(words)
        plain = numerals(plain_text.before_lexicon(words, known))
        words = self.lexicon.apply(plain, known if plain is words else words_in(plain))
        words = plain_text.money_signs(plain_text.after_lexicon(words))
        if "." in words and SURELY_DOTTED.search(words):
            words = DOTTED.sub(lambda match: spell(match[0].replace(".", "")), words)
        if "²" in words or "³" in words:
            words = POWER.sub(lambda match: POWERS[match[1]], words)
            words = INVERSE.sub(lambda match: f" to the power {numbers.raised(match[0])}", words)
        return self._signs(words) + tail

    def _before_figures(self, text: str, place: Place, figures: Inline | None) -> tuple[str, str]:
        """A text without the short word that leads to figures ("p.", "No"), and what is said for that word."""
        rest = place.after[len(getattr(figures, "text", "")) :]
        if (match := around_figures.NUMBER.search(text)) and around_figures.is_number(
            match, f"{place.before}{text[: match.start()]}", figures, rest
        ):
            return text[
                : match.start()
            ], f"{'numbers' if match[2] else 'number'} {spell(match[4]) + ' ' if match[4] else ''}"
        last = LAST_WORD.search(text)
        if last and not last.start() and place.before[-1:].isdigit():
            return text, ""
        if last and last[1] == "c." and isinstance(figures, Number):
            about = around_figures.short_c(f"{place.before}{text[: last.start()]}", rest)
            return (text[: last.start()], f"{about} ") if about else (text, "")
        if last and last[1] == "p" and not last[2] and rest[:1] == "+":
            return text, ""
        if last and last[1] in LETTERED and last[2] and not f"{place.before}{text[: last.start()]}".strip():
            return text, ""
        if last and last[1] in ("Ch", "ch", "Ch.", "ch.") and "VHF" in f"{place.before}{text}{place.after}":
            return text[: last.start()], "channel "
        if last and last[1].lower() in REGISTERED and isinstance(figures, Code) and figures.text[0].isalpha():
            return text[: last.start()], "registration "
        if last and last[1] in ("v", "v.") and isinstance(figures, Code) and figures.text[0].isalpha():
            return text[: last.start()], "versus "
        if last and last[1].lower() in MINUTES and isinstance(figures, Joined) and "/" in figures.text:
            return text[: last.start()], "minute "
        if last and (word := _of_title(self._known(figures), last[1])):
            return text[: last.start()], f"{word} "
        return text, ""

    def _known(self, figures: Inline | None) -> Mapping[str, str]:
        """The short words that may stand before such figures, each with how it is said."""
        match figures:
            case Year() | Date() | Day():
                return self.lexicon.before_years
            case Money() | Percentage() | Quantity() | Range(end=Money() | Percentage() | Quantity()):
                return (
                    {**self.lexicon.before_years, **self.lexicon.before_amounts}
                    if not isinstance(figures, Quantity)
                    else self.lexicon.before_amounts
                )
            case Number() if figures.scale or figures.value >= LARGE:
                return {**self.lexicon.before_figures, **self.lexicon.before_amounts}
            case Number() | Range() | Joined() | Code() | Reference() | Phone():
                return self.lexicon.before_figures
            case _:
                return {}

    def _signs(self, text: str) -> str:
        sign = self.lexicon.sign
        if sign is None or self.first_signs.isdisjoint(text):
            return text
        return sign.sub(lambda match: f" {self.lexicon.signs[match[0]]} ", text)


@functools.lru_cache(maxsize=8)
def english(lexicon: Lexicon) -> English:
    """The speech of a lexicon. The same lexicon always gives the same object, which remembers what it said."""
    return English(lexicon)


def _of_title(known: Mapping[str, str], word: str) -> str:
    """How a short word is said; one with a capital like the same in small letters: "Ext" like "ext"."""
    if word in known or len(word) < len("ext") or not word.istitle():
        return known.get(word, "")
    said = known.get(word.lower(), "")
    return said[:1].upper() + said[1:]


def _clean(leaf: Inline) -> Inline:
    if not isinstance(leaf, Text):
        return (
            replace(leaf, text=alike(leaf.text)) if isinstance(leaf, FIGURE_TYPES) and not leaf.text.isascii() else leaf
        )
    if leaf.text.isascii():
        return leaf
    return Text(text=alike(INVISIBLE.sub("", unicodedata.normalize("NFC", leaf.text))))


def _notes(inlines: tuple[Inline, ...]) -> tuple[Remark, ...]:
    """Remarks on the numbers of footnotes, which are not spoken."""
    texts = (leaf.text for leaf in leaves_of(inlines) if isinstance(leaf, Text) and not leaf.text.isascii())
    found = [match[0] for text in texts if plain_text.has_note(text) for match in plain_text.NOTE.finditer(text)]
    return tuple(Remark(code="sign-left-out", written=sign, said="") for sign in dict.fromkeys(found))


def _without_the(words: str, said: str) -> str:
    """`words` without a second "the", after "on the" or "the twenty-fifth and"."""
    return words.removeprefix("the ") if said[-4:].lower() == "the " or LISTED_DAY.search(said[-20:]) else words
