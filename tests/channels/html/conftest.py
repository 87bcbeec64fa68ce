"""The built pages, a web server for them, and Chromium: what the tests of the page share.

The checkers written in JavaScript (tools.py) are installed, by an npm of Node 22.22 or later, with
    mkdir -p .tools && cp tests/package.json .tools/ && PUPPETEER_SKIP_DOWNLOAD=1 \
        npm install --prefix .tools --no-package-lock --ignore-scripts --no-audit --no-fund
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.channels.html.folders import publish_all
from tests.channels.html.serving import serving
from tests.channels.html.tools import Visit

Visiting = Callable[..., AbstractContextManager[Visit]]
AS_IT_WAS = """() => {
  for (const each of document.querySelectorAll("details")) each.open = false;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet.cssRules[0]?.selectorText !== "*");
  document.documentElement.removeAttribute("style");
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  scrollTo(0, 0);
}"""
"""The page has its own styles alone. The contents are folded, at their top, and the next press of Tab leads to their
first control."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every page that the tests visit, each in a folder of its own name."""
    folder = tmp_path_factory.mktemp("site")
    publish_all(folder)
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a server of the site."""
    with serving(site) as address:
        yield address


AS_USUAL: dict[str, Any] = {
    "media": "screen",
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}


class Kept(dict[str, Visit]):
    """Pages, each opened on demand in a window of its own, because a tab behind another one stands still."""

    def __init__(self, browser: Browser, server: str) -> None:
        super().__init__()
        self.browser, self.server = browser, server

    def __missing__(self, name: str) -> Visit:
        page = self[name] = Visit(page=self.browser.new_context().new_page())
        page.page.goto(f"{self.server}/{name}/index.html")
        page.page.evaluate("document.fonts.ready")
        return page


@pytest.fixture(scope="session")
def kept(browser: Browser, server: str) -> Kept:
    """The pages that stay open, by name. To open one takes ten times as long as to measure it."""
    return Kept(browser, server)


@pytest.fixture
def looking(kept: Kept) -> Visiting:
    """Opens a page of the site that stays open for other tests. A test may resize it, unfold and scroll it and move
    the focus, and must change nothing else. `with looking("seed", width=320, color_scheme="dark") as visit`."""

    @contextmanager
    def visit(name: str, *, width: int = 1280, height: int = 720, **media: Any) -> Iterator[Visit]:
        made = kept[name]
        media = AS_USUAL | media
        made.page.set_viewport_size({"width": width, "height": height})
        made.page.emulate_media(**media)
        made.page.evaluate(AS_IT_WAS)
        yield made

    return visit


@pytest.fixture
def visiting(browser: Browser, server: str) -> Visiting:
    """Opens a page of the site for one test alone: `with visiting("seed", width=320, color_scheme="dark") as visit`."""

    @contextmanager
    def visit(name: str, *, width: int = 1280, height: int = 720, base: str = "", **context: Any) -> Iterator[Visit]:
        opened = browser.new_context(viewport={"width": width, "height": height}, **context)
        page = opened.new_page()
        made = Visit(page=page)
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("console", lambda message: made.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: made.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: made.complaints.append(f"dialog: {dialog.message}"))
        page.goto(f"{base or server}/{name}/index.html")
        page.evaluate("document.fonts.ready")
        try:
            yield made
        finally:
            opened.close()

    return visit
