"""The page works by keyboard, and says the right things to screen readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from model.blocks import Statistic
from model.traverse import blocks_of, text_of
from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import REAL, document
from tests.channels.html.hearing import heard, said_twice
from tests.channels.html.tools import Visit

GOOD = ("seed", "everything")
GOLDENS = Path(__file__).parent / "golden"
MOST_STOPS = 80
PLACE = "[...document.querySelectorAll('body *')].indexOf(document.activeElement)"
REACHABLE = "a[href], button, summary, input, select, audio, [tabindex='0']"


def walk(visit: Visit) -> tuple[list[int], list[str]]:
    """Presses Tab until the focus leaves the page. Returns the stops, as places among all elements, and the faults
    on the way."""
    stops: list[int] = []
    faults: list[str] = []
    for _ in range(MOST_STOPS):
        visit.page.keyboard.press("Tab")
        place = visit.page.evaluate(PLACE)
        if place == -1:
            return stops, faults + order(stops)
        if not stops or stops[-1] != place:
            stops.append(place)
            faults += visit.measure("focus")
    return stops, [*faults, f"still on the page after {MOST_STOPS} presses"]


def order(stops: list[int]) -> list[str]:
    """The faults where the focus moves back up the page."""
    return [] if stops == sorted(stops) else [f"out of reading order: {stops}"]


@pytest.mark.parametrize("held", ["", "Shift+"])
@pytest.mark.parametrize("height", [256, 568])
def test_with_letters_twice_as_large_the_focus_is_in_view_on_a_telephone(
    looking: Visiting, held: str, height: int
) -> None:
    """The way out stays in view, and nothing that has the focus lies under it, forward and back (2.4.11, 1.4.4)."""
    with looking("everything", width=320, height=height) as visit:
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
        visit.page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        visit.page.locator("footer button").focus() if held else None
        stops: list[int] = []
        faults: list[str] = []
        for _ in range(MOST_STOPS):
            visit.page.keyboard.press(f"{held}Tab")
            visit.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            place = visit.page.evaluate(PLACE)
            if place == -1:
                break
            if place not in stops[-1:]:
                stops.append(place)
                faults += visit.measure("focus")
        assert [fault for fault in faults if fault != "audio “”: no outline"] == [], "the player has its own"
        assert len(stops) > 30


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", GOOD)
def test_tab_reaches_every_control_in_order_and_visibly(looking: Visiting, name: str, width: int, scheme: str) -> None:
    """The focus moves in reading order, is in view, uncovered and outlined at 3 to 1, and can leave (2.1.2, 2.4.3,
    2.4.7, 2.4.12, 2.4.13)."""
    with looking(name, width=width, color_scheme=scheme) as visit:
        visit.page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        stops, faults = walk(visit)
        wanted = visit.page.evaluate(
            """selector => [...document.querySelectorAll('body *')]
                 .flatMap((element, place) => element.matches(selector) && element.checkVisibility() ? place : [])""",
            REACHABLE,
        )
    assert faults == []
    assert stops == wanted


def test_the_walk_finds_fault_with_a_broken_page(looking: Visiting) -> None:
    """The test finds hidden focus, covered controls, a wrong order and a trap."""
    with looking("broken") as visit:
        _, faults = walk(visit)
    for fault in ("no outline", "covered", "still on the page"):
        assert any(fault in line for line in faults), fault
    assert order([3, 1]) != []


@pytest.mark.parametrize("name", GOOD)
def test_the_first_tab_shows_the_skip_link_and_it_works(looking: Visiting, name: str) -> None:
    """The link is out of sight until it has the focus. Enter leads to the main text, and the next Tab continues
    there."""
    with looking(name) as visit:
        skip = visit.page.get_by_role("link", name="Skip to main content")
        assert not in_view(skip.page, ".skip")
        visit.page.keyboard.press("Tab")
        assert in_view(skip.page, ".skip")
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("!!document.activeElement.closest('main')")


def in_view(page: Page, selector: str) -> bool:
    """True if an element stands within the window."""
    box = page.locator(selector).bounding_box()
    return box is not None and box["y"] >= 0


@pytest.mark.parametrize("name", GOOD)
def test_the_tree_that_screen_readers_get(looking: Visiting, golden: Callable[[str, Path], None], name: str) -> None:
    """Read golden/<name>.aria.yaml: it is the page as screen readers get it."""
    with looking(name) as visit:
        visit.page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        tree = visit.page.locator("body").aria_snapshot()
    golden(tree + "\n", GOLDENS / f"{name}.aria.yaml")


@pytest.mark.parametrize("name", (*GOOD, "blocks"))
def test_what_is_heard_from_top_to_bottom(looking: Visiting, golden: Callable[[str, Path], None], name: str) -> None:
    """Read golden/<name>.heard.txt as a listener. Each figure is heard in its sentence and then as one image."""
    with looking(name) as visit:
        lines = heard(visit.page)
    for statistic in blocks_of(document(name)):
        if isinstance(statistic, Statistic):
            sentence = " ".join(text_of(statistic.sentences[0].inlines).split())
            assert sum(sentence in line for line in lines) == 1, sentence
            assert sum(statistic.alternative in line for line in lines) == 1, statistic.alternative
    golden("\n".join(lines) + "\n", GOLDENS / f"{name}.heard.txt")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", (*GOOD, "blocks", *REAL))
def test_nothing_is_heard_twice(looking: Visiting, name: str, width: int) -> None:
    """Neither in a row nor far apart, unless the author wrote it twice: no landmark has the name of its heading, no
    table and no picture is named by a caption that is then read."""
    with looking(name, width=width) as visit:
        lines = heard(visit.page)
    assert said_twice(lines, document(name)) == []


def test_what_is_heard_twice_is_found(looking: Visiting) -> None:
    """A landmark named like its heading, a table named by its caption, and a link that stands there twice."""
    with looking("broken") as visit:
        lines = heard(visit.page)
    found = "; ".join(said_twice(lines, document("seed")))
    for words in ("Contents", "A table of nothing", "Leave"):
        assert words in found, (words, found)
