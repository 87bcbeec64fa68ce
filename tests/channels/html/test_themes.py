"""The build, which has no browser, warns of style sheets that break a page in a narrow window of a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from channels.design.theme import Fault, read_sheet
from channels.design.theme_layout import what_would_not_fit
from tests.channels.html.test_brands import document, written

BREAKING = (
    "main { min-width: 30rem }",
    "h1 { width: 24rem }",
    ".summary { white-space: nowrap }",
    "main { display: grid; grid-template-columns: 12rem 12rem }",
    ".contact { margin-right: -6rem }",
    "main p { transform: translateX(10rem) }",
    "h1 { inline-size: 110vw }",
)
FITTING = (
    "main { max-width: 40rem }",
    "@media (min-width: 48rem) { main { width: 40rem } }",
    "h1 { font-size: 2.2rem; width: min(100%, 40rem) }",
)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page.goto(written(document("anywhere"), tmp_path_factory.mktemp("themes")))
    yield page
    page.close()


def runs_out(page: Page, css: str) -> bool:
    """True if the page with `css` is wider than a window of 320 pixels."""
    style = page.add_style_tag(content=css)
    try:
        return bool(page.evaluate("document.documentElement.scrollWidth > 320"))
    finally:
        style.evaluate("element => element.remove()")


def warned_of(css: str) -> bool:
    sheet = read_sheet(css)
    assert sheet.faults == list[Fault]()
    return any(
        list(what_would_not_fit(rule.selector, part, wide=rule.wide)) for rule in sheet.rules for part in rule.declared
    )


@pytest.mark.parametrize("css", BREAKING)
def test_what_runs_out_of_a_narrow_window_is_warned_of(page: Page, css: str) -> None:
    assert runs_out(page, css), "else this says nothing"
    assert warned_of(css)


@pytest.mark.parametrize("css", FITTING)
def test_what_fits_is_not(page: Page, css: str) -> None:
    assert not runs_out(page, css)
    assert not warned_of(css)
