"""Turns two brand colours into a colour scheme for light and dark screens and for paper, in which everything is
readable.

Text has a contrast of at least 7:1 with its background (WCAG 2.2, 1.4.6), everything else that has a meaning at
least 3:1 (1.4.11). Colours are moved in OKLCH: they become lighter or darker and keep their hue. A brand colour
stays as it is wherever it is good enough. Elsewhere the nearest colour that is replaces it, and a note says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from coloraide import Color

TEXT: Final = 7.0
OTHER: Final = 3.0
IN_ONE_INK: Final = 4.5
"""The least contrast of words that were printed in one ink (WCAG 2.2, 1.4.3)."""

MARGIN: Final = 1.01
"""A margin for rounding: colours are rounded to eight bits a channel after they are found."""

STEP: Final = 0.01
"""How far lightness moves in one step: a hundredth, which people hardly see."""

WHITE: Final = "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A brand colour that cannot serve for something, and the colour that replaces it there."""

    colour: str
    role: str
    contrast: float
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The tokens of `tokens.css` and of the page's styles by name ("--ink"), each as #rrggbb."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    notes: tuple[Note, ...] = ()


@functools.cache
def scheme(brand: str, accent: str) -> Scheme:
    """The scheme of the colours `brand` and `accent`, each as #rrggbb. Raises ValueError where one is not a colour."""
    notes: list[Note] = []
    light = _light(brand, accent, notes)
    return Scheme(light=light, dark=_dark(brand, accent), notes=tuple(notes))


def _light(brand: str, accent: str, notes: list[Note]) -> dict[str, str]:
    paper, tint = WHITE, _shade(brand, 0.97, 0.012)
    deep = _shade(brand, 0.925, 0.035)
    link = _moved(brand, (paper, tint, deep), TEXT, darker=True)
    if link != _hex(brand):
        notes.append(Note(colour=brand, role="text", contrast=contrast(brand, paper), instead=link))
    ink = _moved(_shade(brand, 0.25, 0.03), (paper, tint, deep), 11, darker=True)
    signal = _moved(accent, (ink,), TEXT, darker=False)
    if signal != _hex(accent):
        notes.append(Note(colour=accent, role="ground", contrast=contrast(accent, ink), instead=signal))
    strong = _for_one_ink(_moved(link, (paper, tint, deep, signal), TEXT, darker=True), signal)
    head, on_head = _head(brand, ink, signal, strong)
    if head != _hex(brand) and link == _hex(brand):
        least = min(contrast(brand, WHITE), contrast(brand, signal))
        notes.append(Note(colour=brand, role="header", contrast=least, instead=head))
    return {
        "--ink": ink,
        "--ink-soft": _moved(_shade(brand, 0.4, 0.03), (paper, tint, deep), TEXT, darker=True),
        "--paper": paper,
        "--paper-tint": tint,
        "--accent": link,
        "--accent-strong": strong,
        "--accent-tint": deep,
        "--signal": signal,
        "--on-signal": ink,
        "--rule": _moved(_shade(brand, 0.6, 0.03), (paper, tint), OTHER, darker=True),
        "--visited": _moved("#56208a", (paper, tint, deep), TEXT, darker=True),
        "--head": head,
        "--on-head": on_head,
    }


def in_one_ink(colour: str) -> str:
    """What a printer with one ink makes of a colour: a grey of its luma, to which green adds most (ISO 32000-1,
    10.3.2)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + f"{round(0.3 * red + 0.59 * green + 0.11 * blue):02x}" * 3


def _for_one_ink(ground: str, words: str) -> str:
    """`ground`, or the nearest darker colour on which `words` can be read in one ink, too. A bright green has a light
    of its own in colour, and a middle grey in one ink."""
    shade, grey = Color(ground).convert("oklch"), in_one_ink(words)
    while contrast(in_one_ink(ground), grey) < IN_ONE_INK and (lightness := float(shade["lightness"])) > STEP:
        shade["lightness"] = lightness - STEP
        ground = _hex(shade)
    return ground


def _head(brand: str, ink: str, signal: str, strong: str) -> tuple[str, str]:
    """The header's background, and the colour of the words on it: white on a dark brand colour, ink on a pale one.
    Else white on the nearest colour that is dark enough."""
    if min(contrast(brand, WHITE), contrast(brand, signal)) >= TEXT:
        return _hex(brand), WHITE
    return (_hex(brand), ink) if contrast(brand, ink) >= TEXT else (strong, WHITE)


def is_pale(brand: str, accent: str) -> bool:
    """True if the header's background is pale in the light scheme."""
    return scheme(brand, accent).light["--on-head"] != WHITE


def _dark(brand: str, accent: str) -> dict[str, str]:
    paper, tint, deep = _shade(brand, 0.205, 0.025), _shade(brand, 0.265, 0.03), _shade(brand, 0.32, 0.04)
    grounds = (paper, tint, deep)
    link = _moved(_shade(brand, 0.8, 0.09), grounds, TEXT, darker=False)
    ink = _shade(brand, 0.955, 0.008)
    on_signal = _shade(brand, 0.2, 0.02)
    signal = _moved(accent, (on_signal,), TEXT, darker=False)
    head = _moved(brand, (WHITE, signal), TEXT, darker=True)
    return {
        "--ink": _moved(ink, grounds, TEXT, darker=False),
        "--ink-soft": _moved(_shade(brand, 0.82, 0.02), grounds, TEXT, darker=False),
        "--paper": paper,
        "--paper-tint": tint,
        "--accent": link,
        "--accent-strong": _moved(_shade(brand, 0.88, 0.07), grounds, TEXT, darker=False),
        "--accent-tint": deep,
        "--signal": signal,
        "--on-signal": on_signal,
        "--rule": _moved(_shade(brand, 0.62, 0.02), (paper, tint), OTHER, darker=False),
        "--visited": _moved("#d9bcf7", grounds, TEXT, darker=False),
        "--head": head,
        "--on-head": WHITE,
    }


def screen_rules(brand: str, accent: str) -> str:
    """The scheme as CSS for screens, light and dark. Print and forced colours win over it."""
    found = scheme(brand, accent)
    light, dark = root_rule(found.light), root_rule(found.dark)
    return f"@media screen {{ {light} }} @media screen and (prefers-color-scheme: dark) {{ {dark} }}"


def root_rule(tokens: Mapping[str, str]) -> str:
    """Tokens as a CSS rule. "" where there are none."""
    declared = " ".join(f"{name}: {value};" for name, value in tokens.items())
    return f":root {{ {declared} }}" if declared else ""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    return float(Color(one).contrast(other, method="wcag21"))


def _shade(colour: str, lightness: float, chroma: float) -> str:
    """A shade of the hue of `colour`. Its chroma is at most `chroma` and at most that of the colour."""
    shade = Color(colour).convert("oklch")
    shade["lightness"] = lightness
    shade["chroma"] = min(chroma, float(shade["chroma"]))
    return _hex(shade)


def _moved(colour: str, grounds: Iterable[str], least: float, *, darker: bool) -> str:
    """The nearest colour to `colour`, in the given direction, whose contrast with each of `grounds` is at least
    `least`."""
    shade = Color(colour).convert("oklch")
    grounds = tuple(grounds)
    found = _hex(shade)
    while min(contrast(found, ground) for ground in grounds) < least * (MARGIN if found != _hex(colour) else 1):
        lightness = float(shade["lightness"]) + (-STEP if darker else STEP)
        if not 0 <= lightness <= 1:
            return "#000000" if darker else WHITE
        shade["lightness"] = lightness
        found = _hex(shade)
    return found


def _hex(colour: str | Color) -> str:
    """A colour as #rrggbb, within what a screen can show."""
    shown = Color(colour).convert("srgb").fit("srgb", method="oklch-chroma")
    return str(shown.to_string(hex=True, alpha=False))
