"""A body's logo opens each printed edition, in the version for its ground: on dark the one for dark grounds, or a
plate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from channels.pdf import frames
from channels.pdf.drawings import faults
from model.document import Document
from reader.read import read
from tests.conftest import GOLDEN

PAGE = """title: Getting help
summary: Where to find help with drugs, for yourself or for someone you know, and whom to call.
language: en
status: current
reviewed: 2024-03-01
sections: [{ title: Whom to ask, blocks: [Ask at your surgery.] }]
"""
DARK = ("leaflet", "booklet", "factsheet", "flyer", "poster")


def document(body: str) -> Document:
    result = read(GOLDEN / "brands" / body / "getting-help" / "en.yaml")
    assert result.document is not None, result.diagnostics
    return replace(result.document, editions=(*DARK, "large-print"))


@pytest.mark.parametrize("edition", DARK)
def test_on_a_dark_ground_stands_the_logo_for_it_or_a_plate(edition: str) -> None:
    page = frames.frame(f"{edition}.html", document("anywhere"), "Edition")
    assert page.count("publisher-logo-on-dark.svg") == 1
    page = frames.frame(f"{edition}.html", document("fernhill"), "Edition")
    assert page.count('class="logo plate"') == 1


@pytest.mark.parametrize("body", ["anywhere", "fernhill"])
def test_large_print_is_white_and_has_the_logo_for_white(body: str) -> None:
    page = frames.frame("large-print.html", document(body), "Large print")
    assert page.count("images/publisher-logo.svg") == 1
    assert "plate" not in page


@pytest.mark.parametrize(
    ("colour", "seen"), [("#ffffff", False), ("#fafafa", False), ("#ffd400", True), ("#000", True)]
)
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_logo_that_cannot_be_seen_on_white_is_told(kind: str, colour: str, seen: bool, tmp_path: Path) -> None:
    """It is one for dark grounds, and stands on white paper, and elsewhere on a white plate."""
    if kind == "svg":
        shape = f'<circle cx="9" cy="9" r="8" fill="{colour}"/>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">{shape}</svg>'
        (tmp_path / "logo.svg").write_text(drawing)
    else:
        image = Image.new("RGBA", (300, 200))
        image.paste(colour, (20, 20, 90, 90))
        image.save(tmp_path / "logo.png")
    body = f"name: Anywhere\nlogo: {{ image: logo.{kind}, alternative: Anywhere }}\n"
    (tmp_path / "publisher.yaml").write_text(body)
    source = tmp_path / "guide" / "en.yaml"
    source.parent.mkdir()
    source.write_text(PAGE)
    made = read(source).document
    assert made is not None
    found = [(fault.code, Path(fault.mark.file).name, fault.mark.line) for fault in faults(made)]
    assert found == ([] if seen else [("logo-unseen", "publisher.yaml", 2)])
