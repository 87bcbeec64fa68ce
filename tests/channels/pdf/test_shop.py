"""Files for a print shop are PDF/X-4, and on their plates, as Ghostscript separates them, letters are black only."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from channels.base import File
from channels.design.inks import COATED, read_inks
from channels.pdf import leaflet
from channels.pdf.edition import Made
from channels.pdf.read_back import passages
from tests.channels.pdf.made import data, from_text, opened, rendering
from tests.channels.pdf.test_pictures import is_image, photographs
from tests.conftest import demand

INKS = ("Cyan", "Magenta", "Yellow", "Black")
SHOPS = (
    ("seed", "leaflet-print.pdf"),
    ("everything", "booklet-print.pdf"),
    ("naloxone", "flyer-print.pdf"),
    ("naloxone", "poster-a3-print.pdf"),
)
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><g opacity="0.999"><rect width="200" height="100"/>
<rect x="50" y="25" width="100" height="50" fill="#fff"/></g></svg>
"""
SOURCE = """\
title: White on black
summary: A drawing that has a white field on a black one, for a print shop.
language: en
publisher: { name: Department for Examples }
status: current
sections:
  - { id: a, title: First, blocks: [Words., { type: figure, image: images/g.svg, alternative: A field. }] }
"""


def plates(content: bytes, folder: Path) -> list[list[Image.Image]]:
    """The four plates of each page at 72 dots an inch, with the amount of ink from 0 to 255."""
    demand(shutil.which("gs"), "no Ghostscript: apt install ghostscript")
    (folder / "in.pdf").write_bytes(content)
    command = [
        "gs",
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-dUsePDFX3Profile",
        "-sDEVICE=tiffsep",
        "-r72",
        f"-o{folder}/%d.tif",
    ]
    subprocess.run([*command, str(folder / "in.pdf")], check=True, timeout=120, cwd=folder)
    numbers = sorted(int(path.stem) for path in folder.glob("*.tif") if path.stem.isdigit())
    return [
        [ImageChops.invert(Image.open(folder / f"{page}({ink}).tif").convert("L")) for ink in INKS] for page in numbers
    ]


def dots(page: list[Image.Image]) -> Iterator[tuple[int, ...]]:
    """The four inks of each dot of a page."""
    yield from zip(*(plate.tobytes() for plate in page), strict=True)


@pytest.mark.parametrize(("name", "path"), SHOPS)
def test_letters_are_black_alone_and_no_dot_has_more_ink_than_dries(name: str, path: str, tmp_path: Path) -> None:
    """Under black letters there is only their ground."""
    pages = plates(data(name, path), tmp_path)
    assert pages
    tint = max(read_inks()["accent-tint"]) * 2.55 + 1
    black = [dot for page in pages for dot in dots(page) if dot[3] > 250]
    assert len(black) > 1000
    assert max(max(dot[:3]) for dot in black) <= tint
    assert sum(1 for dot in black if max(dot[:3]) == 0) > len(black) / 4
    assert max(sum(dot) for page in pages for dot in dots(page)) <= 300 * 2.55


def test_white_stays_white_where_an_author_has_drawn_it_over_black(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "g.svg").write_text(DRAWING)
    shop = one(leaflet.make(from_text(tmp_path, SOURCE)).files, "leaflet-print.pdf")
    black = plates(shop.data, tmp_path)[1][3]
    field = black.point(lambda ink: 255 if ink > 240 else 0)
    left, top, right, bottom = box_of(field)
    assert (right - left) > 150
    assert black.getpixel(((left + right) // 2, (top + bottom) // 2)) == 0


def box_of(field: Image.Image) -> tuple[int, int, int, int]:
    """The place of the widest black area: rows that are black for more than a hundred dots."""
    rows = [y for y in range(field.height) if field.crop((0, y, field.width, y + 1)).histogram()[255] > 100]
    row = field.crop((0, rows[0] + 2, field.width, rows[0] + 3)).getbbox()
    assert row is not None
    return row[0], rows[0], row[2], rows[-1]


def test_photographs_and_gradients_keep_their_colours_which_are_defined(tmp_path: Path) -> None:
    shop = one(leaflet.make(photographs(tmp_path)).files, "leaflet-print.pdf")
    with opened(shop.data) as pdf:
        for page in pdf.pages:
            assert page.Resources.ColorSpace.DefaultRGB[0] == "/ICCBased"
    for separated in plates(shop.data, tmp_path):
        assert all(plate.getbbox() for plate in separated)


@pytest.mark.parametrize(("name", "path"), SHOPS)
def test_a_file_for_a_shop_says_what_it_is_and_on_what_it_is_printed(name: str, path: str) -> None:
    with opened(data(name, path)) as pdf:
        [intent] = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert intent.DestOutputProfile.read_bytes() == COATED.read_bytes()
        assert pdf.pdf_version == "1.6"
        assert str(pdf.docinfo["/Trapped"]) == "/False"
        said = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in said
        assert "<pdfuaid:part>1</pdfuaid:part>" in said and "pdfaid" not in said.replace("xmlns:pdfaid", "")
        assert str(pdf.docinfo["/CreationDate"])[2:10] in said.replace("-", "")
        assert not [page for page in pdf.pages if "/Annots" in page.obj]
        assert all("/TrimBox" in page.obj and "/BleedBox" in page.obj for page in pdf.pages)


def test_what_is_for_a_shop_says_the_same_as_what_is_for_reading() -> None:
    read, shop = (
        [passage.text for passage in passages("", data("naloxone", name))] for name in ("flyer.pdf", "flyer-print.pdf")
    )
    assert "".join(read) == "".join(shop)


def test_no_other_file_is_in_inks() -> None:
    for file in rendering("naloxone").files:
        with opened(file.data) as pdf:
            shop = file.path in ("flyer-print.pdf", "poster-a3-print.pdf")
            assert (pdf.Root.OutputIntents[0].S == "/GTS_PDFX") == shop, file.path


SHADES = ("#000000", "#000030", "#2a0000", "#001800", "#101010", "#1c1c22", "#303030", "#0000ff", "#ff0000", "#ffffff")
DARK = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#010130"/></linearGradient>
</defs><rect width="100" height="100" fill="#020202"/><rect x="100" width="100" height="100" fill="url(#g)"/>
<rect x="200" width="100" height="100" fill="#020202" stroke="#0a0a14" stroke-width="20"/></svg>
"""


@pytest.fixture(scope="module")
def dark(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A leaflet with pictures of black and of deep colours side by side, in three colours and in four inks."""
    folder = tmp_path_factory.mktemp("dark")
    (folder / "images").mkdir()
    fields = [Image.new("RGB", (70, 300), shade) for shade in SHADES]
    photo = Image.new("RGB", (700, 300))
    for number, field in enumerate(fields):
        photo.paste(field, (number * 70, 0))
    photo.paste(Image.effect_noise((700, 100), 40).point(lambda grey: grey // 4), (0, 200))
    photo.save(folder / "images" / "p.jpg", quality=95)
    photo.convert("RGBA").save(folder / "images" / "p.png")
    Image.new("CMYK", (700, 300), (255, 255, 255, 255)).save(folder / "images" / "full.jpg", quality=95)
    Image.new("CMYK", (700, 300), (200, 100, 0, 20)).save(folder / "images" / "light.jpg", quality=95)
    (folder / "images" / "d.svg").write_text(DARK)
    plain = io.BytesIO()  # Without Adobe's marker its figures are the inks, and not what is left of the paper.
    Image.new("CMYK", (700, 300), (9, 9, 9, 9)).save(plain, "JPEG", quality=95)
    marker = plain.getvalue().index(b"\xff\xee")
    (folder / "images" / "plain.jpg").write_bytes(plain.getvalue()[:marker] + plain.getvalue()[marker + 16 :])
    names = ("p.jpg", "p.png", "full.jpg", "light.jpg", "plain.jpg", "d.svg")
    figures = ", ".join(f"{{ type: figure, image: images/{name}, alternative: Shades. }}" for name in names)
    return leaflet.make(
        from_text(folder, SOURCE.replace("{ type: figure, image: images/g.svg, alternative: A field. }", figures))
    )


def test_no_dot_of_a_dark_picture_has_more_ink_than_dries(dark: Made, tmp_path: Path) -> None:
    """As Ghostscript separates it for the paper that the file names. Deep colours stay deep."""
    pages = plates(one(dark.files, "leaflet-print.pdf").data, tmp_path)
    inks = [sum(dot) / 2.55 for page in pages for dot in dots(page)]
    assert max(inks) <= 300
    assert sum(ink > 285 for ink in inks) > 20000


def test_a_picture_in_four_inks_with_too_much_of_them_is_told_and_one_that_dries_stays(dark: Made) -> None:
    full, plain = (fault for fault in dark.diagnostics if fault.code == "much-ink")
    assert (full.severity, full.mark.line) == (plain.severity, plain.mark.line) == ("warning", 7)
    assert "images/full.jpg has 400 % of ink" in full.message
    assert "images/plain.jpg has 386 % of ink" in plain.message
    light = Image.new("CMYK", (700, 300), (200, 100, 0, 20))
    kept, made = io.BytesIO(), one(dark.files, "leaflet-print.pdf").data
    light.save(kept, "JPEG", quality=95)
    with opened(made) as pdf:
        assert any(is_image(thing) and thing.read_raw_bytes() == kept.getvalue() for thing in pdf.objects)


def one(files: tuple[File, ...], path: str) -> File:
    return next(file for file in files if file.path == path)
