"""A body's covers show its picture or its pattern in an area of its own: no word runs into it, and words are read
first."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pikepdf import Stream
from PIL import Image

from channels.base import File, Rendering
from channels.design.brand import paper_css
from channels.design.cover_art import ART
from channels.pdf import tiles
from channels.pdf.engine import Typesetter
from channels.pdf.frames import Arrangement, frame, stylesheet
from channels.pdf.images import image_files
from channels.pdf.resolution import too_coarse
from channels.pdf.single_sheet import poster
from channels.pdf.weasyprint_parts import boxes, in_margin
from model.document import CoverArt, Document
from model.inlines import Text
from reader.read import read
from tests.channels.pdf.made import channel, lines, opened
from tests.conftest import GOLDEN, demand

SHOWN = ("leaflet", "booklet", "large-print", "factsheet", "poster")
LONG = "What happens to people who are given a community order, and what the order asks of them and of others"


def of(body: str) -> Document:
    document = read(GOLDEN / "brands" / body / "getting-help" / "en.yaml").document
    assert document is not None
    return document


def art(document: Document) -> CoverArt:
    assert document.publisher.cover is not None
    return document.publisher.cover


def titled(document: Document, title: str) -> Document:
    return replace(document, title=replace(document.title, inlines=(Text(text=title),)))


@cache
def laid_out(body: str, edition: str, title: str = "", *, full: bool = False) -> Any:
    """The first page, in a usual size of type."""
    document = titled(of(body), title) if title else of(body)
    html = frame(f"{edition}.html", document, "Edition", arrangement=Arrangement(full_cover=full))
    more = ("full-cover",) if full and edition != "poster" else ()
    css = f"{stylesheet(edition, *more)}{paper_css(document)}" + (" @page { size: A4 }" if edition == "poster" else "")
    return Typesetter(html, css, image_files(document)).lay_out(13).pages[0]


Edges = tuple[float, float, float, float]


def edges(box: Any) -> Edges:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def shown_on(page: Any) -> tuple[list[Edges], list[Edges]]:
    """The places of the cover's picture, and of all words."""
    every = [box for box in boxes(page) if not in_margin(box)]
    own = [edges(box) for box in every if box.element is not None and box.element.get("class") == ART]
    return own, [edges(box) for box in every if getattr(box, "text", "")]


@pytest.mark.parametrize("edition", SHOWN)
def test_no_word_stands_on_the_picture(edition: str) -> None:
    (place,), words = shown_on(laid_out("anywhere", edition))
    assert place[2] - place[0] > 200 and place[3] - place[1] > 100 and len(words) > 3
    assert [word for word in words if overlap(word, place)] == []


@pytest.mark.parametrize("edition", ["leaflet", "booklet"])
def test_a_long_title_has_the_room_of_most_of_the_picture(edition: str) -> None:
    (usual,), _ = shown_on(laid_out("anywhere", edition))
    (place,), words = shown_on(laid_out("anywhere", edition, LONG, full=True))
    assert 80 < place[3] - place[1] < usual[3] - usual[1]
    assert place[0] == usual[0] and place[2] == usual[2] and place[3] == pytest.approx(usual[3])
    assert [word for word in words if overlap(word, place)] == []


def overlap(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@cache
def leaflet(body: str) -> Rendering:
    return channel().render(replace(of(body), editions=("leaflet",)), {})


def figures(file: File) -> list[str]:
    """The alternatives of a file's figures, in the order of its tags."""
    return [words for kind, words in lines(file.data) if kind == "Figure"]


def one(rendering: Rendering, path: str) -> File:
    return next(file for file in rendering.files if file.path == path)


def test_the_picture_is_a_figure_with_its_alternative_and_nothing_is_wrong_with_the_file() -> None:
    made = leaflet("anywhere")
    assert [fault.message for fault in channel().check(made)] == []
    for path in ("leaflet.pdf", "leaflet-print.pdf"):
        assert figures(one(made, path))[:2] == ["Borough of Anywhere", "Roofs of a town under a yellow sun"]


def test_a_pattern_is_decoration() -> None:
    made = leaflet("fernhill")
    assert [fault.message for fault in channel().check(made)] == []
    logo, *others = figures(one(made, "leaflet.pdf"))
    assert logo == "Fernhill Health Trust"
    assert len(others) == len(figures(one(leaflet("anywhere"), "leaflet.pdf"))) - 2


def tiled(folder: Path, shapes: str) -> Path:
    """A PDF with the same picture of 40 by 40 dots over and over on black, each 37 dots wide."""
    (folder / "tile.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">{shapes}</svg>'
    )
    area = '<div style="height: 300px; background: url(image:tile.svg) repeat; background-size: 37px 37px"></div>'
    css = "@page { size: 300px; margin: 0; background: black } body { margin: 0 }"
    made = Typesetter(f'<html lang="en"><title>T</title><body>{area}', css, {"tile.svg": folder / "tile.svg"})
    with opened(made.draw(made.lay_out(12)).data) as pdf:
        tiles.overlap(pdf)
        pdf.save(folder / "tiles.pdf")
    return folder / "tiles.pdf"


def test_no_line_is_seen_between_the_tiles_of_a_pattern(tmp_path: Path) -> None:
    """Poppler draws one after the other, and showed the ground between them. Each stays where it is."""
    demand(shutil.which("pdftoppm"), "poppler-utils (pdftoppm) is not installed")
    made = tiled(tmp_path, '<path fill="#00bb55" d="M0 0h40v40H0z"/><path fill="#ffdd00" d="M15 15h10v10H15z"/>')
    for dots in (72, 100, 150):
        command = ["pdftoppm", "-r", str(dots), "-singlefile", "-png", made, tmp_path / "tiles"]
        subprocess.run(list(map(str, command)), check=True)
        with Image.open(tmp_path / "tiles.png") as image:
            inside = image.convert("RGB").crop((2, 2, image.width - 2, image.height - 2))
            assert min(inside.getchannel("G").tobytes()) > 180, dots
            middle = round((7 * 37 + 18.5) * dots / 96)  # of the last tile of a row
            assert image.convert("RGB").getpixel((middle, middle)) == (255, 221, 0)


@pytest.mark.parametrize(
    "shape",
    ['<path fill="#fff" fill-opacity="0.4" {}/>', '<path fill="#fff" opacity="0.4" {}/>', '<path fill="#fff6" {}/>'],
)
def test_no_line_is_seen_where_tiles_that_are_seen_through_meet(tmp_path: Path, shape: str) -> None:
    made = tiled(tmp_path, shape.format('d="M0 0h40v40H0z"'))
    image = pypdfium2.PdfDocument(made)[0].render(scale=150 / 72).to_pil().convert("L")
    assert len(set(image.crop((2, 2, image.width - 2, image.height - 2)).tobytes())) == 1


def test_on_a_shops_plates_the_picture_has_the_inks_of_the_brand() -> None:
    """The body's dark blue and yellow are printed in the inks that are known for them."""
    document = replace(
        of("anywhere"),
        editions=("leaflet",),
        publisher=replace(
            of("anywhere").publisher,
            colours=replace(colours(of("anywhere")), brand_inks=(100, 86, 45, 50), accent_inks=(0, 15, 95, 0)),
        ),
    )
    made = channel().render(document, {})
    with opened(one(made, "leaflet-print.pdf").data) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        for thing in pdf.objects:
            if isinstance(thing, Stream) and thing.get("/Subtype") == "/Form":
                content += thing.read_bytes()
    assert b"1 0.86 0.45 0.5 k" in content and b"0 0.15 0.95 0 k" in content


def colours(document: Document) -> Any:
    return document.publisher.colours


def test_a_poster_whose_words_need_the_room_has_them_and_says_so() -> None:
    document = of("anywhere")
    section = document.sections[0]
    many = tuple(replace(section, id=f"part-{n}", title=replace(section.title, id=f"part-{n}-title")) for n in range(8))
    plan = poster(replace(document, sections=many))
    assert plan.notes == ("poster.pdf: its words need the room of the cover's picture",)
    assert not [fault for fault in plan.diagnostics if fault.code == "poster-too-long"]
    assert poster(document).notes == ()


def test_a_picture_that_is_cut_off_keeps_its_dots_and_is_coarse_at_the_line_that_names_it(tmp_path: Path) -> None:
    """A strip of a tall picture is as wide as the page. Of a wide picture in a tall area only the middle is seen."""
    Image.new("RGB", (900, 300), "#2a6f97").save(tmp_path / "wide.png")
    document = of("anywhere")
    wide = replace(art(document), image=str(tmp_path / "wide.png"), width=900, height=300)
    document = replace(document, publisher=replace(document.publisher, cover=wide))
    html, css = frame("leaflet.html", document, "Leaflet"), stylesheet("leaflet") + paper_css(document)
    pages = Typesetter(html, css, image_files(document)).lay_out(13).pages
    (fault,) = too_coarse(pages, document)
    assert fault.mark == art(document).mark and fault.mark.file.endswith("publisher.yaml")
    dots = 300 / (69 / 25.4)  # 69 mm of its height are seen
    assert f"has {dots:.0f} dots" in fault.message


@pytest.mark.parametrize("edition", [*SHOWN, "flyer"])
@pytest.mark.parametrize("body", ["anywhere", "fernhill"])
def test_the_logo_keeps_its_shape_and_its_alternative_in_print(body: str, edition: str) -> None:
    logo = of(body).publisher.logo
    assert logo is not None
    every = (box for box in boxes(laid_out(body, edition)) if box.element is not None)
    (shown,) = (box for box in every if "logo" in (box.element.get("class") or "").split())
    assert shown.width / shown.height == pytest.approx(logo.width / logo.height, rel=0.01) and shown.height > 20
    assert shown.element.get("alt") == logo.alternative
