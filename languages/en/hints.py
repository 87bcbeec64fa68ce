"""Turns what an English author typed for a figure or a telephone number into a hint of what to type instead."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from languages.en.recognise import values
from model.inlines import Money, Number, Percentage, Phone, Range, Value, Year

SHORT: Final = {"k": "thousand", "m": "million", "bn": "billion", "tn": "trillion"}
SCALED: Final = re.compile(r"([\d.,]+) ?(k|m|bn|tn)", re.IGNORECASE)
PER_CENT: Final = re.compile(r"([\d.,]+) per ?cent", re.IGNORECASE)
ONE_IN: Final = re.compile(r"(\d+) in (\d[\d,]*)")
FRACTIONS: Final = {"½": "1 in 2", "⅓": "1 in 3", "¼": "1 in 4", "¾": "3 in 4", "half": "1 in 2"}
FIGURE: Final = "Write a figure, such as 55%, £9.50, 1,900 or 6.7 million."
NUMBER: Final = "Write it as in: `phone: 0800 77 66 00`. What else there is to say goes in `about:` or `hours:`."
TIMES: Final = re.compile(r"\d\s*(?:am|pm|hours?|hrs)\b|\d:\d\d|\bday|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", re.IGNORECASE)


def figure_hint(text: str) -> str:
    """A hint for a `value` that cannot be drawn as a figure."""
    text = FRACTIONS.get(text.lower(), text)
    if match := SCALED.fullmatch(text):
        return f"Write it with the word, `{match[1]} {SHORT[match[2].lower()]}`."
    if match := PER_CENT.fullmatch(text):
        return f"Write it with its sign, `{match[1]}%`."
    if (match := ONE_IN.fullmatch(text)) and (whole := int(match[2].replace(",", ""))):
        share = f"{Decimal(match[1]) / whole * 100:.2f}".rstrip("0").rstrip(".")
        return f"Write it as a percentage, `{share}%`, with `direction: share`. The sentence may say it in its own way."
    match _values_in(text):
        case [Year(value=year)]:
            return f"It is read as a year. Write it with a comma, `{year:,}`."
        case [Money() | Number() as one] if not one.scale and (larger := _larger(one.text, text)):
            return f"Write it with the word, `{one.text} {larger}`."
        case [Money() | Percentage() | Number() as one] if _stands_alone(one.text, text):
            return f"Write the figure alone, `{one.text}`, and the words around it in `label:`."
        case [_, _, *_]:
            return f"One figure can be drawn. {FIGURE}"
        case _:
            return FIGURE


def _larger(figure: str, text: str) -> str:
    """The word that makes a figure larger where one is meant and spelt in another way ("5 milion", "5 mıllion");
    "" where none is."""
    word = next(iter(text.partition(figure)[2].split()), "").strip(".,;:()").lower()
    bare = unicodedata.normalize("NFKD", word).replace("ı", "i").encode("ascii", "ignore").decode()
    return next(iter(get_close_matches(bare.removesuffix("s"), SHORT.values(), n=1, cutoff=0.75)), "")


def _stands_alone(figure: str, text: str) -> bool:
    """True if only words stand around a figure, none of which makes it a larger one."""
    before, _, after = text.partition(figure)
    words = f"{before} {after}".split()
    apart = before[-1:] in ("", " ", "(") and after[:1] in ("", " ", ")", ",", ";")
    return apart and any(map(str.isalpha, words)) and not {*words} & {*SHORT.values()}


def _values_in(text: str) -> list[Value]:
    found: list[Value] = []
    for value in values(text):
        if isinstance(value, Range):
            found += [value.start, value.end]
        elif isinstance(value, Value):
            found.append(value)
    return found


def contact_hint(key: str, text: str) -> str:
    """A hint for a telephone number with other words around it, or for two numbers."""
    phones = [inline for inline in values(text) if isinstance(inline, Phone)]
    if not phones:
        return NUMBER.replace("phone", key)
    first = phones[0].text
    if len(phones) > 1:
        return f"Write one number here, `{key}: {first}`, and the other in `about:` or in a contact of its own."
    rest = " ".join(text.replace(first, " ").split()).strip(" ()-–,;:")
    other = "hours" if TIMES.search(rest) else "about"
    return f"Write the number alone, `{key}: {first}`, and the rest in a line of its own, `{other}: {rest}`."
