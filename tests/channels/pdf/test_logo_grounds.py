"""A body's logo opens each printed edition, in the version for its ground: on dark the one for dark grounds, or a
plate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.pdf import frames
from model.document import Document
from reader.read import read
from tests.conftest import GOLDEN

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
