"""Turns one rule of a publisher's style sheet into faults of layout: what would not fit a narrow window, large letters,
or the words beside it.

Nothing is laid out here, because a page can have any width. The rules themselves are read, which gives warnings
about some harmless rules, and misses a few that do harm. Paper is laid out, so it is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import tinycss2
from tinycss2.ast import Declaration, Node

NARROW: Final = 288.0
"""The pixels for text in a window that is 320 pixels wide (WCAG 2.2, 1.4.10)."""

PIXELS: Final = {
    **{"px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6},
    **{"em": 18.0, "rem": 18.0, "ch": 10.0, "ex": 9.0, "ic": 18.0, "lh": 27.0, "rlh": 27.0, "cap": 13.0},
    **{f"{kind}{side}": 3.2 for kind in ("", "s", "l", "d") for side in ("vw", "vi", "vmax")},
}
"""Each unit in pixels, in a window of 320 pixels with letters of 18."""

WIDTHS: Final = ("width", "min-width", "inline-size", "min-inline-size", "flex", "flex-basis")
TRACKS: Final = ("grid-template-columns", "grid-auto-columns", "grid-template", "grid")
HEIGHTS: Final = ("height", "max-height", "block-size", "max-block-size")
SPACES: Final = ("margin", "inset", "text-indent", "letter-spacing", "word-spacing")
PLACES: Final = ("left", "right", "top", "bottom")
TIGHT: Final = 1.0
"""The least line height at which lines do not run into each other."""

IN_A_QUERY: Final = 360.0
"""A window from this width in pixels is not narrow, with letters of 18 pixels in place of 16."""

WORDLESS: Final = re.compile(r"(?:^|[\s>+~])(?:img|svg|hr|video|canvas|\.logo\S*)$|::?(?:before|after)$")
"""A selector of an element that holds no words."""

Said = tuple[str, str, str]
"""A code, what is wrong, and what to do."""


def what_would_not_fit(selector: str, part: Declaration, *, wide: bool) -> Iterator[Said]:
    """The faults of one declaration of `selector` on a page. `wide` is true if it applies only to wide windows."""
    wordless = all(map(WORDLESS.search, map(str.strip, selector.split(","))))
    name = part.lower_name.removeprefix("-webkit-")
    tokens = tuple(_deep(part.value))
    words = {token.lower_value for token in tokens if token.type == "ident"}
    if not wordless:
        yield from _cut_off(name, words, tokens)
        yield from _laid_over(name, words, tokens)
    if not wide:
        yield from _too_wide(name, words, part.value)


def _cut_off(name: str, words: set[str], tokens: tuple[Node, ...]) -> Iterator[Said]:
    if name.startswith("overflow") and words & {"hidden", "clip"}:
        yield "theme-cuts", "cuts off what does not fit when letters are large", "Let it grow, or scroll: auto."
    elif (name == "text-overflow" and "ellipsis" in words) or (name == "line-clamp" and "none" not in words):
        yield "theme-cuts", "cuts off the end of the words", "Let them go over several lines."
    elif name in ("clip", "clip-path", "mask", "mask-image") and not words & {"none", "auto"}:
        yield "theme-cuts", "cuts off what lies outside of a shape", "Leave the words whole."
    elif name in HEIGHTS and any(map(_pixels, tokens)):
        yield "theme-cuts", "is too low for its words when letters are large", "Use min-height."
    elif name == "line-height" and any(map(_touches, tokens)):
        yield "theme-cuts", "lays lines over each other when letters are large", "Use a number, such as 1.5."


def _too_wide(name: str, words: set[str], value: list[Node]) -> Iterator[Said]:
    if name in WIDTHS and any(_width(token) > NARROW for token in value):
        yield "theme-width", "is wider than a narrow window", "Use max-width, or %."
    elif name in TRACKS and sum(map(_track, value)) > NARROW:
        yield "theme-width", "is wider than a narrow window", "Use fr, within a query: @media (min-width: 48rem)."
    elif name in ("white-space", "text-wrap", "text-wrap-mode") and words & {"nowrap", "pre"}:
        yield "theme-width", "keeps words on one line, which a narrow window has no room for", "Let the words wrap."
    elif name == "flex-wrap" and "nowrap" in words:
        yield "theme-width", "keeps all beside each other, which a narrow window has no room for", "Let it wrap."
    elif name in ("overflow-wrap", "word-wrap") and "normal" in words:
        yield "theme-width", "lets a long word or address run out of a narrow window", "Leave it as it is: anywhere."
    elif name == "word-break" and "keep-all" in words:
        yield "theme-width", "lets a long word or address run out of a narrow window", "Leave it as it is: normal."


def _laid_over(name: str, words: set[str], tokens: tuple[Node, ...]) -> Iterator[Said]:
    moved = name.startswith(SPACES) or name in PLACES
    if moved and any(token.type in ("dimension", "percentage", "number") and token.value < 0 for token in tokens):
        yield "theme-overlaps", "may push words over others, or out of the window", "Use a space of nought or more."
    elif name == "position" and words & {"absolute", "fixed"}:
        yield "theme-overlaps", "may lay words over others when letters are large", "Leave it in the flow."
    elif name in ("transform", "translate", "scale", "rotate", "zoom") and not words & {"none"}:
        yield "theme-overlaps", "may push words over others, or out of the window", "Move it in the flow, by margins."


def _deep(tokens: list[Node]) -> Iterator[Node]:
    """The parts of a value, and those within its functions."""
    for token in tokens:
        yield token
        if token.type == "function":
            yield from _deep(token.arguments)


def _pixels(token: Node) -> float:
    """The width of a length in pixels; 0 for a token that is not a length."""
    return float(token.value) * PIXELS.get(token.lower_unit, 0.0) if token.type == "dimension" else 0.0


def _width(token: Node) -> float:
    """The width of something in a narrow window, in pixels; 0 if it cannot be known."""
    if token.type == "percentage":
        return float(token.value) * NARROW / 100
    if token.type != "function":
        return _pixels(token)
    parts = [_width(part) for part in token.arguments if part.type in ("dimension", "percentage", "function")]
    if not parts or token.lower_name not in ("min", "max", "clamp"):
        return 0.0
    return min(parts) if token.lower_name == "min" else min(max(parts[:2]), parts[-1]) if parts[2:] else max(parts)


def _track(token: Node) -> float:
    """The least width of a grid's track, in pixels."""
    if token.type != "function":
        return _pixels(token)
    inner = [part for part in token.arguments if part.type not in ("whitespace", "literal")]
    if token.lower_name == "repeat" and inner and inner[0].type == "number":
        return float(inner[0].value) * sum(map(_track, inner[1:]))
    if token.lower_name in ("minmax", "repeat"):  # repeat(auto-fit, …) has one track at least
        return max((_track(part) for part in inner[: 1 if token.lower_name == "minmax" else None]), default=0.0)
    return 0.0


def _touches(token: Node) -> bool:
    """True if a line height is too small, or does not grow with the letters."""
    if token.type == "number":
        return bool(token.value < TIGHT)
    if token.type == "percentage":
        return bool(token.value < TIGHT * 100)
    return token.type == "dimension" and (token.lower_unit not in ("em", "lh") or token.value < TIGHT)


def is_for_wide_windows(query: str) -> bool:
    """True if a media query applies only to windows that are wider than a narrow one."""
    tokens = list(_within(tinycss2.parse_component_value_list(query)))
    asks = any(
        token.type == "ident" and token.lower_value in ("min-width", "min-inline-size", "width") for token in tokens
    )
    at_most = "max-width" in query or "<" in query
    return asks and not at_most and any(_pixels(token) > IN_A_QUERY for token in tokens)


def _within(tokens: list[Node]) -> Iterator[Node]:
    for token in tokens:
        yield token
        if token.type == "() block":
            yield from _within(token.content)
