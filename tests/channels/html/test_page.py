"""Words and structure of the page: landmarks, headings, links, downloads, data for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from channels.base import Settings
from channels.html import metadata
from channels.html.assets import digest
from model.document import Document
from model.traverse import sentences_of, text_of
from narration.script import script
from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import channel, document

GOOD = ("seed", "everything")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def words(text: str) -> str:
    """The text with every white space as one space."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", GOOD)
def test_every_sentence_stands_whole_under_its_id(looking: Visiting, name: str) -> None:
    """Every sentence is an anchor with the author's words. An image's alternative stands in the image, a cell in its
    row."""
    with looking(name) as visit:
        shown = visit.page.evaluate(
            """Object.fromEntries([
              ...[...document.querySelectorAll('[id]')].map(e => [e.id, e.alt ?? e.textContent]),
              ...[...document.querySelectorAll('tr[id]')].flatMap(row =>
                [...row.cells].map((cell, at) => [`${row.id}-${at + 1}`, cell.textContent]))])"""
        )
    for sentence in sentences_of(document(name)):
        assert words(shown[sentence.id]) == words(text_of(sentence.inlines))


@pytest.mark.parametrize("name", GOOD)
def test_all_that_is_spoken_has_its_place(looking: Visiting, name: str) -> None:
    """Every clip of the audio channel can be marked: a sentence, a row, an image."""
    with looking(name) as visit:
        ids = set(visit.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert {utterance.id for utterance in script(document(name), Settings())} - {""} <= ids


def test_sentences_stand_in_the_order_of_the_document(looking: Visiting) -> None:
    """Read from top to bottom, the main text has the order of all editions."""
    page = document("seed")
    with looking("seed") as visit:
        order = visit.page.evaluate("[...document.querySelectorAll('main [id], aside [id]')].map(e => e.id)")
    wanted = [sentence.id for sentence in sentences_of(page) if sentence.id in order]
    assert [id for id in order if id in set(wanted)] == wanted


@pytest.mark.parametrize("name", (*GOOD, "seed-alone"))
def test_landmarks_are_single_and_navigation_is_named(looking: Visiting, name: str) -> None:
    """There is one banner, one main, one contentinfo and one complementary part. Every navigation has its own
    name."""
    with looking(name) as visit:
        for role in ("banner", "main", "contentinfo", "complementary"):
            assert visit.page.get_by_role(role).count() == 1, role
        tree = visit.page.locator("body").aria_snapshot()
    names = re.findall(r"- navigation( \"[^\"]+\")?:", tree)
    assert len(names) >= 1
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", GOOD)
def test_headings_descend_without_a_gap(looking: Visiting, name: str) -> None:
    """There is one heading of the first level, and no level is skipped on the way down."""
    with looking(name) as visit:
        levels = visit.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => +e.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", GOOD)
def test_title_and_description_suit_a_list_of_results(looking: Visiting, name: str) -> None:
    """The title holds the heading in 70 characters; the description has 50 to 160."""
    with looking(name) as visit:
        heading = visit.page.locator("h1").first.inner_text()
        assert heading in visit.page.title()
        assert len(visit.page.title()) <= 70
        description = visit.page.locator("meta[name=description]").get_attribute("content") or ""
    assert 50 <= len(description) <= 160


@pytest.mark.parametrize("name", GOOD)
def test_telephone_links_dial_what_they_show(looking: Visiting, name: str) -> None:
    """The link calls the number shown, the groups of the number stay on one line, and its name holds the visible
    text (2.5.3)."""
    with looking(name) as visit:
        links = visit.page.locator("a[href^='tel:']").all()
        assert links
        for link in links:
            number = link.locator(".phone")
            shown = (number if number.count() else link).inner_text()
            assert (link.get_attribute("href") or "").removeprefix("tel:") == re.sub(r"[^\d+]", "", shown)
            assert " " not in shown
            assert shown in (link.get_attribute("aria-label") or shown)


def test_the_local_officer_has_no_invented_address(looking: Visiting) -> None:
    """A place whose address the source does not give is named and not linked."""
    with looking("seed") as visit:
        assert visit.page.locator("#local-crime-prevention-officer a").count() == 0
        hrefs = visit.page.locator("a[href^=http]").evaluate_all("all => all.map(a => a.href)")
    assert set(hrefs) == {"https://drugs.gov.uk/"}


@pytest.mark.parametrize("name", GOOD)
def test_downloads_tell_type_size_and_extent(looking: Visiting, site: Path, name: str) -> None:
    """Sizes are right within a tenth. There are pages or times where they apply."""
    with looking(name) as visit:
        links = {
            link.get_attribute("href") or "": words(link.text_content() or "")
            for link in visit.page.locator(".formats li a, .take a").all()
        }
    named = {href.split("?")[0]: text for href, text in links.items()}
    assert {"leaflet.pdf", "large-print.pdf"} < set(named)
    for href, text in links.items():
        kind, number, unit = re.search(r"\((PDF|MP3|TXT), ([\d.]+) (KB|MB)", text).groups()  # type: ignore[union-attr]
        path, query = href.split("?v=")
        assert query == digest((site / name / path).read_bytes()), "a new version has a new address"
        assert kind.lower() == path.rsplit(".", 1)[-1]
        told = float(number) * {"KB": 1000, "MB": 1_000_000}[unit]
        assert told == pytest.approx((site / name / path).stat().st_size, rel=0.1)
    assert "2 pages" in named["leaflet.pdf"]
    assert re.search(r"\d+ (s|seconds)\)", named[f"audio/{document(name).id}.mp3"])


@pytest.mark.parametrize("name", GOOD)
def test_links_lead_somewhere(looking: Visiting, site: Path, name: str) -> None:
    """Every anchor on the page exists, and every file beside it."""
    with looking(name) as visit:
        addresses = visit.page.evaluate(
            "[...document.querySelectorAll('[href],[src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src'))"
        )
        ids = set(visit.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    for address in addresses:
        if address.startswith("#"):
            assert address[1:] in ids
        elif ":" not in address:
            assert (site / name / re.split("[?#]", address)[0]).exists(), address


def test_a_page_alone_offers_nothing_that_is_not_there(visiting: Visiting) -> None:
    """Without the other channels the player and the downloads are absent, not broken."""
    with visiting("seed-alone") as visit:
        assert visit.page.locator("audio, #listen, .formats").count() == 0
        assert visit.complaints == []


def test_an_archived_page_says_so(looking: Visiting) -> None:
    """The notice, the time that the page describes, and its status stand on the page."""
    with looking("seed") as visit:
        assert visit.page.locator(".notice").get_by_text("This is an archived page").is_visible()
        assert visit.page.get_by_text("Describes the strategy of 2007 to 2008").is_visible()
        assert "Archived" in visit.page.locator("footer").inner_text()


def test_dates_and_version_stand_at_the_foot(looking: Visiting) -> None:
    """They are plain words, which a screen reader reads whole. The day at the top does not stand there again."""
    with looking("everything") as visit:
        foot = words(visit.page.locator("footer").inner_text())
        assert visit.page.locator("time").count() == 0
        assert words(visit.page.locator(".updated").inner_text()) == "Last reviewed 1 March 2024"
    for fact in ("Version 2.1", "Published 28 February 2022", "To be reviewed by 1 March 2027"):
        assert fact in foot
    assert "Last reviewed" not in foot


def test_pictures_are_drawn_to_scale(looking: Visiting) -> None:
    """£9.50 beside £1, 45% of the former number, nineteen marks for 1,900: the widths on the screen are in
    proportion."""
    with looking("seed") as visit:
        widths = visit.page.locator(".length").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
        assert widths[1] / widths[0] == pytest.approx(0.45, abs=0.005)
        assert widths[2] / widths[3] == pytest.approx(9.5, abs=0.05)
        assert visit.page.locator(".marks rect").count() == 19
        for picture in visit.page.get_by_role("img").all():
            assert picture.get_attribute("aria-label")


@pytest.mark.parametrize("name", GOOD)
def test_linked_data_has_what_it_must_have(looking: Visiting, name: str) -> None:
    """JSON-LD parses; page, speakable, publisher, contact point and recording have their required properties."""
    page = document(name)
    with looking(name) as visit:
        data = json.loads(visit.page.locator("script[type='application/ld+json']").inner_text())
        for selector in data["speakable"]["cssSelector"]:
            assert visit.page.locator(selector).count() == 1
    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["name"]) == ("WebPage", text_of(page.title.inlines))
    assert data["inLanguage"] == page.language
    assert (data["publisher"]["@type"], data["publisher"]["name"]) == (
        "Organization",
        text_of(page.publisher.name.inlines),
    )
    assert "contactPoint" not in data["publisher"], "whom the page names is not the publisher's own"
    (body,) = data["mentions"]
    assert body["@type"] == "Organization"
    assert body["telephone"] == "0800776600"
    assert data["audio"]["@type"] == "AudioObject"
    assert re.fullmatch(r"PT(\d+H)?(\d+M)?(\d+S)?", data["audio"]["duration"])
    place = {"seed": "", "everything": "https://www.example.gov.uk/everything/"}[name]
    assert data["audio"]["contentUrl"].partition("?v=")[0] == f"{place}audio/{page.id}.mp3"


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("https://a.example/guide/en/", "https://a.example/guide/en/audio/g.mp3?v=1"),
        ("https://a.example/guide", "https://a.example/guide/audio/g.mp3?v=1"),
        ("https://a.example", "https://a.example/audio/g.mp3?v=1"),
        ("https://a.example/guide/index.html", "https://a.example/guide/audio/g.mp3?v=1"),
        ("https://a.example/v1.2/?x=1#top", "https://a.example/v1.2/audio/g.mp3?v=1"),
        (None, "audio/g.mp3?v=1"),
    ],
)
def test_a_file_beside_the_page_has_a_whole_address_where_that_of_the_page_is_known(
    page: str | None, file: str
) -> None:
    assert metadata.address_of(replace(document("seed"), url=page), "audio/g.mp3?v=1") == file


def test_what_machines_read_of_a_page_with_an_address(looking: Visiting) -> None:
    """Canonical address and Open Graph."""
    with looking("everything") as visit:
        head = visit.page.locator("head")
        assert head.locator("link[rel=canonical]").get_attribute("href") == "https://www.example.gov.uk/everything"
        assert head.locator("meta[property='og:title']").get_attribute("content") == "Everything a page can hold"
        assert head.locator("meta[property='og:url']").count() == 1


def test_machines_are_told_the_path_the_day_and_the_place(looking: Visiting) -> None:
    """There is a BreadcrumbList if the path has addresses, dateModified, og:locale, and a government if the source
    names one."""
    with looking("everything") as visit:
        data = json.loads(visit.page.locator("script[type='application/ld+json']").inner_text())
        assert visit.page.locator("meta[property='og:locale']").get_attribute("content") == "en_GB"
    first, last = data["breadcrumb"]["itemListElement"]
    assert (first["name"], first["item"], first["position"]) == ("Home", "https://www.example.gov.uk", 1)
    assert (last["name"], "item" in last) == ("Examples", False)
    assert data["dateModified"] == "2024-03-01"
    page = document("seed")
    of_government = replace(page, publisher=replace(page.publisher, government=True))
    assert '"GovernmentOrganization"' in metadata.linked_data(of_government, None)
    assert "breadcrumb" not in json.loads(metadata.linked_data(page, None)), "none of its places has an address"


def test_words_in_another_language_say_which(looking: Visiting) -> None:
    """`lang` on the page and on parts."""
    with looking("everything") as visit:
        assert visit.page.locator("html").get_attribute("lang") == "en"
        assert visit.page.locator("main [lang=cy]").inner_text() == "Croeso"


def test_translations_name_each_other(seed_in_welsh: str) -> None:
    """`hreflang` for machines and a link for people, if there are several languages."""
    assert '<link rel="alternate" hreflang="cy" href="../cy/index.html">' in seed_in_welsh
    assert '<a href="../cy/index.html" lang="cy" hreflang="cy">Cymraeg</a>' in seed_in_welsh
    assert '<span lang="en" aria-current="true">English</span>' in seed_in_welsh


def test_the_statements_of_the_publisher_are_linked_at_the_foot() -> None:
    """Accessibility and privacy are linked if the publisher has them. Feedback stands beside the text."""
    plain = channel().render(document("seed"), {}).files[0].data.decode()
    assert 'class="statements"' not in plain and 'class="feedback"' not in plain
    places = {"accessibility": "https://a.example/accessibility", "privacy": "https://a.example/privacy"}
    page = replace(document("everything"), accessibility=places["accessibility"], privacy=places["privacy"])
    html = channel().render(page, {}).files[0].data.decode()
    foot = html.partition("<footer>")[2]
    assert '<a href="https://a.example/accessibility">Accessibility' in foot
    assert '<a href="https://a.example/privacy">Privacy' in foot
    assert '<section class="feedback">' in html


@pytest.fixture
def seed_in_welsh() -> str:
    """The seed page as it is if a Welsh one stands beside it."""
    page: Document = replace(document("seed"), translations=("cy",))
    return channel().render(page, {}).files[0].data.decode()


BROKEN = [
    test_landmarks_are_single_and_navigation_is_named,
    test_headings_descend_without_a_gap,
    test_title_and_description_suit_a_list_of_results,
    test_telephone_links_dial_what_they_show,
]


@pytest.mark.parametrize("promise", BROKEN)
def test_each_promise_is_broken_by_a_broken_page(looking: Visiting, promise: Callable[..., None]) -> None:
    """The tests above can fail."""
    with pytest.raises(AssertionError):
        promise(looking, "broken")


def test_links_to_nowhere_are_found(looking: Visiting, site: Path) -> None:
    """An anchor that does not exist fails the test of links."""
    with pytest.raises(AssertionError):
        test_links_lead_somewhere(looking, site, "broken")
