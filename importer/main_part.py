"""Turns a whole page into its main part and into the facts in its head and frame: title, publisher, dates,
breadcrumb."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element

from importer.reading import Reading
from importer.tree import classes, first, folded, parents_in, tag, walk, words

PUBLISHERS: Final = (
    "govuk:primary-publishing-organisation",
    "og:site_name",
    "author",
    "dc.publisher",
    "dcterms.publisher",
)
PUBLISHED: Final = ("govuk:first-published-at", "article:published_time", "dcterms.issued")
SITE: Final = re.compile(r"\s+(?:[-–—|]|::)\s+(?=[^-–—|]+\Z)")
CONTENT: Final = ("main-content", "maincontent", "content", "main")
AROUND: Final = "stands around the page's own words"
DAY: Final = re.compile(r"\A\d{4}-\d\d-\d\d")
BYLINE: Final = re.compile(r"From: (?P<from>.*?)\.? (?P<label>Last updated:) (?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The facts that a page gives about itself; "" or an empty tuple where it gives none."""

    title: str = ""
    site: str = ""
    summary: str = ""
    language: str = ""
    address: str = ""
    publisher: str = ""
    publisher_address: str = ""
    breadcrumb: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    updated_label: str = ""
    reviewed: str = ""
    byline: str = ""


def main_part(tree: Element) -> Element:
    """The part of a page that holds its own words."""
    for wanted in (_mains(tree), _roles(tree), _articles(tree), _called(tree)):
        if len(found := list(wanted)) == 1:
            return found[0]
    body = first(tree, "body")
    return body if body is not None else tree


def _mains(tree: Element) -> Iterator[Element]:
    return (element for element in walk(tree) if tag(element) == "main" and element.get("hidden") is None)


def _roles(tree: Element) -> Iterator[Element]:
    return (element for element in walk(tree) if element.get("role") == "main")


def _articles(tree: Element) -> Iterator[Element]:
    return (element for element in walk(tree) if tag(element) == "article")


def _called(tree: Element) -> Iterator[Element]:
    return (element for element in walk(tree) if element.get("id") in CONTENT and words(element))


def leave_out_around(tree: Element, main: Element, reading: Reading) -> None:
    """Notes the words around the main part if no element of the page is marked as main: somebody may miss them."""
    parents = parents_in(tree)
    body = first(tree, "body")
    while tag(main) != "main" and body is not None and main is not body and main in parents:
        for beside in parents[main]:
            if beside is not main and tag(beside) not in ("head", "script", "style", "template"):
                reading.leave_out(words(beside), AROUND)
        main = parents[main]


def about(tree: Element, main: Element) -> About:
    """The facts that a page gives outside its main part and in the line below its title."""
    named = {
        key.lower(): folded(meta.get("content") or "")
        for meta in walk(tree)
        if tag(meta) == "meta" and (key := meta.get("name") or meta.get("property"))
    }
    linked = list(_linked(tree))
    window = first(tree, "title")
    parted = SITE.split(words(window)) if window is not None else [""]
    byline = next((words(part) for part in walk(main) if tag(part) == "p" and BYLINE.fullmatch(words(part))), "")
    told = BYLINE.fullmatch(byline)
    publisher, its_address = _publisher(tree)
    return About(
        title=named.get("og:title") or parted[0],
        site=parted[1] if len(parted) > 1 else "",
        summary=named.get("description") or named.get("og:description", ""),
        language=_language(tree, main),
        address=next(iter(_addresses(tree, named)), ""),
        publisher=publisher
        or (told["from"] if told else "")
        or _first(named, PUBLISHERS)
        or _named(linked, "publisher"),
        publisher_address=its_address,
        breadcrumb=_breadcrumb(tree),
        published=_day([_first(named, PUBLISHED), *_said(linked, "datePublished")]),
        updated=_day([told["day"] if told else ""]),
        updated_label=told["label"] if told else "",
        reviewed=_day(_said(linked, "lastReviewed")),
        byline=byline,
    )


def _language(tree: Element, main: Element) -> str:
    root = first(tree, "html")
    return main.get("lang") or (root.get("lang") if root is not None else "") or ""


def _first(named: dict[str, str], keys: Iterable[str]) -> str:
    return next((named[key] for key in keys if named.get(key)), "")


def _day(texts: Iterable[str]) -> str:
    """The day at the start of the first text that begins with a valid one, in ISO form; "" if none does."""
    for text in texts:
        with suppress(ValueError):
            if found := DAY.match(text):
                return date.fromisoformat(found[0]).isoformat()
    return ""


def _addresses(tree: Element, named: dict[str, str]) -> Iterator[str]:
    for link in walk(tree):
        if tag(link) == "link" and (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield (link.get("href") or "").strip()
    if named.get("og:url"):
        yield named["og:url"]


def _breadcrumb(tree: Element) -> tuple[str, ...]:
    """The places on the way to a page, read from its breadcrumb navigation, without the page itself."""
    for element in walk(tree):
        called = (element.get("aria-label") or "").lower()
        if "breadcrumb" in called or any("breadcrumb" in name.lower() for name in classes(element)):
            entries = [item for item in walk(element) if tag(item) == "li"]
            if entries:
                return tuple(text for item in entries if item.get("aria-current") is None and (text := words(item)))
    return ()


def _publisher(tree: Element) -> tuple[str, str]:
    """The name and the address of the publisher in the head of a page that this program made; "" for other pages."""
    found = first(tree, "span", "publisher")
    if found is None:
        return "", ""
    link = first(found, "a")
    return words(found), (link.get("href") or "" if link is not None else "")


def _linked(tree: Element) -> Iterator[dict[str, Any]]:
    """The objects in the linked data of a page (JSON-LD)."""
    for script in walk(tree):
        if tag(script) == "script" and script.get("type") == "application/ld+json":
            with suppress(json.JSONDecodeError, RecursionError):
                found = json.loads(script.text or "")
                yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict))


def _said(linked: Iterable[dict[str, Any]], key: str) -> list[str]:
    return [each[key] for each in linked if isinstance(each.get(key), str)]


def _named(linked: Iterable[dict[str, Any]], key: str) -> str:
    return next(
        (
            each[key]["name"]
            for each in linked
            if isinstance(each.get(key), dict) and isinstance(each[key].get("name"), str)
        ),
        "",
    )
