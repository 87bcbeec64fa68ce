"""The names that a drawing may hold: what SVG 1.1 and 2 define and what only shows. What is not listed is removed.

Left out on purpose: script and its handlers, foreignObject (HTML), cursor, color-profile and font-face-uri (other
files), metadata, what moves, and what no browser draws (flowRoot, mesh, hatch).
"""

from __future__ import annotations

from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

ELEMENTS: Final = _names(
    """
    svg g defs symbol use switch a view title desc style
    path rect circle ellipse line polyline polygon image text tspan textPath
    marker mask clipPath pattern linearGradient radialGradient stop
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """
)
ANIMATIONS: Final = _names("animate animateColor animateMotion animateTransform mpath set discard")
"""What moves. A reader could not stop it, and paper and books would show another picture."""
PICTURES: Final = frozenset({"image", "feImage"})

STYLED: Final = _names(
    """
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    color-rendering direction display dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color
    flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style
    font-variant font-variant-ligatures font-variation-settings font-weight glyph-orientation-horizontal
    glyph-orientation-vertical image-rendering isolation kerning letter-spacing lighting-color line-height marker
    marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events
    shape-rendering solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
    text-indent text-orientation text-overflow text-rendering text-transform transform-box transform-origin unicode-bidi
    vector-effect visibility white-space word-spacing writing-mode
    style
    """
)
"""Attributes whose value is CSS."""

ATTRIBUTES: Final = STYLED | _names(
    """
    id class lang role tabindex version baseProfile width height x y x1 x2 y1 y2 cx cy r rx ry d points dx dy rotate
    transform viewBox preserveAspectRatio zoomAndPan media type href
    pathLength textLength lengthAdjust startOffset method spacing side
    gradientTransform gradientUnits spreadMethod offset fx fy fr
    patternContentUnits patternTransform patternUnits clipPathUnits maskContentUnits maskUnits
    markerHeight markerUnits markerWidth orient refX refY
    filterRes filterUnits primitiveUnits result in in2 mode operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX
    targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent
    limitingConeAngle azimuth elevation pointsAtX pointsAtY pointsAtZ z scale xChannelSelector yChannelSelector
    stdDeviation radius seed numOctaves stitchTiles baseFrequency tableValues slope intercept amplitude exponent
    values path
    systemLanguage requiredFeatures requiredExtensions focusable
    """
)
FREE: Final = ("aria-", "data-")
"""How an attribute begins that says something to a reading aid or a designer, and does nothing."""
OF_XLINK: Final = frozenset({"type", "role", "arcrole", "title", "show", "actuate"})
OF_XML: Final = frozenset({"lang", "space", "id"})
