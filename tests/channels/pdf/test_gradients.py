"""Gradients and patterns of an author's drawings stand on every sheet where they stood on their page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from channels.pdf import leaflet, pages
from channels.pdf.arrange import arrange, panels
from channels.pdf.engine import Drawing
from model.document import Document
from tests.channels.pdf.made import from_text
from tests.conftest import demand

SOURCE = """\
title: Gradient in a drawing
summary: A drawing with a gradient, a see-through gradient and a pattern, for every edition on paper.
language: en
publisher: { name: Department for Examples }
status: current
sections:
  - id: first
    title: First
    blocks:
      - { type: figure, image: images/g.svg, alternative: Three boxes. }
      - And the same again, further on.
      - { type: figure, image: images/g.svg, alternative: Three boxes. }
"""
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff"/></linearGradient>
<linearGradient id="h"><stop offset="0" stop-color="#ff0000" stop-opacity="0.2"/><stop offset="1" stop-color="#0000ff"/>
</linearGradient><pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
<circle cx="5" cy="5" r="4" fill="#008800"/></pattern></defs>
<rect width="60" height="100" fill="url(#g)"/><rect x="70" width="60" height="100" fill="url(#h)"/>
<rect x="140" width="60" height="100" fill="url(#p)"/></svg>
"""
DOTS = 96  # dots an inch
PER_MM = DOTS / 25.4


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "g.svg").write_text(SVG)
    return from_text(tmp_path, SOURCE)


def pictures(data: bytes) -> list[Image.Image]:
    return [page.render(scale=DOTS / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]


def coloured(image: Image.Image) -> int:
    """The number of dots with a strong colour of the drawing."""
    return sum(image.convert("HSV").getchannel("S").histogram()[220:])


def same(before: Image.Image, after: Image.Image) -> bool:
    """True if two pictures of a page differ only at edges, by rounding."""
    inside = (4, 4, before.width - 4, before.height - 4)  # an edge may lie a fraction of a dot further
    soft = (image.resize(before.size).crop(inside).filter(ImageFilter.GaussianBlur(4)) for image in (before, after))
    return sum(ImageChops.difference(*soft).convert("L").histogram()[60:]) < 100


def drawn(drawing: Drawing) -> list[Image.Image]:
    return pictures(drawing.data)


def test_each_panel_of_a_leaflet_looks_as_its_page_did(document: Document) -> None:
    typesetter, trial, _ = arrange(document)
    before, names = drawn(typesetter.draw(trial.laid_out)), panels(trial.pages)
    single, office, shop = (pictures(file.data) for file in leaflet.plan(document).draw())
    for number, (page, name) in enumerate(zip(before, names, strict=True)):
        panel = leaflet.PANELS[name]
        width, height = round(panel.width * PER_MM), round(leaflet.HEIGHT * PER_MM)
        edge = round(3 * PER_MM) if page.width > width + 4 else 0
        wanted = page.crop((edge, edge, edge + width, edge + height))
        assert same(wanted, single[number]), name
        assert same(wanted, part(office[panel.side], panel.x, 0, wanted)), name
        assert same(*strong(wanted, part(shop[panel.side], 12 + panel.x, 12, wanted))), name
    assert any(coloured(page) > 5000 for page in before)


def part(side: Image.Image, x: float, y: float, page: Image.Image) -> Image.Image:
    """The part of a sheet's side that is as large as a page, from a place in millimetres."""
    left, top = round(x * PER_MM), round(y * PER_MM)
    return side.crop((left, top, left + page.width, top + page.height))


def strong(before: Image.Image, after: Image.Image) -> Iterator[Image.Image]:
    """Two pictures without what is not bright and strong in the first. In print the colours of the design differ,
    and those of an author's drawing do not."""
    _, full, bright = before.convert("HSV").split()
    mask = ImageChops.darker(*(channel.point(lambda value: 255 if value > 120 else 0) for channel in (full, bright)))
    for image in (before, after):
        yield Image.composite(image, Image.new("RGB", image.size, "white"), mask)


def test_each_page_of_a_booklet_for_the_stapler_looks_as_it_does_alone(document: Document) -> None:
    read, fold, _ = pages.booklet(document).draw()
    single, sides = pictures(read.data), pictures(fold.data)
    for sheet, side in zip(pages.stapled(len(single)), sides, strict=True):
        for placement in sheet.placements:
            left = round(placement.x * PER_MM)
            page = single[placement.page]
            assert same(page, side.crop((left, 0, left + page.width, page.height))), placement.page


def test_poppler_draws_gradients_too(document: Document, tmp_path: Path) -> None:
    """Poppler takes a tile of one unit for one dot."""
    demand(shutil.which("pdftoppm"), "no Poppler: apt install poppler-utils")
    [file] = pages.large_print(document).draw()
    (tmp_path / "in.pdf").write_bytes(file.data)
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", str(tmp_path / "in.pdf"), str(tmp_path / "page")], check=True)
    ours = [Image.open(path).convert("RGB") for path in sorted(tmp_path.glob("page*.png"))]
    for one, other in zip(ours, pictures(file.data), strict=True):
        assert coloured(one) == pytest.approx(coloured(other), rel=0.1)
    assert any(coloured(page) > 5000 for page in ours)
