"""The list of a body has its logo in its shape with its alternative, and its colours with enough contrast."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from catalogue.index import write_index
from channels.design.brand import logo_files
from model.document import Document
from tests.catalogue.listed import publish
from tests.channels.design.test_brand import of
from tests.channels.html.test_looks import contrast_in_pixels
from tests.channels.html.tools import MEASURE, axe, load

BODIES = ("anywhere", "fernhill")


def listed(document: Document, output: Path) -> str:
    """Writes the list of a body with two publications, and returns its address."""
    logo, colours = document.publisher.logo, document.publisher.colours
    assert logo is not None and colours is not None
    for name in ("bees", "ants"):
        files = [{"path": "index.html", "media_type": "text/html", "role": "page", "title": "Web page"}]
        for path, file in logo_files(document).items():
            (output / name / "en" / "images").mkdir(parents=True, exist_ok=True)
            shutil.copy(file, output / name / "en" / path)
            files.append({"path": path, "media_type": "image/svg+xml", "role": "asset"})
        publish(
            output,
            name,
            files=[file | {"size": 1, "sha256": ""} for file in files],
            logo={"alternative": logo.alternative, "width": logo.width, "height": logo.height},
            colours={"brand": colours.brand, "accent": colours.accent},
        )
    write_index(output)
    return (output / "index.html").as_uri()


@pytest.fixture(scope="module", params=BODIES)
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(listed(of(request.param), tmp_path_factory.mktemp(request.param)))
    load(page, MEASURE, "measure")
    yield page
    page.close()


SHAPE = """one => { const style = getComputedStyle(one), inner = (side) => parseFloat(style["padding" + side]);
  return [(one.clientWidth - inner("Left") - inner("Right")) / (one.clientHeight - inner("Top") - inner("Bottom")),
          one.naturalWidth / one.naturalHeight, one.naturalWidth] }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_logo_keeps_its_shape_and_its_alternative_and_words_their_contrast(
    page: Page, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, forced_colors="none")  # type: ignore[arg-type]
    (logo,) = page.locator("header .logo:visible").all()
    shape, own, pixels = logo.evaluate(SHAPE)
    assert pixels > 0 and shape == pytest.approx(own, rel=0.05)
    assert logo.get_attribute("alt") in {"Borough of Anywhere", "Fernhill Health Trust"}
    assert page.evaluate("measure.contrast(7)") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_the_logo_as_it_is_and_the_words_visible(page: Page, scheme: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    shown = []
    for forced in ("none", "active"):
        page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(page.locator("header .logo:visible").screenshot())).convert("RGB")
        shown.append(picture.crop((4, 4, picture.width - 4, picture.height - 4)).tobytes())
    assert shown[0] == shown[1]
    for selector in ("h1", "h2", "h3 a", "article p:visible"):
        assert contrast_in_pixels(page.locator(selector).first) >= 7, selector


def test_no_rule_of_axe_is_broken(page: Page) -> None:
    page.emulate_media(color_scheme="light", forced_colors="none")
    assert axe(page)[0] == []
