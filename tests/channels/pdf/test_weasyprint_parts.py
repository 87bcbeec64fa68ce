"""WeasyPrint still has each private part that is used here. One of these tests fails if an upgrade removed it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from channels.pdf import weasyprint_parts as parts
from channels.pdf.engine import Typesetter
from channels.pdf.reading import surfaces
from channels.pdf.tiles import overlap
from publish.pool import memory_in_use
from tests.channels.pdf.made import opened
from tests.conftest import ROOT

CSS = """
@page { size: 60mm; margin: 8mm; @bottom-left { content: counter(page) } }
html { font-family: "Atkinson Hyperlegible Next" }
.out { position: absolute; top: 0 }
.note { float: footnote }
img { width: 20mm }
"""
BODY = """<p>words <a href="https://example.org">a link</a><span class="note">a note</span></p><p class="out">aside</p>
<img src="image:p.jpg" alt="x">"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page with one of each, after drawing."""
    path = tmp_path_factory.mktemp("parts") / "p.jpg"
    Image.new("RGB", (40, 20), "#888").save(path)
    typesetter = Typesetter(f'<html lang="en"><title>x</title><body>{BODY}', CSS, {"p.jpg": path})
    (page,) = typesetter.draw(typesetter.lay_out(12)).pages
    return page


def test_no_other_module_names_a_part_that_is_not_promised() -> None:
    private = (r"\b_page_box\b", r"\._box\b", r'"_box"', r"\._tags\b", r"\b_ua_\w+", r"\b_fail_on_errors\b")
    parts_of_boxes = (r"\blink_annotation\b", r"\breplacement\b", r"\bat_keyword\b", r"\b(?:import|from) weasyprint\b")
    names = re.compile("|".join((*private, *parts_of_boxes)))
    modules = (ROOT / "channels" / "pdf").glob("*.py")
    assert {path.name for path in modules if names.search(path.read_text())} == {"weasyprint_parts.py"}


def test_a_page_has_a_box_that_holds_all_others(drawn: Any) -> None:
    assert parts.page_box(drawn).width == pytest.approx(44 * 96 / 25.4)
    assert {"words ", "a link", "a note"} <= {getattr(box, "text", "") for box in parts.boxes(drawn)}


def test_what_is_out_of_the_flow_has_a_placeholder(drawn: Any) -> None:
    body = parts.page_box(drawn).children[0].children[0]
    held = [child for child in body.children if parts.real(child) is not child]
    assert [parts.real(box).element.get("class") for box in held] == ["out"]


def test_margins_and_feet_are_known_by_what_they_are(drawn: Any) -> None:
    children = parts.page_box(drawn).children
    assert [parts.in_margin(box) for box in children].count(True) == 1
    assert [parts.is_foot(box) for box in children].count(True) == 1


def test_a_running_head_is_dropped_by_its_words() -> None:
    typesetter = Typesetter('<html lang="en"><title>x</title><body>words', CSS, {})
    (page,) = typesetter.lay_out(12).pages
    for words, left in (("other words", 1), ("1", 0)):
        parts.drop_head(page, words)
        assert [parts.in_margin(box) for box in parts.page_box(page).children].count(True) == left


def test_a_link_knows_its_annotation_once_it_is_drawn(drawn: Any) -> None:
    assert len({number for box in parts.boxes(drawn) if (number := parts.link_of(box)) is not None}) == 1


def test_a_drawn_page_knows_which_mark_drew_which_box(drawn: Any) -> None:
    marked = {getattr(box, "text", None): number for box, number in drawn.drawn.items()}
    assert {"words ", "a link"} <= marked.keys()
    assert len(set(marked.values())) == len(marked)


def test_a_photograph_may_be_drawn_from_another_file_and_is_then_what_it_was(drawn: Any) -> None:
    (picture,) = [found for box in parts.boxes(drawn) if (found := parts.picture_of(box)) is not None]
    before = parts.data_of(picture)
    with parts.shown_as(picture, b"other", (4, 2)):
        assert (parts.data_of(picture), picture.width) == (b"other", 4)
    assert (parts.data_of(picture), picture.width) == (before, 40)
    with Image.open(io.BytesIO(before)) as image:
        assert image.size == (40, 20)


def test_an_element_is_what_our_sheet_says_and_images_are_those_that_were_listed(tmp_path: Path) -> None:
    """WeasyPrint asks the hooks for the sheet and for files. Otherwise a list would have WeasyPrint's own margins."""
    assert parts.Page.__mro__[1] is parts.weasyprint.HTML
    for hook in ("_ua_stylesheets", "_ua_counter_style"):
        assert callable(getattr(parts.weasyprint.HTML, hook))
    with pytest.raises(parts.FatalURLFetchingError):
        parts.Images({}).fetch("image:other.png")
    assert parts.Images._fail_on_errors is True


def test_words_are_put_in_the_place_of_others_as_wide_and_no_others() -> None:
    html = '<html lang="en"><title>x</title><body><p>page <b>8</b></p>'
    typesetter = Typesetter(html, CSS + "b { font-variant-numeric: tabular-nums }", {})
    laid_out = typesetter.lay_out(12)
    [box] = [box for box in parts.boxes(laid_out.pages[0]) if getattr(box, "text", "") == "8"]
    assert not parts.reword(box, "88")
    assert parts.reword(box, "1")
    with opened(typesetter.draw(laid_out).data) as pdf:
        [page] = surfaces(pdf)
    assert {"page ", "1"} <= {run.text for run in page.runs.values()}


def test_what_pango_has_read_of_fonts_is_given_back() -> None:
    parts.Fonts()
    before = memory_in_use()
    for _ in range(20):
        parts.Fonts()
    assert memory_in_use() - before < 2_000_000  # bytes; it would keep 5,200,000


def test_backgrounds_are_laid_out_when_a_page_is_drawn() -> None:
    typesetter = Typesetter('<html lang="en"><title>x</title><body><p>words', CSS + "p { background: #abc }", {})
    laid_out = typesetter.lay_out(12)
    box = next(box for box in parts.boxes(laid_out.pages[0]) if box.element_tag == "p")
    assert getattr(box, "background", None) is None
    typesetter.draw(laid_out)
    assert box.background is not None


def test_a_drawing_has_marks_and_no_tree() -> None:
    """Our own tree takes its place. WeasyPrint's costs a fifth of a drawing."""
    typesetter = Typesetter('<html lang="en"><title>x</title><body><p>words', CSS, {})
    with opened(typesetter.draw(typesetter.lay_out(12)).data) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "words" in {run.text for run in surfaces(pdf)[0].runs.values()}


STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
FROM_NOTHING = STOPS.replace('"red"', '"red" stop-opacity="0"')
TURNED = f'<linearGradient id="g" gradientUnits="{{}}" gradientTransform="rotate(45)">{STOPS}</linearGradient>'
ALONG = f'<linearGradient id="g">{STOPS}</linearGradient>'
TILED = '<pattern id="g" width="1" height="1"><rect width="80" height="80" fill="red"/></pattern>'
SHADOW = '<filter id="g"><feOffset dx="90"/><feFlood/></filter>'
SQUARE, LINE = (
    '<rect width="80" height="80" {}="url(#g)"/>',
    '<path d="M0 40L80 41" stroke="url(#g)" stroke-width="20"/>',
)


@pytest.mark.parametrize(
    ("drawing", "area"),
    [
        (TURNED.format("objectBoundingBox") + SQUARE.format("fill"), 80 * 80),
        (TURNED.format("userSpaceOnUse") + SQUARE.format("fill"), 80 * 80),
        (ALONG + LINE, 80 * 20),
        (TILED + LINE, 80 * 20),
        (SHADOW + SQUARE.format("filter"), 80 * 80),
    ],
    ids=["turned", "turned by the drawing's units", "line", "line with a pattern", "shadow"],
)
def test_a_drawing_covers_what_it_covers_in_a_browser(tmp_path: Path, drawing: str, area: int) -> None:
    inked = sum(on_paper(tmp_path, drawing).convert("L").histogram()[:250])
    assert inked == pytest.approx(area, rel=0.1)


def on_paper(folder: Path, drawing: str) -> Image.Image:
    """A drawing of 80 by 80 dots as a finished PDF shows it."""
    path = folder / "g.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80">{drawing}</svg>')
    typesetter = Typesetter('<body><img src="image:g.svg" alt="">', "@page { size: 80px; margin: 0 }", {"g.svg": path})
    made = io.BytesIO()
    with opened(typesetter.draw(typesetter.lay_out(12)).data) as pdf:
        overlap(pdf)
        pdf.save(made)
    seen: Image.Image = pypdfium2.PdfDocument(made)[0].render(scale=96 / 72).to_pil()
    return seen.convert("RGB")


@pytest.mark.parametrize(
    "gradient",
    [
        f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="50" x2="70">{STOPS}</linearGradient>',
        f'<linearGradient id="g" gradientTransform="translate(0)">{STOPS}</linearGradient>',
        f'<linearGradient id="g">{FROM_NOTHING}</linearGradient>',
    ],
    ids=["in the drawing's units", "in the shape's", "from nothing"],
)
def test_a_gradient_begins_and_ends_where_its_shape_does(tmp_path: Path, gradient: str) -> None:
    shape = '<rect x="50" width="20" height="80" fill="url(#g)"/>'
    page = on_paper(tmp_path, gradient + shape)
    begin, end = (page.crop((x, 40, x + 1, 41)).tobytes() for x in (50, 69))
    assert begin[0] > 230
    assert end[0] < 25 and end[2] > 230
