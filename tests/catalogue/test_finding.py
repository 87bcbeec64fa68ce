"""Publications are found, sorted and grouped in the browser. Without a script the list is complete and in order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from catalogue.entries import published_in
from catalogue.index import write_index
from tests.catalogue.listed import publish
from tests.channels.html.tools import axe


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("list")
    publish(output, "bees", published="2026-01-01", tags=["nature"])
    publish(output, "bees", "cy", title="Gwenyn", summary="Am wenyn.")
    publish(output, "creche", published="2026-03-01", title="The crèche", tags=["children", "a | b"])
    publish(output, "ants", publisher="Ant House", published="2026-02-01")
    booklet = {"path": "booklet.pdf", "media_type": "application/pdf", "role": "download", "title": "Booklet"}
    publish(output, "old", files=[booklet | {"size": 1_000, "sha256": "", "pages": 8}])
    write_index(output)
    return output


@pytest.fixture
def page(output: Path, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((output / "index.html").as_uri())
    yield page
    page.close()


def shown(page: Page) -> list[tuple[str, list[str]]]:
    """The headings that are shown, each with the publications under it."""
    found: list[list[str | list[str]]] = page.evaluate(
        """() => [...document.querySelectorAll(".group:not([hidden])")].map((group) => [
             group.querySelector("h2").textContent,
             [...group.querySelectorAll("article:not([hidden])")].map((one) => one.querySelector("h3").textContent)])"""
    )
    return [(str(heading), list(titles)) for heading, titles in found]


def test_without_a_script_all_stand_there_under_their_publishers_the_latest_first(
    output: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((output / "index.html").as_uri())
    assert page.locator("h2, h3").all_inner_texts() == [
        *("Ant House", "Guide to ants"),
        *("Test House", "The crèche", "Guide to bees", "Gwenyn", "Guide to old"),
    ]
    assert not page.locator("form").is_visible()
    assert not page.locator(".by").first.is_visible(), "the heading has named the publisher"
    context.close()


def test_words_find_titles_summaries_and_subjects_whatever_their_marks(page: Page) -> None:
    for words, titles in (("CRECHE", ["The crèche"]), ("wenyn am", ["Guide to bees"]), ("nature", ["Guide to bees"])):
        page.get_by_label("Search").fill(words)
        assert [title for _, group in shown(page) for title in group] == titles
    page.get_by_role("status").filter(has_text="1 of 4 publications").wait_for()
    page.get_by_label("Search").fill("nothing of the kind")
    page.get_by_role("status").filter(has_text="No publication fits").wait_for()
    assert shown(page) == []
    page.get_by_role("button", name="Show all").click()
    deadline = time.monotonic() + 10
    while len(shown(page)) != 2:
        assert time.monotonic() < deadline


@pytest.mark.parametrize(
    ("choice", "value", "titles"),
    [
        ("Publisher", "Ant House", ["Guide to ants"]),
        ("Language", "Cymraeg", ["Guide to bees"]),
        ("Subject", "a | b", ["The crèche"]),
        ("Format", "Booklet", ["Guide to old"]),
        ("Format", "Recording", ["Guide to ants", "The crèche", "Guide to bees"]),
    ],
)
def test_a_choice_leaves_what_fits(page: Page, choice: str, value: str, titles: list[str]) -> None:
    page.get_by_label(choice).first.select_option(value)
    assert [title for _, group in shown(page) for title in group] == titles


def test_groups_are_chosen_and_an_address_keeps_them(page: Page) -> None:
    assert [heading for heading, _ in shown(page)] == ["Ant House", "Test House"]
    page.get_by_label("Group by").select_option("Subject")
    assert shown(page) == [
        ("a | b", ["The crèche"]),
        ("children", ["The crèche"]),
        ("nature", ["Guide to bees"]),
        ("Others", ["Guide to ants", "Guide to old"]),
    ]
    page.get_by_label("Group by").select_option("Format")
    assert dict(shown(page))["Booklet"] == ["Guide to old"]
    assert dict(shown(page))["Leaflet"] == ["The crèche", "Guide to ants", "Guide to bees"]
    page.get_by_label("Group by").select_option("Latest first")
    assert shown(page) == [("All publications", ["The crèche", "Guide to ants", "Guide to bees", "Guide to old"])]
    page.get_by_label("Search").fill("guide")
    address = str(page.evaluate("location.href"))
    page.goto("about:blank")
    page.goto(address)
    assert shown(page) == [("All publications", ["Guide to ants", "Guide to bees", "Guide to old"])]
    assert "guide" not in address.partition("#")[0]


def test_a_publisher_is_named_where_no_heading_names_it(page: Page) -> None:
    assert page.locator(".by:visible").count() == 0
    page.locator("#group").select_option("language")
    assert page.locator(".by:visible").count() == page.locator(".by").count() > 0
    page.locator("#group").select_option("publisher")
    assert page.locator(".by:visible").count() == 0


def test_everyone_can_search(page: Page) -> None:
    page.get_by_label("Group by").select_option("Language")
    assert axe(page)[0] == []
    assert page.evaluate("document.querySelectorAll('[style], style').length") == 0


def test_what_was_read_is_kept_and_read_again_when_it_changes(output: Path, tmp_path: Path) -> None:
    """A thousand manifests take two seconds to read, and a tenth of a second to find unchanged."""
    cache = tmp_path / "cache"
    first = published_in(output, cache)
    kept = next((cache / "ledger").iterdir())
    assert published_in(output, cache) == first == published_in(output)
    publish(output, "old", title="New")
    assert [each[0].title for each in published_in(output, cache)][-1] == "New"
    kept.write_text("{")
    assert [each[0].title for each in published_in(output, cache)][-1] == "New"
    publish(output, "old")


def test_one_publication_alone_is_not_searched_and_no_place_is_kept_for_it(tmp_path: Path) -> None:
    publish(tmp_path, "bees")
    write_index(tmp_path)
    page = (tmp_path / "index.html").read_text()
    assert "<form" not in page and "<script" not in page
    publish(tmp_path, "wasps")
    write_index(tmp_path)
    assert '<form class="find"' in (tmp_path / "index.html").read_text()


def test_where_no_script_comes_the_place_of_the_search_is_given_up(output: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/index.js*", lambda route: route.abort())
    page.goto((output / "index.html").as_uri())
    top = "document.querySelector('.list').getBoundingClientRect().top"
    kept = page.evaluate(top)
    end = time.monotonic() + 30
    while page.evaluate(top) > kept - 50:
        assert time.monotonic() < end
        time.sleep(0.2)
    page.close()
