"""In what braille read back by liblouis may differ from print: each rule with an example. docs/braille.md shows the
same list, by test.

`ALIKE` are signs that print writes in several ways and braille in one. `MISREAD` are cells that the rules of UEB
demand, and that the library reads otherwise than a person does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Signs that are one in braille. All are read as the first."""

    name: str
    signs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """What the library reads back as `read`, and print has as `print`."""

    name: str
    read: str
    print: str
    pattern: str
    becomes: str


ALIKE = (
    Alike(name="dashes", signs="–—"),
    Alike(name="double quotation marks", signs='"“”'),
    Alike(name="apostrophe and closing single quotation mark", signs="'’"),
    Alike(name="space and no-break space", signs=" \N{NO-BREAK SPACE}"),
    Alike(name="hyphen, non-breaking hyphen and minus", signs="-\N{NON-BREAKING HYPHEN}−"),
    Alike(name="the letter x and the sign of multiplication", signs="x×"),
)
MISREAD = (
    Misread(name="the signs of strong words", read="\\45/", print="", pattern=r"\\45/[,'′]?", becomes=""),
    Misread(name="the colon of a web address", read="httpscc//", print="https://", pattern="cc//", becomes="://"),
    Misread(name="an s after capitals", read="UK'S", print="UK's", pattern=r"(?<=[A-Z])'S\b", becomes="'s"),
    Misread(name="the word “enough”", read="en", print="enough", pattern=r"\ben\b", becomes="enough"),
    Misread(name="a semicolon after a bracket", read="(DKA)be", print="(DKA);", pattern=r"(?<=\))be(?= )", becomes=";"),
    Misread(name="“below” before a bracket", read="bel)", print="below)", pattern=r"\bbel(?=\))", becomes="below"),
    Misread(name="a V after a full stop", read="B.Very.", print="B.V.", pattern=r"(?<=\.)Very(?=\.)", becomes="V"),
)


def same(words: str) -> str:
    """Words with one sign for those that are alike, and single spaces."""
    for alike in ALIKE:
        for sign in alike.signs[1:]:
            words = words.replace(sign, alike.signs[0])
    return " ".join(words.split())


def as_printed(read_back: str) -> str:
    """What the library reads back, as a person reads it."""
    words = same(read_back)
    for one in MISREAD:
        words = re.sub(one.pattern, one.becomes, words)
    return " ".join(words.split())
