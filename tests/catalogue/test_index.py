"""The list of publications says the right things, everybody can read it, and titles stay text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from catalogue.entries import published_in
from catalogue.frames import label_of
from catalogue.index import write_index
from channels.base import File
from channels.html.editions import download
from channels.html.view import POLICY
from languages.fixed_words import read_words
from model.errors import NotOurs
from tests.catalogue.listed import publish
from tests.channels.html.tools import MEASURE, axe, code_sniffer, html_validate, load

HOSTILE = "</title><script>alert(1)</script>&amp; “Zebras”"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    publish(tmp_path, "zebras", title=HOSTILE)
    publish(tmp_path, "bees", status="archived")
    publish(tmp_path, "bees", "cy", title="Gwenyn", summary="Am wenyn.")
    publish(tmp_path, "bees", "ar", title="النحل", summary="عن النحل.")
    write_index(tmp_path)
    return tmp_path


def test_lists_publications_by_title_with_their_languages_and_editions(output: Path) -> None:
    page = (output / "index.html").read_text()
    assert page.index("Guide to bees") < page.index("Gwenyn")
    assert 'lang="cy" dir="ltr"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert 'href="bees/cy/index.html"' in page
    assert "(PDF, 25\u00a0KB, 2\u00a0pages)" in page
    assert "(MP3, 25\u00a0KB, 4\u00a0min\u00a038\u00a0s)" in page
    assert page.count("Archived") == 1
    assert "page.css" not in page


def test_a_title_stays_text(output: Path) -> None:
    page = (output / "index.html").read_text()
    assert "<script>" not in page
    assert page.count("<script") == 1
    assert "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page


def test_is_written_only_when_it_changes(output: Path) -> None:
    assert not write_index(output)
    publish(output, "new")
    assert write_index(output)
    assert "Guide to new" in (output / "index.html").read_text()


def test_what_is_no_publication_is_left_out(output: Path) -> None:
    (output / ".staging" / "left").mkdir(parents=True)
    (output / ".staging" / "left" / "manifest.json").write_text((output / "bees/en/manifest.json").read_text())
    (output / "notes" / "en").mkdir(parents=True)
    (output / "broken" / "en").mkdir(parents=True)
    (output / "broken" / "en" / "manifest.json").write_text("{")
    assert [languages[0].publication for languages in published_in(output)] == ["zebras", "bees"]


def test_nothing_published_is_said(tmp_path: Path) -> None:
    write_index(tmp_path)
    assert "Nothing is published yet." in (tmp_path / "index.html").read_text()


@pytest.mark.parametrize(
    ("size", "said"), [(1_440, "1.4 KB"), (999_499, "999 KB"), (999_500, "1 MB"), (2_240_000, "2.2 MB")]
)
def test_sizes_as_readers_take_them_in(size: int, said: str) -> None:
    words, _ = read_words("en")
    due = f"TXT, {said}".replace(" ", "\u00a0").replace(",\u00a0", ", ")
    assert label_of({"title": "Transcript", "size": size, "media_type": "text/plain"}, words) == ("Transcript", due)


PDF, ZIP = "application/pdf", "application/zip"
BRF, PEF = "application/x-brf", "application/x-pef+xml"


@pytest.mark.parametrize(
    ("title", "media_type", "label"),
    [
        ("leaflet", PDF, "Leaflet (PDF, 25 KB, 2 pages)"),
        ("leaflet_office", PDF, "Leaflet to print on A4 and fold (PDF, 25 KB, 2 pages)"),
        ("leaflet_print", PDF, "Leaflet for a print shop (PDF, 25 KB, 2 pages)"),
        ("factsheet", PDF, "Factsheet (PDF, 25 KB, 2 pages)"),
        ("flyer", PDF, "Flyer (PDF, 25 KB, 2 pages)"),
        ("flyer_print", PDF, "Flyer for a print shop (PDF, 25 KB, 2 pages)"),
        ("poster", PDF, "Poster (PDF, 25 KB, 2 pages)"),
        ("poster_a3", PDF, "Poster, A3 (PDF, 25 KB, 2 pages)"),
        ("poster_print", PDF, "Poster for a print shop (PDF, 25 KB, 2 pages)"),
        ("booklet", PDF, "Booklet (PDF, 25 KB, 2 pages)"),
        ("booklet_office", PDF, "Booklet to print, fold and staple (PDF, 25 KB, 2 pages)"),
        ("booklet_print", PDF, "Booklet for a print shop (PDF, 25 KB, 2 pages)"),
        ("large_print", PDF, "Large print (PDF, 25 KB, 2 pages)"),
        ("braille", BRF, "Braille for embossers and displays (BRF, 25 KB, 2 pages)"),
        ("braille_pef", PEF, "Braille (PEF, 25 KB, 2 pages)"),
        ("recording", "audio/mpeg", "Recording (MP3, 25 KB, 1 min 40 s)"),
        ("transcript", "text/plain", "Transcript (TXT, 25 KB)"),
        ("epub", "application/epub+zip", "Talking book (EPUB, 25 KB, 1 min 40 s)"),
        ("daisy", ZIP, "Talking book for players (DAISY, ZIP, 25 KB, 1 min 40 s)"),
        ("tracks", ZIP, "Recording in tracks, for a CD or USB stick (ZIP, 25 KB, 1 min 40 s)"),
        ("m4b", "audio/mp4", "Recording as an audio book (M4B, 25 KB, 1 min 40 s)"),
        ("opus", "audio/ogg", "Recording for phones, the smallest file (Opus, 25 KB, 1 min 40 s)"),
        ("ivr", ZIP, "Recording for a telephone line (WAV, ZIP, 25 KB, 1 min 40 s)"),
    ],
)
def test_each_download_is_told_once_by_type_size_and_extent_on_page_and_list(
    title: str, media_type: str, label: str
) -> None:
    words, _ = read_words("en")
    pages = 2 if media_type in (PDF, BRF, PEF) else None
    seconds = 100.0 if "min" in label else None
    data = bytes(25_000)
    file = File(path="f", data=data, media_type=media_type, title=words[title], pages=pages, seconds=seconds)
    entry = {"title": words[title], "media_type": media_type, "size": len(data), "pages": pages, "seconds": seconds}
    shown = download(file, words[title], words)
    for name, details in ((shown.title, shown.details), label_of(entry, words)):
        assert f"{name} ({details})".replace("\N{NO-BREAK SPACE}", " ") == label


def test_every_link_tells_its_publication(output: Path, browser: Browser) -> None:
    """Somebody who lists the links of a page hears no second "Leaflet"."""
    page = browser.new_page()
    page.goto((output / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    names = [" ".join(link.inner_text().split()) for link in page.get_by_role("link").all()]
    assert "Leaflet – Guide to bees" in names
    assert page.get_by_role("link", name="Leaflet – Guide to bees", exact=True).count() == 1
    assert len(set(names)) == len(names)
    page.close()


def test_is_set_in_the_letters_of_the_pages(output: Path) -> None:
    assert "woff2" not in (output / "index.css").read_text()
    file = {"media_type": "font/woff2", "role": "asset", "size": 1, "sha256": ""}
    fonts = [{"path": f"fonts/latin-{name}.woff2", **file} for name in ("400-normal.0a1b2c3d", "400-italic")]
    publish(output, "ants & co", files=fonts)
    write_index(output)
    page = (output / "index.css").read_text()
    assert page.count("url(") == 1
    assert 'src: url("ants%20%26%20co/en/fonts/latin-400-normal.0a1b2c3d.woff2")' in page


def test_has_its_style_under_the_headers_that_are_documented(output: Path, browser: Browser) -> None:
    """No style stands in the page, because the policy for all pages forbids it."""
    page = browser.new_page()
    page.route(
        "http://list.test/**",
        lambda route: route.fulfill(
            body=(output / (route.request.url.split("?")[0].rpartition("/")[2] or "index.html")).read_bytes(),
            content_type="text/css" if ".css" in route.request.url else "text/html",
            headers={"Content-Security-Policy": POLICY.replace(" {data}", "")},
        ),
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("http://list.test/")
    assert page.locator("header").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 52, 61)"
    assert page.locator("style, [style]").count() == 0
    assert said == []
    page.close()


def test_lines_are_short_and_search_engines_are_told(output: Path, browser: Browser) -> None:
    """Lines have at most 75 characters, and there is a description."""
    publish(
        output, "long", summary="A summary of this length is what a publication has at the most, and no longer. " * 2
    )
    write_index(output)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((output / "index.html").as_uri())
    load(page, MEASURE, "measure")
    page.locator(".unseen").evaluate_all("all => all.forEach(one => one.remove())")
    assert page.evaluate("measure.lines(75)") == []
    assert 50 <= len(page.locator("meta[name=description]").get_attribute("content") or "") <= 160
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(output: Path, browser: Browser, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 800})
    page.goto((output / "index.html").as_uri())
    page.locator("summary").first.click()
    violations, _ = axe(page)
    assert violations == []
    assert code_sniffer(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_is_valid(output: Path) -> None:
    assert html_validate(output / "index.html") == []


BEFORE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Publications</title>
<style>
/* The look that every channel shares. Values only: no selectors but :root. */
"""


def test_a_list_that_was_made_before_there_were_marks_is_ours_and_another_page_is_not(output: Path) -> None:
    (output / "index.html").write_text(BEFORE)
    assert write_index(output)
    (output / "index.html").write_text(BEFORE.replace("The look that every channel shares", "My own look"))
    with pytest.raises(NotOurs, match="is not a list of publications"):
        write_index(output)


def test_the_list_says_its_own_address_if_all_publications_agree_on_it(tmp_path: Path) -> None:
    """Search engines are told one address of the list, whatever else leads to it."""
    publish(tmp_path, "bees", url="https://a.example/guides/bees/en/")
    write_index(tmp_path)
    assert '<link rel="canonical" href="https://a.example/guides/">' in (tmp_path / "index.html").read_text()
    publish(tmp_path, "ants", url="https://b.example/ants")
    write_index(tmp_path)
    assert "canonical" not in (tmp_path / "index.html").read_text()
