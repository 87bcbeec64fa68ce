"""What the page weighs, and what Lighthouse makes of it."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.channels.html import tools
from tests.conftest import CHROMIUM, demand

GOOD = ("seed", "everything")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu"
TIMES_THE_MACHINE = {
    "total-blocking-time": 0.0,
    "speed-index": 0.0,
    "first-contentful-paint": 0.0,
    "largest-contentful-paint": 0.0,
    # Whether the typeface comes before the first words are shown is the machine's; how little moves then, the page's.
    "cumulative-layout-shift": 0.9,
}
"""Audits whose score other tests beside this one lower, with the least that each must have all the same."""


@pytest.mark.parametrize("name", GOOD)
def test_page_and_fonts_are_light(site: Path, name: str) -> None:
    """Page, style and script within 40 KB as they travel, fonts within 60 KB, licence included."""
    folder = site / name
    own = [folder / "index.html", *folder.glob("page.*.css"), *folder.glob("page.*.js")]
    assert len(own) == 3
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in own) <= 20_000
    assert sum(file.stat().st_size for file in (folder / "fonts").iterdir()) <= 60_000
    assert "SIL OPEN FONT LICENSE" in (folder / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()


def lighthouse(
    url: str, folder: Path, categories: tuple[str, ...] = CATEGORIES
) -> dict[str, tuple[float, dict[str, float]]]:
    """Each category's score of 100, with the audits that cost something and their scores of 1."""
    program = tools.MODULES / "lighthouse" / "cli" / "index.js"
    demand(program.exists(), "lighthouse is not installed in .tools")
    demand(CHROMIUM.exists(), "Chromium is not installed")
    report = folder / "lighthouse.json"
    os.environ["CHROME_PATH"] = str(CHROMIUM)
    run = tools.node(
        program,
        url,
        "--quiet",
        f"--chrome-flags={FLAGS}",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(categories)}",
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    results = {}
    for key in categories:
        category = found["categories"][key]
        weighed = [item["id"] for item in category["auditRefs"] if item["weight"] > 0]
        scores = {id: found["audits"][id]["score"] for id in weighed}
        costly = {id: score for id, score in scores.items() if score not in (None, 1)}
        results[key] = (round(category["score"] * 100), costly)
    return results


def test_lighthouse_gives_full_marks(server: str, tmp_path: Path) -> None:
    """100 in all four, on the emulated slow telephone. Audits that time the machine itself are told apart: while other
    tests run beside this one they measure those."""
    for category, (score, costly) in lighthouse(f"{server}/seed/index.html", tmp_path).items():
        assert {audit: own for audit, own in costly.items() if own < TIMES_THE_MACHINE.get(audit, 1)} == {}, category
        assert score == 100 or costly, (category, score)


def test_lighthouse_finds_fault_with_a_broken_page(server: str, tmp_path: Path) -> None:
    """It can fail."""
    scores = lighthouse(f"{server}/broken/index.html", tmp_path, ("accessibility", "seo"))
    assert scores["accessibility"][0] < 90
    assert scores["seo"][0] < 100
