"""What is published to an Atom feed (RFC 4287): each publication once it is new, then each change to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from catalogue.entries import LANGUAGE, Entry, Publication
from catalogue.frames import template
from languages.fixed_words import read_words

LENGTH = 100
"""Entries of a feed, the newest. Who subscribes late finds older ones in the list."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://one-source.example/feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An entry of the feed, of `day`: an edition, published `first` and changed since, or `text`, a change to it. Its
    `names` are the same whatever is written, whenever it is built: its id is made of them."""

    names: tuple[str, ...]
    day: str
    text: str
    entry: Entry
    first: str = ""


def feed_of(publications: list[Publication], generator: str) -> bytes:
    """The feed; nothing where no source gives a date, since an entry of a feed has one."""
    news = sorted((one for each in publications for entry in each for one in news_of(entry)), key=lambda one: one.names)
    news.sort(key=lambda one: one.day, reverse=True)
    if not news:
        return b""
    words, _ = read_words(LANGUAGE)
    publishers = sorted({one.entry.publisher for one in news})
    base = _base(publications)
    text = template("feed.xml.j2").render(
        id=_id(("feed", *publishers)),
        title=words["index_title"],
        publishers=publishers,
        updated=f"{news[0].day}T00:00:00Z",
        news=news[:LENGTH],
        id_of=_id,
        base=base,
        address_of=lambda entry: entry.url or f"{base}{quote(entry.place)}/{quote(entry.page)}",
        file_of=lambda entry, path: f"{base}{quote(entry.place)}/{quote(path)}",
        generator=generator,
        language=LANGUAGE,
    )
    return text.encode("utf-8", "replace")


def news_of(entry: Entry) -> Iterator[News]:
    """The edition itself, and each change. Of several changes on one day each has a number, the
    earliest the first, so that a later one moves none."""
    own = (entry.publisher, entry.publication, entry.language)
    oldest = list(reversed(entry.changes))
    if entry.day:
        yield News(names=own, day=entry.day, text="", entry=entry, first=entry.published)
    for day, changes in groupby(oldest, key=lambda change: change[0]):
        for number, (_, text) in enumerate(changes, 1):
            yield News(names=(*own, day, str(number)), day=day, text=text, entry=entry)


def _id(names: tuple[str, ...]) -> str:
    """An id that is nobody else's, made of `names` alone."""
    return uuid.uuid5(NAMESPACE, "\0".join(names)).urn


def _base(publications: list[Publication]) -> str:
    """The address under which all pages stand, with a slash; "" where they do not say one and the same."""
    found = set()
    for entry in (entry for each in publications for entry in each):
        address = entry.url.removesuffix(f"{entry.place}/")
        found.add(address if address != entry.url else "")
    return found.pop() if len(found) == 1 else ""
