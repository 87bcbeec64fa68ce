"""Pictures in print have no more dots than a print shop wants, and a coarse one gives a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from channels.pdf import leaflet
from channels.pdf.edition import Made
from tests.channels.pdf.made import channel, from_text, opened
from tests.channels.pdf.test_pictures import is_image

SOURCE = """\
title: A photograph
summary: A photograph, as fine or as coarse as it came, for every edition on paper.
language: en
publisher: { name: Department for Examples }
status: current
sections:
  - { id: a, title: First, blocks: [Words., { type: figure, image: images/p.jpg, alternative: A view. }] }
"""


def made(folder: Path, width: int, mode: str = "RGB") -> Made:
    (folder / "images").mkdir()
    view = Image.linear_gradient("L").resize((width, width // 2)).convert(mode)
    view.save(folder / "images" / "p.jpg", quality=95)
    return leaflet.make(from_text(folder, SOURCE))


def widths(edition: Made) -> set[int]:
    """The widths in dots of the picture in each file. It is drawn 82 mm wide."""
    found = set()
    for file in edition.files:
        with opened(file.data) as pdf:
            found |= {int(thing.Width) for thing in pdf.objects if is_image(thing)}
    return found


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_picture_from_a_camera_is_printed_with_300_dots_an_inch(tmp_path: Path, mode: str) -> None:
    edition = made(tmp_path, 4000, mode)
    assert widths(edition) == {round(82 / 25.4 * 300)}
    assert "coarse-picture" not in {fault.code for fault in edition.diagnostics}


def test_a_coarse_picture_is_told_where_it_stands_and_printed_as_it_is(tmp_path: Path) -> None:
    edition = made(tmp_path, 400)
    (warning,) = (fault for fault in edition.diagnostics if fault.code == "coarse-picture")
    assert (warning.severity, warning.mark.line) == ("warning", 7)
    assert "images/p.jpg has 124 dots an inch" in warning.message
    assert widths(edition) == {400}


def test_a_picture_that_is_coarse_at_two_places_in_two_editions_is_told_once_at_the_first(tmp_path: Path) -> None:
    made(tmp_path, 400)
    text = SOURCE.replace("status: current", "status: current\neditions: [leaflet, booklet]")
    again = "  - { id: b, title: Next, blocks: [{ type: figure, image: images/p.jpg, alternative: A view. }] }\n"
    found = channel().preflight(from_text(tmp_path, text + again))
    assert [fault.mark.line for fault in found if fault.code == "coarse-picture"] == [8]


def test_a_picture_that_is_fine_enough_is_as_it_came(tmp_path: Path) -> None:
    edition = made(tmp_path, 1000)
    assert widths(edition) == {1000}
    assert "coarse-picture" not in {fault.code for fault in edition.diagnostics}
