"""axe checks the pages of bodies with a brand of their own, and ten random pairs of colours."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from model.document import Colours, Document
from reader.read import read
from tests.channels.html.folders import channel
from tests.channels.html.test_looks import contrast_in_pixels
from tests.channels.html.tools import MEASURE, axe, load
from tests.conftest import GOLDEN

COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
UNDECIDED = {"css-orientation-lock", "hidden-content"}
"""Scripts cannot read a style sheet in a folder, and the logo for paper is hidden on a screen."""

BODIES = ("anywhere", "fernhill")
CHANCE = random.Random(13)  # ten pairs, the same in every run
PAIRS = [(f"#{CHANCE.randrange(1 << 24):06x}", f"#{CHANCE.randrange(1 << 24):06x}") for _ in range(10)]


def document(body: str) -> Document:
    result = read(GOLDEN / "brands" / body / "getting-help" / "en.yaml")
    assert result.document is not None, result.diagnostics
    return result.document


def written(publication: Document, folder: Path) -> str:
    """Writes the page of `publication` into `folder`, and returns its address."""
    for file in channel().render(publication, {}).files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return (folder / "index.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("body", BODIES)
def test_no_rule_of_axe_is_broken_by_a_brand(page: Page, body: str, tmp_path: Path) -> None:
    page.goto(written(document(body), tmp_path))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations, undecided = axe(page)
            assert violations == [], (width, scheme)
            assert {line.split(":")[0] for line in undecided} <= UNDECIDED, (width, scheme)
            load(page, MEASURE, "measure")
            assert page.evaluate("measure.contrast(7)") == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("body", BODIES)
def test_a_logo_keeps_its_shape_and_its_room(page: Page, body: str, tmp_path: Path) -> None:
    page.goto(written(document(body), tmp_path))
    logo = document(body).publisher.logo
    assert logo is not None
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        box = page.evaluate(
            """() => { const one = [...document.querySelectorAll(".logo")].find((each) => each.offsetWidth);
                       const style = getComputedStyle(one), inner = (side) => parseFloat(style["padding" + side]);
                       return [one.clientWidth - inner("Left") - inner("Right"),
                               one.clientHeight - inner("Top") - inner("Bottom"), one.naturalWidth] }"""
        )
        assert box[2] > 0
        assert box[0] / box[1] == pytest.approx(logo.width / logo.height, rel=0.05)


def test_ten_pairs_of_colours_break_no_rule_of_contrast(page: Page, tmp_path: Path) -> None:
    body = document("fernhill")
    for number, (brand, accent) in enumerate(PAIRS):
        colours = Colours(brand=brand, accent=accent)
        page.goto(written(replace(body, publisher=replace(body.publisher, colours=colours)), tmp_path / str(number)))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page, only=COLOURS)[0] == [], (brand, accent, scheme)


@pytest.mark.parametrize("body", BODIES)
def test_forced_colours_leave_the_logo_as_it_is_and_the_words_visible(page: Page, body: str, tmp_path: Path) -> None:
    """They take the header's ground away, on which half of a logo may stand: white words would be on white."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(written(document(body), tmp_path))
    logo = page.locator(".masthead .logo:visible")
    for scheme in ("light", "dark"):
        shown = []
        for forced in ("none", "active"):
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            picture = Image.open(io.BytesIO(logo.screenshot())).convert("RGB")
            shown.append(picture.crop((4, 4, picture.width - 4, picture.height - 4)).tobytes())  # without round corners
        assert shown[0] == shown[1], scheme
        for selector in ("h1", ".summary", ".notice p", ".postal", "footer p >> nth=-1"):
            assert contrast_in_pixels(page.locator(selector).first) >= 7, (scheme, selector)
