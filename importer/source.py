"""The result of reading a file of any kind, before it is read as a page: HTML elements, and what came with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The elements of a page, the images that its file carries by address, the abbreviations that it explains, and
    `warnings` about its file for a person."""

    tree: Element
    images: Mapping[str, bytes] = field(default_factory=dict)
    expansions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
