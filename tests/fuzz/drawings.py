"""Makes hostile drawings: SVG whose elements and names are known, and whose values are not what they should be."""

from __future__ import annotations

from random import Random
from typing import Final
from xml.sax.saxutils import quoteattr

VALUES: Final = (
    *("", "0", "1", "-1", "nan", "inf", "-inf", "1e9", "1e-9", "1e400", "9" * 400, "٩", "1_0", "½", "x", "None"),
    *("auto", "1px", "1em", "50%", "-50%", "1e999%", "1mm", "calc(1px + 1%)", "var(--a)", "inherit", "none"),
    *("url(#a)", "url(", "url(#zz)", "url(#b)", "#a", "#b", "#zz", "red", "#ggg", "rgb(1,2)", "rgb(nan 1 1)"),
    *("rgb(999999999999 0 0 / 5)", "1 2", "1,2,3", "a b", "0 0 9 9", "0 0 nan 9", "1 2 3 4 5 6 7", ";;;", "{", "/*"),
    *("'", "\\", "\u202e", "é", "中", "rotate(", "rotate(nan)", "scale(0)", "skewX(90)", "matrix(1,2)"),
    *("matrix(1e999,0,0,0,0,0)", "translate(1e308,1e308)", "M0 0", "M0 0L9 9z", "M", "z", "M0 0A0 0 0 0 0 1 1"),
    *("M0 0a1 1 0 1 1 0 0", "M nan 0L inf 1", "M0 0C1 1", "L1 1", "M0,0,", "M0 0Q", "M0 0T1"),
    *("M1e308 1e308L-1e308 0", "m0 0h1e400v1", "M0 0 9 9 9"),
)
NUMBERS: Final = (
    *("x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2", "dx", "dy", "rotate", "fx"),
    *("fy", "font-size", "letter-spacing", "word-spacing", "stroke-width", "stroke-dasharray", "stroke-dashoffset"),
    *("stroke-miterlimit", "opacity", "fill-opacity", "offset", "startOffset", "textLength", "markerWidth"),
    *("markerHeight", "refX", "refY", "orient", "viewBox", "stdDeviation", "pathLength", "font-weight"),
    *("line-height",),
)
OTHERS: Final = (
    *("transform", "gradientTransform", "patternTransform", "d", "points", "fill", "stroke", "clip-path", "mask"),
    *("marker-end", "marker-start", "filter", "href", "xlink:href", "id", "class", "style", "display", "visibility"),
    *("overflow", "clip-rule", "preserveAspectRatio", "gradientUnits", "patternUnits", "clipPathUnits", "maskUnits"),
    *("spreadMethod", "font-family", "font", "text-anchor", "dominant-baseline", "lengthAdjust", "xml:space", "mode"),
)
ELEMENTS: Final = (
    *("g", "defs", "svg", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "textPath", "marker", "mask", "clipPath", "pattern", "linearGradient", "radialGradient"),
    *("stop", "filter", "feOffset", "feBlend", "feFlood", "image", "switch", "a", "style", "title"),
)
STYLES: Final = (
    *("rect { fill: red }", "{{{", "rect:nth-child(zz) { x: y }", "@media {", "* > > * { }", "::x { fill: url("),
    *("@import", "rect { font: 1e400px/0 x; letter-spacing: 1e400px }", "/* */", "a:has(b) { }"),
    *("rect { fill: var(--a) !important }",),
)


def drawing(seed: int) -> bytes:
    """Drawing number `seed`."""
    random = Random(seed)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    root = random.choice(('viewBox="0 0 90 90"', 'viewBox="0 0 90 90"', 'width="90" height="60"', _attributes(random)))
    return f"<svg {spaces} {root}>{_parts(random, 0)}</svg>".encode()


def _parts(random: Random, deep: int) -> str:
    return "".join(_element(random, deep) for _ in range(random.choice((1, 2, 4))))


def _element(random: Random, deep: int) -> str:
    name = random.choice(ELEMENTS)
    if name in ("style", "title"):
        return f"<{name}>{random.choice(STYLES)}</{name}>"
    inner = _parts(random, deep + 1) if deep < 4 and random.random() < 0.5 else ""
    words = random.choice(("", "", "Words", "\u0639\u0628")) if name in ("text", "tspan", "textPath") else ""
    return f"<{name} {_attributes(random)}>{words}{inner}</{name}>"


def _attributes(random: Random) -> str:
    names = {random.choice(random.choice((NUMBERS, OTHERS))) for _ in range(random.randint(0, 6))}
    return " ".join(f"{name}={quoteattr(_value(random, name))}" for name in sorted(names))


def _value(random: Random, name: str) -> str:
    if name == "id":
        return random.choice(("a", "b", "c"))
    if name in NUMBERS and random.random() < 0.6:
        return str(random.choice((0, 1, 5, 9, 40)))
    if name == "style":
        return f"{random.choice(NUMBERS + OTHERS)}: {random.choice(VALUES)}"
    return random.choice(VALUES)
