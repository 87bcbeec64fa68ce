"""Turns dashes and spaces of which there are several into one of each, so that every rule has to know one.

A text keeps its length, so that what is found in it stands at the same places in the text as written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from model.inlines import Inline, Text, Typed

SPACES: Final = "\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
ALIKE: Final = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", **dict.fromkeys(SPACES, "\u00a0")}
)
"""Hyphens, the dash of figures and the bar; spaces that are narrow, wide or not broken."""
FOUND: Final = re.compile(f"[\u2010-\u2012\u2015{SPACES}]")


def alike(text: str) -> str:
    """`text` with one sign for all that look alike."""
    return text if text.isascii() or not FOUND.search(text) else text.translate(ALIKE)


def as_written(found: tuple[Inline, ...], text: str) -> tuple[Inline, ...]:
    """The same inlines with their texts as they are written in `text`, which was made alike before they were found."""
    at, written = 0, []
    for one in found:
        assert isinstance(one, Typed | Text)
        end = at + len(one.text)
        written.append(replace(one, text=text[at:end]))
        at = end
    return tuple(written)
