"""A frame of markup and its parts into markup: whatever is not Markup itself is escaped on the way.

The same as `Markup.format` and `Markup.join`, which take four times as long: 1 ms of the 2 that a page then took.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def fill(frame: str, *parts: object, **named: object) -> Markup:
    """`frame`, which is written in the program and never made of data, with its parts in the places that it leaves
    for them: `{}` or `{name}`."""
    escaped = {name: _safe(part) for name, part in named.items()}
    return Markup(frame.format(*[_safe(part) for part in parts], **escaped))  # noqa: S704 (every part is escaped)


def join(between: str, parts: Iterable[object]) -> Markup:
    """The parts one after the other, with `between`, which is the program's own too, between two of them."""
    return Markup(between.join([_safe(part) for part in parts]))  # noqa: S704


def _safe(part: object) -> Markup:
    """`part` as markup; what is markup is left as it is, and not copied as `escape` would."""
    return part if isinstance(part, Markup) else escape(part)
