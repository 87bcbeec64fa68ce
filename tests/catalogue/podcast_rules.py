"""Turns a podcast's feed into the rules that it breaks: those of RSS 2.0, of Apple's directory, of Podcasting 2.0, of
its chapters (JSON Chapters 1.2) and of its transcripts (WebVTT).

Each rule has a name. With a `folder`, which holds what stands below the address of the feed, the files that the feed
names are opened, too.
"""

from __future__ import annotations

import io
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from lxml import etree
from PIL import Image

ITUNES: Final = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST: Final = "{https://podcastindex.org/namespace/1.0}"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
GUIDS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

OF_CHANNEL: Final = frozenset(
    (
        *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate"),
        *("lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput"),
        *("skipHours", "skipDays", "item"),
    )
)
OF_ITEM: Final = frozenset(
    ("title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source")
)
OF_ITUNES: Final = frozenset(
    (
        *("author", "block", "category", "complete", "duration", "episode", "episodeType", "explicit", "image"),
        *("keywords", "name", "new-feed-url", "owner", "email", "season", "subtitle", "summary", "title", "type"),
    )
)
OF_PODCAST: Final = frozenset(
    ("chapters", "transcript", "guid", "locked", "medium", "person", "location", "license", "funding")
)
APPLES: Final = frozenset(
    (
        *("Arts", "Business", "Comedy", "Education", "Fiction", "Government", "Health & Fitness", "History"),
        *("Kids & Family", "Leisure", "Music", "News", "Religion & Spirituality", "Science", "Society & Culture"),
        *("Sports", "TV & Film", "Technology", "True Crime"),
    )
)
MEDIA: Final = frozenset(("podcast", "music", "video", "film", "audiobook", "newsletter", "blog"))
TRANSCRIPTS: Final = frozenset(("text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip"))
RFC_822: Final = re.compile(r"(?:\w{3}, )?\d{2} \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UT|[+-]\d{4})")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
DURATION: Final = re.compile(r"(?:\d+:)?[0-5]?\d:[0-5]\d|\d+")
CUE: Final = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3}) --> (?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


def broken(feed: bytes, folder: Path | None = None) -> set[str]:
    """The names of the rules that `feed` breaks."""
    try:
        root = etree.fromstring(feed)
    except etree.XMLSyntaxError:
        return {"xml"}
    return set(_of_feed(root, folder))


def _of_feed(root: Any, folder: Path | None) -> Iterator[str]:
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        yield "rss-2.0"
        return
    (channel,) = channels
    address = _href(channel.find(f"{ATOM}link[@rel='self']"))
    base = address.rpartition("/")[0] + "/"
    yield from _of_channel(channel, address)
    yield from _names(channel, OF_CHANNEL, many={"item", "category"})
    yield from _names_of_spaces(channel)
    pictures = [channel.findtext("image/url") or "", _href(channel.find(f"{ITUNES}image"))]
    items = channel.findall("item")
    if not items:
        yield "item"
    ids = Counter(item.findtext("guid") for item in items)
    if any(count > 1 for count in ids.values()):
        yield "guid-once"
    for item in items:
        yield from _of_item(item)
        yield from _names(item, OF_ITEM, many={"category"})
        pictures.append(_href(item.find(f"{ITUNES}image")))
        if folder is not None:
            yield from _of_files(item, base, folder)
    addresses = [*pictures, *_addresses(channel)]
    if not all(urlsplit(one).scheme == "https" and urlsplit(one).netloc for one in addresses):
        yield "address"
    for date in channel.iter("pubDate"):
        yield from _of_date(date.text or "")
    if folder is not None:
        for one in set(pictures):
            yield from _of_picture(_file(one, base, folder))


def _of_channel(channel: Any, address: str) -> Iterator[str]:
    if not all(channel.findtext(name) for name in ("title", "link", "description")):
        yield "channel-required"
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "language"
    image = channel.find("image")
    same = all(channel.findtext(f"image/{name}") == channel.findtext(name) for name in ("title", "link"))
    if image is not None and not (same and channel.findtext("image/url")):
        yield "image"
    if not address:
        yield "atom-self"
    if _href(channel.find(f"{ITUNES}image")) == "":
        yield "itunes-image"
    category = channel.find(f"{ITUNES}category")
    if category is None or category.get("text") not in APPLES:
        yield "itunes-category"
    if channel.findtext(f"{ITUNES}explicit") not in ("true", "false"):
        yield "itunes-explicit"
    if not channel.findtext(f"{ITUNES}author"):
        yield "itunes-author"
    if channel.findtext(f"{ITUNES}type") not in (None, "episodic", "serial"):
        yield "itunes-type"
    due = uuid.uuid5(GUIDS, address.partition("://")[2].rstrip("/"))
    if channel.findtext(f"{PODCAST}guid") != str(due):
        yield "podcast-guid"
    if channel.findtext(f"{PODCAST}locked") not in (None, "yes", "no"):
        yield "podcast-locked"
    if channel.findtext(f"{PODCAST}medium") not in (None, *MEDIA):
        yield "podcast-medium"


def _of_item(item: Any) -> Iterator[str]:
    if not (item.findtext("title") or item.findtext("description")):
        yield "item-words"
    guid = item.find("guid")
    if guid is None or not guid.text or (guid.get("isPermaLink") != "false" and not guid.text.startswith("https://")):
        yield "guid"
    enclosures = item.findall("enclosure")
    if (
        len(enclosures) != 1
        or not all(enclosures[0].get(name) for name in ("url", "length", "type"))
        or enclosures[0].get("type") != "audio/mpeg"
        or not (enclosures[0].get("length") or "").isdecimal()
    ):
        yield "enclosure"
    if not DURATION.fullmatch(item.findtext(f"{ITUNES}duration") or ""):
        yield "itunes-duration"
    if item.findtext(f"{ITUNES}explicit") not in (None, "true", "false"):
        yield "itunes-explicit"
    for chapters in item.findall(f"{PODCAST}chapters"):
        if not chapters.get("url") or chapters.get("type") != "application/json+chapters":
            yield "podcast-chapters"
    transcripts = item.findall(f"{PODCAST}transcript")
    for transcript in transcripts:
        tag = transcript.get("language")
        if (
            not transcript.get("url")
            or transcript.get("type") not in TRANSCRIPTS
            or transcript.get("rel") not in (None, "captions")
            or not (tag is None or LANGUAGE.fullmatch(tag.lower()))
        ):
            yield "podcast-transcript"
    if not transcripts:
        yield "podcast-transcript"


def _names(parent: Any, known: frozenset[str], many: set[str]) -> Iterator[str]:
    """RSS 2.0 has no other elements without a namespace, and most only once."""
    found = Counter(child.tag for child in parent if isinstance(child.tag, str) and child.tag[:1] != "{")
    if found.keys() - known:
        yield "rss-element"
    if any(count > 1 for name, count in found.items() if name not in many):
        yield "rss-element"


def _names_of_spaces(channel: Any) -> Iterator[str]:
    for space, known in ((ITUNES, OF_ITUNES), (PODCAST, OF_PODCAST)):
        own = (element.tag for element in channel.iter() if isinstance(element.tag, str))
        if {tag.removeprefix(space) for tag in own if tag.startswith(space)} - known:
            yield "namespace-element"


def _of_date(date: str) -> Iterator[str]:
    """RFC 822 with a year of four digits, and the weekday of that day."""
    try:
        day: datetime | None = parsedate_to_datetime(date)
    except ValueError:
        day = None
    if day is None or not RFC_822.fullmatch(date) or ("," in date and f"{day:%a}" != date[:3]):
        yield "date"


def _addresses(channel: Any) -> Iterator[str]:
    yield channel.findtext("link") or ""
    yield _href(channel.find(f"{ATOM}link[@rel='self']"))
    for item in channel.findall("item"):
        if item.find("link") is not None:
            yield item.findtext("link")
        for name in ("enclosure", f"{PODCAST}chapters", f"{PODCAST}transcript"):
            yield from (element.get("url") or "" for element in item.findall(name))


def _of_files(item: Any, base: str, folder: Path) -> Iterator[str]:
    """What the feed says of its files is so."""
    enclosure, chapters, transcript = (
        item.find(name) for name in ("enclosure", f"{PODCAST}chapters", f"{PODCAST}transcript")
    )
    if enclosure is None or chapters is None or transcript is None:
        return
    sound, listed, captions = (_file(e.get("url") or "", base, folder) for e in (enclosure, chapters, transcript))
    if sound is None or sound[:3] not in (b"ID3", b"\xff\xfb\x50") or str(len(sound)) != enclosure.get("length"):
        yield "enclosure-file"
    seconds = 0
    for part in (item.findtext(f"{ITUNES}duration") or "0").split(":"):
        seconds = seconds * 60 + int(part) if part.isdecimal() else 0
    yield from _of_chapters(listed, seconds)
    yield from _of_captions(captions, seconds)


def _of_chapters(data: bytes | None, seconds: int) -> Iterator[str]:
    """JSON Chapters 1.2: a version, and chapters with their beginnings in order."""
    try:
        content = json.loads(data or b"")
        begins = [chapter["startTime"] for chapter in content["chapters"]]
        titles = [chapter["title"] for chapter in content["chapters"]]
        ordered = begins == sorted(set(begins)) and bool(begins) and begins[0] >= 0 and begins[-1] < seconds + 1
        right = content["version"].startswith("1.2") and ordered and all(title.strip() for title in titles)
    except (ValueError, KeyError, TypeError, AttributeError):
        right = False
    if not right:
        yield "chapters-file"


def _of_captions(data: bytes | None, seconds: int) -> Iterator[str]:
    """WebVTT: its first word, then cues with text, each after the one before it and within the recording."""
    text = (data or b"").decode("utf-8", "replace")
    cues = list(CUE.finditer(text))
    times = [[_seconds(*cue.groups("0")[n : n + 4]) for n in (0, 4)] for cue in cues]
    moments = [moment for pair in times for moment in pair]
    if not text.startswith("WEBVTT\n") or not cues or moments != sorted(moments) or moments[-1] > seconds + 1:
        yield "transcript-file"


def _seconds(hours: str, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def _of_picture(data: bytes | None) -> Iterator[str]:
    """Apple: a square of 1400 to 3000 pixels, JPEG or PNG, in RGB."""
    try:
        with Image.open(io.BytesIO(data or b"")) as picture:
            (width, height), kind, mode = picture.size, picture.format, picture.mode
    except OSError:
        width, height, kind, mode = 0, 0, "", ""
    if width != height or not 1400 <= width <= 3000 or kind not in ("JPEG", "PNG") or mode not in ("RGB", "P"):
        yield "picture-file"


def _file(address: str, base: str, folder: Path) -> bytes | None:
    """The file that stands at an address, None if there is none."""
    place = folder / unquote(urlsplit(address.removeprefix(base)).path)
    return place.read_bytes() if address.startswith(base) and place.is_file() else None


def _href(element: Any) -> str:
    return element.get("href") or "" if element is not None else ""
