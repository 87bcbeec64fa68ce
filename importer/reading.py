"""The state of an import while a page is read: its language and address, and the terms, images and losses found so
far."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from importer.draft import LeftOut
from importer.tree import classes, tag, words
from languages.base import language_of, lexicon_of
from reader import inline
from yaml_source.own_files import read_texts

LONGEST_TERM: Final = 60
LONGEST_EXPANSION: Final = 120
SILENT: Final = "signs alone, of which a listener would hear nothing"
UNSAFE: Final = re.compile(r"[\s<>\"^`{|}\\()*]")


@functools.cache
def furniture() -> Mapping[str, Mapping[str, str]]:
    """The parts of a page that are not its content, with reasons: elements, roles and parts of class names."""
    loaded: Mapping[str, Mapping[str, str]] = read_texts(Path(__file__).with_name("furniture.yaml"))
    return loaded


@dataclass(slots=True, kw_only=True)
class Reading:
    """The state of one import. `image` gives the bytes of an image by its address in the page, or None. `places`
    gives for each id of the page the number of the heading above it. `markers` gives the name of the footnote that a
    link leads to. `owed` holds the markers of a heading until the text under it takes them."""

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
        """Notes that the source will not hold these words."""
        if what:
            self.left_out.append(LeftOut(words=what, reason=reason))

    def reason_to_drop(self, element: Element) -> str:
        """The reason why an element is not content of the page; "" if it is."""
        known = furniture()
        if reason := known["elements"].get(tag(element)) or known["roles"].get(element.get("role", "")):
            return reason
        if element.get("hidden") is not None:
            return "not shown on the page"
        if element.get("aria-hidden") == "true" and tag(element) != "img":
            return "a sign for the eye alone"
        names = classes(element)
        return next((reason for part, reason in known["classes"].items() if any(part in name for name in names)), "")

    def heard(self, text: str) -> str:
        """A text as it is; "" and a note where it is signs alone, of which a listener would hear nothing."""
        if any(map(str.isalnum, text)) or not text or not _is_silent(text.replace("\\", ""), self.language):
            return text
        self.leave_out(text.replace("\\", ""), SILENT)
        return ""

    def drop(self, element: Element, reason: str) -> None:
        """Leaves an element out, and notes its words."""
        if tag(element) not in ("script", "style", "template"):
            self.leave_out(words(element), reason)

    def term(self, word: str, **known: str) -> None:
        """Notes what a word stands for, or its language. The first fact about a word is kept."""
        if word and len(word) <= LONGEST_TERM and all(0 < len(value) <= LONGEST_EXPANSION for value in known.values()):
            self.terms.setdefault(word, known)

    def target(self, href: str, said: str) -> str:
        """The address of a link as a source can hold it. If it cannot, "" is returned and the loss is noted. A place
        in the page stays `#id`, with the page's own id."""
        href = href.strip()
        if not href:
            return ""
        try:
            urlsplit(urljoin(self.base, href))
        except ValueError:  # the host is no host: https://[insert link]
            self.leave_out(f"the address {href} of the link “{said}”", "it is no address")
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


def _is_silent(text: str, tag: str) -> bool:
    language = language_of(tag)
    if language.verbalise is None:
        return False
    speech = language.verbalise(lexicon_of(tag))
    return speech.is_silent(speech.words(language.recognise(text)))


def _plain_host(href: str) -> str:
    """The address with its scheme and host in small letters."""
    parts = urlsplit(href)
    return urlunsplit(parts._replace(netloc=parts.netloc.lower())) if parts.scheme.startswith("http") else href
