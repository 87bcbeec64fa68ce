"""Other people's rules, checked in Chromium: axe-core, HTML_CodeSniffer, Nu, html-validate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.channels.html import tools
from tests.channels.html.conftest import Visiting

GOOD = ("seed", "everything")
# In forced colours axe takes the author's colours for those shown. test_looks.py measures the pixels there.
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
VIEWS: dict[str, dict[str, Any]] = {
    **{f"light-{width}": {"width": width} for width in (1280, 768, 320)},
    **{f"dark-{width}": {"width": width, "color_scheme": "dark", "only": COLOURS} for width in (1280, 768, 320)},
    "forced-and-still": {"forced_colors": "active", "reduced_motion": "reduce", "without": COLOURS},
    "zoom-200": {"width": 640, "height": 360},
    "zoom-400": {"width": 320, "height": 256},
    "print": {"width": 768, "media": "print"},
}
"""Views that differ from the first only in colours are checked only for colours."""
UNDECIDED = {
    "th-has-data-cells": "axe does not follow headers over cells that stand over several rows and columns.",
    "audio-caption": "The recording is the page read aloud, and the page is its transcript.",
    "hidden-content": "On paper the player and the list of contents are left out on purpose.",
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", GOOD)
def test_no_rule_of_axe_is_broken(looking: Visiting, name: str, view: str) -> None:
    """Every rule is on, also experimental and AAA ones. What axe cannot decide must be explained in UNDECIDED."""
    seen = dict(VIEWS[view])
    rules = {key: seen.pop(key) for key in ("only", "without") if key in seen}
    with looking(name, **seen) as visit:
        violations, undecided = tools.axe(visit.page, **rules)
    assert violations == []
    assert [line for line in undecided if line.split(":")[0] not in UNDECIDED] == []


@pytest.mark.parametrize("width", [1280, 320])
def test_no_rule_of_axe_is_broken_by_other_blocks(looking: Visiting, width: int) -> None:
    """All rules but those on colours are checked. A scrolling table hides some of its cells, and axe does not see
    their ground; test_looks.py measures them."""
    with looking("blocks", width=width) as visit:
        violations, undecided = tools.axe(visit.page, without=COLOURS)
    assert violations == []
    assert [line for line in undecided if line.split(":")[0] not in UNDECIDED] == []


def test_links_to_other_languages_break_no_rule(looking: Visiting) -> None:
    """The links stand at the head of the page, where their readers look."""
    with looking("translated", width=320) as visit:
        assert tools.axe(visit.page)[0] == []
        assert visit.measure("targets") == []
        assert visit.measure("contrast", 7) == []


@pytest.mark.parametrize("name", GOOD)
def test_no_rule_of_code_sniffer_is_broken(looking: Visiting, name: str) -> None:
    """The engine of pa11y checks WCAG 2 at AAA."""
    with looking(name) as visit:
        assert tools.code_sniffer(visit.page) == []


VALID = ("blocks", *GOOD, *(f"{name}-alone" for name in GOOD), "hostile")


@pytest.fixture(scope="module")
def judged(site: Path, server: str) -> dict[str, list[str]]:
    """The faults that the Nu HTML checker and html-validate find in each page. Both run once for all pages, because
    starting takes longer than reading."""
    names = (*VALID, "broken")
    said = tools.nu(*(f"{server}/{name}/index.html" for name in names))
    said += tools.html_validate(*(site / name / "index.html" for name in names if name != "hostile"))
    return {name: [line for line in said if line.startswith(f"{name}:")] for name in names}


def test_the_markup_is_valid(judged: dict[str, list[str]]) -> None:
    """The Nu HTML checker gives no error and no warning, and html-validate none, with other editions and without."""
    assert [line for name in VALID for line in judged[name]] == []


def test_each_checker_finds_fault_with_a_broken_page(looking: Visiting, judged: dict[str, list[str]]) -> None:
    """Otherwise its silence about the good page would mean nothing."""
    with looking("broken") as visit:
        violations, _ = tools.axe(visit.page)
        rules = {line.split(":")[0] for line in violations}
        assert {"html-has-lang", "image-alt", "color-contrast", "heading-order", "label", "tabindex"} <= rules
        assert any("H30" in line or "H37" in line for line in tools.code_sniffer(visit.page))
    assert any("Duplicate ID" in line for line in judged["broken"])
    assert any("no-dup-id" in line for line in judged["broken"])
