"""Turns what is published into the page that lists it, with its style and script: a plain list that a script can
search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from catalogue.entries import LANGUAGE, PLAIN, Brand, Entry, Publication, day_of
from catalogue.feed import base_of
from catalogue.frames import template
from languages.fixed_words import read_words
from languages.plurals import counted
from languages.tags import name_of
from model.document import Words

SCRIPT: Final = Path(__file__).parent / "templates" / "index.js"
STYLE_NAME: Final = "index.css"
SCRIPT_NAME: Final = "index.js"
FACETS: Final = ("publisher", "language", "format", "subject")
"""The properties by which publications are found, besides their words. Each is the end of a key of the fixed words,
`index_…`."""

ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode

FEEDS: Final = {
    "feed.xml": ("application/atom+xml", "index_feed"),
    "podcast.xml": ("application/rss+xml", "index_podcast"),
}
"""Each feed with its media type and the key of its words."""

HEAD: Final = "#00343d"
"""The background of the header if no publisher has colours."""


def page_of(publications: list[Publication], generator: str, tokens: str, feeds: Collection[str]) -> dict[str, bytes]:
    """The page, its style and its script, by name. `tokens` is the look that all channels share, `feeds` are the
    names of the feeds that exist."""
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
        base=base_of(publications),
        style=versioned(STYLE_NAME, style),
        script=versioned(SCRIPT_NAME, script),
        icon=icon_of(entries),
        feeds=[(name, *FEEDS[name]) for name in feeds],
        statements=_statements(entries, words) if len(brands) == 1 else [],
        words=words,
        language=LANGUAGE,
    )
    return {STYLE_NAME: style, SCRIPT_NAME: script, "index.html": page.encode("utf-8", "replace")}


def _statements(entries: list[Entry], words: Words) -> list[tuple[str, str]]:
    """The publisher's statements, as far as all publications give the same address."""
    known = (
        ("accessibility_statement", {entry.accessibility for entry in entries}),
        ("privacy_notice", {entry.privacy for entry in entries}),
    )
    return [(words[key], address) for key, found in known if len(found) == 1 for address in found if address]


def versioned(name: str, data: bytes) -> str:
    """The address of a file of the list, with its digest as a query, so that no browser uses an old version."""
    return f"{name}?v={hashlib.sha256(data).hexdigest()[:8]}"


def icon_of(entries: Iterable[Entry]) -> str:
    """The icon of the first edition that has one. Its name holds its digest."""
    return next((entry.icon for entry in entries if entry.icon), "")


def _house(brands: dict[str, Brand]) -> Brand:
    """The brand of the whole list: that of its publisher if it has only one, else none."""
    return next(iter(brands.values())) if len(brands) == 1 else PLAIN


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
    """True if the header's background is pale, so that a logo for light backgrounds can stand on it."""
    if not brand.colours:
        return False
    from channels.design.scheme import is_pale  # noqa: PLC0415 (100 ms, as above)

    return is_pale(*brand.colours)


def _fonts(entries: Iterable[Entry]) -> dict[str, str]:
    """The fonts of the first page that has some: their weights, each with its file."""
    return dict(next((entry.fonts for entry in entries if entry.fonts), ()))


def _groups(
    publications: list[Publication], heading: str, names: Mapping[str, str], *, one: bool
) -> list[tuple[str, str, Markup]]:
    """The publications by publisher, or under one `heading` if all have the same: the name of the group for the
    script, its heading, the articles."""
    if one or not publications:
        return [("", heading, _articles(publications, names))] if publications else []
    by_publisher = sorted(publications, key=lambda each: each[0].publisher.casefold())
    grouped = groupby(by_publisher, key=lambda each: each[0].publisher)
    return [(publisher, publisher, _articles(each, names)) for publisher, each in grouped]


def _articles(publications: Iterable[Publication], names: Mapping[str, str]) -> Markup:
    """Each publication as an element with what a script finds it by. Written without a template, since a thousand
    would take 20 ms."""
    made = (
        f'<article{_class(each)} data-day="{escape(day_of(each))}" data-facets="{escape(_facets(each, names))}">\n'
        f"{''.join(entry.markup for entry in each)}</article>\n"
        for each in publications
    )
    return Markup("".join(made))  # noqa: S704 (escaped above, and by the template of an entry)


def _class(publication: Publication) -> str:
    """The class of a publication that one body publishes in all languages. Under the name of that body, its name
    does not stand again."""
    return ' class="same"' if len({entry.publisher for entry in publication}) == 1 else ""


def _facets(publication: Publication, names: Mapping[str, str]) -> str:
    return ENCODE({key: _values(publication, key, names) for key in FACETS})


def _values(entries: Iterable[Entry], facet: str, names: Mapping[str, str]) -> list[str]:
    """The values that `entries` have for a facet, each once, in alphabetical order. `names` are those of the
    languages."""
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
