"""The weight of the page, and Lighthouse's scores."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.channels.html import tools
from tests.conftest import CHROMIUM, ROOT, demand

GOOD = ("seed", "everything")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FULL = ("seed", "everything", "list")
LIGHTHOUSE = Path(__file__).parent / "lighthouse.mjs"
TIMES_THE_MACHINE = {
    "total-blocking-time": 0.0,
    "speed-index": 0.0,
    "first-contentful-paint": 0.0,
    "largest-contentful-paint": 0.0,
    # Whether the typeface loads before the first words are shown depends on the machine. How little moves then depends
    # on the page.
    "cumulative-layout-shift": 0.9,
}
"""Audits whose score suffers when other tests run beside this one, with the least score that they must reach all the
same."""


def own_files(folder: Path) -> list[Path]:
    """The page, its style and its script."""
    return [folder / "index.html", *folder.glob("page.*.css"), *folder.glob("page.*.js")]


def travelling(file: Path) -> int:
    """The weight of a file as servers send it, compressed."""
    return len(gzip.compress(file.read_bytes(), 6))


@pytest.mark.parametrize("name", GOOD)
def test_page_and_fonts_are_light(site: Path, name: str) -> None:
    """Page, style and script have at most 40 KB compressed, fonts at most 60 KB with their licence."""
    folder = site / name
    own = own_files(folder)
    assert len(own) == 3
    assert sum(map(travelling, own)) <= 20_000
    assert sum(file.stat().st_size for file in (folder / "fonts").iterdir()) <= 60_000
    assert "SIL OPEN FONT LICENSE" in (folder / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()


def test_the_documentation_tells_the_weight_as_it_travels(site: Path) -> None:
    """The figures agree within a tenth."""
    told = (ROOT / "docs" / "html.md").read_text(encoding="utf-8")
    numbers = re.search(
        r"weigh ([\d.]+) KB: page ([\d.]+) KB, style ([\d.]+) KB, script ([\d.]+) KB;.*?([\d.]+) KB", told
    )
    assert numbers is not None
    weights = {name: [travelling(file) for file in own_files(site / name)] for name in GOOD}
    true = [sum(weights["seed"]), *weights["seed"], sum(weights["everything"])]
    assert [float(number) * 1000 for number in numbers.groups()] == pytest.approx(true, rel=0.1)


@pytest.fixture(scope="module")
def judged(server: str) -> dict[str, dict[str, Any]]:
    """Lighthouse's results for the seed, the page with everything, the list and a broken page, on its slow
    telephone."""
    demand((tools.MODULES / "lighthouse").exists(), "lighthouse is not installed in .tools")
    demand(CHROMIUM.exists(), "Chromium is not installed")
    addresses = {name: f"{server}/compressed/{name}/index.html" for name in (*FULL, "broken")}

    def judge(names: Sequence[str]) -> dict[str, dict[str, Any]]:
        """It mostly waits for pages to rest, so two of it take half the time."""
        wanted = {addresses[name]: CATEGORIES if name in FULL else CATEGORIES[1:4:2] for name in names}
        run = tools.node(LIGHTHOUSE, tools.MODULES, CHROMIUM, json.dumps(wanted))
        assert run.returncode == 0, run.stderr
        return dict(zip(names, json.loads(run.stdout).values(), strict=True))

    with ThreadPoolExecutor() as pool:
        first, second = pool.map(judge, (FULL[:2], (*FULL[2:], "broken")))
    return first | second


@pytest.mark.parametrize("name", FULL)
def test_lighthouse_gives_full_marks(judged: dict[str, dict[str, Any]], name: str) -> None:
    """All four scores are 100. Audits that measure the machine are treated apart, because other tests may run beside
    this one."""
    assert set(judged[name]) == set(CATEGORIES)
    for category, said in judged[name].items():
        costly = said["costly"]
        assert {audit: own for audit, own in costly.items() if own < TIMES_THE_MACHINE.get(audit, 1)} == {}, category
        assert said["score"] == 100 or costly, category


def test_lighthouse_finds_fault_with_a_broken_page(judged: dict[str, dict[str, Any]]) -> None:
    """Lighthouse can fail."""
    assert judged["broken"]["accessibility"]["score"] < 90
    assert judged["broken"]["seo"]["score"] < 100
