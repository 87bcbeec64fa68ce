"""The feed is valid by RFC 4287, the same for the same sources, and its ids never change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from catalogue.index import write_index
from tests.catalogue.listed import publish

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = Path(__file__).parent / "atom.rng"
CHANGES = [
    {"day": "2026-05-02", "text": "A new number."},
    {"day": "2026-05-02", "text": "Open on Sundays."},
    {"day": "2026-02-01", "text": "A new address."},
]


def feed_in(output: Path) -> Any:
    """The feed, after it was validated, also by the rules of RFC 4287 that no grammar can express."""
    write_index(output)
    tree = etree.parse(output / "feed.xml")
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    assert grammar.validate(tree), grammar.error_log
    root = tree.getroot()
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        alternate = entry.findall(f"{ATOM}link[@rel='alternate']")
        assert len(alternate) == 1 or (not alternate and entry.find(f"{ATOM}content") is not None)
    newest = max(str(entry.findtext(f"{ATOM}updated")) for entry in entries)
    assert root.findtext(f"{ATOM}updated") == newest
    return root


def titles(root: Any) -> list[tuple[str | None, ...]]:
    return [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("title", "updated", "summary"))
        for entry in root.findall(f"{ATOM}entry")
    ]


def test_tells_each_publication_and_each_change_the_latest_first(tmp_path: Path) -> None:
    publish(tmp_path, "bees", published="2025-01-01", changes=CHANGES, tags=["nature", "a & b"])
    publish(tmp_path, "ants", published="2026-03-01")
    publish(tmp_path, "undated")
    told = titles(feed_in(tmp_path))
    assert [day for _, day, _ in told] == [
        *["2026-05-02T00:00:00Z"] * 3,
        "2026-03-01T00:00:00Z",
        "2026-02-01T00:00:00Z",
    ]
    assert {summary for _, _, summary in told} >= {"A new number.", "Open on Sundays.", "What it is about."}
    assert not any(title == "Guide to undated" for title, _, _ in told)


def test_an_id_stays_when_words_and_later_changes_come(tmp_path: Path) -> None:
    publish(tmp_path, "bees", published="2025-01-01", changes=CHANGES[1:])
    before = {entry.findtext(f"{ATOM}id") for entry in feed_in(tmp_path).findall(f"{ATOM}entry")}
    publish(tmp_path, "bees", published="2025-01-01", title="Bees!", changes=CHANGES, summary="All new.")
    after = {entry.findtext(f"{ATOM}id") for entry in feed_in(tmp_path).findall(f"{ATOM}entry")}
    assert len(before) == 3
    assert before < after


def test_addresses_are_those_of_the_pages(tmp_path: Path) -> None:
    publish(tmp_path, "bees", reviewed="2026-01-01", url="https://a.example/leaflets/bees/en/")
    root = feed_in(tmp_path)
    links = {(link.get("rel"), link.get("href")) for link in root.iter(f"{ATOM}link")}
    assert links == {
        ("self", "https://a.example/leaflets/feed.xml"),
        ("alternate", "https://a.example/leaflets/"),
        ("alternate", "https://a.example/leaflets/bees/en/"),
        ("enclosure", "https://a.example/leaflets/bees/en/audio/bees.mp3"),
    }


def test_without_a_page_an_entry_has_its_words(tmp_path: Path) -> None:
    file = {"path": "leaflet.pdf", "media_type": "application/pdf", "role": "download", "size": 1, "sha256": ""}
    publish(tmp_path, "bees", published="2026-01-01", files=[file])
    assert feed_in(tmp_path).find(f".//{ATOM}content") is not None


def test_is_named_by_the_page_and_goes_with_the_last_date(tmp_path: Path) -> None:
    publish(tmp_path, "bees", published="2026-01-01")
    feed_in(tmp_path)
    assert (tmp_path / "index.html").read_text().count("feed.xml") == 2
    publish(tmp_path, "bees")
    assert write_index(tmp_path)
    assert not (tmp_path / "feed.xml").exists()
    assert "feed.xml" not in (tmp_path / "index.html").read_text()


@pytest.mark.parametrize("text", ["</summary><b>", "a & b", "“quoted” ’"])
def test_words_stay_words(tmp_path: Path, text: str) -> None:
    publish(tmp_path, "bees", published="2026-01-01", title=text, changes=[{"day": "2026-01-02", "text": text}])
    assert (text, "2026-01-02T00:00:00Z", text) in titles(feed_in(tmp_path))
