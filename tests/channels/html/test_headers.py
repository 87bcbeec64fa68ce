"""The headers in docs/headers/ let browsers keep what has its digest in its address, and nothing else; pages, list,
draft and feeds show all they have under them."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from channels.html.assets import digest
from channels.html.view import POLICY
from tests.channels.html.folders import BASE, document
from tests.channels.html.serving import HEADERS, apache, hosted, nginx, serving

PAGES = ("index.html", "accessibility-draft.html", "feed.xml", "podcast.xml", "everything/en/index.html")
ADDRESS = re.compile(
    r'(?:href|src|url|data-cues|srcset)="([^"]+)"|url\(["\']?([^"\')]+)|<url>([^<]+)|"contentUrl":"([^"]+)'
)
NOT_LINKED_ALONE = ("OFL.txt",)
Headers = Callable[[str], dict[str, str]]


def asked(address: str) -> dict[str, str]:
    """The headers of an answer."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return dict(answer.headers)


@pytest.fixture(scope="module", params=["hosts", "nginx", "apache"])
def headers(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headers]:
    """The headers of a file of the list of one publisher, by its address under it, on each of the servers."""
    if request.param == "hosts":
        yield lambda address: hosted("/" + address.partition("?")[0])
        return
    run = {"nginx": nginx, "apache": apache}[request.param]
    with run(site / "own", tmp_path_factory.mktemp(request.param)) as server:
        yield lambda address: asked(f"{server}/{address}")


@pytest.fixture(scope="module")
def named(site: Path) -> dict[str, bytes]:
    """Every address that pages, styles and feeds name, with the bytes of its file. Addresses stand under the list."""
    found: dict[str, bytes] = {}
    waiting = list(PAGES)
    while waiting:
        address = waiting.pop()
        path = unquote(address.partition("?")[0])
        file = site / "own" / (path + "index.html" if path.endswith("/") or not path else path)
        if address in found:
            continue
        found[address] = file.read_bytes()
        if file.suffix in (".html", ".css", ".xml"):
            text = found[address].decode()
            for groups in ADDRESS.findall(text):
                whole = urljoin(BASE + path, unescape("".join(groups)))
                if whole.startswith(BASE):
                    waiting.append(whole.removeprefix(BASE).partition("#")[0])
    return found


def test_what_a_browser_may_keep_has_its_digest_in_its_address(headers: Headers, named: dict[str, bytes]) -> None:
    """A file that changes gets another address, or is asked for each time. What has a digest is kept for a week at
    least, as all that a reader takes away."""
    kept = [address for address, data in named.items() if digest(data) in address]
    assert len(kept) > 30
    for suffix in ("css", "js", "woff2", "svg", "mp3", "pdf", "epub", "zip", "brf", "pef", "m4b", "opus", "txt"):
        assert any(urlsplit(address).path.endswith(f".{suffix}") for address in kept), suffix
    for address, data in named.items():
        said = headers(address)["Cache-Control"]
        age = int(found[1]) if (found := re.search(r"max-age=(\d+)", said)) else 0
        if digest(data) not in address:
            assert age == 0, (address, said)
        elif not address.startswith(("everything/en/podcast/", "blocks/en/podcast/")) and ".vtt?v" not in address:
            assert age >= 604_800, (address, said)


def test_pages_and_feeds_are_asked_for_each_time(headers: Headers) -> None:
    for address in ("", *PAGES, "everything/en/"):
        assert headers(address)["Cache-Control"] in ("no-cache", "public, max-age=0, must-revalidate"), address


def test_every_answer_has_the_policy_of_the_page(headers: Headers, named: dict[str, bytes]) -> None:
    """It has the page's policy without the hash, and the parts that only a header can have."""
    wanted = POLICY.replace(" {data}", "") + "; frame-ancestors 'none'"
    for address in named:
        said = headers(address)
        assert said["Content-Security-Policy"] == wanted
        assert said["X-Content-Type-Options"] == "nosniff"
        assert {"Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy"} <= said.keys()


def test_words_are_sent_as_what_they_are(headers: Headers) -> None:
    """A text file without its encoding would show wrong signs. A player jumps only if it may ask for parts."""
    place = f"everything/en/audio/{document('everything').id}"
    if "Content-Type" not in headers("everything/en/audio/transcript.txt"):
        return  # hosts that know all this by themselves
    assert headers("everything/en/audio/transcript.txt")["Content-Type"].lower() == "text/plain; charset=utf-8"
    assert headers(f"{place}.vtt")["Content-Type"].startswith("text/vtt")
    assert headers("everything/en/audio/book.m4b")["Content-Type"] == "audio/mp4"
    assert headers(f"{place}.mp3")["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "page", ["own/index.html", "own/accessibility-draft.html", "list/index.html", "own/blocks/en/"]
)
def test_each_page_shows_all_it_has_under_them(browser: Browser, server: str, page: str) -> None:
    """Style and script run, nothing is refused, nothing is missing, and nothing stands in the page that a policy
    forbids."""
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("requestfailed", lambda request: said.append(request.url))
    tab.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    answer = tab.goto(f"{server}/{page}")
    assert answer is not None and "frame-ancestors" in (answer.header_value("content-security-policy") or "")
    assert (
        tab.locator(".masthead, header:not(:has(.masthead))").evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(0, 52, 61)"
    )
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.locator("style, [style]").count() == 0, "neither served nor set by the script"
    assert said == []
    tab.close()


def test_a_new_style_reaches_who_has_kept_the_old_one(browser: Browser, site: Path, tmp_path: Path) -> None:
    """The list and the draft are published again, with another look."""
    opened = browser.new_context()
    tab = opened.new_page()
    for name in ("index.html", "accessibility-draft.html", "index.css"):
        (tmp_path / name).write_bytes((site / "own" / name).read_bytes())
    with serving(tmp_path) as server:
        for page in ("index.html", "accessibility-draft.html"):
            tab.goto(f"{server}/{page}")
        style = tmp_path / "index.css"
        before = digest(style.read_bytes())
        style.write_text(style.read_text() + "header { background: rgb(1, 2, 3) !important }")
        for page in ("index.html", "accessibility-draft.html"):
            html = (tmp_path / page).read_text()
            assert before in html
            (tmp_path / page).write_text(html.replace(before, digest(style.read_bytes())))
            tab.goto(f"{server}/{page}")
            assert tab.locator("header").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(1, 2, 3)"
    opened.close()


def test_each_configuration_says_the_same() -> None:
    """The policy stands in all three files."""
    wanted = POLICY.replace(" {data}", "") + "; frame-ancestors 'none'"
    for name in ("_headers", "nginx.conf", "apache.conf"):
        assert (HEADERS / name).read_text(encoding="utf-8").count(wanted) == 1, name
