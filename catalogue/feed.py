"""Turns what is published into an Atom feed (RFC 4287): each publication once when it is new, then each change to
it."""

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
"""How many entries a feed has, the newest. Late subscribers find older ones in the list."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://one-source.example/feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An entry of the feed on `day`: an edition, published `first` and changed since, or `text`, a change to it. Its
    id is made of `names`, which stay the same whatever is written and whenever it is built."""

    names: tuple[str, ...]
    day: str
    text: str
    entry: Entry
    first: str = ""


def feed_of(publications: list[Publication], generator: str) -> bytes:
    """The feed. Empty if no source gives a date, since every entry of a feed needs one."""
    news = sorted((one for each in publications for entry in each for one in news_of(entry)), key=lambda one: one.names)
    news.sort(key=lambda one: one.day, reverse=True)
    if not news:
        return b""
    words, _ = read_words(LANGUAGE)
    publishers = sorted({one.entry.publisher for one in news})
    base = base_of(publications)
    text = template("feed.xml.j2").render(
        id=_id(("feed", *publishers)),
        title=words["index_title"],
        publishers=publishers,
        updated=f"{news[0].day}T00:00:00Z",
        news=news[:LENGTH],
        id_of=_id,
        base=base,
        address_of=lambda entry: entry.url or f"{base}{quote(entry.place)}/{quote(entry.page)}",
        file_of=lambda entry, within: f"{base}{quote(entry.place)}/{within}",
        generator=generator,
        language=LANGUAGE,
    )
    return text.encode("utf-8", "replace")


def news_of(entry: Entry) -> Iterator[News]:
    """The entry of the edition itself, and of each change. Several changes on one day are numbered from the
    earliest, so that a later one does not renumber any."""
    own = (entry.publisher, entry.publication, entry.language)
    oldest = list(reversed(entry.changes))
    if entry.day:
        yield News(names=own, day=entry.day, text="", entry=entry, first=entry.published)
    for day, changes in groupby(oldest, key=lambda change: change[0]):
        for number, (_, text) in enumerate(changes, 1):
            yield News(names=(*own, day, str(number)), day=day, text=text, entry=entry)


def _id(names: tuple[str, ...]) -> str:
    """An id that nobody else has, made only of `names`."""
    return uuid.uuid5(NAMESPACE, "\0".join(names)).urn


def base_of(publications: list[Publication]) -> str:
    """The address under which all pages stand, with a slash. "" if they do not agree on one."""
    found = set()
    for entry in (entry for each in publications for entry in each):
        address = entry.url.removesuffix(f"{entry.place}/")
        found.add(address if address != entry.url else "")
    return found.pop() if len(found) == 1 else ""
