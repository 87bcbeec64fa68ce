"""What is known while a page is read: its language and address, and what gathers on the way (terms, images, losses)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

import yaml

from importer.draft import LeftOut
from importer.tree import classes, tag, words
from reader import inline

LONGEST_TERM: Final = 60
LONGEST_EXPANSION: Final = 120
UNSAFE: Final = re.compile(r"[\s<>\"^`{|}\\()*]")


@functools.cache
def furniture() -> Mapping[str, Mapping[str, str]]:
    """What is not the page, with reasons: elements, roles and parts of class names."""
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("furniture.yaml").read_bytes())
    return loaded


@dataclass(slots=True, kw_only=True)
class Reading:
    """The state of one import. `image` gives the bytes of an image by its address in the page, None where there are
    none; `places` the number of the heading that each id of the page stands under; `markers` the names of the footnotes
    that links lead to, of which those that stood in a heading are `owed` to the text under it."""

    language: str
    base: str = ""
    image: Callable[[str], bytes | None] = lambda _: None
    places: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[Element, int] = field(default_factory=dict)
    heading: str = ""
    markers: dict[Element, str] = field(default_factory=dict)
    owed: list[str] = field(default_factory=list)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, what: str, reason: str) -> None:
        """Take note of words that the source will not hold."""
        if what:
            self.left_out.append(LeftOut(words=what, reason=reason))

    def reason_to_drop(self, element: Element) -> str:
        """Why an element is no part of the page; "" for one that is."""
        known = furniture()
        if reason := known["elements"].get(tag(element)) or known["roles"].get(element.get("role", "")):
            return reason
        if element.get("hidden") is not None:
            return "not shown on the page"
        if element.get("aria-hidden") == "true" and tag(element) != "img":
            return "a sign for the eye alone"
        names = classes(element)
        return next((reason for part, reason in known["classes"].items() if any(part in name for name in names)), "")

    def drop(self, element: Element, reason: str) -> None:
        """Leave an element out, and its words on the list."""
        if tag(element) not in ("script", "style", "template"):
            self.leave_out(words(element), reason)

    def term(self, word: str, **known: str) -> None:
        """What the page says of a word: what it stands for, or its language. What is said first holds."""
        if word and len(word) <= LONGEST_TERM and all(0 < len(value) <= LONGEST_EXPANSION for value in known.values()):
            self.terms.setdefault(word, known)

    def target(self, href: str, said: str) -> str:
        """The address of a link as a source can hold it; "" where it cannot, which is noted. A place in the page is
        `#id`, with the page's own id."""
        href = href.strip()
        if not href:
            return ""
        if href.lower().startswith("tel:"):
            href = "tel:" + re.sub(r"[^\d+]", "", href)
        elif not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href) and not href.startswith("#"):
            href = urljoin(self.base, href) if self.base else href
        if self.base and href.startswith(f"{self.base}#"):
            href = href.removeprefix(self.base)
        if href.startswith("#"):
            return href
        href = UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), _plain_host(href))
        if inline.LINK.match(href):
            return href
        reason = "a source cannot link there"
        if not self.base and re.match(r"[/.\w-]", href) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href):
            reason = "the page does not say its own address, from which this leads on"
        self.leave_out(f"the address {href} of the link “{said}”", reason)
        return ""


def _plain_host(href: str) -> str:
    """An address whose scheme and host are in small letters."""
    parts = urlsplit(href)
    return urlunsplit(parts._replace(netloc=parts.netloc.lower())) if parts.scheme.startswith("http") else href
