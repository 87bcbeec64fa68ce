"""Turns what is published into a podcast: an RSS 2.0 feed of the recordings, with chapters and transcripts (Podcasting
2.0).

An episode is an edition for which `podcast` was asked, and whose files have an address, since a feed needs whole
addresses.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple
from urllib.parse import quote

from catalogue.entries import LANGUAGE, Entry, Publication
from catalogue.frames import template
from languages.fixed_words import read_words

NAME: Final = "podcast.xml"
NAMESPACE: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid. A feed's guid is made of its address without the scheme."""


class Sound(NamedTuple):
    """The files of an episode, by their addresses within its folder, and what the feed says of them. `size` is in
    bytes."""

    recording: str
    size: int
    seconds: int
    captions: str
    chapters: str
    picture: str
    show: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode of the feed. `base` is the address of its folder."""

    entry: Entry
    sound: Sound
    base: str

    @property
    def id(self) -> str:
        """An id that nobody else has. It stays the same whatever is written."""
        names = ("podcast", self.entry.publisher, self.entry.publication, self.entry.language)
        return uuid.uuid5(NAMESPACE, "\0".join(names)).urn

    @property
    def released(self) -> str:
        """The day in the form of RFC 822. "" if the source gives none."""
        return _rfc_822(self.entry.day) if self.entry.day else ""

    def address(self, within: str) -> str:
        """The whole address of a file of the episode."""
        return f"{self.base}{within}"

    @property
    def length(self) -> str:
        """The length as hours, minutes and seconds."""
        minutes, seconds = divmod(self.sound.seconds, 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def podcast_of(publications: list[Publication], generator: str) -> bytes:
    """The feed. Empty if there is no episode."""
    episodes = sorted(_episodes(entry for each in publications for entry in each), key=lambda one: one.id)
    episodes.sort(key=lambda one: one.entry.day, reverse=True)
    if not episodes:
        return b""
    words, _ = read_words(LANGUAGE)
    newest = episodes[0]
    base = newest.base.removesuffix(f"{quote(newest.entry.place)}/")
    address = f"{base}{NAME}"
    publishers = sorted({one.entry.publisher for one in episodes})
    text = template("podcast.xml.j2").render(
        title=words["index_title"] if len(publishers) > 1 else publishers[0],
        description=words["podcast_about"].format(publisher=", ".join(publishers)),
        publishers=publishers,
        language=newest.entry.language,
        generator=generator,
        base=base,
        address=address,
        guid=uuid.uuid5(NAMESPACE, address.partition("://")[2].rstrip("/")),
        picture=newest.address(newest.sound.show),
        released=newest.released,
        episodes=episodes,
    )
    return text.encode("utf-8", "replace")


def _episodes(entries: Iterable[Entry]) -> Iterable[Episode]:
    for entry in entries:
        if entry.episode and entry.url.endswith(f"/{entry.place}/"):
            base = entry.url.removesuffix(f"{entry.place}/") + f"{quote(entry.place)}/"
            yield Episode(entry=entry, sound=Sound(*entry.episode), base=base)


def _rfc_822(day: str) -> str:
    from email.utils import format_datetime  # noqa: PLC0415 (20 ms, for a podcast alone)

    return format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC), usegmt=True)
