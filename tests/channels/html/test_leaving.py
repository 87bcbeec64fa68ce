"""Leaving at once works by link and by key, is always in view, and leaves nothing to see."""

from __future__ import annotations

from tests.channels.html.conftest import Visiting
from tests.channels.html.tools import until


def test_leaving_is_a_plain_link_where_the_author_asks_for_it(visiting: Visiting) -> None:
    """It works without a script and without a recording, and is off by default."""
    with visiting("everything-alone", java_script_enabled=False) as visit:
        link = visit.page.get_by_role("link", name="Exit this page")
        assert link.get_attribute("href") == "https://www.example.org"
        assert link.get_attribute("rel") == "noreferrer"
    with visiting("seed") as visit:
        assert visit.page.locator(".exit, .told").count() == 0


def test_the_way_out_stays_in_view(looking: Visiting) -> None:
    """The link stays in view to the end of the page, on a telephone and on a desk."""
    for width in (320, 1280):
        with looking("everything", width=width) as visit:
            visit.page.evaluate("scrollTo(0, document.body.scrollHeight)")
            box = visit.page.locator(".exit").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 60


def test_three_presses_of_shift_leave_and_nothing_is_left_to_see(visiting: Visiting) -> None:
    """The page, and its title, are blank before the other page comes. After two presses it says what a third does."""
    with visiting("everything-alone") as visit:
        visit.page.route("https://www.example.org/**", lambda route: route.fulfill(status=204))
        for told in ("Shift, press 2 more times to leave this page.", "Shift, press 1 more time to leave this page."):
            visit.page.keyboard.press("Shift")
            assert visit.page.locator(".told[aria-live]").inner_text() == told
        with visit.page.expect_request("https://www.example.org/"):
            visit.page.keyboard.press("Shift")
        assert visit.page.evaluate("getComputedStyle(document.body).display") == "none"
        assert visit.page.title() == "…"


def test_leaving_forgets_the_chosen_speed(visiting: Visiting) -> None:
    """The tab keeps no trace that somebody has listened."""
    with visiting("everything") as visit:
        visit.page.route("https://www.example.org/**", lambda route: route.fulfill(status=204))
        visit.page.locator("#listen").evaluate("details => details.open = true")
        visit.page.locator("#listen-speed").select_option("2")
        assert visit.page.evaluate("sessionStorage.length") == 1
        with visit.page.expect_request("https://www.example.org/"):
            visit.page.get_by_role("link", name="Exit this page").click()
        assert visit.page.evaluate("sessionStorage.length") == 0


def test_shift_with_another_key_is_writing_and_does_not_leave(visiting: Visiting) -> None:
    """Writing capitals does not leave the page."""
    with visiting("everything-alone") as visit:
        for _ in range(3):
            visit.page.keyboard.press("Shift+A")
        visit.page.keyboard.press("Shift")
        visit.page.keyboard.press("a")
        visit.page.keyboard.press("Shift")
        until(visit, "document.querySelector('.told').textContent.includes('2 more')")
