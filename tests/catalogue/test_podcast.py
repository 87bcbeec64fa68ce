"""The podcast follows the rules of RSS 2.0 and of Podcasting 2.0, with an episode for each publication that asks,
and full addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from catalogue.index import write_index
from tests.catalogue.listed import publish
from tests.catalogue.podcast_rules import ITUNES, PODCAST, broken

BASE = "https://a.example/leaflets/"


def episode(output: Path, name: str, **changes: object) -> None:
    """A publication with a recording, its captions, and what the podcast channel makes."""
    files = [
        {"path": path, "media_type": kind, "role": role, "size": 25_400, "sha256": "", "title": title, "seconds": 278.4}
        for path, kind, role, title in (
            (f"audio/{name}.mp3", "audio/mpeg", "download", "Recording"),
            (f"audio/{name}.vtt", "text/vtt", "asset", ""),
            ("podcast/chapters.json", "application/json+chapters", "asset", ""),
            ("podcast/episode.png", "image/png", "asset", ""),
            ("podcast/podcast.png", "image/png", "asset", ""),
            ("index.html", "text/html", "page", "Web page"),
        )
    ]
    about: dict[str, Any] = {"url": f"{BASE}{name}/en/", "files": files, **changes}
    publish(output, name, **about)


def feed_in(output: Path) -> Any:
    """The channel of the feed, after its rules were checked."""
    write_index(output)
    feed = (output / "podcast.xml").read_bytes()
    assert broken(feed) == set()
    (channel,) = etree.fromstring(feed)
    return channel


def test_an_episode_for_each_publication_that_asks_the_latest_first(tmp_path: Path) -> None:
    episode(tmp_path, "ants", published="2026-03-01")
    episode(tmp_path, "bees", published="2026-05-02")
    publish(tmp_path, "wasps", url=f"{BASE}wasps/en/")
    channel = feed_in(tmp_path)
    assert [item.findtext("title") for item in channel.iter("item")] == ["Guide to bees", "Guide to ants"]
    assert channel.findtext("title") == "Test House"
    item = next(channel.iter("item"))
    assert item.findtext("pubDate") == "Sat, 02 May 2026 00:00:00 GMT"
    assert item.find("enclosure").get("url") == f"{BASE}bees/en/audio/bees.mp3"
    assert item.find(f"{PODCAST}chapters").get("url") == f"{BASE}bees/en/podcast/chapters.json"
    assert item.find(f"{PODCAST}transcript").get("url") == f"{BASE}bees/en/audio/bees.vtt"
    assert item.findtext(f"{ITUNES}duration") == "00:04:38"


def test_an_id_stays_when_words_and_days_change(tmp_path: Path) -> None:
    episode(tmp_path, "bees", published="2026-05-02")
    before = feed_in(tmp_path).findtext("item/guid")
    episode(tmp_path, "bees", published="2026-06-02", title="Bees!", summary="All new.")
    assert feed_in(tmp_path).findtext("item/guid") == before


@pytest.mark.parametrize("changes", [{"url": ""}, {"url": "https://www.gov.uk/bees"}, {"files": []}])
def test_without_an_address_or_a_recording_there_is_no_feed(tmp_path: Path, changes: dict[str, object]) -> None:
    episode(tmp_path, "bees", **changes)
    write_index(tmp_path)
    assert not (tmp_path / "podcast.xml").exists()


def test_the_list_leads_to_it_and_takes_it_away_with_its_last_episode(tmp_path: Path) -> None:
    episode(tmp_path, "bees", published="2026-05-02")
    write_index(tmp_path)
    link = '<a href="podcast.xml" type="application/rss+xml">Follow the recordings, as a podcast (RSS)</a>'
    assert link in (tmp_path / "index.html").read_text()
    assert not write_index(tmp_path), "the same sources give the same bytes"
    publish(tmp_path, "bees")
    write_index(tmp_path)
    assert not (tmp_path / "podcast.xml").exists() and "podcast.xml" not in (tmp_path / "index.html").read_text()


def test_words_with_signs_of_markup_are_words(tmp_path: Path) -> None:
    episode(tmp_path, "bees", title="Bees & <wasps>", summary='A "short" guide')
    assert feed_in(tmp_path).findtext("item/title") == "Bees & <wasps>"
