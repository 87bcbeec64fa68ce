"""What is published to the page that lists it, with its style and script: a plain list, which a script can search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from catalogue.entries import LANGUAGE, Brand, Entry, Publication, day_of
from catalogue.frames import template
from languages.fixed_words import read_words
from languages.plurals import counted
from languages.tags import name_of
from model.document import Words

SCRIPT: Final = Path(__file__).parent / "templates" / "index.js"
STYLE_NAME: Final = "index.css"
SCRIPT_NAME: Final = "index.js"
FACETS: Final = ("publisher", "language", "format", "subject")
"""What publications are found by, besides their words; each is the end of a key of the fixed words, `index_…`."""

ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode

FEEDS: Final = {
    "feed.xml": ("application/atom+xml", "index_feed"),
    "podcast.xml": ("application/rss+xml", "index_podcast"),
}
"""Each feed with its media type and the key of its words."""

HEAD: Final = "#00343d"
"""The ground of the header where no publisher has colours."""


def page_of(publications: list[Publication], generator: str, tokens: str, feeds: Collection[str]) -> dict[str, bytes]:
    """The page, its style and its script, by name; `tokens` is the look that all channels share, `feeds` the
    names of the feeds that there are."""
    words, _ = read_words(LANGUAGE)
    entries = [entry for each in publications for entry in each]
    brands = {entry.publisher: entry.brand for entry in reversed(entries)}
    names = {language: name_of(language, words) for language in {entry.language for entry in entries}}
    house = _house(brands)
    style = (
        template("index.css.j2")
        .render(generator=generator, fonts=_fonts(entries), tokens=tokens, brand=_brand_rules(house), head=HEAD)
        .encode("utf-8", "replace")
    )
    script = f"/* {generator}: the list of publications */\n{SCRIPT.read_text(encoding='utf-8')}".encode()
    page = template("index.html.j2").render(
        groups=_groups(publications, words["index_all"], names, one=len(brands) == 1),
        facets=[
            (key, words[f"index_{key}"], values) for key in FACETS if len(values := _values(entries, key, names)) > 1
        ],
        several=len(entries) > 1,
        publishers=sorted(brands, key=str.casefold),
        brands=brands,
        house=house,
        pale=_is_pale(house),
        theme=_head(house),
        count=counted(words, "index_count", len(publications)).format(count=len(publications)),
        found=words["index_found"].format(found="{found}", count=len(publications)),
        generator=generator,
        style=_versioned(STYLE_NAME, style),
        script=_versioned(SCRIPT_NAME, script),
        icon=next((entry.icon for entry in entries if entry.icon), ""),
        feeds=[(name, *FEEDS[name]) for name in feeds],
        statements=_statements(entries, words) if len(brands) == 1 else [],
        words=words,
        language=LANGUAGE,
    )
    return {STYLE_NAME: style, SCRIPT_NAME: script, "index.html": page.encode("utf-8", "replace")}


def _statements(entries: list[Entry], words: Words) -> list[tuple[str, str]]:
    """What a publisher says of itself elsewhere, as far as all publications name the same place."""
    known = (
        ("accessibility_statement", {entry.accessibility for entry in entries}),
        ("privacy_notice", {entry.privacy for entry in entries}),
    )
    return [(words[key], address) for key, found in known if len(found) == 1 for address in found if address]


def _versioned(name: str, data: bytes) -> str:
    return f"{name}?v={hashlib.sha256(data).hexdigest()[:8]}"


def _house(brands: dict[str, Brand]) -> Brand:
    """The brand of the whole list: of its publisher where it has one, none where it has several."""
    return next(iter(brands.values())) if len(brands) == 1 else Brand()


def _brand_rules(brand: Brand) -> str:
    """The colours of a brand, for screens."""
    if not brand.colours:
        return ""
    from channels.design.scheme import screen_rules  # noqa: PLC0415 (100 ms of colour spaces, for a brand alone)

    return screen_rules(*brand.colours)


def _head(brand: Brand) -> str:
    """The colour of the header, for a browser's frame."""
    if not brand.colours:
        return HEAD
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms, as above)

    return scheme(*brand.colours).light["--head"]


def _is_pale(brand: Brand) -> bool:
    """Whether the header's ground is pale, so that a logo for light grounds can stand on it."""
    if not brand.colours:
        return False
    from channels.design.scheme import is_pale  # noqa: PLC0415 (100 ms, as above)

    return is_pale(*brand.colours)


def _fonts(entries: Iterable[Entry]) -> dict[str, str]:
    """The letters of the first page that brings some: their weights, each with its file."""
    return dict(next((entry.fonts for entry in entries if entry.fonts), ()))


def _groups(
    publications: list[Publication], heading: str, names: Mapping[str, str], *, one: bool
) -> list[tuple[str, str, Markup]]:
    """The publications under their publishers, or under one `heading` where all have the same: what a script
    knows a group by, its heading, the articles."""
    if one or not publications:
        return [("", heading, _articles(publications, names))] if publications else []
    by_publisher = sorted(publications, key=lambda each: each[0].publisher.casefold())
    grouped = groupby(by_publisher, key=lambda each: each[0].publisher)
    return [(publisher, publisher, _articles(each, names)) for publisher, each in grouped]


def _articles(publications: Iterable[Publication], names: Mapping[str, str]) -> Markup:
    """Each publication as an element with what a script finds it by. No template: a thousand take 20 ms."""
    made = (
        f'<article data-day="{escape(day_of(each))}" data-facets="{escape(_facets(each, names))}">\n'
        f"{''.join(entry.markup for entry in each)}</article>\n"
        for each in publications
    )
    return Markup("".join(made))  # noqa: S704 (escaped above, and by the template of an entry)


def _facets(publication: Publication, names: Mapping[str, str]) -> str:
    return ENCODE({key: _values(publication, key, names) for key in FACETS})


def _values(entries: Iterable[Entry], facet: str, names: Mapping[str, str]) -> list[str]:
    """What `entries` have of a facet, each once, in the order of the alphabet; `names` are those of the languages."""
    match facet:
        case "publisher":
            found = {entry.publisher for entry in entries}
        case "language":
            found = {names[entry.language] for entry in entries}
        case "format":
            found = {name for entry in entries for name in entry.formats}
        case _:
            found = {tag for entry in entries for tag in entry.tags}
    return sorted(found, key=lambda value: (value.casefold(), value))
