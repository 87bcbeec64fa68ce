"""The draft of an accessibility statement says what was checked and proved, and that nobody has signed it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from catalogue.index import write_index
from channels.html.assets import digest
from languages.statement import read_statement
from tests.catalogue.listed import publish
from tests.channels.html.tools import axe, html_validate
from tests.conftest import ROOT

PROOF = {
    "format": 1,
    "files": ["leaflet.pdf", "index.html"],
    "sentences": {"title": [0, 1], "summary": [0, 1], "one": [1]},
    "on_purpose": [{"file": "leaflet.pdf", "sentences": ["one"], "stands_elsewhere": False, "why": "too long for it"}],
}
NAME = "accessibility-draft.html"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    publish(tmp_path, "bees", feedback="Write to bees@example.org.", address=["Hive 4", "Clover <Lane>"])
    (tmp_path / "bees" / "en" / "proof.json").write_text(json.dumps(PROOF))
    publish(tmp_path, "ants", title="A & <b>")
    write_index(tmp_path)
    return tmp_path


def test_says_what_was_proved_of_which_publication_and_what_departs(output: Path) -> None:
    page = (output / NAME).read_text()
    assert '<a href="bees/en/proof.json">Guide to bees – 3 sentences found in 2 files</a>' in page
    assert "leaflet.pdf: too long for it" in page
    assert "A &amp; &lt;b&gt; – nothing was read back" in page
    assert "Each publication says: Write to bees@example.org." in page
    assert "Test House<br>\nHive 4<br>\nClover &lt;Lane&gt;</p>" in page


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        ("Test Housekeepers’ Hall", "<p>Test House<br>\nTest Housekeepers’ Hall<br>\n"),
        ("Records, test house", "<p>Records, test house<br>\n"),
    ],
)
def test_the_name_stands_above_an_address_that_has_it_not_as_whole_words(
    tmp_path: Path, first: str, shown: str
) -> None:
    publish(tmp_path, "bees", address=[first, "Clover Lane"])
    write_index(tmp_path)
    assert f"{shown}Clover Lane</p>" in (tmp_path / NAME).read_text()


def test_its_style_has_its_digest_and_its_icon_is_that_of_the_pages(output: Path) -> None:
    """After a change, no browser shows the draft in the old style."""
    assert (
        f'<link rel="stylesheet" href="index.css?v={digest((output / "index.css").read_bytes())}">'
        in (output / NAME).read_text()
    )
    icon = {"path": "icon.0a1b2c3d.svg", "media_type": "image/svg+xml", "role": "asset", "size": 1, "sha256": ""}
    publish(output, "bees", files=[icon])
    write_index(output)
    assert '<link rel="icon" href="bees/en/icon.0a1b2c3d.svg"' in (output / NAME).read_text()


def test_is_a_draft_that_claims_no_compliance(output: Path) -> None:
    page = (output / NAME).read_text()
    assert "nobody has signed it" in page
    assert '<meta name="robots" content="noindex">' in page
    assert NAME not in (output / "index.html").read_text()
    blank = re.findall("<mark>(.*?)</mark>", page)
    assert any("compliant" in text for text in blank)
    assert "compliant" not in re.sub("<mark>.*?</mark>", "", page)
    for heading in ("Feedback and contact", "Enforcement procedure", "Compliance status", "Non-accessible content"):
        assert heading in page


def test_claims_only_checks_that_there_are() -> None:
    """Each check in the text names the diagnostics that would report a fault, and the program has them."""
    said = read_statement("en")
    assert said is not None
    code = "\n".join(
        path.read_text() for room in ("reader", "channels", "yaml_source") for path in (ROOT / room).rglob("*.py")
    )
    for check in (said["source"], *said["checks"].values()):
        assert check["codes"]
        assert [name for name in check["codes"] if f'"{name}"' not in code] == []


def test_claims_nothing_of_an_edition_that_there_is_not(output: Path) -> None:
    assert "Talking book (DAISY)" not in (output / NAME).read_text()


def test_each_of_several_bodies_signs_its_own(output: Path) -> None:
    publish(output, "wasps", publisher="Wasp House")
    assert write_index(output)
    assert not (output / NAME).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(output: Path, browser: Browser, scheme: Any) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 800})
    page.goto((output / NAME).as_uri())
    assert axe(page)[0] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
    assert html_validate(output / NAME) == []
