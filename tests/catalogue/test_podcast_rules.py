"""The feed of publications that were really built keeps every rule, and the checker finds each rule that is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.catalogue.podcast_rules import broken
from tests.conftest import ROOT

BASE = "https://www.anywhere.example/leaflets"
PUBLISHER = f"name: Borough & Sons of Anywhere\nbase_url: {BASE}\nrights: Borough of Anywhere 2026.\n"
PAGE = """title: {title}
summary: Where to find help with “drugs”, for yourself or for someone you know, and whom to call.
language: en
status: current
{day}
sections:
  - title: Whom to ask
    blocks: [Ask at your surgery.]
    sections:
      - title: At night
        blocks: [Call 111.]
"""
PAGES = {
    "ants": ("Ants & <bees>", "published: 2026-03-01"),
    "getting-help": ("Getting help", "reviewed: 2026-05-02"),
    "wasps": ("Wasps", "as_of: the summer"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three publications with their recordings and the feed, as the program makes them."""
    folder = tmp_path_factory.mktemp("podcast")
    (folder / "publisher.yaml").write_text(PUBLISHER)
    for name, (title, day) in PAGES.items():
        (folder / name).mkdir()
        (folder / name / "en.yaml").write_text(PAGE.format(title=f'"{title}"', day=day))
    command = [sys.executable, ROOT / "pipeline.py", "build", folder, "--output", folder / "dist"]
    command += ["--cache", folder / "cache", "--jobs", "1", *("--channel=audio", "--channel=podcast", "--channel=html")]
    done = subprocess.run(list(map(str, command)), env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "dist"


def test_a_feed_of_several_built_publications_keeps_every_rule(built: Path) -> None:
    feed = (built / "podcast.xml").read_bytes()
    assert broken(feed, built) == set()
    root = etree.fromstring(feed)
    assert [title.text for title in root.iter("title")][2:] == ["Getting help", "Ants & <bees>", "Wasps"]
    assert root.findtext("channel/title") == "Borough & Sons of Anywhere"
    assert len(root.findall("channel/item/pubDate")) == 2, "no day is invented"


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("</rss>", "", "xml"),
        ('version="2.0"', 'version="0.92"', "rss-2.0"),
        (f"<link>{BASE}/</link>\n<description>", "<description>", "channel-required"),
        ("<language>en</language>", "<language>English</language>", "language"),
        (f"<link>{BASE}/</link></image>", "<link>https://elsewhere.example/</link></image>", "image"),
        ('rel="self"', 'rel="alternate"', "atom-self"),
        ("<itunes:image", "<itunes:Image", "itunes-image"),
        ("<itunes:image", "<itunes:picture", "namespace-element"),
        ('text="Government"', 'text="Councils"', "itunes-category"),
        ("<itunes:explicit>false", "<itunes:explicit>clean", "itunes-explicit"),
        (
            "<itunes:author>Borough &amp; Sons of Anywhere</itunes:author>\n<itunes:image",
            "<itunes:image",
            "itunes-author",
        ),
        ("episodic", "weekly", "itunes-type"),
        ("<podcast:guid>", "<podcast:guid>0", "podcast-guid"),
        ("<podcast:locked>no", "<podcast:locked>maybe", "podcast-locked"),
        ("<podcast:medium>podcast", "<podcast:medium>radio", "podcast-medium"),
        ("<item>", "<entry>", "xml"),
        ("<itunes:duration>", "<length>1</length><itunes:duration>", "rss-element"),
        ("<itunes:duration>", "<title>Again</title><itunes:duration>", "rss-element"),
        (" GMT", "", "date"),
        ("Sat, 02 May 2026", "Sun, 02 May 2026", "date"),
        ("Sat, 02 May 2026", "2026-05-02", "date"),
        ('isPermaLink="false"', 'isPermaLink="true"', "guid"),
        ('type="audio/mpeg"', 'type="audio/mp4"', "enclosure"),
        ("<enclosure ", "<enclosure/><enclosure ", "enclosure"),
        ('length="', 'length="1', "enclosure-file"),
        ("/audio/getting-help.mp3", "/audio/01-introduction.mp3", "enclosure-file"),
        ("<itunes:duration>00:", "<itunes:duration>00h", "itunes-duration"),
        ("application/json+chapters", "application/json", "podcast-chapters"),
        ("/podcast/chapters.json", "/podcast/none.json", "chapters-file"),
        ('type="text/vtt"', 'type="text/captions"', "podcast-transcript"),
        ('rel="captions"', 'rel="words"', "podcast-transcript"),
        ("/audio/getting-help.vtt", "/audio/transcript.txt", "transcript-file"),
        (f'url="{BASE}', 'url="http://www.anywhere.example/leaflets', "address"),
        ("/podcast/episode.png", "/icon.png", "picture-file"),
    ],
)
def test_each_rule_that_is_broken_in_the_feed_is_named(built: Path, before: str, after: str, rule: str) -> None:
    feed = (built / "podcast.xml").read_text()
    assert before in feed
    assert rule in broken(feed.replace(before, after, 1).encode(), built)


def test_two_episodes_with_one_id_and_no_episode_are_named(built: Path) -> None:
    feed = (built / "podcast.xml").read_text()
    root = etree.fromstring(feed.encode())
    first, second, _ = root.iter("guid")
    second.text = first.text
    assert broken(etree.tostring(root), built) == {"guid-once"}
    for item in root.findall("channel/item"):
        item.getparent().remove(item)
    assert broken(etree.tostring(root), built) == {"item"}
    etree.SubElement(root.find("channel"), "item")
    assert "item-words" in broken(etree.tostring(root), built)


@pytest.mark.parametrize(
    ("file", "change", "rule"),
    [
        ("podcast/chapters.json", ('"version": "1.2.0"', '"version": "2"'), "chapters-file"),
        ("podcast/chapters.json", ('"startTime": 0.0', '"startTime": 9000'), "chapters-file"),
        ("podcast/chapters.json", ('"title": "At night"', '"title": " "'), "chapters-file"),
        ("podcast/chapters.json", ('"chapters"', '"sections"'), "chapters-file"),
        ("audio/ants.vtt", ("WEBVTT", "VTT"), "transcript-file"),
        ("audio/ants.vtt", ("00:00.250 -->", "09:00.250 -->"), "transcript-file"),
        ("audio/ants.mp3", ("ID3", "RIF"), "enclosure-file"),
    ],
)
def test_each_rule_that_is_broken_in_a_file_is_named(
    built: Path, tmp_path: Path, file: str, change: tuple[str, str], rule: str
) -> None:
    before, after = change
    copy = tmp_path / "dist"
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns("0*.mp3", "*.woff2"))
    place = copy / "ants" / "en" / file
    data = place.read_bytes()
    assert before.encode() in data
    place.write_bytes(data.replace(before.encode(), after.encode(), 1))
    assert broken((copy / "podcast.xml").read_bytes(), copy) == {rule}
