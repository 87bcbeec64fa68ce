"""Turns text into what every language writes alike: addresses, telephone numbers, per cent, money, figures, sentences.

These rules serve a language that has none of its own. They know no words: a month, a time of day or "million" stays
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from model.inlines import Inline, Money, Number, Percentage, Phone, Text, Typed, WebAddress

CURRENCIES: Final[dict[str, Literal["GBP", "EUR", "USD"]]] = {"£": "GBP", "€": "EUR", "$": "USD"}
FIGURES: Final = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,15})?|\d{1,15}(?:\.\d{1,15})?"
SPACE: Final = "[ \u00a0]"
FOUND: Final = (
    r"(?P<email>(?<![\w.'’+-])[\w.'’+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<url>https://[^\s<>\"“”]{0,2000}[^\s<>\"“”.,;:!?(\[\]’')])"
    r"|(?P<domain>(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}"
    r"(?:uk|wales|cymru|scot|london|com|org|net|info|eu|int|gov|edu|ie|io)(?![\w-]|\.\w)(?:/[\w./%#?=&+-]{0,2000}[\w/])?)"
    rf"|(?P<phone>(?<![\w.,£€$+])(?:\+\d{{1,3}}{SPACE}?|0)[1-9](?:{SPACE}?\d){{7,10}}(?![\d,.]\d|\d))"
    rf"|(?P<money>(?<![\w.,])[£€$](?:{FIGURES})(?![\w%]))"
    rf"|(?P<percentage>(?<![\w.,£€$])(?:{FIGURES}){SPACE}?%)"
    rf"|(?P<number>(?<![\w.,£€$/–-])(?:{FIGURES})(?![\w/%–-]|[.,]\d))"
)
"""Compiled at its first use: a language with rules of its own never asks."""


def recognise(text: str, before: str = "", after: str = "", about: str = "") -> tuple[Inline, ...]:  # noqa: ARG001
    """`text` as plain words and typed values, in order; their texts together are `text`."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Inline]:
    at = 0
    for match in re.finditer(FOUND, text):
        if match.start() > at:
            yield Text(text=text[at : match.start()])
        yield _typed(match[0], match.lastgroup or "")
        at = match.end()
    if at < len(text):
        yield Text(text=text[at:])


def _typed(text: str, kind: str) -> Typed:
    match kind:
        case "email":
            return WebAddress(text=text, target=f"mailto:{text}")
        case "url":
            return WebAddress(text=text, target=text)
        case "domain":
            return WebAddress(text=text, target=f"https://{text}")
        case "phone":
            return Phone(text=text, number=_digits(text))
        case "money":
            return Money(text=text, amount=_decimal(text[1:]), currency=CURRENCIES[text[0]])
        case "percentage":
            return Percentage(text=text, value=_decimal(text.rstrip("% \u00a0")))
        case _:
            return Number(text=text, value=_decimal(text))


def dialled(text: str) -> Phone | None:
    """The whole of `text` as a telephone number of any length ("111", "+44 20 7946 0000"); None if it is anything
    else."""
    if not re.fullmatch(r"\+?[\d() \u00a0-]{3,24}", text) or not re.search(r"\d", text):
        return None
    return Phone(text=text, number=_digits(text))


def _digits(text: str) -> str:
    return re.sub(r"[^\d+]", "", text.replace("(0)", "") if text.startswith("+") else text)


def _decimal(figures: str) -> Decimal:
    return Decimal(figures.replace(",", ""))


def sentence_ends(language: str, text: str) -> list[int]:
    """The places in `text` right after each sentence except the last, as sentencex finds them for `language`."""
    import sentencex  # noqa: PLC0415 (3 ms that a page in a language with its own rules does not need)

    at, end, found = 0, len(text.rstrip(" ")), []
    for segment in sentencex.segment(language, text):
        at += len(segment)
        cut = at - (len(segment) - len(segment.rstrip(" ")))
        if cut < min(at, end):
            found.append(cut)
    return found


def plural_category(language: str, number: int) -> str:
    """The plural category of a number of things, by CLDR."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (40 ms, which English does not need)

    try:
        return str(Locale.parse(language, sep="-").plural_form(number))
    except UnknownLocaleError:  # CLDR's root locale has this category only
        return "other"


def figure_hint(text: str) -> str:  # noqa: ARG001 (no rule knows more)
    """A hint for a `value` that cannot be drawn as a figure."""
    return "Write a figure, such as 55%, £9.50 or 1,900."


def contact_hint(key: str, text: str) -> str:  # noqa: ARG001
    """A hint for a telephone number with other words around it."""
    return f"Write the number alone, `{key}: 0800 77 66 00`, and the rest in `about:` or `hours:`."


def inflected(word: str, say: str | None) -> tuple[tuple[str, str | None], ...]:  # noqa: ARG001
    """The other forms of a word, each with how it is said. No shared rule knows any."""
    return ()
