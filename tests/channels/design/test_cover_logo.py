"""The recording's cover shows the publisher's logo undistorted, on a plate if it needs one, and with nothing over
it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from channels.design.brand import files_of_cover, logo_files
from channels.design.cover import LOGO, MARGIN, SIZE, cover_of, cover_of_all
from channels.design.pixels import drawn, pixels
from model.document import Document
from model.errors import RenderError
from model.inlines import Text
from reader.read import read
from tests.conftest import GOLDEN, ROOT

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
YELLOW, GREEN, WHITE = (255, 212, 0), (47, 125, 79), (255, 255, 255)


def of(body: str) -> Document:
    document = read(GOLDEN / "brands" / body / "getting-help" / "en.yaml").document
    assert document is not None
    return document


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def where(image: Image.Image, colour: Colour, within: Box) -> Box | None:
    """The edges of the area that has `colour` in a part of `image`."""
    part = image.crop(within)
    mask = Image.new("L", part.size)
    mask.putdata([255 * (pixel == colour) for pixel in part.get_flattened_data()])
    return mask.getbbox()


@pytest.mark.parametrize("scale", [1, 3])
def test_a_wide_logo_is_as_wide_as_the_measure_and_keeps_its_shape(scale: int) -> None:
    image = shown(cover_of(of("anywhere"), scale))
    box = where(image, YELLOW, (0, 0, SIZE * scale, (MARGIN + LOGO) * scale))  # its square, 64 of 480 wide
    assert box is not None
    side = 64 * (SIZE - 2 * MARGIN) / 480 * scale
    assert [box[2] - box[0], box[3] - box[1]] == pytest.approx([side, side], abs=3 * scale)


def test_a_logo_for_light_grounds_stands_on_a_plate_with_its_clear_space() -> None:
    image = shown(cover_of(of("fernhill")))
    plate = where(image, WHITE, (0, 0, SIZE // 3, MARGIN + LOGO + 4))
    leaf = where(image, GREEN, (0, 0, SIZE // 3, MARGIN + LOGO + 4))
    assert plate is not None and leaf is not None
    assert plate[:2] == (MARGIN, MARGIN) and plate[3] == pytest.approx(MARGIN + LOGO, abs=2)
    height = LOGO / 1.4  # (the space is a fifth of it, above and below)
    assert leaf[1] - plate[1] >= height / 5 and plate[3] - leaf[3] >= height / 5


@pytest.mark.parametrize("title", ["A", "Anti-social behaviour orders and what they mean " * 4])
@pytest.mark.parametrize("body", ["anywhere", "fernhill"])
def test_title_and_name_stand_below_the_logo_and_within_the_margins(body: str, title: str) -> None:
    document = of(body)
    titled = replace(document, title=replace(document.title, inlines=(Text(text=title),)))
    unlike = replace(document, title=replace(document.title, inlines=(Text(text="Z"),)))
    box = ImageChops.difference(shown(cover_of(titled)), shown(cover_of(unlike))).getbbox()
    assert box is not None
    assert box[0] >= MARGIN and box[1] > MARGIN + LOGO
    assert box[2] <= SIZE - MARGIN + 8 and box[3] <= SIZE - MARGIN + 8


def test_another_logo_is_another_cover_and_a_file_that_it_is_made_of() -> None:
    document = of("anywhere")
    publisher = document.publisher
    bare = replace(document, publisher=replace(publisher, logo=None))
    assert len({cover_of(document), cover_of(bare), cover_of_all(document)}) == 3
    assert set(logo_files(document).values()) <= set(files_of_cover(document))


def test_the_house_without_a_logo_has_the_cover_in_few_colours() -> None:
    document = read(ROOT / "source" / "drug-related-crime" / "en.yaml").document
    assert document is not None
    assert Image.open(io.BytesIO(cover_of(document))).mode == "P"


def test_words_of_a_drawing_are_in_the_typefaces_of_the_design(tmp_path: Path) -> None:
    """A typeface that only some machines have draws no logo."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">'
    for number, family in enumerate(("Arial", "Atkinson Hyperlegible Next", "DejaVu Sans")):
        text = f'<text x="5" y="35" font-size="30" style="font-family: {family}">Body</text></svg>'
        (tmp_path / f"{number}.svg").write_text(head + text)
    drawn = [pixels(tmp_path / f"{number}.svg", (400, 100)).tobytes() for number in range(3)]
    assert drawn[0] == drawn[1] == drawn[2] and any(drawn[0])


def test_a_picture_of_points_is_whole_and_in_its_shape(tmp_path: Path) -> None:
    wide = Image.new("RGBA", (40, 10))
    ImageDraw.Draw(wide).rectangle((0, 0, 39, 9), fill="#ff0000")
    wide.save(tmp_path / "wide.png")
    assert pixels(tmp_path / "wide.png", (100, 100)).getbbox() == (0, 37, 100, 62)


def test_a_very_long_drawing_takes_no_more_pixels_than_a_page(tmp_path: Path) -> None:
    """A banner of a hundred times its height took a gigabyte."""
    for shape in ('viewBox="0 0 1000 10"', 'viewBox="0 0 9 9" width="1000px" height="10"', 'width="99999" height="1"'):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {shape}><rect width="9" height="9"/></svg>'
        with Image.open(io.BytesIO(drawn(svg.encode(), "x.svg", 1600))) as image:
            assert image.width * image.height <= 6400 * 1600, shape


def test_a_drawing_that_cannot_be_drawn_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg")
    with pytest.raises(RenderError, match=r"logo\.svg is damaged"):
        pixels(tmp_path / "logo.svg", (10, 10))
