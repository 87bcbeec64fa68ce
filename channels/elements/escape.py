"""Turns a frame of markup and its parts into markup. Everything that is not Markup itself is escaped on the way.

`Markup.format`, `Markup.join` and `escape` do the same but take three to four times as long: of each text they ask
whether it knows better how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Characters that a document of HTML (HTML Standard, 13.2.3.5) or XML may not hold: controls, surrogates, noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NOTHING = Markup("")


def fill(frame: str, *parts: object, **named: object) -> Markup:
    """`frame` with its parts in the places `{}` or `{name}`. A frame is written in the program and never made of
    data."""
    safe = [part if isinstance(part, Markup) else escape(part) for part in parts]
    if not named:
        return str.__new__(Markup, frame.format(*safe))
    escaped = {name: part if isinstance(part, Markup) else escape(part) for name, part in named.items()}
    return str.__new__(Markup, frame.format(*safe, **escaped))


def join(between: str, parts: Iterable[object]) -> Markup:
    """The parts one after the other, with `between` between two of them. `between` is also written in the program."""
    safe = [part if isinstance(part, Markup) else escape(part) for part in parts]
    return str.__new__(Markup, str.join(between, safe))


def escape(part: object) -> Markup:
    """A text, or a number, as markup that shows it. The signs are written as MarkupSafe writes them."""
    text = part if type(part) is str else str(part)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return str.__new__(Markup, text.replace("'", "&#39;").replace('"', "&#34;"))


def permitted(document: str) -> str:
    """A whole document with U+FFFD for every character that may not stand in one."""
    return FORBIDDEN.sub(REPLACEMENT, document.replace("\r", "\n"))
