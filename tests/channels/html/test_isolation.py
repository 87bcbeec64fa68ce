"""The page uses only its own host and its own policy, and works without a script, from a folder, and under a path."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import SIZES
from tests.channels.html.tools import Visit, slow_down, until

GOOD = ("seed", "everything")
MARKED = "[...(CSS.highlights.get('reading') ?? [])].map(range => range.startContainer.id)[0]"


def strangers(visit: Visit, base: str) -> list[str]:
    """Requests to other places than `base`."""
    return [url for url in visit.requests if not url.startswith(base)]


def scroll_through(visit: Visit) -> None:
    """Lets everything load that loads only when it is seen, and starts the recording."""
    visit.page.evaluate("for (const e of document.querySelectorAll('img, audio, footer')) e.scrollIntoView()")
    visit.page.evaluate("for (const e of document.querySelectorAll('audio')) e.play()")
    until(visit, lambda: any(".mp3?v=" in url for url in visit.requests))
    visit.page.wait_for_timeout(300)


@pytest.mark.parametrize("name", (*GOOD, "hostile"))
def test_no_request_leaves_the_host_and_no_policy_is_broken(visiting: Visiting, server: str, name: str) -> None:
    """There are only same-origin requests, and the console stays silent, so the policy reports nothing."""
    with visiting(name) as visit:
        scroll_through(visit)
        assert strangers(visit, f"{server}/{name}/") == []
        assert visit.complaints == []


def test_a_broken_page_is_caught_at_it(visiting: Visiting, server: str) -> None:
    """The checks above notice a script against the policy and a request to another host."""
    with visiting("broken") as visit:
        assert any("Content Security Policy" in line for line in visit.complaints)
        visit.page.evaluate("location.href = 'https://elsewhere.example/'")
        until(visit, lambda: strangers(visit, server) != [])


@pytest.mark.parametrize("name", GOOD)
def test_the_page_works_from_a_folder(visiting: Visiting, site: Path, name: str) -> None:
    """Style, fonts, images, recording and reading along work from a USB stick, and the console stays silent."""
    with visiting(name, base=site.as_uri()) as visit:
        assert (
            visit.page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
            == "rgb(0, 52, 61)"
        )
        assert visit.page.evaluate("document.fonts.check('19px \"Atkinson Hyperlegible Next\"')")
        assert visit.page.evaluate("[...document.images].every(i => i.loading === 'lazy' || i.naturalWidth > 0)")
        slow_down(visit)
        visit.page.evaluate("document.querySelector('audio').addEventListener('playing', e => e.target.pause())")
        sentence = visit.page.locator("main p .s").nth(2)
        visit.page.locator("#listen > summary").click()
        sentence.click()
        until(visit, f"({MARKED}) === '{sentence.get_attribute('id')}'")
        assert visit.complaints == []


@pytest.mark.parametrize("name", ["everything", "blocks", "long"])
def test_the_console_is_silent_in_windows_of_every_size(browser: Browser, server: str, site: Path, name: str) -> None:
    """Served and from a folder. (test_browsers.py listens in Firefox and WebKitGTK.)"""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for base in (server, site.as_uri()):
        page.goto(f"{base}/{name}/listened.html")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert [*said, *page.evaluate("complaints")] == []
    page.close()


@pytest.mark.parametrize("name", GOOD)
def test_the_page_works_under_a_path(visiting: Visiting, server: str, name: str) -> None:
    """Every address is relative."""
    base = f"{server}/some/sub/path"
    with visiting(name, base=base) as visit:
        scroll_through(visit)
        assert strangers(visit, base) == []
        assert visit.complaints == []


@pytest.mark.parametrize("name", GOOD)
def test_the_page_is_whole_without_a_script(looking: Visiting, visiting: Visiting, name: str) -> None:
    """All content, the player and all links are there. What needs a script is not offered."""
    with looking(name) as visit:
        visit.page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        whole = visit.page.locator("main").inner_text()
    with visiting(name, java_script_enabled=False) as visit:
        visit.page.locator("#listen > summary").click()
        assert visit.page.locator("audio").is_visible()
        assert visit.page.locator(".reading").is_hidden()
        assert visit.page.locator(".printing").is_hidden()
        visit.page.locator(".parts summary").click()
        bare = visit.page.locator("main").inner_text()
        part = visit.page.locator(".parts a").nth(1)
        assert "#t=" in (part.get_attribute("href") or "")
    assert set(bare.split("\n")) <= set(whole.split("\n"))
    assert len(bare) > 0.8 * len(whole)
