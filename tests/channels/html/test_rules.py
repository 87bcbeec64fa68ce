"""The rules of others, run over the page in Chromium: axe-core, HTML_CodeSniffer, Nu, html-validate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.channels.html import tools
from tests.channels.html.conftest import Visiting

GOOD = ("seed", "everything")
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
    "zoom-200": {"width": 640, "height": 360, "device_scale_factor": 2},
    "zoom-400": {"width": 320, "height": 256, "device_scale_factor": 4},
    "print": {"width": 768},
}
WIDTHS = {"light": (1280, 768, 320), "dark": (1280, 768, 320), "forced": (1280, 320)}
# In forced colours axe takes the author's colours for the ones shown; test_looks.py measures the pixels there.
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
UNDECIDED = {
    "th-has-data-cells": "axe does not follow headers over cells that stand over several rows and columns.",
    "audio-caption": "The recording is the page read aloud, and the page is its transcript.",
    "hidden-content": "On paper the player and the list of contents are left out on purpose.",
}


@pytest.mark.parametrize(
    ("name", "view"), [*((name, view) for name in GOOD for view in VIEWS), ("blocks", "light"), ("blocks", "dark")]
)
def test_no_rule_of_axe_is_broken(visiting: Visiting, name: str, view: str) -> None:
    """Every rule on, experimental and AAA ones too; what axe cannot decide must be explained in UNDECIDED."""
    # A table that scrolls hides some of its cells, of which axe does not see the ground.
    unseen = view == "forced" or name == "blocks"
    with visiting(name, **VIEWS[view]) as visit:
        if view == "print":
            visit.page.emulate_media(media="print")
        for width in WIDTHS.get(view, (None,)):
            if width is not None:
                visit.page.set_viewport_size({"width": width, "height": 720})
            violations, undecided = tools.axe(visit.page, without=COLOURS if unseen else ())
            assert (width, violations) == (width, [])
            assert [line for line in undecided if line.split(":")[0] not in UNDECIDED] == []


def test_links_to_other_languages_break_no_rule(visiting: Visiting) -> None:
    """They stand at the head of the page, where those who need them look."""
    with visiting("translated", width=320) as visit:
        assert tools.axe(visit.page)[0] == []
        assert visit.measure("targets") == []
        assert visit.measure("contrast", 7) == []


@pytest.mark.parametrize("name", GOOD)
def test_no_rule_of_code_sniffer_is_broken(visiting: Visiting, name: str) -> None:
    """WCAG 2 at AAA by the engine of pa11y."""
    with visiting(name) as visit:
        assert tools.code_sniffer(visit.page) == []


def test_the_markup_is_valid(site: Path, server: str) -> None:
    """No error and no warning from the Nu HTML checker, none from html-validate, with other editions and without."""
    names = ("blocks", *GOOD, *(f"{name}-alone" for name in GOOD))
    assert tools.nu(*(f"{server}/{name}/index.html" for name in (*names, "hostile"))) == []
    assert tools.html_validate(*(site / name / "index.html" for name in names)) == []


def test_each_checker_finds_fault_with_a_broken_page(visiting: Visiting, site: Path, server: str) -> None:
    """A checker that has nothing to say of the broken page says nothing of the good one either."""
    with visiting("broken") as visit:
        violations, _ = tools.axe(visit.page)
        rules = {line.split(":")[0] for line in violations}
        assert {"html-has-lang", "image-alt", "color-contrast", "heading-order", "label", "tabindex"} <= rules
        assert any("H30" in line or "H37" in line for line in tools.code_sniffer(visit.page))
    assert any("Duplicate ID" in line for line in tools.nu(f"{server}/broken/index.html"))
    assert any("no-dup-id" in line for line in tools.html_validate(site / "broken" / "index.html"))
