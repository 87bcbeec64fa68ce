"""An author's pictures look right in print, whatever their profile, depth and number of inks."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from channels.design.inks import COATED, SRGB
from channels.pdf import pages
from channels.pdf.pictures import drawable
from model.document import Document
from tests.channels.pdf.made import from_text, opened
from tests.channels.pdf.test_gradients import SVG

SOURCE = """\
title: Pictures of every kind
summary: Photographs in three colours and four inks, drawings and greys, for every edition on paper.
language: en
publisher: {{ name: Department for Examples }}
status: current
sections:
  - id: first
    title: First
    blocks:
      - Words stand before them.
{figures}
"""


def photographs(folder: Path) -> Document:
    """A publication with a picture of every kind that print knows."""
    (folder / "images").mkdir(parents=True)
    photo = Image.merge("RGB", [Image.radial_gradient("L").rotate(turn).resize((60, 40)) for turn in (0, 90, 180)])
    photo.save(folder / "images" / "colours.jpg")
    photo.convert("CMYK").save(folder / "images" / "inks.jpg")
    photo.convert("L").save(folder / "images" / "grey.png")
    photo.quantize(8).save(folder / "images" / "few.png")
    clear = photo.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(photo.size))
    clear.save(folder / "images" / "clear.png")
    Image.new("I;16", (9, 9), 30000).save(folder / "images" / "deep.png")
    (folder / "images" / "drawing.svg").write_text(SVG)
    figures = "\n".join(
        f"      - {{ type: figure, image: images/{path.name}, alternative: A picture, size: small }}"
        for path in sorted((folder / "images").iterdir())
    )
    return from_text(folder, SOURCE.format(figures=figures))


@pytest.fixture(scope="module")
def large_print(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    [file] = pages.large_print(photographs(tmp_path_factory.mktemp("pictures"))).made().files
    return file.data


def test_a_picture_in_four_inks_has_the_colours_of_coated_paper_on_every_page(large_print: bytes) -> None:
    with opened(large_print) as pdf:
        kinds = {str(thing.ColorSpace) for thing in pdf.objects if is_image(thing)}
        assert kinds == {"/DeviceRGB", "/DeviceCMYK", "/DeviceGray"}
        for page in pdf.pages:
            space, profile = page.Resources.ColorSpace.DefaultCMYK
            assert (str(space), profile.read_bytes()) == ("/ICCBased", COATED.read_bytes())


def test_no_viewer_invents_dots_between_those_of_a_picture(large_print: bytes) -> None:
    with opened(large_print) as pdf:
        images = [thing for thing in pdf.objects if is_image(thing)]
        assert len(images) >= 6
        assert not [image for image in images if "/Interpolate" in image]


def is_image(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"


def test_a_photographs_own_profile_is_kept_in_what_is_seen(tmp_path: Path) -> None:
    """Its profile swaps blue and red. On paper they look as intended."""
    path = tmp_path / "swapped.jpg"
    own = swapped()
    Image.new("RGB", (8, 8), "#c01010").save(path, icc_profile=own, quality=100)
    with Image.open(io.BytesIO(drawable(path))) as made:
        red, _, blue = made.convert("RGB").resize((1, 1)).tobytes()
        assert blue > 150 > red
        assert "icc_profile" not in made.info


@pytest.mark.parametrize("profile", [SRGB.read_bytes(), b"no profile at all"])
def test_a_picture_that_needs_no_other_colours_keeps_its_bytes(tmp_path: Path, profile: bytes) -> None:
    path = tmp_path / "plain.jpg"
    Image.new("RGB", (8, 8), "#c01010").save(path, icc_profile=profile)
    assert drawable(path) == path.read_bytes()


def test_four_inks_of_another_paper_become_those_of_coated_paper(tmp_path: Path) -> None:
    path = tmp_path / "other.jpg"
    other = COATED.read_bytes().replace("FOGRA39L".encode("utf-16-be"), "UNKNOWNS".encode("utf-16-be"))
    other = other.replace(b"FOGRA39L", b"UNKNOWNS")
    Image.new("CMYK", (8, 8), (0, 200, 200, 0)).save(path, icc_profile=other)
    with Image.open(io.BytesIO(drawable(path))) as made:
        assert made.mode == "CMYK"
        assert made.getpixel((4, 4)) == pytest.approx((0, 200, 200, 0), abs=12)
        assert drawable(path) != path.read_bytes()


def swapped() -> bytes:
    """The profile of sRGB under another name, with red and blue swapped."""
    data = bytearray(SRGB.read_bytes().replace(b"sRGB", b"mine").replace(b"srgb", b"mine"))
    red, blue = data.index(b"rXYZ"), data.index(b"bXYZ")
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)
